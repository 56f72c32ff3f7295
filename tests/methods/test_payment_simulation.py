"""What a contract does before it is signed: listed, drawn, and person by person."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.payment_design import Band, Design
from saferplan.methods.payment_outcomes import spread
from saferplan.methods.payment_rules import PayRule, pay
from saferplan.methods.payment_simulation import simulate_payment

published = pytest.mark.published("payment-simulation")
second_road = pytest.mark.second_road("payment-simulation")
property_of = pytest.mark.property_of("payment-simulation")

CLIFF = PayRule(100_000, full=0.10, shape="cliff")
LINE = PayRule(100_000, full=0.10, most=1.25)
HYBRID = PayRule(100_000, full=0.10, block=0.5)


def one_band(people=60, usual=0.30, helped=0.40, rule=CLIFF, **choices):
    return Design((Band("all", people, usual, helped),), rule, **choices)


def reoffending(people=1_000, fall=0.10, dispersion=2.0, **choices):
    """As in Peterborough: 1.55 reconviction events a man, ten men compared for each."""
    told = {"metric": "frequency", "better": "down", "unit": "percent"}
    told |= {"counterfactual": "matched", "compared": 10, "dispersion": dispersion}
    return one_band(people, 1.55, 1.55 * (1 - fall), **told | choices)


# plans-and-money.md 3.3, exact binomial: base .30, cliff at .40.
@published
@pytest.mark.parametrize(
    ("people", "for_nothing", "not_for_success"),
    [
        (40, 0.11515, 0.4402),
        (60, 0.06324, 0.4511),
        (100, 0.02099, 0.4621),
        (300, 0.00014, 0.4781),
    ],
)
def test_a_cliff_pays_for_nothing_and_fails_to_pay_as_the_table_says(
    people, for_nothing, not_for_success
):
    found = simulate_payment(one_band(people))
    assert found.paid_for_nothing == pytest.approx(for_nothing, abs=5e-6)
    assert found.not_paid_for_success == pytest.approx(not_for_success, abs=5e-5)
    assert found.basis == "exact"


# plans-and-money.md 3.3: expected pay of 100,000 pounds, 60 people, at true shares of
# .30, .35, .40 and .45.
@published
@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (CLIFF, [6_324, 24_712, 54_889, 81_786]),
        (LINE, [23_009, 53_399, 86_525, 110_081]),
        (HYBRID, [61_121, 74_802, 88_128, 96_160]),
    ],
)
def test_expected_pay_comes_out_to_the_pound(rule, told):
    design = one_band(helped=0.45, rule=rule)
    found = []
    for effect in (0, 1 / 3, 2 / 3, 1):
        outcomes = spread(design, effect)
        found.append(round(outcomes.mean(pay(outcomes.values, rule))[0]))
    assert found == told


@published
def test_the_spread_of_pay_is_as_printed():
    # plans-and-money.md 3.3: standard deviations of about 24,000 to 50,000 pounds for
    # the cliff and 10,000 to 19,000 for the hybrid.
    for rule, low, high in [(CLIFF, 24_000, 50_000), (HYBRID, 10_000, 19_500)]:
        sds = []
        for helped in (0.35, 0.40, 0.45):
            sds += (
                simulate_payment(one_band(helped=helped, rule=rule))
                .cases["sd"][[0, 2]]
                .tolist()
            )
        assert low - 500 < min(sds) < 1.03 * low
        assert 0.97 * high < max(sds) < high


@published
def test_a_floor_alone_earns_23000_pounds_and_10500_of_a_larger_cohort():
    small = simulate_payment(one_band(rule=LINE)).cases["expected"][0]
    large = simulate_payment(one_band(300, rule=LINE)).cases["expected"][0]
    assert small == pytest.approx(23_009, abs=0.5)
    assert large == pytest.approx(10_500, abs=50)
    assert any("chance alone earns money" in each for each in (
        simulate_payment(one_band(rule=LINE)).cautions
    ))  # fmt: skip


@published
def test_pay_for_each_outcome_is_75000_pounds_with_no_effect():
    # plans-and-money.md 3.3: nothing compared, the price at the share hoped for.
    rule = PayRule(100_000, full=0.40, most=None, least=None)
    found = simulate_payment(one_band(rule=rule, counterfactual="none"))
    assert found.cases["expected"].tolist() == pytest.approx([75_000, 87_500, 100_000])
    assert found.deadweight == pytest.approx(0.75)
    assert any("anyway" in each for each in found.cautions)


# plans-and-money.md 3.3: chance of crossing a fall of 10% with no effect.
@published
@pytest.mark.parametrize(
    ("people", "dispersion", "percent"),
    [(300, 2, 6.3), (300, 3, 10.6), (1_000, 2, 0.3), (1_000, 3, 1.1)],
)
def test_chance_crosses_peterboroughs_threshold_about_as_often_as_printed(
    people, dispersion, percent
):
    # Printed from the normal curve; listed here from the counts themselves.
    found = simulate_payment(reoffending(people, dispersion=dispersion))
    assert 100 * found.paid_for_nothing == pytest.approx(percent, abs=0.8)
    assert found.not_paid_for_success == pytest.approx(0.5, abs=0.02)
    assert any("coin toss" in each for each in found.cautions)


@published
def test_doncasters_error_is_1_9_points_so_3_3_against_5_is_within_chance():
    # plans-and-money.md 3.1 and 3.3: 1,400 men before and after, 5 points to be paid.
    men = Band("men", 1_400, usual=0.57, helped=0.52)
    rule = PayRule(100, full=0.05, shape="cliff", block=0.9)
    design = Design((men,), rule, better="down", before=1_400)
    outcomes = spread(design, 1.0)
    error = outcomes.deviation(outcomes.values)
    assert error == pytest.approx(0.019, abs=0.0005)
    assert (0.05 - 0.033) / error == pytest.approx(0.9, abs=0.02)
    assert simulate_payment(design).not_paid_for_success == pytest.approx(0.5, abs=0.01)


@published
def test_a_rule_of_significance_paid_for_a_probation_companys_1_9_points_if_large():
    # plans-and-money.md 3.1: 45.6% against 47.5% in 2011, only if beyond chance.
    rule = PayRule(100, full=0.0001, shape="cliff", significant=0.95)
    choices = {"usual": 0.475, "helped": 0.456, "rule": rule, "better": "down"}
    small = simulate_payment(one_band(1_000, before=1_000, **choices))
    large = simulate_payment(one_band(20_000, before=20_000, **choices), exact=False)
    # Two-sided 5%: one in forty is paid for a fall that is not there.
    assert small.paid_for_nothing == pytest.approx(0.025, abs=0.002)
    assert small.not_paid_for_success > 0.8
    assert large.not_paid_for_success < 0.05


@second_road
def test_exact_chances_are_sums_of_plain_binomials():
    # In whole numbers: ways times 3^x 7^(n-x) over 10^n.
    ways = sum(comb(60, x) * 3**x * 7 ** (60 - x) for x in range(24, 61))
    found = simulate_payment(one_band())
    assert found.paid_for_nothing == pytest.approx(ways / 10**60, rel=1e-10)


@second_road
@pytest.mark.parametrize(
    "design",
    [
        one_band(rule=LINE),
        one_band(200, rule=HYBRID, counterfactual="matched", compared=2),
        one_band(200, before=300),
        one_band(rule=PayRule(9_000, full=0.4), counterfactual="none"),
        reoffending(300),
        reoffending(300, dispersion=1.0, compared=1),
        reoffending(300, unit="points"),
    ],
)
def test_drawing_comes_within_its_error_of_listing(design):
    listed = simulate_payment(design)
    drawn = simulate_payment(design, exact=False, simulations=20_000)
    numbers = [name for name in listed.cases if name != "case"]
    assert (listed.errors[numbers] == 0).all(axis=None)
    for name in numbers:
        apart = (listed.cases[name] - drawn.cases[name]).abs()
        # A step of one outcome is the least that a limit can move.
        step = 1 / 60 if "measured" in name else 0
        step = 1_800 if name in ("low", "high") else step
        assert (apart <= 4 * drawn.errors[name] + step + 1e-6).all(), name


@second_road
@pytest.mark.parametrize("counterfactual", ["matched", "areas"])
def test_totals_are_drawn_as_if_everybody_were_drawn_singly(counterfactual):
    design = reoffending(
        80, fall=0.3, counterfactual=counterfactual, compared=200, before=100
    )
    if counterfactual == "matched":
        design = reoffending(80, fall=0.3, compared=3)
    random = np.random.default_rng(3)
    times = 4_000

    def group(people, mean):
        # With dispersion 2 a person's events are negative binomial with p of a half.
        return np.array(
            [random.negative_binomial(mean, 0.5, people).mean() for _ in range(times)]
        )

    cohort, usual = group(80, 1.55 * 0.7), 1.55
    if counterfactual == "matched":
        improvement = 1 - cohort / group(240, usual)
    else:
        there, after = group(200, usual), group(200, usual)
        improvement = 1 - (cohort / group(100, usual)) / (after / there)
    outcomes = spread(design, 1.0, exact=False)
    assert improvement.mean() == pytest.approx(
        outcomes.mean(outcomes.values)[0], abs=0.012
    )
    assert improvement.std() == pytest.approx(
        outcomes.deviation(outcomes.values), rel=0.06
    )


@second_road
def test_distances_travelled_are_means_of_what_each_travelled():
    design = one_band(
        40, 1.0, 3.0, rule=PayRule(100, full=1), metric="distance", sd=6.0,
        counterfactual="matched", compared=2,
    )  # fmt: skip
    random = np.random.default_rng(4)
    singly = random.normal(3, 6, (9_000, 40)).mean(axis=1)
    singly -= random.normal(1, 6, (9_000, 80)).mean(axis=1)
    outcomes = spread(design, 1.0)
    assert not outcomes.exact
    assert outcomes.mean(outcomes.values)[0] == pytest.approx(singly.mean(), abs=0.06)
    assert outcomes.deviation(outcomes.z) == pytest.approx(1, abs=0.03)


@property_of
@settings(max_examples=25)
@given(
    people=st.integers(5, 200),
    usual=st.floats(0.05, 0.9),
    lift=st.floats(0, 0.1),
    block=st.floats(0, 0.9),
)
def test_more_effect_is_never_paid_less_and_never_less_than_the_block(
    people, usual, lift, block
):
    rule = PayRule(900, full=0.1, block=block)
    found = simulate_payment(one_band(people, usual, usual + lift, rule)).cases
    assert (np.diff(found["expected"]) >= -1e-6).all()
    assert (found["expected"] >= 900 * block - 1e-6).all()
    assert (found["paid_in_full"] <= found["paid"] + 1e-9).all()
    assert (found["low"] <= found["high"]).all()


@property_of
@settings(max_examples=20)
@given(
    easy=st.integers(10, 60),
    hard=st.integers(10, 60),
    taken=st.floats(0.1, 1),
    parked=st.floats(0, 1),
)
def test_bands_add_up_and_judging_by_band_leaves_nothing_to_choosing(
    easy, hard, taken, parked
):
    bands = (Band("easy", easy, 0.6, 0.7), Band("hard", hard, 0.2, 0.3, taken, parked))
    found = simulate_payment(Design(bands, LINE, expected="band"))
    assert found.selected == pytest.approx(0, abs=1e-12)
    assert found.bands["started"].sum() == found.people
    by_all = simulate_payment(Design(bands, LINE))
    assert by_all.selected >= -1e-12


def test_choosing_the_easier_is_paid_with_no_effect_at_all():
    bands = (Band("easy", 100, 0.6, 0.6), Band("hard", 100, 0.2, 0.2, taken=0.25))
    found = simulate_payment(Design(bands, CLIFF))
    # 60 and 5 of 125 are 52%, where 40% was expected of all who were referred.
    assert found.selected == pytest.approx(0.12)
    assert found.paid_for_nothing > 0.6
    assert any("choosing the easier pays" in each for each in found.cautions)
    assert found.bands["share_started"].tolist() == [1, 0.25]
    fair = simulate_payment(Design(bands, CLIFF, expected="band"))
    assert fair.paid_for_nothing < 0.02
    assert found.needed is None


def test_parked_people_are_counted_and_gain_nothing():
    bands = (
        Band("easy", 100, 0.6, 0.7, cost=500),
        Band("hard", 100, 0.2, 0.4, parked=0.9, cost=900),
    )
    found = simulate_payment(Design(bands, CLIFF, fixed=1_000))
    assert found.bands["worked_with"].tolist() == [100, 10]
    assert found.bands["gain"].tolist() == pytest.approx([10, 2])
    assert found.bands["share_of_gain"].tolist() == pytest.approx([10 / 12, 2 / 12])
    assert found.cost == 1_000 + 50_000 + 9_000
    assert any("parked" in each for each in found.cautions)


def test_a_provider_loses_when_pay_is_less_than_it_cost():
    design = one_band(rule=CLIFF, fixed=50_000)
    found = simulate_payment(design)
    # Paid all or nothing, so it loses as often as it is not paid.
    assert found.cases["loss"].tolist() == pytest.approx(
        (1 - found.cases["paid"]).tolist()
    )
    assert found.cases["margin"][2] == pytest.approx(54_889 - 50_000, abs=0.5)


def test_cash_is_out_until_results_are_known():
    design = one_band(rule=HYBRID, fixed=120_000, lag=18)
    cash = simulate_payment(design).cash
    assert cash["trough"].tolist() == pytest.approx([-70_000] * 3)
    assert cash["in_month"].tolist() == [12] * 3
    assert cash["final"].iloc[[0, 2]].tolist() == pytest.approx([-70_000, -20_000])


def test_a_drift_that_nobody_caused_is_paid_for():
    still = simulate_payment(one_band(rule=LINE)).cases["expected"][0]
    drifted = simulate_payment(one_band(rule=LINE, drift=0.05))
    assert drifted.cases["expected"][0] > still + 30_000
    assert drifted.cases["improvement"][0] == pytest.approx(0.05)
    assert drifted.selected == pytest.approx(0)
    percent = one_band(rule=LINE, drift=0.05, unit="percent")
    assert simulate_payment(percent).selected == pytest.approx(0)


def test_areas_and_drift_are_differences_of_differences():
    design = one_band(
        400, 0.30, 0.36, rule=LINE, counterfactual="areas", before=400,
        compared=2_000, drift=0.02,
    )  # fmt: skip
    for effect, told in [(0, 0.02), (1, 0.08)]:
        outcomes = spread(design, effect, simulations=20_000)
        middle, error = outcomes.mean(outcomes.values)
        assert middle == pytest.approx(told, abs=5 * error)
        assert design.improvement(effect) == pytest.approx(told)


def test_nothing_to_take_a_percentage_of_is_no_improvement():
    design = reoffending(5, dispersion=1.0, compared=1)
    rare = Design(
        (Band("all", 5, 0.05, 0.04),), CLIFF, metric="frequency", better="down",
        unit="percent", counterfactual="matched", compared=1, dispersion=1.0,
    )  # fmt: skip
    for each in (design, rare):
        assert np.isfinite(spread(each, 1.0).values).all()


def test_the_cohort_it_would_take_is_that_of_the_tables():
    men = reoffending(1_000)
    assert simulate_payment(men, exact=False).needed == 1_077
    large = simulate_payment(reoffending(1_100), exact=False)
    assert large.cautions[0].startswith("The cliff")
    rule = PayRule(1, full=0.1)
    areas = one_band(900, rule=rule, counterfactual="areas", before=900, compared=900)
    twice = one_band(900, rule=rule, before=900)
    assert simulate_payment(areas).needed == 2 * simulate_payment(twice).needed


def test_the_same_seed_draws_the_same_and_says_so():
    one, other = (
        simulate_payment(one_band(), exact=False, seed=7).cases for _ in range(2)
    )
    assert one.equals(other)
    again = simulate_payment(one_band(), exact=False, simulations=500, seed=8)
    assert again.basis == "500 cohorts drawn for each case, seed 8"


def test_too_many_outcomes_to_list_are_drawn():
    many = [
        one_band(30_000, before=300_000),
        one_band(40_000, before=40_000),
        reoffending(20_000),
    ]
    assert not any(spread(each, 0.0, simulations=100).exact for each in many)


def test_few_draws_and_small_cohorts_of_distances_are_seen_to():
    for number in (99, 10**9):
        with pytest.raises(MethodError, match="simulations"):
            simulate_payment(one_band(), simulations=number)
    design = one_band(20, 0, 1, metric="distance", sd=2, rule=PayRule(1, full=1))
    assert any("roughly normal" in each for each in simulate_payment(design).cautions)


def test_much_measuring_is_said():
    design = one_band(fixed=20_000, admin=9_000)
    assert "Measuring and reporting take 9% of the price." in (
        simulate_payment(design).cautions
    )
