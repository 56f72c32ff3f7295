"""What a load keeps, replaces, knows already and refuses."""

from dataclasses import replace

import polars as pl
import pytest

from saferplan.errors import SourceChanged, StoreError
from saferplan.store import EvidenceStore, slice_names
from saferplan.store.reading import FileFacts

CRIME = "recorded_crime"
JANUARY = ("E09000023", "2024-01", 10)
FEBRUARY = ("E09000023", "2024-02", 12)
JANUARY_REVISED = ("E09000023", "2024-01", 11)
NO_MONTH = (7, "no month", 'Lewisham,"Theft, other",,12')


def test_a_load_keeps_the_rows_and_says_where_they_came_from(store, reading, counts):
    file = reading(JANUARY, FEBRUARY)
    release = store.load([file], by="analyst")

    assert counts(store.table(CRIME)) == [JANUARY, FEBRUARY]
    assert store.releases() == [release]
    assert store.release(release.id) == release
    assert (release.rows_read, release.rows_kept, release.rows_known) == (2, 2, 0)
    assert (release.loaded_by, release.publisher) == ("analyst", "mps")
    assert release.files == (file.file,)
    assert release.revisions == ()
    assert release.changed


def test_another_process_finds_the_same_release(store, reading, place):
    release = store.load([reading(JANUARY, refused=[NO_MONTH])], by="analyst")
    assert EvidenceStore(place).releases() == [release]


def test_the_same_file_again_changes_nothing_and_says_since_when(store, reading):
    first = store.load([reading(JANUARY, refused=[NO_MONTH])], by="analyst")
    again = store.load([reading(JANUARY, refused=[NO_MONTH])], by="someone else")

    assert again.id == first.id
    assert not again.changed
    assert (again.rows_read, again.rows_known, again.rows_quarantined) == (2, 2, 0)
    assert again.notes[-1].startswith("Already loaded on ")
    assert again.notes[-1].endswith("by analyst: crime-2024-06.csv.")
    assert store.releases() == [first]


def test_the_same_rows_in_other_bytes_and_another_order_change_nothing(store, reading):
    first = store.load([reading(JANUARY, FEBRUARY)], by="analyst")
    again = store.load([reading(FEBRUARY, JANUARY, name="copy.csv")], by="analyst")

    assert (again.rows_kept, again.rows_known, again.changed) == (0, 2, False)
    assert store.releases() == [first]


def test_a_revised_month_replaces_that_month_and_no_other(store, reading, counts):
    first = store.load([reading(JANUARY, FEBRUARY)], by="analyst")
    later = reading(JANUARY_REVISED, FEBRUARY, published="2024-07")
    release = store.load([later], by="analyst")

    assert counts(store.table(CRIME)) == [JANUARY_REVISED, FEBRUARY]
    assert (release.rows_kept, release.rows_known) == (1, 1)
    [change] = release.revisions
    assert change.slice == "mps.borough.2024-01"
    assert (change.rows_before, change.rows_after) == (1, 1)
    assert (change.rows_added, change.rows_removed) == (1, 1)
    came_from = dict(store.slices(CRIME).select("slice", "release").rows())
    assert came_from == {
        "mps.borough.2024-01": release.id,
        "mps.borough.2024-02": first.id,
    }


def test_an_older_publication_arriving_late_changes_nothing(store, reading, counts):
    store.load([reading(JANUARY_REVISED, published="2024-07")], by="analyst")
    late = store.load([reading(JANUARY, FEBRUARY, published="2024-06")], by="analyst")

    # It has the only February, though.
    assert counts(store.table(CRIME)) == [JANUARY_REVISED, FEBRUARY]
    assert (late.rows_kept, late.rows_known) == (1, 1)
    assert late.notes == (
        "Left as they are, because a newer publication is loaded: mps.borough.2024-01.",
    )


def test_a_newer_publication_that_says_the_same_guards_against_older_ones(
    store, reading, counts
):
    store.load([reading(JANUARY, published="2024-05")], by="analyst")
    same = store.load([reading(JANUARY, published="2024-07")], by="analyst")
    late = store.load([reading(JANUARY_REVISED, published="2024-06")], by="analyst")

    assert (same.rows_kept, same.rows_known) == (0, 1)
    assert (late.rows_kept, late.rows_known) == (0, 1)
    assert counts(store.table(CRIME)) == [JANUARY]


def test_a_correction_of_the_same_day_replaces(store, reading, counts):
    store.load([reading(JANUARY)], by="analyst")
    store.load([reading(JANUARY_REVISED)], by="analyst")
    assert counts(store.table(CRIME)) == [JANUARY_REVISED]


