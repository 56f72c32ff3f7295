"""Crown Court tables: each known by its columns, each number in its unit."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sources.reading_files import read_one

from saferplan.errors import SourceChanged
from saferplan.sources.moj_crown_court import SOURCE
from saferplan.sources.moj_tables import TABLES
from saferplan.store.reading import Reading

DATA = Path(__file__).parents[3] / "shared" / "data" / "moj" / "crown_court"

BY_REGION = """\
quarter_end,year,quarter,region,geo_level,valid_cases,open_1yr_plus,share_1yr_plus
2025-12-31,2025,Q4,London,region,18260.0,5866.0,0.3212486308871851
2025-12-31,2025,Q4,England and Wales,national,75799.0,21002.0,0.2770748954471695
"""
TIMELINESS = """\
quarter_end,year,quarter,region,geo_level,offence_to_completion_median,offence_to_completion_mean
2016-03-31,2016,Q1,London,region,183.0,434.0
"""
BY_AGE = """\
quarter_end,year,quarter,remand_status,age_band,age_order,count
2016-03-31,2016,Q1,Custody,Under 4 weeks,1.0,3349.0
"""
BY_COURT = """\
region,court,open_latest,open_year_ago,change,pct_change
London,Woolwich,2010.0,1430.0,580.0,0.40559440559440557
South West,Dorchester,,2.0,,
"""


def read(path: Path) -> Reading:
    return read_one(path, SOURCE)


@pytest.fixture
def read_text(tmp_path):
    def of(text: str, name: str = "table.csv") -> Reading:
        path = tmp_path / name
        path.write_text(text)
        return read(path)

    return of


def values(reading: Reading, **where: object) -> dict[tuple[str | None, str], float]:
    """The numbers of the rows that fit, by category and statistic."""
    rows = reading.kept.filter(**where)
    return {
        (row["category"], row["statistic"]): row["value"] for row in rows.to_dicts()
    }


def test_each_number_is_a_row_with_its_unit(read_text):
    reading = read_text(BY_REGION)
    assert reading.rows_read == 6
    assert reading.kept.filter(area_name="London").row(0, named=True) == {
        "publisher": "moj",
        "measure": "open a year or more by region",
        "area_set": "region",
        "area_name": "London",
        "parent_name": None,
        "period_end": date(2025, 12, 31),
        "category": "open, age known",
        "statistic": "count",
        "value": 18_260.0,
        "unit": "cases",
    }
    assert values(reading, area_name="London")["open a year or more", "share"] == (
        pytest.approx(5866 / 18260)
    )


def test_england_and_wales_is_no_region(read_text):
    sets = dict(read_text(BY_REGION).kept.select("area_name", "area_set").rows())
    assert sets == {"London": "region", "England and Wales": "country"}


def test_medians_and_means_are_told_apart(read_text):
    assert values(read_text(TIMELINESS)) == {
        ("offence to completion", "median"): 183.0,
        ("offence to completion", "mean"): 434.0,
    }


def test_a_table_split_twice_has_both_in_its_category(read_text):
    assert values(read_text(BY_AGE)) == {("Custody, Under 4 weeks", "count"): 3349.0}


def test_a_table_by_court_is_dated_by_its_name_and_never_guessed(tmp_path, read_text):
    reading = read_text(BY_COURT, "by_court_2025-12-31.csv")
    woolwich = reading.kept.filter(area_name="Woolwich").sort("period_end")
    assert woolwich.select("period_end", "value", "parent_name").rows() == [
        (date(2024, 12, 31), 1430.0, "London"),
        (date(2025, 12, 31), 2010.0, "London"),
    ]
    with pytest.raises(SourceChanged, match="last day of its latest quarter"):
        read_text(BY_COURT, "by_court.csv")


def test_an_empty_cell_is_missing_and_not_zero(read_text):
    reading = read_text(BY_COURT, "by_court_2025-12-31.csv")
    dorchester = reading.kept.filter(area_name="Dorchester").sort("period_end")
    assert dorchester["value"].to_list() == [2.0, None]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("2016-03,2016", "the quarter is not a date"),
        ("2016-03-30,2016", "the quarter is not the last day of one"),
    ],
)
def test_a_quarter_that_is_none_is_refused(read_text, wrong, reason):
    reading = read_text(TIMELINESS.replace("2016-03-31,2016", wrong))
    assert reading.refused["reason"].to_list() == [reason, reason]


def test_a_word_in_place_of_a_number_is_refused(read_text):
    reading = read_text(TIMELINESS.replace("183.0", "many"))
    assert reading.refused.row(0) == (
        2,
        "not a number",
        "2016-03-31,offence_to_completion_median,many",
    )
    assert reading.kept.height == 1


def test_a_row_without_a_region_is_refused(read_text):
    reading = read_text(TIMELINESS.replace("London", ""))
    assert set(reading.refused["reason"]) == {"no region, court or category"}


def test_no_two_tables_share_a_measure():
    # A measure's quarter is replaced whole, so one table would wipe out the other.
    measures = [table.measure for table in TABLES]
    assert len(set(measures)) == len(measures)


needs_data = pytest.mark.skipif(not DATA.exists(), reason="real data is not here")


@pytest.mark.real_data
@needs_data
def test_every_real_table_with_dates_is_read_whole():
    dated = [p for p in DATA.glob("*.csv") if "by_court" not in p.name]
    readings = [read(path) for path in dated if "court_backlog" not in path.name]
    assert len(readings) == 10
    assert all(reading.refused.is_empty() for reading in readings)
    backlog = pl.concat(r.kept for r in readings).filter(
        measure="backlog", category="open", period_end=date(2025, 12, 31)
    )
    assert backlog["value"].to_list() == [80_203.0]


@pytest.mark.real_data
@needs_data
def test_london_is_in_the_real_tables_for_forty_quarters():
    for name in ("gold_timeliness_by_region.csv", "gold_oldest_by_region.csv"):
        london = read(DATA / name).kept.filter(area_name="London")
        assert london["period_end"].n_unique() == 40
