"""saferplan redact."""

import csv
import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

LETTER = "Dear Mrs Obi,\nring 020 7946 0018 about Grace Road.\nThanks,\nAnn Shah\n"


@pytest.fixture
def run(tmp_path):
    def told(content, *words, name="letter.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(app, ["redact", str(path), *map(str, words)])

    return told


def test_a_letter_comes_back_without_who_it_names(run):
    said = run(LETTER)
    assert said.exit_code == 0, said.output
    assert said.stdout == (
        "Dear Mrs [redacted: name],\nring [redacted: telephone] about Grace Road.\n"
        "Thanks,\n[redacted: name]\n"
    )
    assert "Taken out: name 2, telephone 1." in said.stderr


def test_json_says_where_and_why_without_the_words(run):
    found = run(LETTER, "--json").stdout
    assert [row["kind"] for row in json.loads(found)["table"]] == [
        "name",
        "telephone",
        "name",
    ]
    assert "Shah" not in found
    assert "7946" not in found


def test_a_column_of_a_table_is_redacted_and_cannot_run_as_a_formula(run, tmp_path):
    out = tmp_path / "out.csv"
    said = run(
        'id,answer\n1,"=HYPERLINK(""x"") by Ann Shah"\n2,SE13 6LG\n',
        *("--text", "answer", "--out", out),
        name="answers.csv",
    )
    assert said.exit_code == 0, said.output
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert rows[0]["answer"].startswith("'=")
    assert "Ann" not in rows[0]["answer"]
    assert rows[1]["answer"] == "[redacted: postcode]"


def test_nothing_found_is_said(run):
    assert "A person must still read it" in run("More lights.").stderr


@pytest.mark.parametrize(
    ("content", "words", "helps"),
    [
        (b"\xff\xfe\x00", [], "no text in UTF-8"),
        ("x", ["--least", "maybe"], "one of possible, likely, sure"),
        ("a\nb\n", ["--text", "answer"], "no column answer"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(run, content, words, helps):
    failed = run(content, *words)
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1
