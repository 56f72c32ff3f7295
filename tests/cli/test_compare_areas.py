"""saferplan compare-areas and vulnerability: areas in, order and limits out."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

AREAS = """area,offences,residents,density,young
A,100,10000,1,3
B,100,10000,2,3
C,200,10000,9,8
"""
SIX = "area,burglary,damage,income,employment,young,education\n" + "".join(
    f"{name},{burglary},{damage},{income},{work},{young},{school}\n"
    for name, burglary, damage, income, work, young, school in [
        ("A", 30, 20, 0.30, 0.20, 0.20, 0.40),
        ("B", 10, 10, 0.15, 0.10, 0.12, 0.20),
        ("C", 5, 6, 0.10, 0.06, 0.10, 0.15),
        ("D", 3, 4, 0.05, 0.04, 0.10, 0.05),
    ]
)


def run(*words):
    return CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture
def areas(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text(AREAS)
    return path


@pytest.fixture
def six(tmp_path):
    path = tmp_path / "six.csv"
    path.write_text(SIX)
    return path


def test_an_area_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text("area,offences,residents\nA,1,900\nA,2,900\nB,3,900\n")
    for words in ([], ["--own", "A"]):
        told = run("compare-areas", path, *words)
        assert told.exit_code == 1
        assert "A more than once" in told.stderr


def test_areas_that_stand_out_are_told(areas, tmp_path):
    csv = tmp_path / "told.csv"
    told = run("compare-areas", areas, "--csv", csv)
    assert "3 of 3 areas stand outside the limits round 13.3" in told.output
    assert "above 99.8%" in csv.read_text()
    answer = json.loads(run("compare-areas", areas, "--json", "--overdispersed").output)
    assert answer["dispersion"] > 1


def test_our_area_is_set_beside_the_average(areas):
    told = run("compare-areas", areas, "--own", "C")
    assert "C has 20.0 for each 1,000 residents, place 1 of 3" in told.output
    assert "is not among" in run("compare-areas", areas, "--own", "Z").output


def test_areas_that_are_alike_are_listed(areas):
    told = run(
        "compare-areas", areas, "--nearest", "A", "--on", "density", "--on", "young"
    )
    assert "Most like A on density, young: B, C" in told.output
    told = run("compare-areas", areas, "--nearest", "A")
    assert told.exit_code == 1
    assert "Use no crime figures" in told.output


def test_a_table_without_residents_is_refused(six):
    told = run("compare-areas", six)
    assert told.exit_code == 1
    assert "has no column offences, residents" in told.output


def test_the_index_is_told_with_what_it_rests_on(six):
    told = run("vulnerability", six, "--reference", "four areas", "--shaken")
    assert "1 of 4 areas are over 200, twice the average of four areas" in told.output
    assert "By the six standard variables" in told.output
    assert "Without burglary the order agrees" in told.output
    answer = json.loads(run("vulnerability", six, "--json").output)
    assert answer["table"][0]["area"] == "A"


def test_another_set_of_variables_is_said_to_be_another_index(areas, tmp_path):
    assert "Not the standard index" in run("vulnerability", areas).output
    bare = tmp_path / "bare.csv"
    bare.write_text("area\nA\n")
    told = run("vulnerability", bare)
    assert told.exit_code == 1
    assert "no variables beside the area" in told.output
