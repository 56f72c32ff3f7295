"""Rates as they would be with one make-up by age."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.disproportionality import standardised_ratios
from saferplan.methods.standardised import directly_standardised

# Down's syndrome in Michigan by mother's age and birth order (Fleiss 1981, p. 249), on
# which Fay and Feuer (1997) show their limits in table I.
ORDERS = ["1", "2", "3", "4", "5+"]
CASES = pd.DataFrame(
    np.transpose(
        [
            [107, 141, 60, 40, 39, 25],
            [25, 150, 110, 84, 82, 39],
            [3, 71, 114, 103, 108, 75],
            [1, 26, 64, 89, 137, 96],
            [0, 8, 63, 112, 262, 295],
        ]
    ),
    columns=ORDERS,
)
BIRTHS = pd.DataFrame(
    np.transpose(
        [
            [230_061, 329_449, 114_920, 39_487, 14_208, 3_052],
            [72_202, 326_701, 208_667, 83_228, 28_466, 5_375],
            [15_050, 175_702, 207_081, 117_300, 45_026, 8_660],
            [2_293, 68_800, 132_424, 98_301, 46_075, 9_834],
            [327, 30_666, 123_419, 149_919, 104_088, 34_392],
        ]
    ),
    columns=ORDERS,
)


def of_births(**options):
    return directly_standardised(CASES, BIRTHS, reference="1", per=100_000, **options)


@pytest.mark.published("direct-standardisation")
def test_in_one_stratum_the_limits_are_garwoods_exact_ones():
    events = pd.DataFrame({"Black": [5], "White": [10]})
    residents = events * 0 + 1_000
    found = directly_standardised(events, residents, least=1)
    limits = found[["rate_lower", "rate_upper"]].to_numpy().round(3).tolist()
    assert limits == [[1.623, 11.668], [4.795, 18.39]]


@pytest.mark.published("direct-standardisation")
def test_on_the_ages_of_black_londoners_the_ratio_is_the_known_one():
    # domain.md E6.
    # Men and boys searched in London, July to September 2020: crude 3.893, and 3.283
    # with ages allowed for.
    searches = pd.DataFrame(
        {"Black": [2_624, 5_713, 3_058, 2_085], "White": [2_737, 5_355, 4_461, 4_579]}
    )
    residents = pd.DataFrame(
        {
            "Black": [83_789, 52_159, 75_695, 258_994],
            "White": [189_647, 199_372, 504_165, 1_435_342],
        }
    )
    found = directly_standardised(searches, residents, standard=residents["Black"])
    assert found.loc["Black", "ratio"] == pytest.approx(3.283, abs=5e-4)
    assert found["crude"].round(1).tolist() == [28.6, 7.4]


def test_what_looks_like_a_threefold_risk_can_all_be_age():
    found = of_births()
    assert found["crude"]["5+"] / found["crude"]["1"] == pytest.approx(2.97, abs=0.005)
    assert found.loc["5+", "ratio"] < 1


@pytest.mark.second_road("direct-standardisation")
def test_limits_of_the_rate_and_ratio_are_where_simulated_ones_lie():
    random = np.random.default_rng(4)
    found = of_births()
    drawn = random.poisson(CASES.to_numpy(), size=(20_000, *CASES.shape))
    weights = BIRTHS.sum(axis=1) / BIRTHS.sum().sum()
    rates = (drawn / BIRTHS.to_numpy() * weights.to_numpy()[:, None]).sum(axis=1) * 1e5
    for at, group in enumerate(ORDERS):
        low, high = np.quantile(rates[:, at], [0.025, 0.975])
        assert found.loc[group, "rate_lower"] == pytest.approx(low, rel=0.02)
        # Never too low at the top; too high where one mother stands for very many.
        assert found.loc[group, "rate_upper"] > high * 0.995
        if group in {"1", "2", "3"}:
            assert found.loc[group, "rate_upper"] == pytest.approx(high, rel=0.03)
    ratios = np.quantile(rates[:, 4] / rates[:, 0], [0.025, 0.975])
    assert found.loc["5+", ["lower", "upper"]].tolist() == pytest.approx(
        ratios.tolist(), rel=0.02
    )


@pytest.mark.property_of("direct-standardisation")
@settings(max_examples=30)
@given(
    rate=st.integers(1, 50),
    people=st.lists(st.integers(100, 10_000), min_size=6, max_size=6),
)
def test_groups_alike_in_every_stratum_have_one_rate_whatever_their_ages(rate, people):
    residents = pd.DataFrame(np.reshape(people, (3, 2)), columns=["Black", "White"])
    events = residents * rate // 1 * pd.Series([1, 2, 3]).to_numpy()[:, None]
    found = directly_standardised(events, residents)
    assert found["ratio"].tolist() == pytest.approx([1, 1])
    assert found.loc["Black", "lower"] < 1 < found.loc["Black", "upper"]
    standard = residents["White"]
    on_one = directly_standardised(events, residents, standard=standard)
    assert on_one.loc["White", "rate"] == pytest.approx(on_one.loc["White", "crude"])


def test_with_the_groups_own_ages_as_standard_it_is_the_indirect_ratio():
    # Two roads meet: weights of the group itself give observed over expected.
    events = pd.DataFrame({"Black": [600, 150], "White": [300, 310]})
    residents = pd.DataFrame({"Black": [500, 700], "White": [600, 3_000]})
    direct = directly_standardised(events, residents, standard=residents["Black"])
    indirect = standardised_ratios(events, residents)
    assert direct.loc["Black", "ratio"] == pytest.approx(indirect.loc["Black", "ratio"])


def test_a_stratum_without_anyone_of_a_group_leaves_it_without_a_rate():
    events = pd.DataFrame({"Black": [600, 0], "White": [300, 310]})
    residents = pd.DataFrame({"Black": [500, 0], "White": [600, 3_000]})
    row = directly_standardised(events, residents).loc["Black"]
    assert np.isnan(row.rate)
    assert "join age bands" in row.caution


def test_few_events_have_no_rate_and_few_of_the_reference_no_ratio():
    events = pd.DataFrame({"Black": [60, 39], "White": [300, 310]})
    residents = pd.DataFrame({"Black": [500, 700], "White": [600, 3_000]})
    found = directly_standardised(events, residents)
    assert np.isnan(found.loc["Black", "rate"])
    assert "Fewer than 100 events:" in found.loc["Black", "caution"]
    turned = directly_standardised(events, residents, reference="Black")
    assert turned["ratio"].isna().all()
    assert "to compare with" in turned.loc["White", "caution"]
    assert turned.loc["White", "rate"] > 0


def test_no_events_at_all_have_a_rate_of_nought_with_an_upper_limit():
    events = pd.DataFrame({"Black": [0, 0], "White": [300, 310]})
    residents = pd.DataFrame({"Black": [500, 700], "White": [600, 3_000]})
    row = directly_standardised(events, residents, least=0).loc["Black"]
    assert (row.rate, row.rate_lower) == (0, 0)
    assert row.rate_upper > 0


def test_a_lower_limit_above_one_asks_for_an_explanation():
    found = directly_standardised(CASES * 10, BIRTHS, reference="5+")
    assert found["explain"].tolist() == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("standard", "helps"),
    [
        (pd.Series([1, 2]), "same rows"),
        (pd.Series([0] * 6), "needs people"),
        (pd.Series([1, 2, -1, 1, 1, 1]), "needs people"),
    ],
)
def test_the_standard_population_must_be_one(standard, helps):
    with pytest.raises(MethodError, match=helps):
        of_births(standard=standard)


def test_tables_must_match():
    with pytest.raises(MethodError, match="same groups"):
        directly_standardised(CASES, BIRTHS.head(3), reference="1")
    with pytest.raises(MethodError, match="between 0 and 1"):
        of_births(confidence=95)
