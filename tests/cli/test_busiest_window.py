"""saferplan busiest-window: dates in, the busiest stretch and its chance out."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app


@pytest.fixture
def events(tmp_path):
    path = tmp_path / "events.csv"
    weekly = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in (5, 20)]
    path.write_text("\n".join(["date", *weekly, "2025-06-06", "2025-06-07"]) + "\n")
    return path


def run(*words):
    return CliRunner().invoke(app, ["busiest-window", *map(str, words)])


def test_it_tells_the_stretch_and_that_it_was_not_named_beforehand(events):
    result = run(events, "--days", 7, "--watched", 365)
    assert result.exit_code == 0, result.output
    assert "begin on 5 June 2025 and hold 3 events; 0.5 are usual." in result.stdout
    assert "within chance" in result.stdout
    assert "named beforehand" in result.stdout
    assert "Caution" not in result.stdout


def test_numbers_come_as_json(events):
    told = json.loads(run(events, "--days", 7, "--json").stdout)
    assert (told["most"], told["begins"]) == (3, "2025-06-05")
    assert "first event to the last" in told["caution"]
    assert told["chance"] > told["alone"]


def test_what_is_no_date_is_named_by_its_line(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("date\n2025-01-05\nsometime\n")
    result = run(path, "--days", 7)
    assert result.exit_code == 1
    assert "line 3: 'sometime' is no date" in " ".join(result.output.split())
