"""A target explained, in numbers and in sentences."""

import numpy as np
import pandas as pd
import pytest

from saferplan.errors import MethodError
from saferplan.methods.target_chance import chance_of_meeting
from saferplan.methods.target_explained import explain_target
from saferplan.methods.target_sentences import sentences, share_sentences
from saferplan.methods.target_shares import explain_share
from saferplan.methods.targets import Target

MOPAC_7 = Target(
    "Seven neighbourhood crimes", 328_826, "2016-03", 4, (411_033,), claim=250_000
)


def monthly(counts, last="2025-03"):
    months = pd.period_range(end=last, periods=len(counts), freq="M")
    return pd.Series(counts, index=months, dtype=float)


def burglary(number=900, ends="2026-03", **options):
    return Target("Burglary", number, ends, 1, (1_080, 1_050, 1_060), **options)


@pytest.mark.published("target")
def test_the_mayors_target_of_2013_is_explained_as_published():
    # domain.md E4.
    found = explain_target(MOPAC_7, since=[384_474])
    assert 100 * found.yearly == pytest.approx(-5.43, abs=0.005)
    assert [round(path.in_all, -1) for path in found.paths] == [205_520, 211_240]
    assert found.claim[0].path == "held for 3 years"
    assert [reading.gives for reading in found.claim].count(True) == 1
    year = found.since[0]
    assert 100 * year.change == pytest.approx(-6.46, abs=0.005)
    assert (year.verdict, year.on_linear, year.on_compound) == (
        "real change", True, True,
    )  # fmt: skip


def test_its_sentences_say_what_reproduces_the_claim_and_what_is_not_known():
    said = "\n".join(sentences(explain_target(MOPAC_7, since=[384_474])))
    assert "20.0% fewer than 411,033" in said
    assert "The 250,000 fewer that was claimed is the target held for 3 years" in said
    assert "6.46% fewer than the baseline (real change), on the linear and" in said
    assert "Caution: One year alone" in said
    assert "Caution: No evidence is given" in said
    assert "nothing is said of the chance" in said


def test_the_result_of_four_years_fell_short():
    result = round(411_033 * (1 - 0.184))
    found = explain_target(MOPAC_7, since=[384_474, 370_000, 350_000, result])
    assert not found.since[3].on_linear
    assert result - 328_826 == pytest.approx(6_600, abs=50)
    assert "short of the linear and compound path" in "\n".join(sentences(found))


def test_months_bring_the_rate_the_chance_and_what_history_has_seen():
    found = explain_target(burglary(), monthly([90, 86] * 24))
    assert found.last_month == "2025-03"
    assert found.standing.needed_each_month == 75
    assert 0.05 < found.chance.probability < 0.4
    assert (found.runs.best, found.runs.reached) == (1_056, False)
    assert found.likely.lower < 1_056 < found.likely.upper
    said = "\n".join(sentences(found))
    assert "75.0 a month are now the most that can be over the 12 months" in said
    assert "no twelve months in a row have ever met the target" in said
    assert "four in five such futures" in said


@pytest.mark.second_road("target")
def test_it_is_its_parts_asked_one_by_one():
    counts = monthly([90, 86] * 24)
    found = explain_target(burglary(), counts)
    assert found.baseline.value == np.mean([1_080, 1_050, 1_060])
    last_year = counts.iloc[-12:].sum()
    assert found.runs.newest == last_year
    assert found.standing.needed_each_month == 900 / 12
    by_itself = chance_of_meeting(counts, 900, ends="2026-03")
    assert found.chance == by_itself
    assert found.chance_if_flat == chance_of_meeting(
        counts, 900, ends="2026-03", trend="none"
    )


def test_the_same_evidence_is_explained_in_the_same_words():
    counts = np.random.default_rng(4).poisson(90, 48)
    first = explain_target(burglary(), monthly(counts))
    assert sentences(first) == sentences(explain_target(burglary(), monthly(counts)))


def test_too_few_months_leave_the_arithmetic_and_say_why_there_is_no_chance():
    found = explain_target(burglary(ends="2025-06"), monthly([90] * 12))
    assert found.standing.months_left == 3
    assert found.chance is None
    assert "12 of them are" in found.cautions[-1]
    assert any("a month are now" in line for line in sentences(found))


