"""Two readers of CSV, one answer; and what each refuses, row by row."""

import csv
import io
import random
import time
import tracemalloc

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from saferplan.errors import SourceChanged, SourceUnsafe
from saferplan.sources import csv_table
from saferplan.sources.csv_table import LONGEST_FIELD, read_csv_table
from saferplan.sources.files import open_file


@pytest.fixture
def table(tmp_path):
    """Read bytes, or text, as a CSV file."""

    def read(data):
        path = tmp_path / "a.csv"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        with open_file(path) as file:
            return read_csv_table(file)

    return read


@pytest.fixture
def both(tmp_path, monkeypatch):
    """Read with the fast reader where it dares, and with the careful one."""

    def read(data):
        path = tmp_path / "a.csv"
        path.write_bytes(data)
        with open_file(path) as file:
            fast = read_csv_table(file)
            with monkeypatch.context() as patch:
                patch.setattr(csv_table, "_count_clean_lines", lambda *_: None)
                return fast, read_csv_table(file)

    return read


def was_fast(data, tmp_path):
    path = tmp_path / "b.csv"
    path.write_bytes(data)
    with open_file(path) as file:
        return csv_table._count_clean_lines(file, len(file.header)) is not None


def test_cells_are_text_as_written_and_empty_ones_are_null(table):
    read = table("Month,Count,Note\n2024-03, 017,\n2024-04,,x\n")
    assert read.frame.rows() == [
        (2, "2024-03", " 017", None),
        (3, "2024-04", None, "x"),
    ]
    assert read.rows_read == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_every_line_ending_gives_the_same_table(table, end, last):
    lines = ["Month,Count", "2024-03,1", "2024-04,2"]
    read = table(end.join(lines) + (end if last else ""))
    assert read.frame.rows() == [(2, "2024-03", "1"), (3, "2024-04", "2")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]
)
def test_every_encoding_gives_the_same_table(table, encoding):
    read = table("Place,£\nSão Tomé,5\n".encode(encoding))
    assert read.frame.columns == ["_line", "Place", "£"]
    assert read.frame.rows() == [(2, "São Tomé", "5")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_gives_the_same_table(table, delimiter):
    text = 'Month;Place;Count\n2024-03;"High Road; Ickenham";1\n'
    read = table(text.replace(";", delimiter))
    assert read.frame.rows() == [(2, "2024-03", f"High Road{delimiter} Ickenham", "1")]


def test_a_quoted_comma_stays_in_its_cell_and_shifts_nothing(table, tmp_path):
    # DuckDB over many files sniffs no quote here and shifts the row without a word.
    plain = "On or near Park Road,E01000001\n"
    text = "Location,LSOA\n" + plain * 5_000 + '"On or near High Road, Ickenham",E01\n'
    read = table(text + plain * 5_000)
    assert read.frame.row(5_000) == (5_002, "On or near High Road, Ickenham", "E01")
    assert read.frame["LSOA"].null_count() == 0
    assert was_fast(text.encode(), tmp_path)


def test_a_cell_over_two_lines_is_one_row_with_the_line_it_starts_on(table):
    read = table('a,b\n"one\ntwo",1\nx,2\n')
    assert read.frame.rows() == [(2, "one\ntwo", "1"), (4, "x", "2")]
    assert read.rows_read == 2


def test_blank_lines_are_no_rows_but_keep_the_count_of_lines(table):
    read = table("a,b\n\n1,2\n\r\n\n3,4\n\n")
    assert read.frame.rows() == [(3, "1", "2"), (6, "3", "4")]
    assert read.rows_read == 2


def test_ragged_rows_are_refused_with_their_line_and_their_text(table):
    read = table("a,b,c\n1,2,3\n4,5\n6,7,8,9\n,,\n")
    assert read.frame["_line"].to_list() == [2, 5]
    assert read.refused.rows() == [
        (3, "the row has 2 cells where the header has 3", "4,5"),
        (4, "the row has 4 cells where the header has 3", "6,7,8,9"),
    ]
    assert read.rows_read == 4


def test_a_short_row_and_a_long_row_do_not_cancel_out(table):
    read = table("a,b,c\n1,2\n3,4,5,6\n")
    assert read.refused["line"].to_list() == [2, 3]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(table):
    rows = "".join(f"{n},x\n" for n in range(200))
    read = table('a,b\n1,x\n"2,x\n' + rows)
    assert read.refused.rows() == [(3, "a quotation mark is out of place", '"2,x')]
    assert read.frame.height == 201
    assert read.frame["_line"].to_list() == [2, *range(4, 204)]


def test_two_stray_marks_do_not_swallow_the_rows_between_them(table):
    read = table('a,b\n"1,x\n2,x\n3,"y\n4,x\n')
    assert read.rows_read == read.frame.height + read.refused.height
    assert read.refused["line"].to_list() == [2, 4]
    assert read.frame["_line"].to_list() == [3, 5]


def test_a_row_with_a_nul_is_refused_and_shown_so_that_it_can_be_read(table):
    read = table(b"a,b\n1,\x002\n3,4\n")
    assert read.refused.rows() == [(2, "the row holds a NUL character", "1,\\x002")]
    assert read.frame.rows() == [(3, "3", "4")]


def test_a_row_with_broken_bytes_is_refused_and_its_neighbours_kept(table):
    read = table("a,b\nSão,1\n".encode() + b"S\xe3o,2\nx,3\n")
    assert read.refused.rows() == [
        (3, "the row holds bytes that are not UTF-8", r"S\xe3o,2")
    ]
    assert read.frame["b"].to_list() == ["1", "3"]


def test_a_header_with_empty_or_repeated_names_gives_each_column_its_own(table):
    read = table("Month,,Outcome,Outcome\n2024-03,1,2,3\n")
    assert read.frame.columns == [
        "_line",
        "Month",
        "column 2",
        "Outcome",
        "Outcome (2)",
    ]
    assert read.frame.rows() == [(2, "2024-03", "1", "2", "3")]


def test_a_header_alone_is_a_table_without_rows(table):
    for text in ["a,b\n", "a,b"]:
        assert (table(text).rows_read, table(text).frame.height) == (0, 0)


def test_ten_thousand_columns_are_read(table):
    line = ",".join(str(n) for n in range(10_000))
    assert table(f"{line}\n{line}\n").frame.shape == (1, 10_001)


def test_a_file_without_a_header_says_to_fetch_it_again(table):
    with pytest.raises(SourceChanged, match=r"a\.csv has no header"):
        table("x" * (LONGEST_FIELD + 1) + ",b\n1,2\n")


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_100_megabytes_is_refused_by_line_without_filling_the_memory(
    tmp_path, quote
):
    path = tmp_path / "big.csv"
    with path.open("w") as out:
        out.write(f"a,b\n1,2\n3,{quote}")
        for _ in range(100):
            out.write("x" * 1_000_000 + ("\n" if quote else ""))
    with open_file(path) as file:
        tracemalloc.start()
        with pytest.raises(SourceUnsafe, match=r"big\.csv, line 3, holds a cell"):
            read_csv_table(file)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 30_000_000


@pytest.mark.parametrize("size", [LONGEST_FIELD, LONGEST_FIELD + 1])
def test_both_readers_draw_the_line_at_the_same_length(both, size):
    data = b"a,b\n1," + b"x" * size + b"\n"
    if size > LONGEST_FIELD:
        with pytest.raises(SourceUnsafe, match="line 2"):
            both(data)
    else:
        fast, careful = both(data)
        assert_frame_equal(fast.frame, careful.frame)


def test_many_unclosed_marks_take_no_longer_than_they_must(table):
    started = time.process_time()
    read = table("a,b\n" + '"x,1\n' * 20_000)
    assert read.refused.height + read.frame.height == read.rows_read
    assert time.process_time() - started < 10


def test_rows_set_aside_come_with_line_reason_and_text_in_order(table):
    read = table("month,count\n2024-03,1\nMarch,2\n2024-05\n2024-06,x\n")
    faults = {
        "the month is not one": ~pl.col("month").str.contains(r"^\d{4}-\d\d$"),
        "the count is no number": pl.col("count")
        .cast(pl.Int64, strict=False)
        .is_null(),
    }
    kept, refused = read.set_aside(read.frame, faults)
    assert kept.rows() == [("2024-03", "1")]
    assert refused.rows() == [
        (3, "the month is not one", "March,2"),
        (4, "the row has 1 cells where the header has 2", "2024-05"),
        (5, "the count is no number", "2024-06,x"),
    ]


CELLS = st.text(st.sampled_from('ab1 é,;"\n\r\t\x00'), max_size=6)
GRIDS = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8
    )
)


