"""saferplan disparity: three kinds of table, told by their columns."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

STAGES = """stage,group,people
arrest,Black,2000
arrest,White,4000
arrest,,300
charge,Black,900
charge,White,1500
charge,,100
custody,Black,300
custody,White,400
custody,,20
"""
RATES = """group,age,events,residents
Black,10-17,2624,83789
Black,18-24,5713,52159
Black,25-34,3058,75695
Black,over 34,2085,258994
White,10-17,2737,189647
White,18-24,5355,199372
White,25-34,4461,504165
White,over 34,4579,1435342
,,5000,
"""
RESULTS = "group,searches,found\nBlack,4000,920\nWhite,4000,968\nAsian,50,10\n"


@pytest.fixture
def run(tmp_path):
    def told(text, *words):
        path = tmp_path / "counts.csv"
        path.write_text(text)
        return CliRunner().invoke(app, ["disparity", str(path), *map(str, words)])

    return told


def test_stages_are_told_from_both_sides(run):
    said = run(STAGES)
    assert said.exit_code == 0, said.output
    assert "charge, Black: 1.20 times the rate of White" in said.stdout
    assert "0.88 times as likely to be spared it" in said.stdout
    assert "Explain or change it." in said.stdout
    found = json.loads(run(STAGES, "--json").stdout)["table"]
    assert [row["stage"] for row in found] == ["charge", "custody"]
    assert found[0]["turned"] == pytest.approx(1 / 1.2)
    assert found[0]["lowest"] < found[0]["ratio"] < found[0]["highest"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (STAGES.replace("charge,Black,900", "charge,Black,"), "line 5: people"),
        (RATES.replace("5713,52159", ",52159"), "line 3: events"),
        (RESULTS.replace("4000,968", "4000,"), "line 3: found"),
    ],
)
def test_a_number_that_is_not_known_is_never_nought(run, text, line):
    said = run(text)
    assert said.exit_code == 1
    assert f"{line} is empty" in said.stderr


def test_stops_can_be_events(run):
    text = "stage,group,people\nresidents,Black,100\nresidents,White,900\n"
    text += "stops,Black,150\nstops,White,450\n"
    assert "counts events" in run(text).stderr
    assert "stops, Black: 3.00 times" in run(text, "--events", "stops").stdout


def test_rates_have_bounds_and_allow_for_age(run):
    said = run(RATES).stdout
    assert (
        "Black: 3.89 times the rate of White (from 3.81 to 3.98); White has 0.26"
        in (said)
    )
    assert "14% of the events are of unknown group" in said
    row = json.loads(run(RATES, "--json").stdout)["table"][0]
    assert row["indirect"] == pytest.approx(3.283, abs=5e-4)
    assert row["direct"] == pytest.approx(3.4, abs=0.2)
    assert row["lowest"] < 3.89 < row["highest"]


def test_rates_need_neither_age_nor_the_unknown(run):
    found = json.loads(
        run("group,events,residents\nBlack,300,1000\nWhite,300,3000\n", "--json").stdout
    )
    assert found["table"][0]["ratio"] == pytest.approx(3)
    assert "direct" not in found["table"][0]


def test_results_are_told_with_what_they_cannot_show(run):
    said = run(RESULTS).stdout
    assert "Black: 23.0% led to something" in said
    assert "within chance" in said
    assert "Asian: Fewer than 100" in said
    assert "the weakest search" in said


def test_few_events_and_finds_are_left_out(run):
    few = RESULTS.replace("Asian,50,10", "Asian,50,3")
    found = json.loads(run(few, "--json").stdout)["table"]
    assert [row["positive"] for row in found] == [920, 968, None]
    rates = "group,events,residents\nBlack,3,1000\nWhite,300,3000\n"
    found = json.loads(run(rates, "--json").stdout)["table"]
    assert [row["events"] for row in found] == [None, 300]
    assert "is missing" in run(RATES + "Mixed,10-17,200,9000\n").stderr


def test_another_reference_can_be_chosen(run):
    assert (
        "White: 0.26 times the rate of Black"
        in run(RATES, "--reference", "Black").stdout
    )


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("group,people\nBlack,3\n", "It needs stage, group, people"),
        ("area,people\nBlack,3\n", "no column group"),
        ("stage,group,people\narrest,Black,many\n", "must be a number"),
        ("group,searches,found\nBlack,300,20\n", "no group called 'White'"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(run, text, helps):
    failed = run(text)
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1