def test_refused_rows_are_kept_word_for_word_with_the_reason(store, reading):
    refused = [NO_MONTH, (9, "count is not a number", "Lewisham,,x\u00e9\t=1+1,")]
    release = store.load([reading(JANUARY, refused=refused)], by="analyst")

    assert (release.rows_read, release.rows_quarantined) == (3, 2)
    assert release.reasons == {"count is not a number": 1, "no month": 1}
    assert store.quarantine(release.id).rows() == [
        (release.id, "crime-2024-06.csv", *row) for row in refused
    ]


def test_a_file_of_which_every_row_is_refused_is_still_a_release(store, reading):
    release = store.load([reading(refused=[NO_MONTH])], by="analyst")
    assert store.table(CRIME).count().execute() == 0
    assert len(store.quarantine(release.id)) == 1
    assert store.knows(release.files[0].sha256) == release


def test_a_release_without_refusals_has_an_empty_quarantine(store, reading):
    release = store.load([reading(JANUARY)], by="analyst")
    assert store.quarantine(release.id).rows() == []


def test_the_difference_is_shown_before_anything_changes(store, reading, counts):
    store.load([reading(JANUARY)], by="analyst")
    later = [reading(JANUARY_REVISED, FEBRUARY, published="2024-07")]

    shown = store.compare(later)
    assert [(c.slice, c.rows_before, c.rows_added) for c in shown] == [
        ("mps.borough.2024-01", 1, 1),
        ("mps.borough.2024-02", 0, 1),
    ]
    assert counts(store.table(CRIME)) == [JANUARY]

    asked = []
    with pytest.raises(StoreError, match="not accepted"):
        store.load(later, by="analyst", confirm=asked.append)
    assert asked == [shown[:1]]
    assert counts(store.table(CRIME)) == [JANUARY]

    store.load(later, by="analyst", confirm=lambda changes: True)
    assert counts(store.table(CRIME)) == [JANUARY_REVISED, FEBRUARY]


def test_nobody_is_asked_when_nothing_is_replaced(store, reading):
    store.load([reading(JANUARY)], by="analyst", confirm=pytest.fail)


def test_comparing_writes_nothing(store, reading, place):
    before = sorted(place.rglob("*"))
    store.compare([reading(JANUARY, refused=[NO_MONTH])])
    assert sorted(place.rglob("*")) == before


def test_a_release_id_follows_from_the_files_alone(tmp_path, reading):
    files = [reading(JANUARY), reading(FEBRUARY)]
    here = EvidenceStore(tmp_path / "here").load(files, by="analyst")
    there = EvidenceStore(tmp_path / "there").load(files[::-1], by="someone else")
    assert here.id == there.id
    assert len(here.id) == 12


def test_files_are_let_go_one_by_one(store, reading):
    alive = set()

    class Watched(type(reading())):
        def __del__(self):
            alive.discard(self.file.name)

    def files():
        for number in range(1, 6):
            assert len(alive) <= 1, alive
            made = reading(("E09000023", f"2024-0{number}", 1), name=f"{number}.csv")
            alive.add(made.file.name)
            yield Watched(**vars(made))
            del made

    assert store.load(files(), by="analyst").rows_kept == 5


def test_two_files_of_one_load_may_not_disagree_about_a_month(store, reading, place):
    files = [reading(JANUARY), reading(JANUARY_REVISED, name="other.csv")]
    with pytest.raises(StoreError, match=r"crime-2024-06.csv and other.csv both speak"):
        store.load(files, by="analyst")
    assert store.releases() == []
    assert list(place.rglob("*.parquet")) == []


def test_two_copies_of_one_file_in_a_load_count_once(store, reading, counts):
    files = [reading(JANUARY), reading(JANUARY, name="copy.csv")]
    release = store.load(files, by="analyst")
    assert (release.rows_kept, release.rows_known) == (1, 1)
    assert counts(store.table(CRIME)) == [JANUARY]


def test_a_loader_can_ask_which_slices_a_file_has(reading):
    names = slice_names(reading(JANUARY, FEBRUARY))
    assert names == {"mps.borough.2024-01", "mps.borough.2024-02"}


def test_a_load_is_of_one_source_and_dataset(store, reading):
    files = [reading(JANUARY), replace(reading(FEBRUARY), source="other")]
    with pytest.raises(StoreError, match="load it apart"):
        store.load(files, by="analyst")


def test_a_file_that_cannot_be_read_leaves_nothing_behind(store, reading, place):
    def files():
        yield reading(JANUARY, refused=[NO_MONTH])
        raise SourceChanged("february.csv has no column Month.")

    with pytest.raises(SourceChanged):
        store.load(files(), by="analyst")
    assert store.releases() == []
    assert list(place.rglob("*.parquet")) == []


