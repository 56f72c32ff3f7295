"""Reading a table a person wrote, and telling what was found in it."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from typer import Exit

from saferplan.cli.options import in_one_line
from saferplan.cli.tables import no_gaps, only_once, read_table, tell
from saferplan.errors import SourceChanged


def file_of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "counts.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_numbers_are_numbers_and_the_rest_stays_text(tmp_path):
    path = file_of(tmp_path, 'month,count,area\n2026-01,"1,204",007\n2026-02,,NA\n')
    table = read_table(path, columns=["month", "count"], numbers=["count"])
    assert table["count"].tolist()[0] == 1204
    assert np.isnan(table["count"][1])
    assert table["area"].tolist() == ["007", "NA"]


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("month\n2026-01\n", "utf-8", "has no column count"),
        ("month,count\n2026-01,12\n2026-02,dozen\n", "utf-8", "line 3.*'dozen'"),
        ("month,count\n2026-01,inf\n", "utf-8", "line 2.*'inf'"),
        ("", "utf-8", "is empty"),
        ("month,count\n", "utf-8", "no rows under it"),
        ("month,count\n2026-01,£\n", "utf-16", "UTF-16. Save it as “CSV UTF-8”"),
        ("month,count\n2026-01,£\n", "latin-1", "not text in UTF-8 at byte 20"),
        ("PK\x03\x04\xff", "latin-1", "is a workbook or another zip"),
        ("month,count\n2026-01,12,\n", "utf-8", "has 3 cells in line 2, and 2"),
        ("month,count,count\n2026-01,1,2\n", "utf-8", "more than one column count"),
        ("month,count,,\n2026-01,1,2,3\n", "utf-8", "one column without a name"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, text, encoding, said):
    path = file_of(tmp_path, text, encoding)
    with pytest.raises(SourceChanged, match=said):
        read_table(path, columns=["month", "count"], numbers=["count"])


def test_columns_that_a_spreadsheet_left_empty_are_none(tmp_path):
    path = file_of(tmp_path, "month , count,,\n2026-01,12,,\n2026-02\n")
    table = read_table(path, columns=["month", "count"], numbers=["count"])
    assert table.columns.tolist() == ["month", "count"]
    assert table["month"].tolist() == ["2026-01", "2026-02"]
    assert np.isnan(table["count"][1])  # a short row ends in empty cells


def test_a_gap_is_not_taken_for_zero(tmp_path):
    path = file_of(tmp_path, "area,count\nEast,12\nWest,\n")
    table = read_table(path, columns=["area"], numbers=["count"])
    with pytest.raises(SourceChanged, match="line 3: count is empty"):
        no_gaps(path, table[table["area"] != "East"], ["count"])


def test_what_stands_twice_is_named(tmp_path):
    path = file_of(tmp_path, "area,count\nEast,12\nWest,1\nEast,3\n")
    with pytest.raises(SourceChanged, match="East more than once in the column area"):
        only_once(path, read_table(path, columns=["area"]), "area")


def test_what_is_missing_is_null_in_json(capsys, tmp_path):
    table = pd.DataFrame({"area": ["East"], "rate": [np.nan]})
    tell(["One."], table, {"mean": np.float64(2.5), "sd": np.nan}, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "sentences": ["One."],
        "mean": 2.5,
        "sd": None,
        "table": [{"area": "East", "rate": None}],
    }


def test_the_table_can_be_taken_away(capsys, tmp_path):
    table = pd.DataFrame({"area": ["East"], "rate": [12.5]})
    tell(["One."], table, csv=tmp_path / "out.csv")
    assert capsys.readouterr().out.splitlines()[0] == "One."
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "out.csv"), table)


def test_csv_holds_nothing_that_a_spreadsheet_would_run(tmp_path):
    table = pd.DataFrame({"=ward": ["=LINK(1)", "+1", "\t@x", "Lee"], "n": [-1] * 4})
    tell(["One."], table, csv=tmp_path / "out.csv")
    written = pd.read_csv(tmp_path / "out.csv")
    assert written["'=ward"].tolist() == ["'=LINK(1)", "'+1", "'\t@x", "Lee"]
    assert written["n"].tolist() == [-1] * 4  # a number is no formula


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("nowhere/out.csv", "There is no folder .*nowhere. Make it"),
        (".", "is a folder. Name a file."),
    ],
)
def test_a_place_that_cannot_be_written_to_is_told_in_one_line(
    capsys, tmp_path, place, said
):
    with pytest.raises(Exit):
        tell(["One."], pd.DataFrame({"area": ["East"]}), csv=tmp_path / place)
    [line] = capsys.readouterr().err.splitlines()
    assert re.search(said, line)


def test_a_cell_without_end_is_cut_on_the_terminal_and_whole_in_the_file(
    capsys, tmp_path
):
    table = pd.DataFrame({"area": ["x" * 5_000]})
    tell(["One."], table, csv=tmp_path / "out.csv")
    assert len(capsys.readouterr().out) < 500
    assert pd.read_csv(tmp_path / "out.csv")["area"][0] == "x" * 5_000


def test_an_error_says_what_and_what_to_do_however_long_the_file_is():
    told = "Column \x1b[31m: " + ", ".join(map(str, range(2_000))) + ".\nAdd one."
    line = in_one_line(told)
    assert line.startswith("Column �[31m: 0, 1, 2")
    assert line.endswith("1999. Add one.")
    assert len(line) < 800
    assert in_one_line("y" * 5_000) == "y" * 40 + "…"
