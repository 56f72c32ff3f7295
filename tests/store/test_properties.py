"""Whatever is loaded, in whatever order, the sums are right."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saferplan.store import EvidenceStore

CRIME = "recorded_crime"

# A publication: a month it came out, how many rows it refused, and counts by month.
PUBLICATIONS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.integers(0, 2),
        st.dictionaries(st.sampled_from(["2023-01", "2023-02"]), st.integers(0, 3)),
    ),
    max_size=8,
)


@given(PUBLICATIONS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_sequence_of_loads_adds_up(folder, reading, counts, publications):
    held, total = {}, 0  # the same answer by another road: a dictionary of months
    with tempfile.TemporaryDirectory(dir=folder) as place:
        store = EvidenceStore(Path(place))
        for published, refusals, months in publications:
            file = reading(
                *[("E09000023", month, count) for month, count in months.items()],
                published=f"2024-0{published}",
                refused=[(n, "no month", f"row {n}") for n in range(refusals)],
            )
            seen_before = store.knows(file.file.sha256)
            release = store.load([file], by="analyst")

            for month, count in months.items():
                newest, _ = held.get(month, (0, None))
                if published >= newest and not seen_before:
                    held[month] = (published, count)
            total += release.rows_quarantined
            assert release.rows_read == len(months) + refusals
            assert release.rows_read == (
                release.rows_kept + release.rows_quarantined + release.rows_known
            )

        expected = [("E09000023", m, count) for m, (_, count) in sorted(held.items())]
        assert counts(store.table(CRIME)) == expected
        releases = store.releases()
        assert sum(len(store.quarantine(r.id)) for r in releases) == total
        assert sum(store.slices(CRIME)["rows"]) == len(held)
