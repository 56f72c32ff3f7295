"""Small numbers are hidden, and cannot be worked out from what is left."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from saferplan.assessment.finding import Column, Table
from saferplan.assessment.protection import SUPPRESSED, hidden_rows, protect_table


def wards(*counts, sensitive=True):
    return Table(
        title="Knife offences by ward",
        columns=(
            Column("ward", "Ward"),
            Column("offences", "Offences", "offences"),
            Column("rate", "Rate", "offences per 1,000 residents", 1),
        ),
        rows=tuple((f"Ward {n}", count, count / 10) for n, count in enumerate(counts)),
        sensitive=("offences",) if sensitive else (),
    )


def shown(table):
    return [row[1] for row in table.rows]


def test_counts_of_one_to_four_are_hidden():
    assert shown(protect_table(wards(30, 2, 3, 4))) == [30, "[c]", "[c]", "[c]"]


def test_a_lone_small_count_takes_the_next_smallest_with_it():
    # 30 + 9 + 12 and a known total of 54 would give the 3 away.
    assert shown(protect_table(wards(30, 9, 3, 12))) == [30, 12, "[c]", "[c]"]


def test_hidden_rows_stand_last_by_name_so_that_their_rank_is_not_told():
    table = wards(30, 9, 3, 12)
    backwards = replace(table, rows=table.rows[::-1])
    names = [row[0] for row in protect_table(backwards).rows]
    assert names == ["Ward 3", "Ward 0", "Ward 1", "Ward 2"]


def test_two_ones_take_another_with_them():
    # A hidden total of two, with each at least one, is no secret.
    assert shown(protect_table(wards(30, 1, 1, 12))) == [30, "[c]", "[c]", "[c]"]


def test_the_rate_beside_a_hidden_count_is_hidden():
    protected = protect_table(wards(30, 2, 4, 3))
    assert protected.rows[1] == ("Ward 1", SUPPRESSED, SUPPRESSED)


def test_a_hidden_count_is_explained():
    assert "1 to 4" in protect_table(wards(30, 2, 4, 3)).notes[-1]


def test_nothing_small_means_nothing_hidden_and_nothing_explained():
    protected = protect_table(wards(30, 0, 14))
    assert shown(protected) == [30, 0, 14]
    assert protected.notes == ()


def test_a_count_written_as_a_decimal_is_a_count_all_the_same():
    assert shown(protect_table(wards(30.0, 2.0, 3.0, 4.0))) == [30, *["[c]"] * 3]


def test_published_counts_stay_as_published():
    table = wards(30, 1, 2, sensitive=False)
    assert protect_table(table) is table


def test_going_through_the_gate_twice_changes_nothing():
    once = protect_table(wards(30, 1, 4, 12))
    assert protect_table(once) == once


def test_a_missing_count_is_not_a_small_one():
    assert hidden_rows([None, 20, 30]) == set()


@given(st.lists(st.integers(0, 12), min_size=2, max_size=5))
def test_no_small_count_can_be_worked_out_from_the_total(counts):
    # The attack: list every way to share out the hidden total, and see whether a
    # hidden count is the same in all of them.
    hidden = sorted(hidden_rows(counts))
    enough_to_hide_among = sum(1 for count in counts if count) >= 2 and sum(counts) > 9
    if not hidden or not enough_to_hide_among:
        return
    total = sum(counts[at] for at in hidden)
    lowest = 0 if any(counts[at] == 0 for at in hidden) else 1
    ways = [
        way
        for way in product(range(lowest, total + 1), repeat=len(hidden))
        if sum(way) == total
    ]
    for place in range(len(hidden)):
        assert len({way[place] for way in ways}) > 3
