"""saferplan explain-target: files and options in, sentences and JSON out."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

MOPAC_7 = """
measure = "Seven neighbourhood crimes"
area = "London"
baseline = [411033]
change = -0.2
years = 4
ends = "2016-03"
claim = 250000
set_by = "Mayor of London"
since = [384474]
"""


def run(*words):
    return CliRunner().invoke(app, ["explain-target", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    def write(text, name="target.toml"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_a_file_is_explained_in_sentences(file):
    said = run(file(MOPAC_7)).stdout
    assert "Seven neighbourhood crimes in London: 328,826" in said
    assert "The 250,000 fewer that was claimed is the target held for 3 years." in said
    assert "held for 3 years 246,620; compound 211,244" in said


def test_json_holds_the_same_sentences_and_every_number(file):
    found = json.loads(run(file(MOPAC_7), "--json").stdout)
    assert found["sentences"] == run(file(MOPAC_7)).stdout.splitlines()
    assert [round(way["in_all"]) for way in found["claim"][:3]] == [
        246_620, 211_244, 205_516,
    ]  # fmt: skip
    assert found["since"][0]["verdict"] == "real change"
    assert found["chance"] is None


def test_json_comes_in_too_and_options_go_before_the_file(file):
    text = json.dumps({"measure": "Burglary", "baseline": [900, 950], "years": 2})
    said = run(
        file(text, "t.json"), "--number", 800, "--ends", "2026-03", "--years", 3
    ).stdout
    assert "Burglary: 800 in the twelve months to 2026-03" in said
    assert "Year by year a linear path is 883, 842, 800" in said


def test_options_alone_will_do_and_months_bring_a_chance(file):
    months = [f"{2022 + at // 12}-{at % 12 + 1:02},{80 + at % 3}" for at in range(48)]
    csv = file("month,count\n" + "\n".join(months) + "\n2026-01,\n", "months.csv")
    words = ["--measure", "Burglary", "--baseline", 1000, "--baseline", 960]
    words += ["--change", -0.1, "--years", 1, "--ends", "2026-12", "--months", csv]
    said = run(*words)
    assert said.exit_code == 0, said.output
    assert "the chance of meeting it is" in said.stdout
    assert json.loads(run(*words, "--json").stdout)["last_month"] == "2025-12"


def test_other_targets_in_the_file_are_compared(file):
    other = '\n[[others]]\nnumber=300000\nends="2016-03"\nyears=4\nbaseline=[411033]\n'
    said = run(file(MOPAC_7 + other)).stdout
    assert "Conflict: Mayor of London wants 328,826 and another 300,000" in said


def test_a_share_is_explained_in_points(file):
    text = (
        'unit = "share"\nmeasure = "Confidence"\nbaseline = 0.62\ntarget = 0.75\n'
        "asked = 400\nyears = 4\nnow = 0.67\npromised = 0.2\n"
    )
    said = run(file(text)).stdout
    assert "up 5.0 points, somewhere from -1.6 to 11.6: within chance" in said
    assert "is 74.4% if it is of the baseline, and 82.0% if it is points" in said


def test_a_share_has_a_chance_where_it_is_said_how_long_is_left(file):
    text = (
        'unit = "share"\nmeasure = "Confidence"\nbaseline = 0.62\ntarget = 0.67\n'
        "asked = 400\nyears = 1\n"
    )
    assert "the survey shows the target met is about 19%" in run(file(text)).stdout
    later = file(text + "now = 0.64\nyears_left = 0.5\n", "later.toml")
    found = json.loads(run(later, "--json").stdout)
    assert 0.2 < found["chance"]["probability"] < 0.4


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ('measure = "Burglary"', "missing: number, ends, years, baseline"),
        (MOPAC_7 + "goal = 3", "has no goal"),
        (MOPAC_7 + 'dispersion = "wide"', "dispersion must be a number"),
        (MOPAC_7 + '[monthly]\n"2015-01" = "few"', "monthly must be a number"),
        ("measure = ", "is no TOML"),
        (MOPAC_7.replace("-0.2", "0.2"), "no target where down is better"),
        ('unit = "share"\nmeasure = "Trust"', "missing: baseline, target"),
        ('unit = "share"\nmeasure = "Trust"\ngoal = 1', "has no goal"),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_one_line(file, text, helps):
    failed = run(file(text))
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1


def test_months_must_have_their_columns(file):
    failed = run(file(MOPAC_7), "--months", file("when,n\n2025-01,3\n", "m.csv"))
    assert "columns month and count" in failed.stderr


def test_a_month_that_comes_twice_is_named_and_not_overwritten(file):
    twice = file("month,count\n2025-01,3\n2025-01,4\n", "m.csv")
    assert "2025-01 more than once" in run(file(MOPAC_7), "--months", twice).stderr


def test_what_is_no_text_is_told_in_one_line(tmp_path):
    (tmp_path / "target.toml").write_bytes(b"\xff\xfe\x00")
    failed = run(tmp_path / "target.toml")
    assert failed.exit_code == 1
    assert "not text in UTF-8" in failed.stderr
    assert failed.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_named(tmp_path):
    failed = run(tmp_path / "none.toml")
    assert failed.exit_code == 1
    assert "none.toml" in failed.stderr
