"""saferplan count: a file of incidents in, counts and the gaps out."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from saferplan.cli import app

STREET = """Month,Reported by,LSOA code,Crime type
2025-01,Kent Police,E01000001,Robbery
2025-01,Kent Police,E01000001,Burglary
2025-03,Kent Police,E01000002,Robbery
2025-03,Kent Police,,Robbery
2025-02,Metropolitan Police Service,E01000009,Robbery
"""


@pytest.fixture
def street(tmp_path):
    path = tmp_path / "street.csv"
    path.write_text(STREET)
    return path


def run(*words):
    return CliRunner().invoke(app, ["count", *map(str, words)])


def rows_of(result):
    return {
        (row["area_code"], row["month"]): row["incidents"]
        for row in json.loads(result.stdout)["table"]
    }


def test_a_missing_month_is_named_and_a_quiet_one_is_zero(street):
    result = run(street, "--json")
    assert result.exit_code == 0, result.output
    assert rows_of(result) == {
        ("E01000001", "2025-01"): 2,
        ("E01000001", "2025-03"): 0,
        ("E01000002", "2025-01"): 0,
        ("E01000002", "2025-03"): 1,
        ("E01000009", "2025-02"): 1,
    }
    said = json.loads(result.stdout)["sentences"]
    assert said == [
        "5 incidents read; 1 have no area and no row below.",
        "Kent Police sent nothing for 2025-02.",
    ]


def test_a_record_of_files_that_arrived_makes_a_gap_a_zero(street, tmp_path):
    sent = tmp_path / "sent.csv"
    sent.write_text("force,month\nKent Police,2025-01\nKent Police,2025-02\n")
    counted = rows_of(run(street, "--sent", sent, "--json"))
    assert counted[("E01000001", "2025-02")] == 0
    assert ("E01000001", "2025-03") not in counted


def test_counts_by_another_column_can_be_taken_away(street, tmp_path):
    result = run(street, "--by", "crime_type", "--csv", tmp_path / "out.csv")
    assert result.exit_code == 0, result.output
    table = pd.read_csv(tmp_path / "out.csv")
    assert set(table["crime_type"]) == {"Robbery", "Burglary"}
    assert table["incidents"].sum() == 4


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x81"])
def test_what_is_no_table_is_told_in_one_line(tmp_path, content):
    (tmp_path / "street.csv").write_bytes(content)
    result = run(tmp_path / "street.csv")
    assert result.exit_code == 1
    assert result.stderr.startswith("street.csv is ")


def test_a_file_without_the_columns_is_told_so_in_one_line(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("dear,diary\n1,2\n")
    result = run(path)
    assert result.exit_code == 1
    assert "has no column area_code, force, month" in result.output
