"""Whom a contract makes it worth while to help."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.payment_bands import by_band, parking, staged_pay
from saferplan.methods.proportions import share

published = pytest.mark.published("payment-bands")
second_road = pytest.mark.second_road("payment-bands")
property_of = pytest.mark.property_of("payment-bands")

TWO = pd.DataFrame(
    {"usual": [0.60, 0.15], "helped": [0.70, 0.35]}, index=["easy", "hard"]
)


@published
def test_doing_nothing_earns_1200_for_an_easy_and_300_for_a_hard_case():
    # plans-and-money.md 3.3: a tariff of 2,000 pounds.
    found = parking(TWO, tariff=2_000)
    assert found["doing_nothing"].tolist() == [1_200, 300]
    assert found["helping"].tolist() == [1_400, 700]
    assert found["extra"].tolist() == pytest.approx([200, 400])


@published
def test_paying_for_what_is_over_the_expected_pays_nothing_for_the_parked():
    # plans-and-money.md 3.3, last line on parking: 100 of each, and none helped.
    parked = pd.DataFrame(
        {"referred": 100, "started": 100, "outcomes": [60, 15], "usual": TWO["usual"]}
    )
    assert (2_000 * by_band(parked)["over"]).tolist() == pytest.approx([0, 0])
    helped = parked.assign(outcomes=[70, 35])
    assert by_band(helped)["over"].tolist() == pytest.approx([10, 20])


@published
def test_the_most_the_work_programme_paid_is_the_sum_of_its_stages():
    # plans-and-money.md 3.1, from HC 162: year-one maxima, in pounds.
    groups = ["JSA 18-24", "JSA 25+", "early access", "ESA volunteers"]
    amounts = pd.DataFrame(
        {"attachment": 400, "job": [1_200] * 3 + [1_000], "stay": 0}, index=groups
    )
    amounts["stay"] = [2_210, 2_795, 5_000, 2_300]
    reaching = pd.DataFrame(1.0, index=groups, columns=amounts.columns)
    found = staged_pay(amounts, reaching)
    assert found["most"].tolist() == [3_810, 4_395, 6_600, 3_700]
    assert found["share_of_most"].tolist() == [1, 1, 1, 1]


@published
def test_prison_leavers_reached_an_outcome_2_7_times_in_a_hundred():
    # plans-and-money.md 3.1: 13,560 attached, 360 outcomes.
    found = share(pd.Series([360]), pd.Series([13_560])).iloc[0]
    assert found["share"] == pytest.approx(0.027, abs=0.0005)
    assert found["lower"] < 0.0265 < found["upper"]
    amounts = pd.DataFrame({"attachment": [400], "job": [1_200]})
    reaching = pd.DataFrame({"attachment": [1.0], "job": [found["share"]]})
    # Nine tenths and more of what a person brought in was for being attached.
    assert 400 / staged_pay(amounts, reaching)["expected"][0] > 0.9


@published
def test_troubled_families_allowed_for_one_in_six_that_would_turn_anyway():
    # plans-and-money.md 3.1: 4,000 pounds, paid for five families in six.
    one_in_six = {"referred": 600, "started": 600, "outcomes": 600, "usual": 1 / 6}
    over = by_band(pd.DataFrame([one_in_six]))["over"][0]
    assert over == pytest.approx(500)


@second_road
def test_pay_for_doing_nothing_is_what_drawn_people_bring_in():
    random = np.random.default_rng(1)
    drawn = 2_000 * (random.random((40_000, 2)) < TWO["usual"].to_numpy()).mean(axis=0)
    found = parking(TWO, tariff=2_000)["doing_nothing"].to_numpy()
    assert found == pytest.approx(drawn, abs=30)


@second_road
def test_limits_of_what_is_over_the_expected_are_those_of_the_share():
    row = {"referred": 500, "started": 400, "outcomes": 252, "usual": 0.5}
    found = by_band(pd.DataFrame([row])).iloc[0]
    # Wilson's limits of 252 in 400 as printed in domain.md B11.
    assert found["lower"] == pytest.approx(400 * 0.5817 - 200, abs=0.03)
    assert found["upper"] == pytest.approx(400 * 0.6759 - 200, abs=0.03)
    assert (found["share_started"], found["verdict"]) == (0.8, "real change")


@property_of
@given(usual=st.floats(0, 1), helped=st.floats(0, 1), tariff=st.floats(1, 9_999))
def test_helping_pays_by_what_it_changes_and_breaks_even_where_it_says(
    usual, helped, tariff
):
    bands = pd.DataFrame({"usual": [usual], "helped": [helped], "cost": [50.0]})
    found = parking(bands, tariff=tariff).iloc[0]
    assert found["doing_nothing"] + found["extra"] == pytest.approx(found["helping"])
    if helped - usual > 0.001:
        even = parking(bands, tariff=found["needed"]).iloc[0]
        assert even["margin"] == pytest.approx(0, abs=1e-6)
    else:
        assert found["margin"] < tariff


@property_of
@given(part=st.integers(0, 200), usual=st.floats(0, 1))
def test_what_is_over_the_expected_lies_within_its_limits(part, usual):
    row = {"referred": 300, "started": 200, "outcomes": part, "usual": usual}
    found = by_band(pd.DataFrame([row])).iloc[0]
    assert found["lower"] - 1e-9 <= found["over"] <= found["upper"] + 1e-9


def test_a_tariff_by_band_and_a_cost_show_whom_it_costs_to_help():
    bands = TWO.assign(cost=[150, 900])
    found = parking(bands, tariff=pd.Series([2_000, 3_000], index=TWO.index))
    assert found["margin"].tolist() == pytest.approx([50, -300])
    assert found["caution"].tolist()[0] == ""
    assert "costs the provider more" in found["caution"]["hard"]
    assert found["needed"].tolist() == pytest.approx([1_500, 4_500])


def test_limits_come_where_it_is_known_from_how_many_usual_is_known():
    found = parking(TWO.assign(cases=[400, 20]), tariff=1_000)
    assert found["lower"]["easy"] < 600 < found["upper"]["easy"]
    assert np.isnan(found["lower"]["hard"])  # too few for a share
    assert parking(TWO, tariff=1_000)["lower"].isna().all()


def test_a_band_of_few_has_no_share_and_one_nobody_started_no_verdict():
    row = {"referred": 12, "started": 0, "outcomes": 0, "usual": 0.3}
    found = by_band(pd.DataFrame([row])).iloc[0]
    assert np.isnan(found["share_started"])
    assert found["verdict"] == "cannot tell"
    assert "too few" in found["caution"]


def test_what_cannot_be_is_named():
    with pytest.raises(MethodError, match="no helped"):
        parking(TWO[["usual"]], tariff=1)
    with pytest.raises(MethodError, match="tariff"):
        parking(TWO, tariff=0)
    with pytest.raises(MethodError, match="shares from 0 to 1"):
        parking(TWO * 100, tariff=1)
    with pytest.raises(MethodError, match="no outcomes"):
        by_band(pd.DataFrame({"referred": [1], "started": [1], "usual": [0]}))
    row = {"referred": 40, "started": 40, "outcomes": 9, "usual": 15}
    with pytest.raises(MethodError, match="usual must be a share"):
        by_band(pd.DataFrame([row]))
    one = pd.DataFrame({"a": [1.0], "b": [0.5]})
    with pytest.raises(MethodError, match="same groups and stages"):
        staged_pay(one, one[["a"]])
    with pytest.raises(MethodError, match="than the one before"):
        staged_pay(one, one[["a", "b"]].assign(a=0.2))
    with pytest.raises(MethodError, match="shares"):
        staged_pay(one, one * 2)
