"""Look-ups between sets of areas, told by the headings of their columns."""

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from sources.reading_files import read_one

from saferplan.sources.files import open_file
from saferplan.sources.lookups import SOURCE

REAL = Path(__file__).parents[3] / "shared" / "data" / "geo"

LSOAS = (
    "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId\n"
    "E01000001,City 001A,E01000001,City 001A,U,E09000001,City,,1\n"
    "E01000002,City 001B,E01033001,City 001F,S,E09000001,City,,2\n"
    "E01000002,City 001B,E01033002,City 001G,S,E09000001,City,,3\n"
    "E01000003,City 001C,E01033003,City 001H,M,E09000001,City,,4\n"
    "E01000004,City 001D,E01033003,City 001H,M,E09000001,City,,5\n"
    "E01000005,City 001E,E01033004,City 001J,X,E09000002,Other,,6\n"
)


def read(path):
    return read_one(path, SOURCE)


def read_text(folder, text, name="lookup.csv"):
    path = folder / name
    path.write_bytes(text.encode("utf-8-sig"))  # ONS files start with a mark
    return read(path)


def pair(reading, from_set, to_set):
    rows = reading.kept.filter(from_set=from_set, to_set=to_set)
    return {
        (old, new): fit for old, new, fit in rows["from_code", "to_code", "fit"].rows()
    }


def test_lsoas_of_two_censuses_carry_what_became_of_each(tmp_path):
    reading = read_text(tmp_path, LSOAS)
    assert pair(reading, "lsoa", "lsoa") == {
        ("E01000001", "E01000001"): "exact",
        ("E01000002", "E01033001"): "split",
        ("E01000002", "E01033002"): "split",
        ("E01000003", "E01033003"): "merged",
        ("E01000004", "E01033003"): "merged",
        ("E01000005", "E01033004"): "best fit",  # an irregular change
    }
    vintages = reading.kept.filter(to_set="lsoa")["from_vintage", "to_vintage"].unique()
    assert vintages.rows() == [(2011, 2021)]


def test_a_pair_that_the_file_repeats_is_one_row(tmp_path):
    reading = read_text(tmp_path, LSOAS)
    boroughs = reading.kept.filter(to_set="borough")
    assert boroughs.filter(from_code="E01000002").height == 1
    assert reading.rows_read == 6 + 5


def test_without_a_kind_of_change_it_is_told_from_the_pairs(tmp_path):
    text = "\n".join(
        ",".join(line.split(",")[:4]) for line in LSOAS.splitlines()
    ).replace("E01033004", "E01033001")
    reading = read_text(tmp_path, text)
    fits = pair(reading, "lsoa", "lsoa")
    assert fits["E01000001", "E01000001"] == "exact"
    assert fits["E01000002", "E01033002"] == "split"
    assert fits["E01000003", "E01033003"] == "merged"
    assert fits["E01000002", "E01033001"] == "best fit"  # both split and joined


def test_an_lsoa_fits_best_in_a_ward_and_whole_in_a_borough(tmp_path):
    reading = read_text(
        tmp_path,
        "LSOA21CD,LSOA21NM,LSOA21NMW,WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM,LAD24NMW,ObjectId\n"
        "E01003189,Lewisham 001A,,E05013714,Bellingham,,E09000023,Lewisham,,1\n"
        "E01003190,Lewisham 001B,,E05013714,Bellingham,,E09000023,Lewisham,,2\n",
    )
    assert set(pair(reading, "lsoa", "ward").values()) == {"best fit"}
    assert set(pair(reading, "lsoa", "borough").values()) == {"exact"}
    assert pair(reading, "ward", "borough") == {("E05013714", "E09000023"): "exact"}
    assert any("fit best" in note for note in reading.notes)


def test_headings_in_the_other_style_are_read_too(tmp_path):
    reading = read_text(
        tmp_path,
        "ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name\n"
        "E09000023,Lewisham,E22000208,Lewisham,E23000001,Metropolitan Police\n"
        "W06000001,Isle of Anglesey,W14000001,Gwynedd,W15000001,North Wales\n",
    )
    assert pair(reading, "borough", "csp")["E09000023", "E22000208"] == "exact"
    assert pair(reading, "csp", "force")["W14000001", "W15000001"] == "exact"
    row = reading.kept.filter(from_code="E09000023", to_set="force").row(0, named=True)
    assert row["to_name"] == "Metropolitan Police"


def test_the_look_up_of_2023_calls_the_wards_name_by_another_heading(tmp_path):
    reading = read_text(
        tmp_path,
        "WD23CD, WardName,WD23NMW,LAD23CD,LAD23NM,LAD23NMW,ObjectId\r\n"
        "E05013714,Bellingham,,E09000023,Lewisham,,1\r\n",
    )
    assert reading.kept["from_name"].to_list() == ["Bellingham"]


def test_no_pair_leads_from_one_census_to_an_older(tmp_path):
    reading = read_text(
        tmp_path,
        "OA21CD,LSOA21CD,LSOA11CD,WD24CD,LAD22CD\n"
        "E00000001,E01033001,E01000002,E05013714,E09000023\n",
    )
    pairs = set(reading.kept["to_set", "to_vintage"].rows())
    assert pairs == {("lsoa", 2021), ("ward", 2024), ("borough", 2022)}


def test_a_row_with_no_code_is_refused_with_its_line(tmp_path):
    text = LSOAS.replace(
        "E01033003,City 001H,M,E09000001,City,,4", ",,M,E09000001,City,,4"
    )
    reading = read_text(tmp_path, text)
    row = reading.refused.row(0, named=True)
    assert (row["line"], row["reason"]) == (5, "no area code")


def test_a_code_of_another_set_is_refused(tmp_path):
    reading = read_text(tmp_path, LSOAS.replace("E01033004", "E02033004"))
    assert reading.refused["reason"].to_list() == ["not the code of an LSOA"]


def test_a_workbook_of_one_sheet_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "LSOA11_WD21_EW_LU"
    book.active.append(["LSOA11CD", "LSOA11NM", "WD21CD", "WD21NM"])
    book.active.append(["E01003189", "Lewisham 001A", "E05000437", "Bellingham"])
    book.save(tmp_path / "lookup.xlsx")
    reading = read(tmp_path / "lookup.xlsx")
    assert pair(reading, "lsoa", "ward") == {("E01003189", "E05000437"): "best fit"}


def test_a_table_of_figures_is_no_look_up(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("LSOA11CD,LAD11CD,Persons\nE01003189,E09000023,1500\n")
    with open_file(path) as file:
        assert not SOURCE.recognises(file)


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
def test_the_real_look_ups_place_all_of_lewisham():
    wards = read(REAL / "lookups" / "LSOA21_WD24_LAD24_EW.csv.gz").kept
    within = wards.filter(to_set="borough", to_code="E09000023")
    assert within.filter(from_set="ward").height == 19
    assert within.filter(from_set="lsoa").height == 175
    both = read(REAL / "lookups" / "LSOA11_LSOA21_LAD22_EW_V3.csv.gz").kept
    lewisham = both.filter(to_set="borough", to_code="E09000023")["from_code"]
    assert len(lewisham) == 169
    changes = both.filter(pl.col("from_code").is_in(lewisham.implode()), to_set="lsoa")
    assert dict(changes.group_by("fit").len().rows()) == {"exact": 166, "split": 9}
    old = read(REAL / "lookups" / "lookup_lsoa11_ward17.csv.gz").kept
    assert (
        old.filter(pl.col("from_code").is_in(lewisham.implode()))["to_code"].n_unique()
        == 18
    )
