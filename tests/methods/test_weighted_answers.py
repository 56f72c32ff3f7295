"""Shares of answers that weigh unequally or came in clumps."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.weighted_answers import (
    effective_number,
    variance_of_total,
    weighted_shares,
)


def shares(answers, weights=None, **options):
    weights = None if weights is None else pd.Series(weights)
    options = {
        name: pd.Series(told) if isinstance(told, list) else told
        for name, told in options.items()
    }
    return weighted_shares(pd.Series(answers), weights, **options)


def survey(people=400, seed=3):
    random = np.random.default_rng(seed)
    cluster = random.integers(0, 20, people)
    leaning = random.normal(0, 0.15, 20)[cluster]
    return pd.DataFrame(
        {
            "answer": (random.uniform(size=people) < 0.6 + leaning).astype(int),
            "weight": random.uniform(0.5, 3, people),
            "cluster": cluster,
            "stratum": cluster % 4,
        }
    )


@pytest.mark.published("weighted-shares")
def test_the_standard_error_of_a_clustered_sample_is_the_published_one():
    # The eight values of "fpc" in the survey manuals of Stata and R: 5.448 (0.7413).
    strata = pd.Series([1, 1, 1, 1, 1, 2, 2, 2])
    x = np.array([2.8, 4.1, 6.8, 6.8, 9.2, 3.7, 6.6, 4.2])
    w = np.array([3, 3, 3, 3, 3, 4, 4, 4])
    mean = (w * x).sum() / w.sum()
    assert mean == pytest.approx(5.448148, abs=5e-7)
    parts = pd.Series(w * (x - mean) / w.sum())
    error = variance_of_total(parts, strata, pd.Series(range(8))) ** 0.5
    assert error == pytest.approx(0.7412683, abs=5e-7)


@pytest.mark.published("weighted-shares")
def test_the_effective_number_is_kishs():
    # Half the sample weighing three times the other: 1 + L is 1.25.
    weights = pd.Series([3] * 50 + [1] * 50)
    assert 100 / effective_number(weights) == pytest.approx(1.25)
    assert effective_number(pd.Series([0.2] * 7)) == pytest.approx(7)


@pytest.mark.second_road("weighted-shares")
def test_the_design_effect_is_what_leaving_out_one_cluster_at_a_time_gives():
    # By another road: the jackknife, which for a share is nearly the linearised one.
    table = survey(4_000)
    row = shares(
        table["answer"].tolist(),
        table["weight"].tolist(),
        clusters=table["cluster"].tolist(),
    ).loc["all"]
    without = [
        np.average(rest["answer"], weights=rest["weight"])
        for cluster in range(20)
        for rest in [table[table["cluster"] != cluster]]
    ]
    variance = 19 / 20 * ((np.array(without) - row.share) ** 2).sum()
    plain = row.share * (1 - row.share) / 3_999
    assert row.design_effect == pytest.approx(variance / plain, rel=0.03)
    assert row.design_effect > 5
    assert row.effective == pytest.approx(4_000 / row.design_effect)


@pytest.mark.second_road("weighted-shares")
def test_of_many_samples_in_clumps_19_in_20_intervals_hold_the_truth():
    random = np.random.default_rng(9)
    held = 0
    for _ in range(300):
        leaning = np.clip(random.normal(0.6, 0.15, 30), 0, 1)
        answers = (random.uniform(size=(30, 12)) < leaning[:, None]).ravel()
        row = shares(
            answers.tolist(), clusters=np.repeat(np.arange(30), 12).tolist()
        ).loc["all"]
        held += row.lower <= 0.6 <= row.upper
    assert 0.92 <= held / 300 <= 0.98


@pytest.mark.property_of("weighted-shares")
@given(
    answers=st.lists(st.integers(0, 1), min_size=30, max_size=60),
    times=st.floats(0.1, 100),
    seed=st.integers(0, 99),
)
def test_the_scale_of_weights_does_not_matter_and_limits_hold_the_share(
    answers, times, seed
):
    weights = np.random.default_rng(seed).uniform(0.5, 4, len(answers))
    one, other = shares(answers, weights), shares(answers, weights * times)
    pd.testing.assert_frame_equal(one, other)
    row = one.loc["all"]
    assert 0 <= row.lower <= row.share + 1e-12
    assert row.share - 1e-12 <= row.upper <= 1


@given(st.lists(st.integers(0, 1), min_size=30, max_size=90))
def test_without_weights_and_clumps_there_is_no_design_effect(answers):
    row = shares(answers).loc["all"]
    assert row.design_effect == pytest.approx(1)
    assert row.effective == pytest.approx(len(answers))


def test_clumps_that_agree_among_themselves_are_worth_one_answer_each():
    answers = [at % 2 for at in range(40) for _ in range(10)]
    clusters = [at for at in range(40) for _ in range(10)]
    row = shares(answers, clusters=clusters).loc["all"]
    assert row.effective == pytest.approx(40, rel=0.03)


def test_groups_have_a_row_each_and_small_ones_no_share():
    table = survey()
    groups = ["young"] * 29 + ["middle"] * 60 + ["old"] * 311
    found = shares(table["answer"].tolist(), groups=groups)
    assert found.index.tolist() == ["young", "middle", "old"]
    assert np.isnan(found.loc["young", "share"])
    assert "Fewer than 30" in found.loc["young", "caution"]
    assert "Fewer than 100" in found.loc["middle", "caution"]
    assert found.loc["old", "caution"] == ""


def test_an_answer_not_given_counts_for_nothing():
    answers = [1, 0] * 30
    assert shares([*answers, None]).loc["all", "asked"] == 60


def test_strata_sampled_apart_make_the_interval_narrower_and_it_is_not_counted_on():
    answers = [1] * 45 + [0] * 5 + [1] * 5 + [0] * 45
    strata = ["a"] * 50 + ["b"] * 50
    row = shares(answers, strata=strata).loc["all"]
    assert row.design_effect < 0.5
    assert row.effective == 100


def test_if_all_agree_the_weights_still_cost_something():
    row = shares([1] * 40, [3, 1] * 20).loc["all"]
    assert row.design_effect == pytest.approx(1.25)
    assert row.lower < 1


@pytest.mark.parametrize(
    ("options", "helps"),
    [
        ({"weights": [0, 1, 1]}, "weight above zero"),
        ({"weights": [float("nan"), 1, 1]}, "weight above zero"),
        ({"strata": ["a", "a", "b"]}, "Stratum b has only one cluster"),
        ({"clusters": ["a", None, "b"]}, "cluster is missing"),
        ({"weights": [1, 2]}, "same rows"),
        ({"confidence": 95}, "between 0 and 1"),
    ],
)
def test_what_a_sample_must_not_be_is_said(options, helps):
    with pytest.raises(MethodError, match=helps):
        shares([1, 0, 1], least=1, **options)


def test_answers_must_be_yes_or_no():
    with pytest.raises(MethodError, match="1 for those who agree"):
        shares([1, 5] * 20)
    with pytest.raises(MethodError, match="Nobody answered"):
        shares([None, None])
