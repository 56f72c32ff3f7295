"""saferplan advise-level: answers and counts in, a level with reasons out."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

ONE = """
issue = "Burglary"
crossing = "few"
specialist = "no"
"local knowledge" = "yes"
concentration = "few places"
"""
SEVERAL = """issue,crossing,specialist,anonymity,local knowledge,funding
Gangs,most,yes,yes,,
Rape crisis,,yes,yes,,sub-regional
Something,,,,,
"""
COUNTS = "area,borough,sub_region,residents,offences\n" + "".join(
    f"W{n},B{n // 4},S{n // 8},9000,{[40, 60, 30, 500][n % 4]}\n" for n in range(16)
)
FLOWS = "home,place,cases\nW0,W1,80\nW9,W1,15\n,W1,40\n"


def run(*words):
    return CliRunner().invoke(app, ["advise-level", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_one_problem_is_advised_on_with_reasons(file):
    told = run(file("burglary.toml", ONE))
    assert told.exit_code == 0
    assert "Burglary: neighbourhood." in told.output
    assert "It takes people who know the place." in told.output
    assert "Not known, and so not counted: frequency" in told.output


def test_all_of_it_comes_as_json(file):
    answer = json.loads(run(file("burglary.toml", ONE), "--json").output)
    assert answer["level"] == "neighbourhood"
    assert answer["table"][0] == {
        "level": "neighbourhood", "hold": None, "deliver": 1.0, "all": 1.0,
    }  # fmt: skip
    assert answer["reasons"][0]["criterion"] == "crossing"


def test_several_problems_are_read_from_a_table(file, tmp_path):
    csv = tmp_path / "told.csv"
    told = run(file("issues.csv", SEVERAL), "--csv", csv)
    assert "Gangs: pan-London." in told.output
    assert "Rape crisis: sub-regional." in told.output
    assert "Something: cannot tell." in told.output
    assert csv.read_text().startswith("issue,level,rests_on")


def test_figures_answer_what_they_can_and_a_person_goes_before_them(file):
    counts, flows = file("counts.csv", COUNTS), file("flows.csv", FLOWS)
    told = run(
        file("theft.toml", 'issue = "Theft"'), "--counts", counts, "--flows", flows
    )
    assert "Theft: neighbourhood." in told.output
    assert "16% of 95 cases with a known home cross" in told.output
    assert "of 40 it is not known" in told.output
    said = file("said.toml", 'crossing = "most"')
    answer = json.loads(run(said, "--counts", counts, "--json").output)
    assert answer["issue"] == "said"
    assert answer["reasons"][0]["answer"] == "most"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("one.toml", 'weather = "fine"', "no criterion 'weather'"),
        ("one.toml", "issue =", "is no TOML"),
        ("one.csv", "problem\nGangs\n", "has no column issue"),
        ("one.json", '{"crossing": "a lot"}', "Write one of: most, some, few"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(file, name, text, said):
    told = run(file(name, text))
    assert told.exit_code == 1
    assert said in told.output


def test_flows_need_the_neighbourhoods(file):
    told = run(file("one.toml", ONE), "--flows", file("flows.csv", FLOWS))
    assert "give --counts" in told.output
