"""Mid-year populations in both layouts."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sources.reading_files import read_one

from saferplan.errors import SourceChanged
from saferplan.sources.ons_population import SOURCE

REAL = Path(__file__).parents[3] / "shared" / "data" / "denominators"

BY_YEAR = (
    "LSOA 2021 Code,LSOA 2021 Name,Area Sq Km,Mid-2021: Population,"
    "Mid-2021: People per Sq Km,Mid-2022: Population\n"
    "E01000001,City 001A,0.1298,1573,12118.6,1795\n"
    "E01000002,City 001B,0.2283,1407,6162.9,1671\n"
)
BY_AGE = (
    "LSOA11CD,LSOA11NM,MSOA11CD,MSOA11NM,LAD11CD,LAD11NM,"
    "Persons_All-Ages,Persons_16-29,Males_65+,Females_0-15\n"
    "E01000001,City 001A,E02000001,City 001,E09000001,City,1636,170,218,119\n"
)


def read(path):
    return read_one(path, SOURCE)


def read_text(folder, text, name="population.csv"):
    (folder / name).write_text(text)
    return read(folder / name)


def test_a_column_per_year_becomes_a_row_per_area_and_year(tmp_path):
    reading = read_text(tmp_path, BY_YEAR)
    people = reading.kept["area_code", "year", "count"].rows()
    assert people == [
        ("E01000001", 2021, 1573),
        ("E01000002", 2021, 1407),
        ("E01000001", 2022, 1795),
        ("E01000002", 2022, 1671),
    ]
    assert reading.rows_read == 4  # figures, and densities are none
    assert reading.published == date(2022, 6, 30)


def test_every_age_is_from_nought_to_no_end(tmp_path):
    row = read_text(tmp_path, BY_YEAR).kept.row(0, named=True)
    assert (row["sex"], row["age_from"], row["age_to"]) == ("all", 0, None)
    assert (row["unit"], row["area_set"], row["vintage"]) == ("people", "lsoa", 2021)


def test_parquet_is_read_like_csv(tmp_path):
    text = read_text(tmp_path, BY_YEAR)
    pl.read_csv(BY_YEAR.encode()).write_parquet(tmp_path / "population.parquet")
    assert read(tmp_path / "population.parquet").kept.equals(text.kept)


def test_sexes_and_age_bands_come_from_the_headings(tmp_path):
    reading = read_text(tmp_path, BY_AGE, "london-mid2019-pop.csv")
    bands = reading.kept["sex", "age_from", "age_to", "count"].rows()
    assert bands == [
        ("all", 0, None, 1636),
        ("all", 16, 29, 170),
        ("male", 65, None, 218),
        ("female", 0, 15, 119),
    ]
    assert reading.kept["year", "vintage"].unique().rows() == [(2019, 2011)]


def test_a_file_by_age_must_say_its_year_in_its_name(tmp_path):
    with pytest.raises(SourceChanged, match="does not say which year"):
        read_text(tmp_path, BY_AGE, "population.csv")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "the publisher gives no figure"),
        ("[x]", "the publisher gives no figure"),
        ("many", "not a number"),
        ("-5", "a count below zero"),
        ("1573.5", "a count that is not a whole number"),
    ],
)
def test_a_figure_that_is_none_is_refused_and_its_neighbours_kept(
    tmp_path, cell, reason
):
    reading = read_text(tmp_path, BY_YEAR.replace("1573", cell))
    row = reading.refused.row(0, named=True)
    assert (row["line"], row["reason"]) == (2, reason)
    assert row["text"] == f"E01000001,City 001A,Mid-2021: Population,{cell}"
    assert len(reading.kept) == 3


def test_thousands_may_have_commas(tmp_path):
    reading = read_text(tmp_path, BY_YEAR.replace("1573", '"1,573"'))
    assert reading.kept["count"].to_list()[0] == 1573


def test_an_area_of_another_kind_is_refused(tmp_path):
    reading = read_text(tmp_path, BY_YEAR.replace("E01000001", "E02000001"))
    assert reading.refused["reason"].unique().to_list() == ["not the code of an LSOA"]


def test_an_area_that_stands_twice_is_kept_once(tmp_path):
    last = BY_YEAR.splitlines()[-1]
    reading = read_text(tmp_path, BY_YEAR + last + "\n")
    assert reading.refused["line"].to_list() == [4, 4]
    assert len(reading.kept) == 4


def test_a_ragged_line_is_refused(tmp_path):
    reading = read_text(tmp_path, BY_YEAR + "E01000003,City 001C\n")
    assert reading.refused["line"].to_list() == [4]
    assert len(reading.kept) == 4


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
def test_the_real_files_hold_every_lsoa_of_london():
    years = read(REAL / "lsoa21_pop_mid2011_mid2022_London.parquet").kept
    assert years.group_by("year").len()["len"].to_list() == [4994] * 12
    lewisham = years.filter(pl.col("area_name").str.starts_with("Lewisham "))
    assert lewisham["area_code"].n_unique() == 175
    # ONS gave 298,700 for the borough, to the nearest hundred, once it was revised.
    assert lewisham.filter(year=2022)["count"].sum() == 299_023
    ages = read(REAL / "london_lsoa11_mid2020_pop.csv.gz")
    assert (ages.rows_read, ages.refused.height) == (4_835 * 18, 0)
    everyone = ages.kept.filter(pl.col("age_to").is_null(), age_from=0)
    sexes = everyone.group_by("sex").agg(pl.col("count").sum())
    total = dict(sexes.rows())
    assert total["all"] == total["male"] + total["female"]
