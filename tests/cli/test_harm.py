"""saferplan harm: counts and weights in, orders and their agreement out."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

COUNTS = """area,category,offences
North,Robbery,100
North,Shoplifting,400
Centre,Robbery,15
Centre,Shoplifting,900
East,Fraud,30
"""
WEIGHTS = "category,ONS,Days\nRobbery,746,365\nShoplifting,13,1\n"


def run(*words):
    return CliRunner().invoke(app, ["harm", *map(str, words)])


@pytest.fixture
def files(tmp_path):
    (tmp_path / "counts.csv").write_text(COUNTS)
    (tmp_path / "weights.csv").write_text(WEIGHTS)
    return tmp_path / "counts.csv", "--weights", tmp_path / "weights.csv"


def test_orders_are_told_with_how_far_they_agree(files):
    told = run(*files)
    assert told.exit_code == 0
    assert "ONS and Days put the areas in orders that agree by 1.00" in told.output
    assert "ONS has no weight for Fraud" in told.output


def test_all_of_it_comes_as_json_and_as_a_table(files, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("area,residents\nNorth,9000\nCentre,5000\nEast,4000\n")
    csv = tmp_path / "told.csv"
    told = run(*files, "--residents", people, "--json", "--csv", csv, "--top", 1)
    answer = json.loads(told.output)
    assert answer["top"] == 1
    assert answer["missing"][0]["categories"] == "Fraud"
    assert answer["table"][0]["area"] == "Centre"
    assert csv.read_text().startswith("area,weights,value")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("category\nRobbery\n", "has no weights"),
        ("category,ONS\nRobbery,1\nRobbery,2\n", "Robbery more than once"),
        ("category,ONS\nRobbery,much\n", "must be a number"),
        ("category,ONS\nArson,5\n", "no weight for any"),
    ],
)
def test_weights_that_are_wrong_are_refused_in_one_line(files, text, said):
    files[2].write_text(text)
    told = run(*files)
    assert told.exit_code == 1
    assert said in told.output


def test_a_number_of_offences_that_is_not_known_is_never_nought(files):
    files[0].write_text(COUNTS + "East,Robbery,\n")
    told = run(*files)
    assert told.exit_code == 1
    assert "line 7: offences is empty" in told.stderr


def test_the_weights_of_the_store_are_used_where_they_are_loaded(
    files, tmp_path, monkeypatch
):
    told = run(*files, "--ons", "--store", tmp_path / "store")
    assert told.exit_code == 1
    assert "holds no ONS weights" in told.output
    monkeypatch.setattr(
        "saferplan.assessment.harm.weights_by_minor",
        lambda _evidence: {"Robbery": 993.6},
    )
    told = run(*files, "--ons", "--store", tmp_path / "store")
    assert "Number and ONS severity" in told.output


def test_without_weights_it_says_which_may_be_given(files):
    told = run(files[0])
    assert told.exit_code == 1
    assert "Crime Severity Score" in told.output
