"""What a contract pays for an improvement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.payment_rules import PayRule, pay

published = pytest.mark.published("payment-rules")
second_road = pytest.mark.second_road("payment-rules")
property_of = pytest.mark.property_of("payment-rules")


def paid(improvement, price=100_000, full=0.10, **choices):
    return pay(improvement, PayRule(price, full, **choices)).tolist()


@published
def test_peterborough_was_not_paid_for_8_4_percent_and_was_for_9_pooled():
    # plans-and-money.md 3.1: 142 against 155 events per 100; 10% for a cohort, 7.5%
    # for all cohorts together.
    fall = (155 - 142) / 155
    assert fall == pytest.approx(0.08387, abs=5e-6)
    assert paid(fall, shape="cliff") == 0
    assert paid(0.09, full=0.075, shape="cliff") == 100_000


@published
def test_doncaster_kept_its_tenth_for_5_7_points_and_repaid_it_for_3_3():
    # plans-and-money.md 3.1: 10% of the contract at risk, at 5 points.
    choices = {"full": 0.05, "shape": "cliff", "block": 0.9}
    assert paid([0.057, 0.033], **choices) == [100_000, 90_000]


@published
def test_troubled_families_paid_up_front_and_by_results_as_printed():
    # plans-and-money.md 3.1: 80/20, 60/40 and 40/60 of 4,000 pounds.
    for block, before, after in [
        (0.8, 3_200, 800), (0.6, 2_400, 1_600), (0.4, 1_600, 2_400)
    ]:  # fmt: skip
        rule = PayRule(4_000, 1, shape="cliff", block=block)
        assert pay(0, rule) == pytest.approx(before)
        assert rule.for_results == pytest.approx(after)


@published
def test_local_justice_reinvestment_paid_half_of_what_was_saved_from_five_percent():
    # plans-and-money.md 3.1: nothing under 5%, half of the savings, capped at 20%. The
    # price is what a fall of a fifth saves.
    half = {"full": 0.20, "shape": "steps", "start": 0.05, "steps": ((0.20, 0.5),)}
    assert paid([0.04, 0.05, 0.10, 0.20, 0.40], **half) == pytest.approx(
        [0, 12_500, 25_000, 50_000, 50_000]
    )
    # A Manchester paper has half for the first 5% and all savings above.
    all_above = half | {"steps": ((0.05, 0.5), (0.20, 1.0))}
    assert paid([0.05, 0.10, 0.30], **all_above) == pytest.approx(
        [12_500, 37_500, 87_500]
    )


@second_road
@given(st.floats(-1, 1), st.floats(0, 0.9), st.floats(0, 0.5))
def test_a_line_with_limits_is_what_one_would_write_case_by_case(won, block, least):
    rule = PayRule(800, 0.2, start=0.05, block=block, least=least, most=1.25)
    if won <= 0.05:
        share = least
    elif won >= 0.05 + 1.25 * 0.15:
        share = 1.25
    else:
        share = max((won - 0.05) / 0.15, least)
    assert pay(won, rule) == pytest.approx(800 * (block + (1 - block) * share))


@property_of
@given(
    won=st.lists(st.floats(-0.5, 0.5), min_size=2, max_size=9),
    shape=st.sampled_from(["cliff", "linear", "steps"]),
    block=st.floats(0, 1),
)
def test_more_improvement_never_pays_less_and_the_block_is_always_paid(
    won, shape, block
):
    steps = ((0.1, 0.4), (0.3, 1.0))
    found = paid(sorted(won), shape=shape, block=block, steps=steps)
    assert (np.diff(found) >= -1e-9).all()
    assert min(found) >= 100_000 * block - 1e-9


def test_what_meets_a_cliff_exactly_is_paid_though_a_computer_rounds():
    assert 60 * 0.1 / 60 + 0.3 - 0.3 != 0.1
    assert paid([0.4 - 0.3, 0.1 - 1e-12, 0.0999], shape="cliff") == [1e5, 1e5, 0]


def test_without_limits_a_provider_repays_and_is_paid_beyond_the_price():
    assert paid([-0.05, 0.2], least=None, most=None) == [-50_000, 200_000]
    assert paid([-0.05, 0.2], least=None) == [-50_000, 100_000]


def test_a_rule_for_what_is_beyond_chance_pays_nothing_that_is_not():
    rule = PayRule(100, 0.1, significant=0.95)
    assert pay([0.1, 0.1], rule, z=[1.9, 2.0]).tolist() == [0, 100]
    with pytest.raises(MethodError, match="significant needs something to compare"):
        pay(0.1, rule)


@pytest.mark.parametrize(
    ("choices", "helps"),
    [
        ({"price": 0}, "price"),
        ({"full": 0}, "full"),
        ({"shape": "curve"}, "shape must be one of cliff, linear, steps"),
        ({"block": 1.5}, "block"),
        ({"start": 0.1}, "start"),
        ({"least": 2}, "least"),
        ({"significant": 95}, "significant"),
        ({"price": float("inf")}, "price"),
        ({"start": float("nan")}, "start"),
        ({"shape": "steps", "steps": ((0.2, -1),)}, "steps"),
        ({"shape": "steps"}, "steps"),
        ({"shape": "steps", "steps": ((0.2, 1), (0.1, 1))}, "rise"),
    ],
)
def test_a_rule_that_cannot_be_meant_names_its_field(choices, helps):
    with pytest.raises(MethodError, match=helps):
        paid(0.1, **choices)
