"""A contract that cannot be, and what is said of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.payment_design import Band, Design
from saferplan.methods.payment_rules import PayRule
from saferplan.methods.payment_simulation import simulate_payment

CLIFF = PayRule(100_000, full=0.10, shape="cliff")


def one_band(people=60, usual=0.30, helped=0.40, **choices):
    return Design((Band("all", people, usual, helped),), CLIFF, **choices)


@pytest.mark.parametrize(
    ("choices", "helps"),
    [
        ({"metric": "share"}, "metric must be one of binary"),
        ({"metric": "frequency"}, "dispersion"),
        ({"metric": "distance"}, "sd"),
        ({"metric": "distance", "sd": 1, "unit": "percent"}, "unit"),
        ({"counterfactual": "none", "unit": "percent"}, "unit"),
        ({"counterfactual": "none", "better": "down"}, "better"),
        ({"counterfactual": "matched"}, "compared"),
        ({"counterfactual": "areas", "compared": 9}, "before"),
        ({"before": -3}, "before"),
        ({"people": 0}, "all: people"),
        ({"people": 1.5}, "all: people"),
        ({"usual": 30}, "all: usual must be a share"),
        ({"helped": -0.1}, "all: helped"),
        ({"drift": 0.5}, "drift"),
        ({"lag": -1}, "lag"),
        ({"lag": 1.5}, "lag must be whole months"),
        ({"months": 0}, "months"),
        ({"months": 10**9}, "months"),
        ({"fixed": float("inf")}, "fixed"),
        ({"admin": float("nan")}, "admin"),
        ({"people": 10**9}, "1 to 10,000,000"),
        ({"before": 1.5}, "before must be a whole number"),
        ({"usual": float("nan")}, "all: usual"),
        ({"metric": "frequency", "dispersion": float("inf")}, "dispersion"),
    ],
)
def test_a_contract_that_cannot_be_names_its_field(choices, helps):
    with pytest.raises(MethodError, match=helps):
        one_band(**choices)


@pytest.mark.parametrize(
    ("choices", "helps"),
    [({"taken": 2}, "easy: taken"), ({"parked": -1}, "parked"), ({"cost": -1}, "cost")],
)
def test_a_band_that_cannot_be_names_itself(choices, helps):
    with pytest.raises(MethodError, match=helps):
        Design((Band("easy", 10, 0.1, 0.2, **choices),), CLIFF)


def test_a_contract_for_nobody_is_refused():
    with pytest.raises(MethodError, match="bands"):
        Design((), CLIFF)
    with pytest.raises(MethodError, match="nobody starts"):
        Design((Band("easy", 10, 0.1, 0.2, taken=0),), CLIFF)


def test_what_is_expected_is_of_all_referred_or_of_those_taken_on():
    bands = (Band("easy", 100, 0.6, 0.6), Band("hard", 100, 0.2, 0.2, taken=0.25))
    assert Design(bands, CLIFF).usual == pytest.approx(0.40)
    assert Design(bands, CLIFF, expected="band").usual == pytest.approx(65 / 125)
    # People elsewhere are matched to those who are there, whoever was referred.
    matched = Design(bands, CLIFF, counterfactual="matched", compared=2)
    assert matched.usual == pytest.approx(65 / 125)
    assert matched.matched() == ((200, 0.6), (50, 0.2))


def test_the_cohort_is_those_worked_with_and_those_parked():
    band = Band("hard", 100, 0.2, 0.4, taken=0.5, parked=0.2, cost=30)
    design = Design((band,), CLIFF, fixed=1_000)
    assert design.cohort(0.5) == ((40, pytest.approx(0.3)), (10, 0.2))
    assert (design.people, design.cost) == (50, 1_000 + 40 * 30)


def refused(design):
    try:
        design()
    except MethodError:
        return True
    return False


ODD = [0, 1, -1, 0.3, 1.5, 60, 1e-12, 1e300, float("nan"), float("inf")]


@pytest.mark.property_of("payment-simulation")
@settings(max_examples=40)
@given(
    metric=st.sampled_from(["binary", "frequency", "distance"]),
    counterfactual=st.sampled_from(["none", "historic", "matched", "areas"]),
    people=st.sampled_from([1, 5, 60, 10**6]),
    usual=st.sampled_from([0, 0.3, 1]),
    odd=st.sampled_from(ODD),
    where=st.sampled_from(["helped", "drift", "fixed", "sd", "dispersion", "full"]),
)
def test_whatever_is_asked_is_answered_in_numbers_or_refused_by_name(
    metric, counterfactual, people, usual, odd, where
):
    told = {"helped": 0.4, "drift": 0.0, "fixed": 9, "sd": 2, "dispersion": 2}
    told = told | {"full": 0.1} | {where: odd}

    def design():
        return Design(
            (Band("all", people, usual, told["helped"]),),
            PayRule(100, full=told["full"]),
            metric=metric,
            counterfactual=counterfactual,
            before=50,
            compared=5,
            **{name: told[name] for name in ("drift", "fixed", "sd", "dispersion")},
        )

    if refused(design):
        with pytest.raises(MethodError, match=where):
            design()
        return
    found = simulate_payment(design(), simulations=100)
    for table in (found.cases, found.errors):
        assert np.isfinite(table.drop(columns="case").to_numpy(dtype=float)).all()
    assert found.cases["paid"].between(0, 1 + 1e-9).all()
