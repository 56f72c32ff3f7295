"""Homicide: five years against five, and no number that points to one person."""

from datetime import date

import polars as pl
import pytest
from assessment.conftest import HERE, recorded, two_years

from saferplan.assessment import Evidence
from saferplan.assessment.finding import Area, Finding
from saferplan.assessment.homicide import homicide
from saferplan.assessment.protection import protect
from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading

LEWISHAM = Area(HERE, "Lewisham", "borough")


@pytest.fixture
def victims(tmp_path):
    """What is said when the borough had so many victims in each year from 2014."""

    def make(*by_year, elsewhere=30):
        rows = [
            {
                "publisher": "mps",
                "flag": "homicide",
                "unit": "victims",
                "area_set": "borough",
                "area_code": code,
                "month": date(2014 + at, month, 1),
                "count": count,
            }
            for at, mine in enumerate(by_year)
            # The last month of each year has the borough's victims; most have none.
            for code, month, count in [
                *((HERE, 12, 1) for _victim in range(mine)),
                *(("E09000011", month, elsewhere) for month in range(1, 13)),
            ]
        ]
        schema = pl.from_arrow(DATASETS["flagged_crime"].schema.empty_table()).schema
        kept = pl.concat(
            [pl.DataFrame(schema=schema), pl.DataFrame(rows)], how="diagonal_relaxed"
        )
        store = EvidenceStore(tmp_path / "store")
        store.load([recorded(two_years(HERE, "Burglary", 9, 9))], by="test")
        store.load(
            [
                Reading(
                    source="mps-homicide-victims",
                    dataset="flagged_crime",
                    file=FileFacts("homicide.csv", "1" * 64, 1),
                    kept=kept.cast(dict(schema)),
                    rows_read=len(kept),
                    published=date(2024, 1, 1),
                )
            ],
            by="test",
        )
        (said,) = homicide(Evidence(store), LEWISHAM)
        return protect(said) if isinstance(said, Finding) else said

    return make


def test_five_years_are_set_against_the_five_before(victims):
    said = victims(4, 4, 4, 4, 4, 6, 6, 6, 6, 6)
    assert said.sentence.startswith("Homicide: 30 victims in the 5 years to December")
    assert "20 in the 5 years to December 2018" in said.sentence
    assert said.verdict == "within chance"
    assert (said.value, said.interval.lower < 30 < said.interval.upper) == (30, True)
    assert [row[1] for row in said.table.rows] == [30, 20]


def test_no_percentage_is_given_on_so_small_a_number(victims):
    said = victims(4, 4, 4, 4, 4, 6, 6, 6, 6, 6)
    assert said.change is None
    assert "%" not in said.sentence


def test_three_times_as_many_is_more_than_chance(victims):
    assert victims(2, 2, 2, 2, 2, 6, 6, 6, 6, 6).verdict == "real change"


def test_a_handful_is_told_neither_in_words_nor_in_the_table(victims):
    said = victims(1, 1, 0, 0, 0, 1, 0, 0, 1, 1)
    assert [row[1] for row in said.table.rows] == ["[c]", "[c]"]
    assert (said.value, said.interval, said.change) == (None, None, None)
    assert "could point to one" in said.sentence


def test_nine_years_are_too_few(victims):
    assert "Ten years" in victims(4, 4, 4, 4, 4, 6, 6, 6, 6).sentence
