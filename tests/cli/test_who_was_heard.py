"""saferplan who-was-heard."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

PEOPLE = "by,group,people\nage,16 to 24,300\nage,25 to 64,1200\nage,65 and over,500\n"
PEOPLE += "ward,Evelyn,900\nward,Lee,1000\nward,Grove Park,100\n"


def answers(young=10, middle=100, old=80, silent=10):
    ages = ["16 to 24"] * young + ["25 to 64"] * middle + ["65 and over"] * old
    ages += [""] * silent
    rows = [
        f"{age},{'Evelyn' if n % 3 else 'Lee'},{int(n % 4 > 0)}"
        for n, age in enumerate(ages)
    ]
    return "age,ward,agree\n" + "\n".join(rows) + "\n"


@pytest.fixture
def run(tmp_path):
    def told(*words, people=PEOPLE, **numbers):
        (tmp_path / "answers.csv").write_text(answers(**numbers))
        (tmp_path / "people.csv").write_text(people)
        paths = ["who-was-heard", tmp_path / "answers.csv", "--population"]
        paths += [tmp_path / "people.csv", *words]
        return CliRunner().invoke(app, list(map(str, paths)))

    return told


def test_it_names_who_is_missing_and_how_many_more_it_would_take(run):
    said = run("--group", "age", "--group", "ward")
    assert said.exit_code == 0, said.output
    assert "16 to 24: 5.3% of those who answered and 15.0% of people" in said.stdout
    assert "It would take 22 more to match." in said.stdout
    assert "Nobody answered by ward of: Grove Park." in said.stdout
    assert "5% of the respondents did not say" in said.stdout


def test_one_group_needs_no_column_by(run):
    alone = "group,people\n16 to 24,300\n25 to 64,1200\n65 and over,500\n"
    said = run("--group", "age", people=alone)
    assert said.exit_code == 0, said.output
    assert "Heard too little by age: 16 to 24" in said.stdout


def test_weights_stand_beside_what_was_answered_and_warn(run):
    found = json.loads(run("--group", "age", "--answer", "agree", "--json").stdout)
    assert found["weighed"]["unweighted"]["asked"] == 200
    assert found["weighed"]["weighted"]["effective"] < 200
    assert found["missing"]["age"] == ["16 to 24", "25 to 64"]
    assert any("do not make them a sample" in line for line in found["sentences"])


def test_a_few_respondents_are_hidden_and_another_group_with_them(run):
    found = json.loads(run("--group", "age", "--json", young=3).stdout)
    counts = {row["group"]: row["respondents"] for row in found["table"]}
    assert counts["16 to 24"] is None
    assert list(counts.values()).count(None) == 2


@pytest.mark.parametrize(
    ("words", "people", "helps"),
    [
        (["--group", "sex"], PEOPLE, "no column sex"),
        (["--group", "age"], "group,people\n16 to 24,3\n", "not a group of the pop"),
        (["--group", "age"], "group,people\n16 to 24,\n", "people is empty"),
        (["--group", "age", "--group", "ward"], PEOPLE[:70], "nobody by ward"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(run, words, people, helps):
    failed = run(*words, people=people)
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1
