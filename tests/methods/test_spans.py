"""Which months are compared with which."""

from datetime import date

import pandas as pd
import pytest

from saferplan.errors import MethodError
from saferplan.methods.spans import (
    as_month,
    by_month,
    financial_year,
    rolling_year,
    year_to_date,
)


def ends(months):
    return str(months[0]), str(months[-1]), len(months)


def test_a_rolling_year_is_twelve_months_against_the_twelve_before():
    spans = rolling_year("2026-02")
    assert ends(spans.before) == ("2024-03", "2025-02", 12)
    assert ends(spans.after) == ("2025-03", "2026-02", 12)


@pytest.mark.parametrize(
    ("newest", "year"),
    [
        ("2025-03", ("2024-04", "2025-03", 12)),  # it ends on the newest month
        ("2025-04", ("2024-04", "2025-03", 12)),
        ("2026-02", ("2024-04", "2025-03", 12)),  # the next is a month short
    ],
)
def test_a_financial_year_is_the_last_whole_april_to_march(newest, year):
    assert ends(financial_year(newest).after) == year


def test_the_year_to_date_sets_the_same_months_of_last_year_against_it():
    spans = year_to_date("2025-12")
    assert ends(spans.before) == ("2024-04", "2024-12", 9)
    assert ends(spans.after) == ("2025-04", "2025-12", 9)


def test_in_march_the_year_to_date_is_the_whole_year():
    assert ends(year_to_date("2025-03").after) == ("2024-04", "2025-03", 12)


def test_a_year_may_start_in_january():
    assert ends(year_to_date("2025-03", first_month=1).after) == (
        "2025-01",
        "2025-03",
        3,
    )


def test_a_month_is_read_from_any_day_of_it():
    assert as_month(date(2025, 3, 17)) == pd.Period("2025-03")


def test_months_come_out_in_order_whatever_the_index_was():
    counts = pd.DataFrame(
        {"Robbery": [2, 1]},
        index=[date(2025, 2, 1), date(2025, 1, 1)],
    )
    assert by_month(counts)["Robbery"].tolist() == [1, 2]


def test_a_month_that_comes_twice_is_named():
    counts = pd.DataFrame({"Robbery": [2, 1]}, index=["2025-02", "2025-02"])
    with pytest.raises(MethodError, match="2025-02 comes more than once"):
        by_month(counts)


def test_words_that_are_no_month_are_refused_with_the_right_way_to_write_one():
    with pytest.raises(MethodError, match="2026-02"):
        rolling_year("last spring")


def test_no_month_at_all_is_no_month():
    with pytest.raises(MethodError, match="'' is not a month"):
        as_month("")


def test_a_year_cannot_start_in_month_thirteen():
    with pytest.raises(MethodError, match="not 13"):
        year_to_date("2025-03", first_month=13)