@settings(max_examples=200, deadline=None)
@given(grid=GRIDS, end=st.sampled_from(["\n", "\r\n"]))
def test_whatever_a_spreadsheet_writes_is_read_back(tmp_path_factory, grid, end):
    grid = [[cell.replace("\x00", "") for cell in row] for row in grid]
    width = len(grid[0])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow([f"column {n}" for n in range(1, width + 1)])
    writer.writerows(grid)
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(text.getvalue().encode())
    with open_file(path) as file:
        read = read_csv_table(file)
    rows = [[cell or "" for cell in row] for row in read.frame.drop("_line").rows()]
    assert read.refused.is_empty()
    assert rows == grid


LINES = st.lists(st.text(st.sampled_from('a1,"\r\n\x00é'), max_size=8), max_size=12)


@settings(max_examples=400, deadline=None)
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n"]))
def test_the_fast_reader_and_the_careful_one_agree(tmp_path_factory, lines, end):
    data = ("x,y" + end + end.join(lines)).encode()
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(data)
    with open_file(path) as file, pytest.MonkeyPatch.context() as patch:
        fast = read_csv_table(file)
        patch.setattr(csv_table, "_count_clean_lines", lambda *_: None)
        careful = read_csv_table(file)
    assert_frame_equal(fast.frame, careful.frame)
    assert_frame_equal(fast.refused, careful.refused)
    assert (
        fast.rows_read == careful.rows_read == fast.frame.height + fast.refused.height
    )


def test_a_large_plain_file_takes_the_fast_road_and_both_roads_agree(both, tmp_path):
    dice = random.Random(7)
    row = '{0},2024-03,"On or near A, B",{1},\n'
    rows = [row.format(n, dice.random()) for n in range(60_000)]
    data = ("id,month,location,x,context\n" + "".join(rows)).encode()
    assert was_fast(data, tmp_path)
    fast, careful = both(data)
    assert_frame_equal(fast.frame, careful.frame)
    assert fast.rows_read == careful.rows_read == 60_000
