"""Offences that carry a flag: what the table hides, the words do not tell."""

from datetime import date

import polars as pl
import pytest

from saferplan.assessment import Evidence
from saferplan.assessment.finding import Area
from saferplan.assessment.flags import flags
from saferplan.assessment.protection import protect
from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading

LEWISHAM = Area("E09000023", "Lewisham", "borough")


@pytest.fixture
def by_ward(tmp_path):
    """The finding on knife offences by ward, when a year's counts are as given."""

    def make(**offences):
        months = [date(2024 + m // 12, m % 12 + 1, 1) for m in range(24)]
        rows = [
            {
                "publisher": "mps",
                "flag": "knife",
                "unit": "offences",
                "area_set": "ward",
                "area_name": ward,
                "parent_code": LEWISHAM.code,
                "month": month,
                "category": "Knife Crime",
                "count": count if month == months[-1] else 0,
            }
            for ward, count in offences.items()
            for month in months
        ]
        schema = pl.from_arrow(DATASETS["flagged_crime"].schema.empty_table()).schema
        kept = pl.concat(
            [pl.DataFrame(schema=schema), pl.DataFrame(rows)], how="diagonal_relaxed"
        )
        reading = Reading(
            source="mps-knife-crime",
            dataset="flagged_crime",
            file=FileFacts("made.csv", "0" * 64, 1),
            kept=kept.cast(dict(schema)),
            rows_read=len(kept),
            published=date(2026, 4, 1),
        )
        store = EvidenceStore(tmp_path / "store")
        store.load([reading], by="test")
        (found,) = [
            each
            for each in flags(Evidence(store), LEWISHAM)
            if getattr(each, "measure", None) and each.measure.title.endswith("by ward")
        ]
        return protect(found)

    return make


def test_the_ward_with_the_most_is_named(by_ward):
    finding = by_ward(Deptford=40, Evelyn=9)
    assert finding.sentence.startswith("Deptford had the most, 40 of the 49 offences")
    assert finding.charts[0].description.endswith("Deptford is first.")


def test_a_hidden_count_is_not_told_in_words(by_ward):
    # The 6 is hidden only because, with the total of 9, it would tell the 3.
    finding = by_ward(Deptford=6, Evelyn=3)
    assert [row[1] for row in finding.table.rows] == ["[c]", "[c]"]
    assert "too few to say where" in finding.sentence
    assert "Deptford" not in finding.sentence + finding.charts[0].description


def test_the_most_is_not_told_where_it_limits_what_is_hidden(by_ward):
    # Hidden are the 3 and a 9. That none had more than 10 would make the 3 at least 2.
    finding = by_ward(Deptford=10, Evelyn=9, Lee=3)
    assert [row[1] for row in finding.table.rows] == [10, "[c]", "[c]"]
    assert "22 offences were placed in a ward" in finding.sentence
    assert "Deptford" not in finding.sentence + finding.charts[0].description
