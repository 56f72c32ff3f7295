"""Names, digests and differences of slices."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.store.datasets import DATASETS
from saferplan.store.slices import cut, difference, digest, slice_name

MONTH = date(2024, 1, 1)
ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), max_size=8)


def frame(rows):
    return pl.DataFrame(rows, schema={"a": pl.String, "n": pl.Int64}, orient="row")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (("mps", "ward", MONTH), "mps.ward.2024-01"),
        (("moj", date(2024, 3, 31)), "moj.2024-03-31"),
        (("ons", 2021), "ons.2021"),
        (("Dyfed-Powys / Heddlu",), "dyfed-powys-heddlu"),
        (("Ynys Môn",), "ynys-mon"),
        (("../../etc",), "etc"),
    ],
)
def test_a_slice_has_a_plain_name(key, name):
    assert slice_name(key) == name


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_values_make_a_safe_file_name(values):
    name = slice_name(tuple(values))
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert not name.startswith(".")
    assert len("slice=" + name) <= 255


def test_long_values_that_begin_alike_have_different_names():
    assert slice_name(("x" * 80 + "a",)) != slice_name(("x" * 80 + "b",))


def test_every_row_is_in_one_slice_whatever_the_order(reading):
    rows = reading(("a", "2024-01", 1), ("b", "2024-02", 2), ("c", "2024-01", 3)).kept
    parts = list(cut(rows, DATASETS["recorded_crime"]))
    assert [(part.name[-7:], part.rows["offences"].to_list()) for part in parts] == [
        ("2024-01", [1, 3]),
        ("2024-02", [2]),
    ]


@given(ROWS, st.randoms())
def test_a_digest_does_not_depend_on_the_order(rows, chance):
    shuffled = chance.sample(rows, len(rows))
    assert digest(frame(rows)) == digest(frame(shuffled))


@given(ROWS, ROWS)
def test_different_rows_have_different_digests(before, after):
    same = sorted(before) == sorted(after)
    assert (digest(frame(before)) == digest(frame(after))) == same


@given(ROWS, ROWS)
def test_a_difference_counts_rows_as_often_as_they_occur(before, after):
    # The same answer by another road: take away one row at a time.
    added, gone = list(after), list(before)
    for row in before:
        if row in added:
            added.remove(row)
            gone.remove(row)
    assert difference(frame(before), frame(after)) == (len(added), len(gone))
