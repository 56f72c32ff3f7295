"""Where along the path of justice two groups part."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.justice_stages import relative_rates, stage_bounds

DATA = Path(__file__).parents[3] / "shared/data/methods"
STAGES = ["stop", "arrest", "charge", "conviction", "custody"]
PATH = pd.DataFrame(
    {
        "Black": [13_480, 2_100, 900, 610, 260],
        "Asian": [6_000, 800, 310, 190, 60],
        "White": [17_132, 2_400, 1_100, 800, 240],
    },
    index=STAGES,
)


def two(a, n, b, m, **options):
    table = pd.DataFrame({"Black": [n, a], "White": [m, b]}, index=["arrest", "charge"])
    return relative_rates(table, **options).iloc[0]


@pytest.mark.published("relative-rate-index")
def test_a_published_risk_ratio_and_its_limits_are_matched():
    # analysis.md 3.17.
    # Middlesbrough 2019, stops among residents: epitools' risk ratio and Wald limits.
    row = two(20, 5_036, 300, 118_067)
    assert [row.ratio, row.lower, row.upper] == pytest.approx(
        [1.562973, 0.994848, 2.455535], abs=1e-6
    )
    assert not row.explain


@pytest.mark.published("relative-rate-index")
def test_average_sentences_of_2010_are_to_whites_as_they_were_said_to_be():
    # domain.md E10.
    # Months of custody: 20.8, 19.9, 19.7 against 14.9. Any two rates go the same way.
    table = pd.DataFrame(
        [[10_000] * 4, [2_080, 1_990, 1_970, 1_490]],
        columns=["Black", "Asian", "Other", "White"],
        index=["months could be", "months were"],
    )
    assert relative_rates(table)["ratio"].tolist() == pytest.approx(
        [1.396, 1.336, 1.322], abs=5e-4
    )


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
@pytest.mark.published("relative-rate-index")
def test_risk_ratios_of_every_authority_and_year_are_the_published_ones():
    # analysis.md 3.17: ExtractSS.
    file = DATA / "extractss_summarised_stops_2019-2021.csv"
    table = pd.read_csv(file, na_values=["NA"])
    table = table[(table["Black_stopped"] > 0) & (table["White_stopped"] > 0)]
    table = table[table["rr"].notna() & (table["stats_altered_flag"] == 0)]
    assert len(table) > 700
    for row in table.itertuples():
        counts = (row.Black_stopped, row.Black_population)
        found = two(*counts, row.White_stopped, row.White_population, least=0, base=0)
        theirs = [row.rr, row.rr_ci_low, row.rr_ci_upp]
        assert [found.ratio, found.lower, found.upper] == pytest.approx(theirs)


@pytest.mark.second_road("relative-rate-index")
def test_the_limits_hold_the_truth_19_times_in_20():
    random = np.random.default_rng(8)
    a, b = random.binomial(400, 0.3, 4_000), random.binomial(900, 0.2, 4_000)
    ratio = (a / 400) / (b / 900)
    # By another road: the bootstrap spread of the logarithm, and how often it covers.
    row = two(120, 400, 180, 900)
    drawn = np.log(ratio[(a > 0) & (b > 0)])
    assert np.log(row.upper / row.lower) / (2 * 1.959964) == pytest.approx(
        drawn.std(), rel=0.05
    )
    held = [
        found.lower <= 1.5 <= found.upper
        for x, y in zip(a[:400], b[:400], strict=True)
        for found in [two(x, 400, y, 900)]
    ]
    assert 0.92 <= np.mean(held) <= 0.98


@pytest.mark.property_of("relative-rate-index")
@given(
    n=st.integers(30, 10**5),
    m=st.integers(30, 10**5),
    shares=st.tuples(st.floats(0.01, 0.99), st.floats(0.01, 0.99)),
)
def test_both_directions_are_one_another_upside_down_and_sparing_is_the_rest(
    n, m, shares
):
    a, b = max(1, int(n * shares[0])), max(1, int(m * shares[1]))
    row = two(a, n, b, m, least=0)
    other = two(b, m, a, n, least=0)
    assert row.turned == pytest.approx(other.ratio)
    assert [row.turned_lower, row.turned_upper] == pytest.approx(
        [other.lower, other.upper]
    )
    assert row.spared * (1 - b / m) == pytest.approx(1 - a / n)
    assert (row.ratio > 1) == (row.spared < 1) or row.ratio == pytest.approx(1)


def test_the_stages_multiply_to_the_whole_path():
    found = relative_rates(PATH)
    for group in ["Black", "Asian"]:
        rows = found[found["group"] == group]
        assert rows["so_far"].tolist() == pytest.approx(
            rows["ratio"].cumprod().tolist()
        )
    assert found["stage"].tolist() == [name for name in STAGES[1:] for _ in range(2)]


def test_a_stage_can_be_counted_from_another_than_the_row_before():
    found = relative_rates(PATH, of={"custody": "charge"})
    row = found[(found["stage"] == "custody") & (found["group"] == "Black")].iloc[0]
    assert row.before == "charge"
    assert row.rate == pytest.approx(260 / 900)


def test_stops_per_resident_are_events_and_nobody_is_spared():
    table = pd.DataFrame({"Black": [100, 250], "White": [500, 400]},
                         index=["residents", "stops"])  # fmt: skip
    with pytest.raises(MethodError, match="say that it counts events"):
        relative_rates(table)
    row = relative_rates(table, events=["stops"]).iloc[0]
    assert row.ratio == pytest.approx(3.125)
    reach = np.exp(1.959964 * np.sqrt(1 / 250 + 1 / 400))
    assert row.upper == pytest.approx(3.125 * reach)
    assert np.isnan(row.spared)


def test_few_people_are_not_shown():
    row = two(4, 100, 30, 200)
    assert np.isnan(row.reached)
    assert row.caution == "Fewer than 5 people: not shown."
    assert two(97, 100, 30, 200).caution == "Fewer than 5 people: not shown."
    assert "Fewer than 30" in two(10, 29, 30, 200).caution


def test_what_is_hidden_at_a_stage_does_not_come_back_at_the_next():
    table = pd.DataFrame(
        {"Black": [200, 197, 90], "White": [400, 300, 120]},
        index=["arrest", "charge", "custody"],
    )
    found = relative_rates(table)
    assert found["at_risk"].isna().all()
    assert found.loc[1, "caution"] == "Not shown, because charge is not."
    skipped = relative_rates(table, of={"custody": "arrest"})
    assert skipped["at_risk"].isna().tolist() == [True, False]


def test_nobody_at_all_has_a_ratio_of_nought_and_no_limits():
    row = two(0, 100, 30, 200)
    assert row.ratio == 0
    assert np.isnan(row.lower)
    assert not row.explain
    assert two(30, 100, 0, 200).ratio == np.inf


def test_a_real_difference_either_way_asks_for_an_explanation():
    assert two(300, 1_000, 200, 1_000).explain
    assert two(200, 1_000, 300, 1_000).explain
    assert not two(200, 1_000, 205, 1_000).explain


def test_bounds_are_the_extremes_over_every_way_to_place_the_unknown():
    reached = pd.DataFrame(
        {"Black": [50, 20], "Other": [40, 10], "White": [80, 30]},
        index=["arrest", "charge"],
    )
    found = stage_bounds(reached, pd.Series({"arrest": 5, "charge": 2}))
    row = found[found["group"] == "Black"].iloc[0]
    ratios = []
    # By another road: each unknown person, gone on or not, into each of three groups.
    for places in product(range(3), repeat=5):
        n, a = np.array([50.0, 40, 80]), np.array([20.0, 10, 30])
        for person, place in enumerate(places):
            n[place] += 1
            a[place] += person < 2
        ratios.append(a[0] / n[0] / (a[2] / n[2]))
    assert row.lowest == pytest.approx(min(ratios))
    assert row.highest == pytest.approx(max(ratios))
    assert row.unknown_share == pytest.approx(5 / 175)


@given(gone=st.integers(0, 20), left=st.integers(0, 20))
def test_bounds_hold_the_ratio_and_meet_where_nobody_is_unknown(gone, left):
    unknown = pd.Series([gone + left, gone, 0, 0, 0], index=STAGES)
    row = stage_bounds(PATH, unknown).iloc[0]
    assert row.lowest <= row.ratio <= row.highest
    if gone + left == 0:
        assert row.lowest == row.ratio == row.highest


@pytest.mark.parametrize(
    ("table", "options", "helps"),
    [
        (PATH.head(1), {}, "two stages"),
        (PATH.rename(index={"arrest": "stop"}), {}, "a name of its own"),
        (PATH, {"of": {"caution": "charge"}}, "no stage caution"),
        (PATH, {"reference": "Mixed"}, "no group called 'Mixed'"),
        (PATH.astype(float).replace(900, np.nan), {}, "zero or more"),
        (PATH.replace(900, 2_101), {}, "More people of Black reached charge"),
    ],
)
def test_what_cannot_be_is_said(table, options, helps):
    with pytest.raises(MethodError, match=helps):
        relative_rates(table, **options)


@pytest.mark.parametrize(
    ("unknown", "helps"),
    [
        (pd.Series([1, 2, 0, 0, 0], index=STAGES), "2 people of unknown group"),
        (pd.Series([1, 1]), "number for each stage"),
    ],
)
def test_the_unknown_come_from_somewhere(unknown, helps):
    with pytest.raises(MethodError, match=helps):
        stage_bounds(PATH, unknown)
