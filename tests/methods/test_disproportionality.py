"""Whether some groups are searched more than others."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.disproportionality import (
    OUTCOME_LIMITS,
    missing_bounds,
    outcome_test,
    rate_ratios,
    standardised_ratios,
)

DATA = Path(__file__).parents[3] / "shared/data/methods"
AGES = ["10-17", "18-24", "25-34", "over 34"]
# Men and boys of London searched by the Metropolitan Police, July to September 2020.
SEARCHES = pd.DataFrame(
    {"Black": [2_624, 5_713, 3_058, 2_085], "White": [2_737, 5_355, 4_461, 4_579]},
    index=AGES,
)
RESIDENTS = pd.DataFrame(
    {
        "Black": [83_789, 52_159, 75_695, 258_994],
        "White": [189_647, 199_372, 504_165, 1_435_342],
    },
    index=AGES,
)


def ratio_of(a, n, b, m, **options):
    searches = pd.Series({"Black": a, "White": b})
    residents = pd.Series({"Black": n, "White": m})
    return rate_ratios(searches, residents, **options).loc["Black"]


@pytest.mark.published("disproportionality")
@pytest.mark.parametrize(
    ("age", "black", "white", "ratio", "lower", "upper"),
    [
        ("10-17", 31.3, 14.4, 2.170, 2.057, 2.289),
        ("18-24", 109.5, 26.9, 4.078, 3.929, 4.233),
        ("25-34", 40.4, 8.8, 4.566, 4.360, 4.781),
        ("over 34", 8.1, 3.2, 2.523, 2.396, 2.658),
    ],
)
def test_rates_and_ratios_by_age_are_the_known_ones(
    age, black, white, ratio, lower, upper
):
    # domain.md E6 and B6: Ashby (2020), Met, July to September 2020.
    found = rate_ratios(SEARCHES.loc[age], RESIDENTS.loc[age])
    assert found["rate"].tolist() == pytest.approx([black, white], abs=0.05)
    row = found.loc["Black"]
    assert [row.ratio, row.lower, row.upper] == pytest.approx(
        [ratio, lower, upper], abs=0.0006
    )


@pytest.mark.published("disproportionality")
def test_the_crude_ratio_and_the_one_that_allows_for_age_are_the_known_ones():
    # domain.md E6.
    row = standardised_ratios(SEARCHES, RESIDENTS).loc["Black"]
    assert row.crude == pytest.approx(3.893, abs=0.0005)
    assert row.expected == pytest.approx(4_106.2, abs=0.05)
    assert row.ratio == pytest.approx(3.283, abs=0.0005)
    assert row.lower < row.ratio < row.upper


@pytest.mark.published("disproportionality")
def test_a_risk_ratio_published_for_another_place_is_matched():
    # analysis.md 3.17.
    # Middlesbrough 2019: 20 of 5,036 against 300 of 118,067; limits there are Katz's,
    # which take residents for trials, and differ in the third figure.
    row = ratio_of(20, 5_036, 300, 118_067, least=1)
    assert row.ratio == pytest.approx(1.562973, abs=1e-6)
    assert row.lower == pytest.approx(0.994848, abs=0.002)
    assert row.upper == pytest.approx(2.455535, abs=0.005)


@pytest.mark.property_of("disproportionality")
@given(
    a=st.integers(100, 10**5),
    n=st.integers(1, 10**7),
    b=st.integers(100, 10**5),
    m=st.integers(1, 10**7),
)
def test_swapping_the_groups_turns_ratio_and_limits_upside_down(a, n, b, m):
    one = ratio_of(a, n, b, m)
    other = ratio_of(b, m, a, n)
    assert one.ratio == pytest.approx(1 / other.ratio)
    assert one.lower == pytest.approx(1 / other.upper)


@pytest.mark.second_road("disproportionality")
def test_the_limits_hold_the_truth_19_times_in_20():
    random = np.random.default_rng(11)
    a, b = random.poisson(240, 4_000), random.poisson(300, 4_000)
    reach = 1.959964 * np.sqrt(1 / a + 1 / b)
    held = np.abs(np.log((a / 1_000) / (b / 2_500) / 2)) <= reach
    assert held.mean() == pytest.approx(0.95, abs=0.01)
    assert ratio_of(a[0], 1_000, b[0], 2_500).upper == pytest.approx(
        a[0] / b[0] * 2.5 * np.exp(reach[0]), rel=1e-6
    )


def test_a_lower_limit_above_one_asks_for_an_explanation():
    assert ratio_of(300, 1_000, 300, 2_000).explain
    assert not ratio_of(300, 1_000, 300, 1_000).explain
    assert not ratio_of(300, 2_000, 300, 1_000).explain


def test_a_group_with_fewer_than_a_hundred_searches_is_not_shown():
    row = ratio_of(99, 1_000, 300, 1_000)
    assert row[["rate", "ratio", "lower", "upper"]].isna().all()
    assert not row.explain
    assert "Fewer than 100" in row.caution


def test_too_few_of_the_reference_group_leave_nothing_to_compare_with():
    row = ratio_of(300, 1_000, 99, 1_000)
    assert np.isnan(row.ratio)
    assert row.caution == "Fewer than 100 searches of the White group to compare with."


def test_a_group_nobody_of_which_lives_here_has_no_rate():
    row = ratio_of(300, 0, 300, 1_000)
    assert np.isnan(row.rate)
    assert "Nobody" in row.caution


@pytest.mark.second_road("disproportionality")
def test_the_missing_could_all_be_of_one_group_or_the_other():
    searches = pd.Series({"Black": 300, "White": 300})
    residents = pd.Series({"Black": 1_000, "White": 3_000})
    row = missing_bounds(searches, residents, missing=200).loc["Black"]
    # By another road: put the 200 on each side and compare again.
    assert row.lowest == pytest.approx(ratio_of(300, 1_000, 500, 3_000).ratio)
    assert row.highest == pytest.approx(ratio_of(500, 1_000, 300, 3_000).ratio)
    assert row.missing_share == 0.25


@pytest.mark.published("disproportionality")
def test_the_share_missing_is_that_of_the_summer_of_2020():
    # domain.md E6: 22.7% not stated and 1.4% blank.
    # Met, July to September 2020: 14,972 not stated and 913 blank of 65,964 rows.
    stated = pd.Series({"Black": 25_000, "White": 65_964 - 14_972 - 913 - 25_000})
    residents = pd.Series({"Black": 1_000_000, "White": 3_000_000})
    found = missing_bounds(stated, residents, missing=14_972 + 913)
    assert found.loc["Black", "missing_share"] == pytest.approx(0.227 + 0.014, abs=5e-4)


def test_nothing_missing_leaves_nothing_open():
    row = missing_bounds(SEARCHES.loc["18-24"], RESIDENTS.loc["18-24"], missing=0).loc[
        "Black"
    ]
    assert row.lowest == row.ratio == row.highest


def test_the_reference_group_has_no_bounds():
    bounds = missing_bounds(SEARCHES.loc["18-24"], RESIDENTS.loc["18-24"], missing=5)
    assert np.isnan(bounds.loc["White", "lowest"])


@pytest.mark.second_road("disproportionality")
def test_the_standardised_ratio_and_its_limits_lie_where_simulated_ones_do():
    random = np.random.default_rng(3)
    drawn = random.poisson(SEARCHES.to_numpy(), size=(20_000, *SEARCHES.shape))
    black, white = drawn[..., 0], drawn[..., 1]
    people = RESIDENTS.to_numpy()
    expected = (white / people[:, 1] * people[:, 0]).sum(axis=1)
    low, high = np.quantile(black.sum(axis=1) / expected, [0.025, 0.975])
    row = standardised_ratios(SEARCHES, RESIDENTS).loc["Black"]
    assert [row.lower, row.upper] == pytest.approx([low, high], rel=0.005)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
@pytest.mark.published("disproportionality")
def test_ratios_of_every_authority_and_year_are_the_published_ones():
    # analysis.md 3.17: ExtractSS.
    # ExtractSS 2019 to 2021. Its limits take residents for trials of whom each is
    # stopped once at most; ours allow for people stopped often, and are wider.
    file = DATA / "extractss_summarised_stops_2019-2021.csv"
    table = pd.read_csv(file, na_values=["NA"])
    table = table[(table["White_stopped"] >= 100) & (table["Black_stopped"] >= 100)]
    assert len(table) > 200
    for row in table.itertuples():
        found = ratio_of(
            *(row.Black_stopped, row.Black_population),
            *(row.White_stopped, row.White_population),
        )
        assert found.ratio == pytest.approx(row.rr)
        assert found.lower <= row.rr_ci_low < row.rr_ci_upp <= found.upper
        if max(row.Black_stop_rate, row.White_stop_rate) < 2:  # per cent
            assert found.lower == pytest.approx(row.rr_ci_low, rel=0.005)


@pytest.mark.property_of("disproportionality")
@given(missing=st.integers(0, 10**6), more=st.integers(1, 10**6))
def test_the_more_are_missing_the_wider_the_bounds_and_they_hold_the_ratio(
    missing, more
):
    searches = pd.Series({"Black": 300, "White": 300})
    residents = pd.Series({"Black": 1_000, "White": 3_000})
    few = missing_bounds(searches, residents, missing=missing).loc["Black"]
    many = missing_bounds(searches, residents, missing=missing + more).loc["Black"]
    assert many.lowest < few.lowest <= few.ratio <= few.highest < many.highest


def test_groups_alike_in_every_stratum_have_a_standardised_ratio_of_one():
    # The crude ratio is 2.8, all of it from one group being younger.
    searches = pd.DataFrame({"Black": [900, 10], "White": [100, 90]})
    residents = pd.DataFrame({"Black": [9_000, 1_000], "White": [1_000, 9_000]})
    row = standardised_ratios(searches, residents).loc["Black"]
    assert row.crude == pytest.approx(4.79, abs=0.01)
    assert row.ratio == pytest.approx(1)
    assert row.lower < 1 < row.upper


def test_with_one_stratum_standardising_changes_nothing():
    one = standardised_ratios(SEARCHES.loc[["18-24"]], RESIDENTS.loc[["18-24"]])
    plain = rate_ratios(SEARCHES.loc["18-24"], RESIDENTS.loc["18-24"])
    for column in ["ratio", "lower", "upper"]:
        assert one.loc["Black", column] == pytest.approx(plain.loc["Black", column])


def test_a_small_group_has_no_standardised_ratio():
    row = standardised_ratios(SEARCHES // 200, RESIDENTS).loc["Black"]
    assert np.isnan(row.ratio)
    assert "Fewer than 100" in row.caution


@pytest.mark.published("disproportionality")
def test_the_find_rates_of_summer_2020_are_near_each_other():
    # Met, July to September 2020, officer-defined: 23.0%, 24.2% and 23.2%.
    searches = pd.Series({"Black": 10_000, "White": 10_000, "Asian": 10_000})
    positive = pd.Series({"Black": 2_300, "White": 2_420, "Asian": 2_320})
    found = outcome_test(searches, positive)
    assert found["share"].tolist() == [0.230, 0.242, 0.232]
    assert found.loc["Black", "difference"] == pytest.approx(-0.012)
    assert found.loc["Black", "verdict"] == "real change"
    assert found.loc["Asian", "verdict"] == "within chance"
    assert found.loc["White", "verdict"] == ""


@pytest.mark.second_road("disproportionality")
def test_equal_grounds_can_give_unequal_find_rates_which_is_the_tests_known_limit():
    # Officers search everyone whose chance of carrying is above one in ten. Two groups
    # differ only in how chances are spread, and so do their averages.
    random = np.random.default_rng(2)
    searches, positive = {}, {}
    for group, shape in [("Black", (1, 9)), ("White", (1, 4))]:
        chance = random.beta(*shape, 60_000)
        searched = chance[chance > 0.1]
        searches[group] = len(searched)
        positive[group] = int((random.uniform(size=len(searched)) < searched).sum())
    found = outcome_test(pd.Series(searches), pd.Series(positive)).loc["Black"]
    assert found.verdict == "real change"
    assert found.difference < -0.05
    assert "weakest search" in OUTCOME_LIMITS[0]


def test_a_small_group_has_no_find_rate():
    found = outcome_test(
        pd.Series({"Black": 99, "White": 900}), pd.Series({"Black": 20, "White": 200})
    )
    assert np.isnan(found.loc["Black", "share"])
    assert found.loc["Black", "verdict"] == "cannot tell"


def test_the_reference_group_must_be_there_and_the_groups_are_named():
    with pytest.raises(MethodError, match="Black, White"):
        rate_ratios(SEARCHES.loc["18-24"], RESIDENTS.loc["18-24"], reference="Asian")


def test_groups_must_match():
    with pytest.raises(MethodError, match="Mixed"):
        rate_ratios(
            pd.Series({"White": 200, "Mixed": 100}), pd.Series({"White": 1_000})
        )


def test_a_negative_number_missing_is_refused():
    with pytest.raises(MethodError, match="negative"):
        missing_bounds(SEARCHES.loc["18-24"], RESIDENTS.loc["18-24"], missing=-1)


def test_strata_must_match():
    with pytest.raises(MethodError, match="same ages"):
        standardised_ratios(SEARCHES, RESIDENTS.head(2))


def test_a_missing_stratum_count_is_refused():
    with pytest.raises(MethodError, match="is missing"):
        standardised_ratios(SEARCHES.astype(float).replace(2_085, np.nan), RESIDENTS)


def test_a_stratum_where_nobody_of_the_reference_group_lives_is_named():
    with pytest.raises(MethodError, match="over 34"):
        standardised_ratios(SEARCHES, RESIDENTS.replace(1_435_342, 0))
