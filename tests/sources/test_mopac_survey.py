"""MOPAC's Public Attitude Survey, in its three shapes."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sources.reading_files import read_one

from saferplan.sources.mopac_survey import MEASURES, SOURCE
from saferplan.store.reading import Reading

DATA = Path(__file__).parents[3] / "shared" / "data" / "mopac"

WITH_COMMAS = """\
Date,Survey,Borough,Measure,Proportion,MPS,,,,
31/12/2014,PAS,Lewisham,\"""Good Job"" local\","0,56","0,67",,,,
31/12/2014,PAS,City of Westminster,\"""Good Job"" local\","0,7","0,67",,,,
30/6/2015,PAS,Lewisham,Trust MPS,"0,81","0,8",,,,
"""
WITH_SEMICOLONS = """\
Date;Survey;Borough;Measure;Proportion;MPS
31/12/2014;PAS;Lewisham;\"""Good Job"" local\";0,56;0,67
31/12/2014;PAS;City of Westminster;\"""Good Job"" local\";0,7;0,67
30/06/2015;PAS;Lewisham;Trust MPS;0,81;0,8
"""
LONDON = """\
Date;Survey;Borough;Measure;Proportion
31/12/2014;PAS;MPS;\"""Good Job"" local\";0,67
30/06/2015;PAS;MPS;Trust MPS;0,8
"""


def read(path: Path) -> Reading:
    return read_one(path, SOURCE)


@pytest.fixture
def read_text(tmp_path):
    def of(text: str) -> Reading:
        path = tmp_path / "survey.csv"
        path.write_text(text)
        return read(path)

    return of


def test_a_share_is_a_number_between_0_and_1_for_a_borough_and_a_quarter(read_text):
    assert read_text(WITH_COMMAS).kept.row(0, named=True) == {
        "publisher": "mopac",
        "survey": "Public Attitude Survey",
        "area_set": "borough",
        "area_code": "E09000023",
        "area_name": "Lewisham",
        "period_end": date(2014, 12, 31),
        "measure": '"Good Job" local',
        "proportion": 0.56,
        "base": None,
    }


def test_commas_and_semicolons_give_the_same(read_text):
    assert read_text(WITH_COMMAS).kept.equals(read_text(WITH_SEMICOLONS).kept)


def test_the_london_figure_that_the_rows_repeat_is_kept_once_a_quarter(read_text):
    reading = read_text(WITH_COMMAS)
    london = reading.kept.filter(area_set="force")
    assert london["proportion"].to_list() == [0.67, 0.8]
    assert reading.rows_read == 3 + 2


def test_the_london_file_gives_the_same_london_rows(read_text):
    both = [read_text(text).kept for text in (WITH_COMMAS, LONDON)]
    assert both[0].filter(area_set="force").equals(both[1])
    assert both[1]["area_code"].unique().to_list() == ["E23000001"]


def test_rows_that_disagree_about_london_leave_its_figure_out(read_text):
    reading = read_text(WITH_COMMAS.replace('"0,7","0,67"', '"0,7","0,76"'))
    assert reading.kept.filter(area_set="force")["measure"].to_list() == ["Trust MPS"]
    assert reading.refused.row(0) == (
        2,
        "its rows disagree about the London figure",
        '31/12/2014,"Good Job" local,0,67',
    )


def test_the_names_of_boroughs_become_those_of_ons(read_text):
    assert "Westminster" in read_text(WITH_COMMAS).kept["area_name"].to_list()


def test_the_newest_quarter_is_when_it_was_published(read_text):
    assert read_text(WITH_COMMAS).published == date(2015, 6, 30)


def test_a_mark_is_missing_and_not_zero(read_text):
    reading = read_text(LONDON.replace("0,67", "*"))
    assert reading.kept["proportion"].to_list() == [None, 0.8]


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        (
            "31/12/2014;PAS;MPS",
            "2014Q4;PAS;MPS",
            "the date is not a day, month and year",
        ),
        (";MPS;Trust", ";Lewsham;Trust", "not a London borough"),
        (";0,8", ";0,8x", "not a share"),
        (";0,8", ";80", "a share outside 0 to 1"),
        (";Trust MPS;", ";;", "no measure"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_word_for_word(
    read_text, wrong, right, reason
):
    reading = read_text(LONDON.replace(wrong, right))
    assert reading.refused["reason"].to_list() == [reason]
    assert right in reading.refused["text"][0]
    assert reading.kept.height == 1


def test_every_measure_says_what_it_asks(read_text):
    assert set(read_text(LONDON).kept["measure"]) <= MEASURES.keys()


needs_data = pytest.mark.skipif(not DATA.exists(), reason="real data is not here")


@pytest.mark.real_data
@needs_data
def test_the_real_survey_has_its_9312_rows_and_32_boroughs():
    commas = read(DATA / "PAS_Dashboard_Borough.csv.gz")
    semicolons = read(DATA / "PAS_boroughs_semicolon.csv.gz")
    london = read(DATA / "PAS_MPS_total_semicolon.csv")
    boroughs = commas.kept.filter(area_set="borough")

    assert boroughs.height == 9_312
    assert boroughs["area_code"].n_unique() == 32
    assert set(boroughs["measure"]) == MEASURES.keys()
    assert commas.refused.is_empty()
    assert commas.kept.equals(semicolons.kept)
    order = ["period_end", "measure"]
    assert (
        commas.kept.filter(area_set="force").sort(order).equals(london.kept.sort(order))
    )
    trust = pl.col("measure") == "Trust MPS"
    lewisham = boroughs.filter(trust, area_code="E09000023").sort("period_end")
    assert lewisham.row(-1, named=True)["proportion"] == 0.56
