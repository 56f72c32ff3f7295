"""Orders made, beside the days on which they were law."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaincinv

from saferplan.errors import MethodError
from saferplan.methods.orders import could_be_used, orders_in_use

STALKING = "Stalking Protection Order"
VIOLENCE = "Domestic Violence Protection Order"
OLD = "Anti-social Behaviour Order"
LAW = pd.DataFrame(
    [
        (STALKING, "2020-01-20", None),
        (VIOLENCE, "2014-03-08", None),
        (OLD, "1999-04-01", "2015-03-22"),
    ],
    columns=["order", "start", "end"],
)


def made(*rows):
    return pd.DataFrame(rows, columns=["order", "month", "made"])


def use(*rows, first="2019-04", last="2020-12", **options):
    return orders_in_use(made(*rows), LAW, first=first, last=last, **options)


@pytest.mark.published("orders")
def test_stalking_protection_orders_could_not_be_used_more_by_march_2018():
    # Safer Lewisham's plan of 2017 meant to; the Act of 2019 began in January 2020.
    found = could_be_used([STALKING, VIOLENCE, OLD, "Curfew"], LAW, by="2018-03")
    assert found["possible"].tolist() == [False, True, False, None]
    assert "Not law before 2020-01-20" in found.loc[0, "caution"]
    assert found.loc[1, "caution"] == ""
    assert found.loc[2, "caution"] == "No longer law after 2015-03-22."
    assert "add it" in found.loc[3, "caution"]


@pytest.mark.published("orders")
def test_a_year_of_orders_has_the_exact_limits_of_its_count():
    # Five in twelve months: 1.623 to 11.668 (Garwood's table).
    row = use((VIOLENCE, "2020-06", 5), first="2020-01").loc[VIOLENCE]
    assert [row.a_year, row.lower, row.upper] == pytest.approx(
        [5, 1.623, 11.668], abs=5e-4
    )


@pytest.mark.second_road("orders")
def test_only_months_of_law_count_as_a_count_by_hand_finds_them():
    rows = [(STALKING, f"2020-{month:02}", month) for month in range(1, 13)]
    row = use(*rows).loc[STALKING]
    days = pd.date_range("2020-01-20", "2020-12-31")
    months = len({day.strftime("%Y-%m") for day in days})
    assert (row.made, row.months, row.status) == (78, months, "law for a part")
    assert row.a_year == pytest.approx(78 / months * 12)
    assert row.upper == pytest.approx(gammaincinv(79, 0.975), rel=0.001)


@pytest.mark.property_of("orders")
@settings(max_examples=30)
@given(
    start=st.integers(0, 60), length=st.integers(0, 60), opens=st.integers(0, 60),
    months=st.integers(0, 40),
)  # fmt: skip
def test_a_month_is_counted_if_it_had_a_day_of_law(start, length, opens, months):
    first = pd.Period("2015-01", freq="M")
    law = pd.DataFrame(
        {
            "order": ["Order"],
            "start": [(first + start).start_time],
            "end": [(first + start + length).end_time.normalize()],
        }
    )
    period = {"first": first + opens, "last": first + opens + months}
    row = orders_in_use(made(("Order", "2015-01", 0)), law, **period).iloc[0]
    held = set(range(start, start + length + 1)) & set(range(opens, opens + months + 1))
    assert row.months == len(held)
    if not held:
        assert row.status in ("not law yet", "no longer law")
        assert np.isnan(row.a_year)
    else:
        whole = len(held) == months + 1
        assert row.status == ("law throughout" if whole else "law for a part")


def test_orders_few_enough_to_tell_of_people_are_not_told():
    row = use((VIOLENCE, "2020-06", 4)).loc[VIOLENCE]
    assert np.isnan(row.made)
    assert np.isnan(row.a_year)
    assert row.caution == "Fewer than 5 were made."


def test_an_order_without_a_number_is_not_one_that_was_never_made():
    row = use((VIOLENCE, "2020-06", 9)).loc[STALKING]
    assert np.isnan(row.made)
    assert np.isnan(row.upper)
    assert row.caution == "No number is given."


def test_an_order_never_made_is_told_as_none():
    row = use((STALKING, "2020-06", 0)).loc[STALKING]
    assert (row.made, row.a_year, row.lower) == (0, 0, 0)
    assert row.upper == pytest.approx(3.689, abs=5e-4)


def test_an_order_dated_when_it_was_not_law_is_pointed_out():
    row = use((STALKING, "2019-06", 9), (STALKING, "2020-06", 9)).loc[STALKING]
    assert "dated when it was not law" in row.caution
    assert use((OLD, "2020-01", 9)).loc[OLD, "status"] == "no longer law"
    early = use((STALKING, "2019-06", 0), last="2019-12").loc[STALKING]
    assert early.caution == "Not law before 2020-01-20."


def test_an_order_the_register_does_not_know_is_counted_and_said():
    row = use(("Curfew", "2020-01", 21)).loc["Curfew"]
    assert (row.made, row.months, row.status) == (21, 21, "not in the register")
    assert "Add it to the register" in row.caution


@pytest.mark.parametrize(
    ("table", "law", "period", "helps"),
    [
        (made().drop(columns="month"), LAW, {}, "no column month"),
        (made((STALKING, "spring", 1)), LAW, {}, "not a month"),
        (made((STALKING, "2020-06", -1)), LAW, {}, "zero or more"),
        (made(), LAW.drop(columns="end"), {}, "no column end"),
        (made(), pd.concat([LAW, LAW]), {}, "in the register twice"),
        (made(), LAW, {"last": "2019-03"}, "before it begins"),
    ],
)
def test_what_the_tables_must_be_is_said(table, law, period, helps):
    with pytest.raises(MethodError, match=helps):
        orders_in_use(table, law, **({"first": "2019-04", "last": "2020-12"} | period))
