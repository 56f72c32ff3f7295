"""saferplan read-answers: a table of answers in, themes and shares out."""

import csv
import json
import os
import subprocess
import sys

import pytest
from made_answers import made_answers
from typer.testing import CliRunner

from saferplan.cli import app

LETTER = (
    "Please keep the front counter of the police station open. The nearest other one "
    "is forty minutes away by bus, and many of us cannot drive."
)


def run(*words):
    return CliRunner().invoke(app, ["read-answers", *map(str, words)])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """130 answers, 60 of them coded, four copies of a letter, and three bad rows."""
    texts, truth = made_answers(130)
    path = tmp_path_factory.mktemp("answers") / "answers.csv"
    with path.open("w", newline="") as out:
        write = csv.writer(out)
        write.writerow(["who", "What matters, and why?", "themes"])
        for at, (row, text) in enumerate(texts.items()):
            chosen = "; ".join(truth.columns[truth.loc[row]]) if at % 2 else ""
            write.writerow([f"P{at}", f'{text}\nSo "there".', chosen])
        for at in range(4):
            write.writerow([f"P{at % 2}", LETTER, ""])
        write.writerow(["P9", "", ""])
        write.writerow(["P9"])
        write.writerow([])
    return path


@pytest.fixture
def few(tmp_path):
    path = tmp_path / "few.csv"
    path.write_text("why\nMore light.\nMy son was stabbed.\n")
    return path


OPTIONS = ["--text", "What matters, and why?", "--respondent", "who"]


def test_without_codes_there_are_drafts_campaigns_and_a_sample_to_code(file, tmp_path):
    out = tmp_path / "sample.csv"
    said = run(file, *OPTIONS, "--sample", out, "--to-code", 30)
    assert said.exit_code == 0, said.output
    assert "137 rows read: 134 kept, 3 quarantined" in said.stdout
    assert "Row 136 is quarantined: It has 1 cells" in said.stdout
    assert "Campaign 1 (certain): 4 submissions, 1 text, 2 people" in said.stdout
    assert "drafted, not decided" in said.stdout
    assert "Share of" not in said.stdout
    rows = list(csv.reader(out.read_text().splitlines()))
    assert rows[0] == ["row", "answer", "themes"]
    assert len(rows) == 1 + 30 + 4  # and all four of the campaign
    assert "30 answers drawn" not in said.stdout
    assert "34 answers drawn at random into sample.csv" in said.stdout


def test_with_codes_there_are_suggestions_and_shares_with_limits(file, tmp_path):
    out = tmp_path / "out.csv"
    said = run(file, *OPTIONS, "--coded", "themes", "--json", "--csv", out)
    assert said.exit_code == 0, said.output
    found = json.loads(said.stdout)
    assert found["read"] == found["kept"] + len(found["quarantined"]) == 137
    assert found["suggestions"]["by"] == "theme-suggestions/1"
    assert found["suggestions"]["coded"] == 65
    shares = found["prevalence"]
    assert (shares["answers"], shares["left_out"]) == (130, 4)
    for row in shares["themes"]:
        assert 0 < row["lower"] < row["share"] < row["upper"] < 1
    rows = found["table"]
    assert len(rows) == 134
    assert rows[0]["person"] is None
    assert rows[1]["person"]
    assert rows[0]["machine"]
    assert rows[0]["first_1"]
    assert any("drawn at random" in each for each in found["cautions"])
    assert out.read_text().count("\n") == 135


def test_the_same_file_and_seed_give_the_same_bytes_in_any_process(file):
    here = run(file, *OPTIONS, "--coded", "themes", "--json").stdout
    elsewhere = subprocess.run(
        [
            *(sys.executable, "-c", "from saferplan.cli import app; app()"),
            *("read-answers", file, *OPTIONS, "--coded", "themes", "--json"),
        ],
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout == here


def test_codes_not_chosen_at_random_give_no_shares(file):
    said = run(file, *OPTIONS, "--coded", "themes", "--not-at-random").stdout
    assert "Suggestions by theme-suggestions/1" in said
    assert "No prevalence: Shares of themes need answers that were drawn" in said
    assert "Share of" not in said


def test_few_answers_have_no_draft_and_it_says_so(few):
    said = run(few, "--text", "why").stdout
    assert "No draft themes: 2 different answers" in said
    assert "safety 1" in said
    assert "No campaign was found." in said


def test_fewer_to_code_than_were_asked_for_is_said_with_the_reason(file, few, tmp_path):
    out = tmp_path / "sample.csv"
    said = run(file, *OPTIONS, "--sample", out, "--to-code", 200).stdout
    assert (
        "134 answers drawn at random into sample.csv. Code every one of them, and "
        "leave none out. 200 were asked for, and there are 134 answers, 4 of them in "
        "campaigns. All 130 outside campaigns are drawn, and a few of each campaign "
        "besides." in said
    )
    exactly = run(file, *OPTIONS, "--sample", out, "--to-code", 130).stdout
    assert "were asked for" not in exactly
    said = run(few, "--text", "why", "--sample", out).stdout
    assert "200 were asked for, and there are 2 answers: all of them are drawn." in said


def test_one_of_anything_is_told_without_an_s(tmp_path):
    path = tmp_path / "one.csv"
    path.write_text("why\nMore light.\n")
    said = run(path, "--text", "why").stdout
    assert "1 row read: 1 kept, 0 quarantined." in said
    assert "1 submission in 1 different text." in said


def test_rows_coded_first_come_first_served_are_called_that(tmp_path):
    texts, truth = made_answers(60)
    told = [
        f'"{text}",{";".join(truth.columns[truth.loc[row]]) if at < 35 else ""}'
        for at, (row, text) in enumerate(texts.items())
    ]
    path = tmp_path / "first.csv"
    path.write_text("why,codes\n" + "\n".join(told))
    said = run(path, "--text", "why", "--coded", "codes").stdout
    assert "The coded answers are the first rows of the file" in said


@pytest.mark.parametrize(
    ("options", "helps"),
    [
        (["--text", "Why?"], "no column Why?"),
        (["--text", "who", "--coded", "codes"], "no column codes"),
        ([*OPTIONS, "--endpoint", "http://example.org/v1"], "begins with https"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(file, options, helps):
    failed = run(file, *options)
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1


def test_a_file_that_is_not_there_or_empty_is_named(tmp_path):
    assert "none.csv" in run(tmp_path / "none.csv", "--text", "x").stderr
    path = tmp_path / "empty.csv"
    path.write_text("why\n\n")
    assert "no answer in the column why" in run(path, "--text", "why").stderr
