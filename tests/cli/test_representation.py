"""saferplan representation and saferplan survey."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from saferplan.cli import app

OFFICERS = """group,members,people
Asian,40,26927
Black,60,80473
Mixed,25,24253
White,470,154749
Other,20,14151
,70,
"""


@pytest.fixture
def run(tmp_path):
    def told(verb, text, *words):
        path = tmp_path / "table.csv"
        path.write_text(text)
        return CliRunner().invoke(app, [verb, str(path), *map(str, words)])

    return told


def test_each_group_is_told_with_its_limits(run):
    said = run("representation", OFFICERS)
    assert said.exit_code == 0, said.output
    assert "Black: 9.8% of members and 26.8% of people" in said.stdout
    assert "too few" in said.stdout
    assert "10% of the members did not state" in said.stdout
    assert "chance less than 0.001" in said.stdout


def test_json_holds_the_same(run):
    found = json.loads(run("representation", OFFICERS, "--json").stdout)
    assert found["p"] < 0.001
    assert [row["group"] for row in found["table"]][:2] == ["Asian", "Black"]
    assert found["table"][1]["index"] == pytest.approx(0.364, abs=5e-4)


def test_a_group_of_whom_nobody_lives_here_is_told_apart(run):
    said = run("representation", OFFICERS + "Visitors,40,0\n")
    assert "Visitors: Nobody of this group is known to live here." in said.stdout
    assert "nan" not in said.stdout


@pytest.mark.parametrize("line", ["Black,,80473\n", "Black,60,\n"])
def test_a_number_that_is_not_known_is_never_nought(run, line):
    said = run("representation", OFFICERS.replace("Black,60,80473\n", line))
    assert said.exit_code == 1
    assert "line 3" in said.stderr


def test_small_groups_are_hidden_and_clumps_count_for_less(run):
    few = OFFICERS.replace("Other,20", "Other,2")
    said = run("representation", few, "--effective", 300).stdout
    assert "Other: Hidden" in said
    assert "Mixed: Hidden" in said
    assert "Counted as 300 members taken at random, of 597." in said
    assert (
        json.loads(run("representation", few, "--json").stdout)["table"][4]["members"]
        is None
    )


def answers():
    random = np.random.default_rng(3)
    table = pd.DataFrame({"cluster": np.repeat(np.arange(20), 20)})
    table["answer"] = (random.uniform(size=400) < 0.6).astype(int)
    table["weight"] = random.uniform(0.5, 2.5, 400)
    table["group"] = np.where(np.arange(400) < 12, "", "resident")
    return table


def test_a_survey_says_what_its_answers_are_worth(run):
    said = run("survey", answers().to_csv(index=False))
    assert said.exit_code == 0, said.output
    assert "not stated: Fewer than 30 people asked" in said.stdout
    assert "resident: " in said.stdout
    assert "the design effect is" in said.stdout
    found = json.loads(run("survey", answers().to_csv(index=False), "--json").stdout)
    assert found["table"][1]["asked"] == 388


def test_answers_alone_will_do(run):
    found = json.loads(run("survey", "answer\n" + "1\n0\n" * 60, "--json").stdout)
    assert found["table"][0]["share"] == 0.5
    assert found["table"][0]["effective"] == pytest.approx(120)


@pytest.mark.parametrize(
    ("verb", "text", "helps"),
    [
        ("representation", "group,members\nA,3\n", "no column people"),
        ("representation", "group,members,people\nA,-3,5\n", "zero or more"),
        ("survey", "reply\n1\n", "no column answer"),
        ("survey", "answer\n5\n", "1 for those who agree"),
        ("survey", "answer,weight\n1,\n0,1\n", "weight above zero"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(run, verb, text, helps):
    failed = run(verb, text)
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1
