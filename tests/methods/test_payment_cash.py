"""How far a provider is out of pocket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.payment_cash import cash_flow, trough

published = pytest.mark.published("payment-cash")
second_road = pytest.mark.second_road("payment-cash")
property_of = pytest.mark.property_of("payment-cash")


def lowest(lag, up_front=0.0, **choices):
    """Of a contract of 12 months at 10,000 pounds a month."""
    results = 120_000 - up_front
    flow = cash_flow(
        10_000, months=12, up_front=up_front, results=results, lag=lag, **choices
    )
    return trough(flow)[0]


# plans-and-money.md 3.3: 10,000 pounds a month for 12 months.
@published
@pytest.mark.parametrize("lag", [0, 1, 6, 12, 21])
def test_the_deepest_deficit_is_the_lag_times_a_month_up_to_all_of_it(lag):
    assert lowest(lag) == -min(lag * 10_000, 120_000)


@published
@pytest.mark.parametrize(
    ("share", "told"), [(0, -120_000), (0.3, -84_000), (0.5, -60_000), (0.7, -36_000)]
)
def test_what_is_paid_up_front_makes_it_shallower_as_the_table_says(share, told):
    assert lowest(12, share * 120_000) == pytest.approx(told)
    assert lowest(21, share * 120_000) == pytest.approx(told)


@second_road
@given(
    months=st.integers(1, 30),
    lag=st.integers(0, 30),
    up_front=st.integers(0, 500),
    results=st.integers(0, 500),
    monthly=st.booleans(),
)
def test_balances_are_those_of_a_ledger_kept_line_by_line(
    months, lag, up_front, results, monthly
):
    flow = cash_flow(
        10, months=months, up_front=up_front, results=results, lag=lag, monthly=monthly
    )
    ledger, balance = [], 0.0
    for month in range(1, months + lag + 1):
        if month <= months:
            balance += up_front / months - 10
        if monthly and month > lag:
            balance += results / months
        if not monthly and month == months + lag:
            balance += results
        ledger.append(balance)
    assert flow["balance"].tolist() == pytest.approx(ledger)


@property_of
@given(lag=st.integers(0, 30), share=st.floats(0, 1))
def test_waiting_longer_is_never_cheaper_and_money_before_never_dearer(lag, share):
    assert lowest(lag + 1, share * 120_000) <= lowest(lag, share * 120_000) + 1e-9
    assert lowest(lag, share * 120_000) >= lowest(lag) - 1e-9
    assert lowest(lag, monthly=False) <= lowest(lag)


def test_a_provider_paid_in_time_is_never_out_of_pocket():
    assert trough(cash_flow(10, months=2, up_front=20)) == (0, 0)


def test_the_month_of_the_deepest_deficit_is_the_first_such():
    flow = cash_flow(10_000, months=12, results=120_000, lag=3)
    assert trough(flow) == (-30_000, 3)
    unpaid = cash_flow(10_000, months=12, lag=3)
    assert trough(unpaid) == (-120_000, 12)


@pytest.mark.parametrize(
    ("choices", "helps"),
    [
        ({"spending": -1}, "spending"),
        ({"lag": -1}, "lag"),
        ({"up_front": -1}, "up_front"),
        ({"months": 0}, "months"),
    ],
)
def test_what_cannot_be_is_named(choices, helps):
    with pytest.raises(MethodError, match=helps):
        cash_flow(**{"spending": 10, "months": 12} | choices)
