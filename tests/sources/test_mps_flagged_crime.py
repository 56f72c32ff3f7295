"""Knife crime, and violence against women and girls, by place and month."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from sources.reading_files import read_one

from saferplan.sources import mps_knife_crime, mps_vawg
from saferplan.sources.source import Source
from saferplan.store.reading import Reading

DATA = Path(__file__).parents[3] / "shared" / "data" / "mps_datastore"

HEADER = (
    "Month_Year,Area Type,Borough_SNT,Area Name,Area Code,Crime Type,Crime Subtype,"
    "Measure,Count,Refresh Date"
)
SNT = "Safer Neighbourhood Teams"
PLACES = [
    ("Borough,Lewisham,Lewisham,E09000023", "Knife Crime,Offences", 31),
    ("Borough,Lewisham,Lewisham,E09000023", "Knife Crime,Positive Outcomes", 5),
    ("Borough,Lewisham,Lewisham,E09000023", "Knife Injury Victims (1-24),Offences", 1),
    (f"{SNT},Lewisham Bellingham,Bellingham,E05013714 ", "Knife Crime,Offences", 3),
    ("Borough,Other / NK,,", "Knife Crime,Offences", 9),
    (f"{SNT},Other / NK,,-1", "Knife Crime,Offences", 2),
]
KNIVES = "\n".join(
    [
        HEADER,
        *(
            f"2026-02-01,{place},Knife Crime,{category},{count},2026-03-18"
            for place, category, count in PLACES
        ),
    ]
)

OFFENCES = {
    "bcu_location": ["South East", "South East", "Other", None],
    "borough_name": ["Lewisham", "Lewisham", "Other", None],
    "ward_name_clean_2": ["Bellingham", "Bellingham", "N/K", None],
    "recorded_date_months": [datetime(2026, 2, 1)] * 4,
    "date_committed_from_date_months": [
        datetime(2026, 2, 1),
        datetime(2019, 5, 1),
        None,
        datetime(2026, 2, 1),
    ],
    "count": [4, 1, 2, 7],
    "crimsec_group": [None, None, None, "Rape"],
    "vawg_offence": [None, None, None, "Rape of a female"],
}


def read(path: Path, source: Source) -> Reading:
    return read_one(path, source)


@pytest.fixture
def knives(tmp_path):
    def of(text: str = KNIVES) -> Reading:
        path = tmp_path / "dashboard.csv"
        path.write_text(text)
        return read(path, mps_knife_crime.SOURCE)

    return of


@pytest.fixture
def vawg(tmp_path):
    def of(**columns: list) -> Reading:
        path = tmp_path / "vawg.parquet"
        pl.DataFrame(OFFENCES | columns, strict=False).write_parquet(path)
        return read(path, mps_vawg.SOURCE)

    return of


def test_offences_outcomes_and_victims_are_different_units(knives):
    rows = knives().kept.filter(area_code="E09000023")
    assert rows.select("category", "unit", "count").rows() == [
        ("Knife Crime", "offences", 31),
        ("Knife Crime", "positive outcomes", 5),
        ("Knife Injury Victims (1-24)", "victims", 1),
    ]
    assert rows["flag"].unique().to_list() == ["knife"]


def test_a_neighbourhood_team_is_a_ward_of_its_borough(knives):
    row = knives().kept.filter(area_name="Bellingham").row(0, named=True)
    assert (row["area_set"], row["area_code"], row["vintage"]) == (
        "ward",
        "E05013714",
        2022,
    )
    assert (row["parent_code"], row["parent_name"]) == ("E09000023", "Lewisham")


def test_knife_crime_of_no_known_place_has_no_code(knives):
    unknown = knives().kept.filter(area_name="Unknown")
    assert unknown.select("area_set", "area_code", "count").rows() == [
        ("borough", None, 9),
        ("ward", None, 2),
    ]


def test_the_dashboard_is_as_new_as_it_says(knives):
    assert knives().published == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        (",31,", ",many,", "not a whole number"),
        (",31,", ",-1,", "fewer than none"),
        (
            "2026-02-01,Borough,Lewisham",
            "Feb,Borough,Lewisham",
            "the month is not a date",
        ),
        (
            "Safer Neighbourhood Teams,Lewisham",
            "Frontline Policing,Lewisham",
            "neither a borough nor a neighbourhood team",
        ),
        ("Offences", "Arrests", "neither offences nor positive outcomes"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused(knives, right, wrong, reason):
    assert reason in knives(KNIVES.replace(right, wrong)).refused["reason"].to_list()


def test_an_offence_belongs_to_the_month_in_which_it_was_recorded(vawg):
    wards = vawg().kept.filter(parent_code="E09000023")
    assert wards["month"].unique().to_list() == [date(2026, 2, 1)]
    # One of them was committed in 2019, and is a row of its own.
    assert wards["count"].to_list() == [4, 1]


def test_a_count_by_place_and_one_by_class_are_kept_apart(vawg):
    by_set = vawg().kept.group_by("area_set").agg(pl.sum("count")).sort("area_set")
    assert by_set.rows() == [("force", 7), ("ward", 7)]
    row = vawg().kept.filter(area_set="force").row(0, named=True)
    assert (row["category"], row["subcategory"]) == ("Rape", "Rape of a female")


def test_a_place_that_is_no_borough_has_no_code(vawg):
    row = vawg().kept.filter(area_name="N/K").row(0, named=True)
    assert (row["area_code"], row["parent_code"], row["parent_name"]) == (
        None,
        None,
        "Other",
    )


def test_victims_are_counted_by_place_and_by_group(tmp_path):
    rows = {
        "borough_name": ["Lewisham", None, None],
        "ward_name_clean_2": ["Bellingham", None, None],
        "recorded_date_months": [datetime(2026, 2, 1)] * 3,
        "count": [5, 4, 1],
        "age_group": [None, "Aged 20 to 29 years", None],
        "ethnic_appearance_group_group": [None, None, "White"],
    }
    pl.DataFrame(rows).write_parquet(tmp_path / "victims.parquet")
    kept = read(tmp_path / "victims.parquet", mps_vawg.SOURCE).kept
    assert kept.select("unit", "area_set", "category", "subcategory").rows() == [
        ("victims", "ward", None, None),
        ("victims", "force", "age group", "Aged 20 to 29 years"),
        ("victims", "force", "ethnic appearance", "White"),
    ]


def test_a_csv_copy_gives_the_same_rows(tmp_path, vawg):
    parquet = vawg()
    path = tmp_path / "vawg.csv"
    pl.DataFrame(OFFENCES).rename(str.upper).write_csv(path)
    assert read(path, mps_vawg.SOURCE).kept.equals(parquet.kept)


def test_a_row_of_neither_a_place_nor_a_class_is_refused(vawg):
    reading = vawg(vawg_offence=[None] * 4, crimsec_group=[None] * 4)
    assert reading.refused["reason"].to_list() == ["neither a place nor a class"]


needs_data = pytest.mark.skipif(not DATA.exists(), reason="real data is not here")


@pytest.mark.real_data
@needs_data
def test_every_real_row_is_taken_and_lewisham_is_whole():
    knives = read(DATA / "monthly-crime-dashboard.parquet", mps_knife_crime.SOURCE)
    offences = read(DATA / "vawg-offences.parquet", mps_vawg.SOURCE)
    victims = read(DATA / "vawg-victims.parquet", mps_vawg.SOURCE)
    assert [r.rows_read for r in (knives, offences, victims)] == [
        59_431,
        411_341,
        410_576,
    ]
    assert sum(r.refused.height for r in (knives, offences, victims)) == 0
    lewisham = knives.kept.filter(parent_code="E09000023")
    assert lewisham["area_code"].n_unique() == 19
    of_2025 = offences.kept.filter(
        pl.col("month").dt.year() == 2025, parent_code="E09000023"
    )
    assert of_2025["count"].sum() == 5_536
    by_set = dict(offences.kept.group_by("area_set").agg(pl.sum("count")).rows())
    assert by_set == {"ward": 1_612_003, "force": 1_612_003}
