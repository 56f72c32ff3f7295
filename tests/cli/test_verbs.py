"""The command: every verb, what it prints, and how it fails."""

import subprocess
import sys
from csv import DictReader

import pytest
from typer.testing import CliRunner

from saferplan import __version__
from saferplan.cli import app

CSV = """MajorText,MinorText,BoroughName,202402,202403,202404
BURGLARY,BURGLARY BUSINESS AND COMMUNITY,Lewisham,30,40,50
BURGLARY,BURGLARY BUSINESS AND COMMUNITY,Greenwich,20,10,60
ROBBERY,ROBBERY OF PERSONAL PROPERTY,Lewisham,7,8,9
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a verb against a store of its own."""
    monkeypatch.setenv("SAFERPLAN_STORE", str(tmp_path / "store"))

    def verb(*words, answer=None):
        return CliRunner().invoke(app, [str(word) for word in words], input=answer)

    return verb


@pytest.fixture
def csv(tmp_path):
    path = tmp_path / "boroughs.csv"
    path.write_text(CSV)
    return path


def test_version(run):
    assert run("--version").stdout == f"saferplan {__version__}\n"


def test_without_a_verb_the_help_lists_them(run):
    text = run().output
    for verb in ("load", "assess", "sources", "releases", "quarantine"):
        assert verb in text


def test_load_says_what_was_read_kept_and_refused(run, csv):
    result = run("load", csv)
    assert result.exit_code == 0, result.output
    assert "9 rows read = 9 kept + 0 quarantined + 0 already known" in result.stdout


def test_loading_again_adds_nothing(run, csv):
    run("load", csv)
    result = run("load", csv)
    assert result.exit_code == 0
    assert "Already known: boroughs.csv" in result.stdout


def test_a_file_nobody_knows_is_named_and_the_others_still_load(run, csv, tmp_path):
    stranger = tmp_path / "notes.csv"
    stranger.write_text("dear,diary\n1,2\n")
    result = run("load", csv, stranger)
    assert result.exit_code == 1
    assert "9 kept" in result.stdout
    assert "notes.csv" in result.output


def test_a_missing_file_is_one_line_and_no_traceback(run, tmp_path):
    result = run("load", tmp_path / "gone.csv")
    assert result.exit_code == 1
    assert "gone.csv" in result.output
    assert "Traceback" not in result.output


def test_a_revision_is_shown(run, csv):
    run("load", csv, "--published", "2024-05-15")
    csv.write_text(CSV.replace("50", "55"))
    result = run("load", csv, "--published", "2024-06-15", "--yes")
    assert "revised: mps.borough, 2024-04" in result.stdout
    assert "1 new, 1 gone" in result.stdout


def test_releases_are_listed_with_their_rows(run, csv):
    assert "saferplan load" in run("releases").stdout
    run("load", csv)
    text = run("releases").stdout
    assert "9 rows read = 9 kept + 0 quarantined + 0 already known" in text


def test_quarantine_shows_and_writes_what_was_refused(run, csv, tmp_path):
    csv.write_text(CSV.replace("Greenwich,20", "Greenwich,twenty"))
    run("load", csv)
    release = run("releases").stdout.split()[0]
    shown = run("quarantine", release)
    assert "boroughs.csv line 3" in shown.stdout
    out = tmp_path / "quarantined.csv"
    run("quarantine", release, "--csv", out)
    assert "twenty" in out.read_text()


def test_a_quarantined_formula_is_written_so_that_no_spreadsheet_runs_it(
    run, csv, tmp_path
):
    start = next(line for line in CSV.splitlines() if "Greenwich,20" in line)
    csv.write_text(CSV.replace(start, f"=1+1{start}").replace("Greenwich,20", "x,y"))
    run("load", csv)
    out = tmp_path / "quarantined.csv"
    run("quarantine", run("releases").stdout.split()[0], "--csv", out)
    rows = list(DictReader(out.read_text().splitlines()))
    assert any(row["text"].startswith("'=1+1") for row in rows)


def test_an_unknown_release_is_one_line(run):
    result = run("quarantine", "abc")
    assert result.exit_code == 1
    assert "There is no release abc" in result.stderr
    assert result.stderr.count("\n") == 1


def test_sources_are_listed_with_their_caution(run):
    text = run("sources").stdout
    assert "mps-recorded-crime" in text
    assert "Caution:" in text


def test_assess_writes_a_report_even_from_little(run, csv, tmp_path):
    run("load", csv)
    result = run("assess", "--area", "E09000023", "--out", tmp_path / "report")
    assert result.exit_code == 0, result.output
    assert "Lewisham" in result.stdout
    assert (tmp_path / "report" / "assessment.pdf").exists()


def test_assess_all_boroughs_gives_each_a_folder(run, csv, tmp_path):
    run("load", csv)
    run("assess", "--all-boroughs", "--out", tmp_path / "all")
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == [
        "E09000011",
        "E09000023",
    ]


def test_assessing_a_borough_that_is_not_there_is_one_line(run, csv, tmp_path):
    run("load", csv)
    result = run("assess", "--area", "E09000001", "--out", tmp_path / "report")
    assert result.exit_code == 1
    assert "E09000001 is not a borough in the evidence" in result.stderr
    assert not (tmp_path / "report").exists()


def test_assess_wants_one_borough_or_all(run, tmp_path):
    assert run("assess", "--out", tmp_path).exit_code == 2


def test_help_is_quick_because_nothing_heavy_is_imported():
    code = (
        "import sys; from saferplan.cli import app; "
        "heavy = {'pandas', 'polars', 'duckdb', 'vl_convert'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
