"""What share of the answers raise each theme, with limits."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from methods.consultation_sets import needs_real_answers, synthetic_set
from scipy.stats import binom

from saferplan.errors import MethodError
from saferplan.methods.suggestions import suggest
from saferplan.methods.theme_prevalence import (
    clopper_pearson,
    draw_to_code,
    of_part,
    prevalence,
)


def sample_of(found, coded, answers, **choices):
    """The row of one theme that so many of the coded answers have."""
    ids = pd.Index(range(answers))
    table = pd.DataFrame({"Lighting": np.arange(coded) < found}, ids[:coded])
    options = {"at_random": True, "campaign": None} | choices
    return prevalence(table, ids, **options).themes.loc[0]


@pytest.mark.published("theme-prevalence")
@pytest.mark.parametrize(
    ("part", "whole", "lower", "upper"),
    [
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0000, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_exact_limits_are_those_of_newcombes_table(part, whole, lower, upper):
    # Newcombe (1998), Statistics in Medicine 17, p. 861, table I, method 5.
    assert clopper_pearson(part, whole) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.published("theme-prevalence")
@pytest.mark.parametrize(
    ("part", "whole", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_limits_of_a_small_sample_of_many_are_those_of_newcombes_table(
    part, whole, lower, upper
):
    # The same table, method 3 (Wilson). A million answers leave the sample a sample;
    # its variance has one less than the sample below it, which the table's has not.
    row = sample_of(part, whole, 1_000_000)
    assert (row.lower, row.upper) == pytest.approx((lower, upper), abs=4e-4)


@pytest.mark.second_road("theme-prevalence")
@given(st.integers(1, 60), st.integers(0, 60))
def test_exact_limits_are_where_the_binomial_tails_hold_a_fortieth(whole, part):
    part = min(part, whole)
    lower, upper = clopper_pearson(part, whole)
    if part:
        assert binom.sf(part - 1, whole, lower) == pytest.approx(0.025)
    if part < whole:
        assert binom.cdf(part, whole, upper) == pytest.approx(0.025)


@pytest.mark.second_road("theme-prevalence")
def test_over_every_sample_there_is_the_mean_is_the_truth_and_the_variance_its_own():
    truth = pd.Series([1.0, 0, 1, 0, 0, 1, 0, 1, 1])
    means, spreads = zip(
        *(
            of_part(truth.loc[list(drawn)], None, 9, 1.96)[:2]
            for drawn in combinations(range(9), 4)
        ),
        strict=True,
    )
    assert np.mean(means) == pytest.approx(truth.mean())
    assert np.var(means) == pytest.approx(np.mean(spreads))


@pytest.mark.second_road("theme-prevalence")
def test_with_suggestions_it_is_the_estimate_of_the_published_formula():
    # PPI++ (Angelopoulos, Duchi and Zrnic 2023): mean of the coded, plus lambda times
    # the scores of the uncoded less those of the coded; lambda as their example 6.1.
    random = np.random.default_rng(3)
    y = pd.Series((random.random(500) < 0.4).astype(float))
    scores = pd.Series(np.clip(y * 0.5 + random.random(500) * 0.5, 0, 1))
    coded, uncoded = y.index[:80], y.index[80:]
    found, _, _ = of_part(y.loc[coded], scores, 500, 1.96)
    together = np.cov(y.loc[coded], scores.loc[coded])
    tuned = together[0, 1] / together[1, 1] / (1 + 80 / 420)
    theirs = y.loc[coded].mean() + tuned * (
        scores.loc[uncoded].mean() - scores.loc[coded].mean()
    )
    assert found == pytest.approx(theirs)


@pytest.mark.property_of("theme-prevalence")
@given(
    st.integers(30, 60),
    st.integers(0, 60),
    st.integers(60, 400),
    st.integers(0, 10_000),
)
def test_limits_hold_the_share_and_what_was_seen_can_be(coded, found, answers, seed):
    found = min(found, coded)
    scores = np.random.default_rng(seed).random(answers)
    row = sample_of(found, coded, answers, suggested=pd.DataFrame({"Lighting": scores}))
    assert 0 <= row.lower <= row.share <= row.upper <= 1
    assert row.answers_lower >= found - 1e-9
    assert row.answers_upper <= answers - (coded - found) + 1e-9


def test_coding_every_answer_leaves_no_doubt():
    row = sample_of(11, 40, 40)
    assert (row.lower, row.share, row.upper) == (11 / 40, 11 / 40, 11 / 40)
    assert (row.answers, row.caution) == (11, "")
    assert sample_of(1, 40, 40).upper == 1 / 40


def test_good_suggestions_narrow_the_limits_and_bad_ones_are_not_believed():
    random = np.random.default_rng(8)
    truth = random.random(1_000) < 0.3
    ids = pd.Index(range(1_000))
    coded = pd.DataFrame({"Lighting": truth[:200]}, ids[:200])
    options = {"at_random": True, "campaign": None}

    def row(scores):
        suggested = pd.DataFrame({"Lighting": scores}, ids)
        return prevalence(coded, ids, suggested=suggested, **options).themes.loc[0]

    good, bad = row(truth * 0.8 + 0.1), row(random.random(1_000))
    width = good.sample_upper - good.sample_lower
    assert good.upper - good.lower < width / 4
    assert good.lower <= truth.mean() <= good.upper
    assert bad.upper - bad.lower == pytest.approx(width, rel=0.05)
    assert abs(bad.weight) < 0.2 < good.weight
    assert good.basis == "sample and suggestions"
    # A machine that says the same of every answer tells nothing.
    flat = row(np.full(1_000, 0.4))
    assert (flat.weight, flat.share) == (0, flat.sample_share)


def test_rare_themes_have_exact_limits_and_suggestions_are_left_aside():
    scores = pd.DataFrame({"Lighting": np.random.default_rng(1).random(9_000)})
    row = sample_of(3, 200, 9_000, suggested=scores)
    assert row.basis == "sample, exact"
    assert (row.lower, row.upper) == pytest.approx(clopper_pearson(3, 200), abs=1e-9)
    assert "Rare" in row.caution
    none = sample_of(0, 200, 9_000)
    assert (none.share, none.lower) == (0, 0)
    assert none.upper == pytest.approx(1 - 0.025 ** (1 / 200))
    assert "Search all of them" in none.caution


def with_campaign():
    """Forty answers of 100 are one campaign's, and all of those are about lighting."""
    ids = pd.Index(range(100))
    campaign = pd.Series([1] * 40 + [None] * 60, ids)
    truth = pd.DataFrame({"Lighting": [True] * 40 + [False] * 45 + [True] * 15}, ids)
    return ids, campaign, truth


