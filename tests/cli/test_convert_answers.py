"""saferplan convert-answers."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

EXPORT = (
    "ID,Your name,Do you agree?,Why?\n"
    "1,Ann Shah,Yes,It is dark and Ann Shah fell twice last winter\n"
    "2,Tom Okafor,No,There are more than enough lights in our street\n"
    "2,Tom Okafor,No,Again\n"
)


@pytest.fixture
def run(tmp_path):
    def told(*words, text=EXPORT):
        path = tmp_path / "export.csv"
        path.write_text(text)
        source = [] if words and str(words[0]).startswith("/") else [path]
        return CliRunner().invoke(
            app, ["convert-answers", *map(str, source), *map(str, words)]
        )

    return told


def test_it_tells_what_each_column_was_taken_for_and_what_was_left(run):
    said = run()
    assert said.exit_code == 0, said.output
    assert "3 rows: 2 taken in, 1 not." in said.stdout
    assert "Do you agree?: closed" in said.stdout
    assert "Row 4: Respondent 2 came before" in said.stdout


def test_json_has_no_name_and_can_be_redacted(run):
    found = json.loads(run("--redact", "--json").stdout)
    assert "Shah" not in str(found)
    assert "[redacted: name]" in found["answers"][0]["said"]["Why?"]


def test_out_to_themefinder_and_back_into_a_table(run, tmp_path):
    folder = tmp_path / "out"
    assert run("--to", folder, "--open", "Why?").exit_code == 0
    said = run(folder, "--to", tmp_path / "back.csv")
    assert said.exit_code == 0, said.output
    assert "more than enough lights" in (tmp_path / "back.csv").read_text()


@pytest.mark.parametrize("kind", ["csv", "ods", "xlsx", "docx", "json"])
def test_every_format_is_written(run, tmp_path, kind):
    assert run("--to", tmp_path / f"out.{kind}").exit_code == 0
    assert (tmp_path / f"out.{kind}").stat().st_size > 100


@pytest.mark.parametrize(
    ("words", "helps"),
    [
        (["--open", "Nothing"], "no question 'Nothing'"),
        (["--to", "out.pdf"], "cannot be written as 'pdf'"),
        (["--header-rows", "9"], "cannot all be headings"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(run, words, helps):
    failed = run(*words)
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1
