"""saferplan forecast: months in, expected counts and their record out."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from saferplan.cli import app


def run(*words):
    return CliRunner().invoke(app, ["forecast", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    def write(years=6, series=("",), skip=None):
        random = np.random.default_rng(1)
        lines = ["month,count" + (",series" if series != ("",) else "")]
        for name in series:
            for at in range(12 * years):
                month = f"{2020 + at // 12}-{at % 12 + 1:02}"
                count = "" if month == skip else random.poisson(50)
                lines.append(f"{month},{count}" + (f",{name}" if name else ""))
        path = tmp_path / "burglary.csv"
        path.write_text("\n".join(lines) + "\n")
        return path

    return write


def test_months_ahead_come_with_limits_and_a_record(file):
    said = run(file()).stdout
    assert "The mean of three rules" in said
    assert "On 36 past forecasts 80% limits held" in said
    assert "2026-01" in said
    assert "2026-03" in said
    assert "upper_95" in said


def test_json_holds_the_numbers(file):
    found = json.loads(
        run(file(series=("Brent", "Ealing")), "--months-ahead", 2, "--json").stdout
    )
    assert [row["series"] for row in found["table"]] == ["Brent"] * 2 + ["Ealing"] * 2
    assert len(found["rules"]) == 3
    assert found["back_test"]["coverage"][0]["forecasts"] == 48
    assert set(found["trend"]) == {"Brent", "Ealing"}


def test_a_scenario_and_a_csv_file_may_be_asked_for(file, tmp_path):
    table = tmp_path / "ahead.csv"
    said = run(file(), "--scenario", "halves", "--csv", table).stdout
    assert "Half of the last year's trend goes on." in said
    assert table.read_text().startswith("series,month,expected,lower_80")


def test_with_few_months_it_says_what_it_cannot(file):
    said = run(file(years=2)).stdout
    assert "The rule level" in said
    assert "too few months to test it" in said


def test_an_empty_count_is_a_month_not_known(file):
    assert "1 counts are not known" in run(file(skip="2024-05")).stdout


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("month,number\n2024-01,5\n", "has no column count"),
        ("month,count\nsoon,5\n", "is not a month"),
        ("month,count\n2024-01,5\n2024-01,6\n", "more than once"),
        ("month,count\n2024-01,5\n", "24 are needed"),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_one_line(tmp_path, text, helps):
    path = tmp_path / "wrong.csv"
    path.write_text(text)
    result = run(path)
    assert result.exit_code != 0
    assert helps in result.output
    assert "Traceback" not in result.output


def test_an_unknown_scenario_is_refused(file):
    assert "A scenario is one of" in run(file(), "--scenario", "doubles").output