def test_campaigns_are_kept_apart_or_are_a_part_of_their_own():
    ids, campaign, truth = with_campaign()
    drawn = draw_to_code(ids, 36, campaign=campaign, of_each_campaign=10, seed=1)
    coded = truth.loc[drawn]
    options = {"at_random": True, "campaign": campaign}
    apart = prevalence(coded, ids, **options)
    within = prevalence(coded, ids, campaigns="within", **options)
    assert (apart.answers, apart.coded, apart.left_out) == (60, 36, 40)
    assert (within.answers, within.coded, within.left_out) == (100, 46, 0)
    outside = coded["Lighting"].loc[[each for each in drawn if each >= 40]].mean()
    assert apart.themes["share"][0] == pytest.approx(outside)
    assert within.themes["share"][0] == pytest.approx(0.4 + 0.6 * outside)
    assert within.themes["lower"][0] >= 0.4
    assert any("left out" in each for each in apart.cautions)


def test_a_rare_theme_within_campaigns_has_exact_limits_from_every_part():
    ids, campaign, truth = with_campaign()
    drawn = draw_to_code(ids, 36, campaign=campaign, of_each_campaign=10, seed=1)
    coded = (truth & False).loc[drawn]
    found = prevalence(
        coded, ids, campaigns="within", at_random=True, campaign=campaign
    ).themes.loc[0]
    one = clopper_pearson(0, 10, confidence=0.975)[1]
    other = clopper_pearson(0, 36, confidence=0.975)[1]
    assert found.upper == pytest.approx(0.4 * one + 0.6 * other)


def test_the_first_so_many_of_a_longer_draw_are_the_shorter_draw():
    ids = pd.Index([f"A{number}" for number in range(50)])
    assert draw_to_code(ids, 20, seed=4)[:10] == draw_to_code(ids[::-1], 10, seed=4)
    assert sorted(draw_to_code(ids, 80)) == sorted(ids)


@pytest.mark.parametrize(
    ("change", "helps"),
    [
        ({"at_random": False}, "drawn at random"),
        ({"campaigns": "out"}, "'out' is neither"),
        ({"coded": 20}, "20 coded answers are too few"),
        ({"campaign": pd.Series({999: 1, 998: 1, 997: 1})}, None),
        ({"suggested": pd.DataFrame({"Lighting": [0.5]})}, "every answer"),
    ],
)
def test_what_gives_no_share_is_refused(change, helps):
    choices = {"found": 5, "coded": 40, "answers": 100} | change
    if helps is None:  # a campaign of answers that are not here changes nothing
        assert sample_of(**choices).share == 5 / 40
    else:
        with pytest.raises(MethodError, match=helps):
            sample_of(**choices)


def test_a_campaign_without_a_sample_is_named():
    ids, campaign, truth = with_campaign()
    with pytest.raises(MethodError, match="Campaign 1 has 0 coded answers"):
        prevalence(
            truth.loc[50:90],
            ids,
            at_random=True,
            campaign=campaign,
            campaigns="within",
        )


def test_strange_and_doubled_answers_are_named():
    ids = pd.Index(range(100))
    coded = pd.DataFrame({"Lighting": [True] * 40}, pd.Index(range(80, 120)))
    options = {"at_random": True, "campaign": None}
    with pytest.raises(MethodError, match="coded answer 100 is not among"):
        prevalence(coded, ids, **options)
    with pytest.raises(MethodError, match="more than once"):
        prevalence(coded, ids.append(ids), **options)
    with pytest.raises(MethodError, match="one id"):
        draw_to_code(ids.append(ids), 5)
    with pytest.raises(MethodError, match="one answer"):
        draw_to_code(ids, 0)


@needs_real_answers
def test_shares_of_themes_come_as_near_as_was_promised():
    # Twenty draws, and how often the limits hold, are in docs/reference/benchmarks.md.
    texts, truth = synthetic_set()
    missed = []
    for seed in range(3):
        coded = truth.loc[draw_to_code(texts.index, 200, seed=seed)]
        suggested = suggest(texts, coded, seed=seed).scores
        found = prevalence(
            coded, texts.index, at_random=True, campaign=None, suggested=suggested
        ).themes
        missed += list(abs(found["share"] - truth.mean().to_numpy()))
    assert np.mean(missed) <= 0.015