def test_a_missing_publishers_file_is_not_blamed_on_the_store(store, reading):
    def files():
        yield reading(JANUARY)
        raise FileNotFoundError("february.csv")

    with pytest.raises(FileNotFoundError):
        store.load(files(), by="analyst")


def test_rows_that_are_neither_kept_nor_refused_are_noticed(store, reading):
    with pytest.raises(StoreError, match="3 rows read, but 1 kept and 1 refused"):
        store.load([reading(JANUARY, refused=[NO_MONTH], rows_read=3)], by="analyst")


def test_a_source_must_give_the_columns_of_its_dataset(store, reading):
    kept = reading(JANUARY).kept.rename({"offences": "crimes"})
    with pytest.raises(StoreError, match=r"\['crimes', 'offences'\]"):
        store.load([reading(JANUARY, kept=kept)], by="analyst")


def test_a_source_must_give_the_types_of_its_dataset(store, reading):
    kept = reading(JANUARY).kept.cast({"offences": pl.String})
    with pytest.raises(StoreError, match="offences of recorded_crime should be Int64"):
        store.load([reading(JANUARY, kept=kept)], by="analyst")


def test_a_source_may_give_narrower_types(store, reading, counts):
    kept = reading(JANUARY).kept.cast({"offences": pl.Int16, "major": pl.Categorical})
    store.load([reading(JANUARY, kept=kept)], by="analyst")
    assert counts(store.table(CRIME)) == [JANUARY]


def test_every_row_needs_what_makes_its_slice(store, reading):
    kept = reading(JANUARY).kept.with_columns(month=pl.lit(None, pl.Date))
    with pytest.raises(StoreError, match="some rows have no month"):
        store.load([reading(JANUARY, kept=kept)], by="analyst")


def test_different_parts_that_would_share_a_name_are_refused(store, reading):
    kept = reading(JANUARY).kept.with_columns(area_set=pl.lit("Borough"))
    with pytest.raises(StoreError, match=r"both would be called mps.borough.2024-01"):
        store.load([reading(JANUARY), reading(FEBRUARY, kept=kept)], by="analyst")


def test_nothing_to_load_is_said(store):
    with pytest.raises(StoreError, match="nothing to load"):
        store.load([], by="analyst")


def test_an_unknown_dataset_is_named_with_those_there_are(store, reading):
    with pytest.raises(
        StoreError, match=r"no dataset called sightings.*recorded_crime"
    ):
        store.load([reading(JANUARY, dataset="sightings")], by="analyst")


def test_a_file_is_known_by_its_bytes_in_the_dataset_it_fed(store, reading):
    release = store.load([reading(JANUARY)], by="analyst")
    [file] = release.files
    assert store.knows(file.sha256) == release
    assert store.knows(file.sha256, CRIME) == release
    assert store.knows(file.sha256, "population") is None
    assert store.knows("0" * 64) is None


def test_files_of_one_name_and_different_bytes_are_both_recorded(store, reading):
    files = [reading(JANUARY, name="a.csv"), reading(FEBRUARY, name="a.csv")]
    release = store.load(files, by="analyst")
    assert [type(file) for file in release.files] == [FileFacts, FileFacts]
    assert len({file.sha256 for file in release.files}) == 2


def test_two_readings_of_one_file_may_come_in_loads_of_their_own(
    store, reading, counts
):
    first, second = reading(JANUARY), reading(FEBRUARY, refused=[NO_MONTH])
    second = replace(second, file=first.file)
    store.load([first], by="analyst")
    assert store.load([second], by="analyst").rows_kept == 1
    assert counts(store.table(CRIME)) == [JANUARY, FEBRUARY]

    for again in ([first, second], [second], [first]):
        release = store.load(again, by="analyst")
        assert (release.changed, release.rows_known) == (False, release.rows_read)


def test_a_store_of_another_version_of_saferplan_is_not_guessed_at(
    store, reading, place, monkeypatch
):
    monkeypatch.setattr("saferplan.store.record.FORMAT", 0)
    store.load([reading(JANUARY)], by="analyst")
    monkeypatch.undo()
    with pytest.raises(StoreError, match="written by another version of Saferplan"):
        EvidenceStore(place).releases()


def test_a_note_names_only_a_few_of_many_slices(store, reading):
    months = [("E09000023", f"2024-0{number}", 1) for number in range(1, 7)]
    newer = [(area, month, 2) for area, month, _ in months]
    store.load([reading(*newer, published="2024-09")], by="analyst")
    [note] = store.load([reading(*months)], by="analyst").notes
    assert note.endswith("mps.borough.2024-03 and 3 more.")