@pytest.mark.parametrize(
    ("number", "ends", "better", "says"),
    [
        (900, "2025-03", "down", "was missed"),
        (1_060, "2025-03", "down", "was met"),
        (250, "2025-12", "down", "out of reach"),
        (1_100, "2025-12", "up", "a month are now needed"),
    ],
)
def test_what_is_decided_is_said_and_given_no_chance(number, ends, better, says):
    start = (300,) if number < 300 else (1_060,)
    one = Target("Burglary", number, ends, 1, start, better=better)
    said = "\n".join(sentences(explain_target(one, monthly([88] * 48))))
    assert says in said
    assert ("four in five" in said) == (says == "a month are now needed")


def test_other_targets_on_the_measure_are_told_as_conflicts():
    others = [burglary(800, set_by="City"), Target("Robbery", 8, "2026-03", 1, (10,))]
    found = explain_target(burglary(set_by="Board"), others=others)
    assert [clash.kind for clash in found.conflicts] == ["number"]
    assert any("the stricter is City" in line for line in sentences(found))


def test_a_claim_that_no_path_gives_is_said_so():
    found = explain_target(burglary(claim=5_000))
    assert any("No path gives the 5,000" in line for line in sentences(found))


def test_a_target_of_nothing_has_a_straight_path_only():
    found = explain_target(Target("Arson", 0, "2026-03", 2, (12, 9, 15)))
    assert found.yearly is None
    assert [path.shape for path in found.paths] == ["linear"]


def test_more_of_what_there_was_none_of_has_no_percentage():
    new = Target("Referrals", 40, "2026-03", 2, (0,), better="up")
    said = sentences(explain_target(new))
    assert said[0] == "Referrals: 40 in the twelve months to 2026-03, more than 0."


def test_more_years_than_the_target_has_are_refused():
    with pytest.raises(MethodError, match="Leave out"):
        explain_target(burglary(), since=[1_000, 990])


@pytest.mark.published("target-share")
@pytest.mark.parametrize(
    ("asked", "verdict", "margin"),
    [(400, "within chance", 6.6), (12_800, "real change", 1.17)],
)
def test_62_to_67_is_real_for_london_and_chance_for_a_borough(asked, verdict, margin):
    # domain.md E5 and B8.
    found = explain_share(0.62, 0.75, asked=asked, years=4, now=0.67)
    assert found.verdict == verdict
    assert 100 * (found.upper - found.change) == pytest.approx(margin, abs=0.05)


def test_twenty_per_cent_more_confidence_is_12_points_or_20():
    found = explain_share(0.62, 0.75, asked=400, years=4, promised=0.2)
    assert (found.if_percent, found.if_points) == pytest.approx((0.744, 0.82))
    said = " ".join(share_sentences("Confidence", found))
    assert "is 74.4% if it is of the baseline, and 82.0% if it is points" in said
    assert np.isnan(found.change)
    assert "Now" not in said


def test_a_step_too_small_for_the_survey_is_said():
    borough = explain_share(0.62, 0.75, asked=400, years=4)
    assert "smaller than this survey can tell" in borough.cautions[-1]
    london = explain_share(0.62, 0.75, asked=12_800, years=4)
    assert not any("smaller than" in caution for caution in london.cautions)


def test_clustering_widens_what_a_survey_can_tell():
    plain = explain_share(0.5, 0.6, asked=400, years=1)
    assert 100 * plain.smallest_change == pytest.approx(6.93, abs=0.01)
    wide = explain_share(0.5, 0.6, asked=400, years=1, design_effect=1.5)
    assert wide.smallest_change == pytest.approx(plain.smallest_change * 1.5**0.5)


def test_what_is_no_share_is_refused():
    with pytest.raises(MethodError, match="between 0 and 1"):
        explain_share(62, 75, asked=400, years=4)
    with pytest.raises(MethodError, match="above 0"):
        explain_share(0.62, 0.75, asked=0, years=4)
    with pytest.raises(MethodError, match="1 or more"):
        explain_share(0.62, 0.75, asked=400, years=4, design_effect=0.5)
