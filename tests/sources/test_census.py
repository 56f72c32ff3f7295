"""Census 2021: ages, ethnic groups and households."""

from pathlib import Path

import polars as pl
import pytest

from saferplan.sources import ons_census, ons_census_ethnicity
from saferplan.sources.ethnic_groups import FIVE_GROUPS
from saferplan.sources.files import open_file

REAL = Path(__file__).parents[3] / "shared" / "data" / "denominators"

AGES = (
    "date,geography,geography code,Age: Total,Age: Aged 4 years and under,"
    "Age: Aged 15 to 19 years,Age: Aged 85 years and over\n"
    "2021,Lewisham 001A,E01003189,1473,52,23,35\n"
)
ETHNIC = (
    "date,geography,geography code,Ethnic group: Total: All usual residents,"
    'Ethnic group: White,"Ethnic group: Asian, Asian British or Asian Welsh: Chinese"\n'
    "2021,Lewisham,E09000023,300554,154749,6296\n"
)
FIVE = (
    "lsoa21_code,total_residents,ethnic_group,n,prop\n"
    'E01003189,1474.0,"Asian, Asian British or Asian Welsh",158.0,0.107\n'
    "E01003189,1474.0,White,1200.0,0.8\n"
)
NINETEEN = (
    "ltla21_code,ltla21_name,ethnic_group,value\n"
    "E09000023,Lewisham,Other ethnic group: Arab (number),1671.0\n"
    "E09000023,Lewisham,Other ethnic group: Arab (percent),0.6\n"
    "E09000023,Lewisham,Mixed or Multiple ethnic groups: White and Black African  "
    "(percent),1.3\n"
)


def read(path, source=ons_census.SOURCE):
    with open_file(path) as file:
        assert source.recognises(file)
        readings = source.read(file)
    for reading in readings:
        assert reading.rows_read == len(reading.kept) + len(reading.refused)
    return readings


def read_text(folder, text, source=ons_census.SOURCE):
    (folder / "census.csv").write_text(text)
    return read(folder / "census.csv", source)


def counts(reading):
    return reading.kept["topic", "category", "count"].rows()


def test_age_bands_have_short_names(tmp_path):
    (reading,) = read_text(tmp_path, AGES)
    assert counts(reading) == [
        ("age", "all", 1473),
        ("age", "4 and under", 52),
        ("age", "15 to 19", 23),
        ("age", "85 and over", 35),
    ]
    row = reading.kept.row(0, named=True)
    assert (row["area_set"], row["vintage"], row["year"]) == ("lsoa", 2021, 2021)


def test_ethnic_groups_are_two_topics_and_the_total_is_in_both(tmp_path):
    (reading,) = read_text(tmp_path, ETHNIC)
    assert counts(reading) == [
        ("ethnic group (5)", "all", 300554),
        ("ethnic group (19)", "all", 300554),
        ("ethnic group (5)", "White", 154749),
        ("ethnic group (19)", "Asian: Chinese", 6296),
    ]


def test_households_are_a_population_counted_in_households(tmp_path):
    (reading,) = read_text(
        tmp_path,
        "date,geography,geography code,Number of households\n"
        "2021,Lewisham 001A,E01003189,702\n",
    )
    row = reading.kept.row(0, named=True)
    assert reading.dataset == "population"
    assert (row["unit"], row["year"], row["count"]) == ("households", 2021, 702)


def test_another_census_is_refused(tmp_path):
    (reading,) = read_text(tmp_path, AGES.replace("2021,Lew", "2011,Lew"))
    assert set(reading.refused["reason"]) == {"not of Census 2021"}
    assert len(reading.refused) == 4


def test_five_groups_of_an_lsoa_have_the_names_that_stops_have(tmp_path):
    (reading,) = read_text(tmp_path, FIVE, ons_census_ethnicity.SOURCE)
    assert counts(reading) == [
        ("ethnic group (5)", "Asian", 158),
        ("ethnic group (5)", "White", 1200),
    ]


def test_of_nineteen_groups_the_numbers_are_read_and_the_per_cents_are_not(tmp_path):
    (reading,) = read_text(tmp_path, NINETEEN, ons_census_ethnicity.SOURCE)
    assert counts(reading) == [("ethnic group (19)", "Other: Arab", 1671)]
    assert (reading.rows_read, len(reading.refused)) == (1, 0)


def test_a_group_the_census_does_not_have_is_refused(tmp_path):
    text = FIVE + "E01003189,1474.0,Martian,1.0,0.0\n"
    (reading,) = read_text(tmp_path, text, ons_census_ethnicity.SOURCE)
    row = reading.refused.row(0, named=True)
    assert (row["line"], row["reason"]) == (4, "not an ethnic group of Census 2021")


def test_a_group_without_a_name_is_refused(tmp_path):
    text = FIVE + "E01003189,1474.0,,1.0,0.0\n"
    (reading,) = read_text(tmp_path, text, ons_census_ethnicity.SOURCE)
    assert reading.refused["line"].to_list() == [4]


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
def test_the_real_ages_of_lewisham_are_those_published():
    (reading,) = read(REAL / "census2021-ts007a-ltla.csv.gz")
    lewisham = reading.kept.filter(area_code="E09000023")
    ages = dict(lewisham["category", "count"].rows())
    assert len(ages) == 19
    assert ages["all"] == 300_551  # two fewer than the census's first figure
    assert sum(ages.values()) - ages["all"] == pytest.approx(ages["all"], abs=10)
    assert reading.kept["area_code"].n_unique() == 331


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
def test_the_five_groups_of_lewisham_come_to_the_same_by_both_real_files():
    source = ons_census_ethnicity.SOURCE
    (lsoas,) = read(REAL / "census2021_ethnicity21_lsoa21_London.csv.gz", source)
    (boroughs,) = read(REAL / "census2021_ethnicity21_ltla21_EW.csv.gz", source)
    assert (lsoas.kept["area_code"].n_unique(), boroughs.kept.height) == (
        4994,
        331 * 19,
    )
    detail = boroughs.kept.filter(area_code="E09000023").with_columns(
        group=pl.col("category").str.split(": ").list.first()
    )
    groups = dict(detail.group_by("group").agg(pl.col("count").sum()).rows())
    assert groups.keys() == set(FIVE_GROUPS.values())
    assert groups["Black"] == 37_834 + 31_883 + 10_756
    assert sum(groups.values()) == pytest.approx(300_553, abs=50)
