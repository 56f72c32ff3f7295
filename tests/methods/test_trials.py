"""What became of trials on their day."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.proportions import share
from saferplan.methods.trials import rare_together, trial_outcomes

COURT = pd.DataFrame(
    [
        ("effective", "", 220),
        ("cracked", "guilty plea", 120),
        ("cracked", "prosecution ended the case", 50),
        ("cracked", "", 20),
        ("ineffective", "M1", 30),
        ("ineffective", "N1", 20),
        ("ineffective", "Q1", 16),
        ("ineffective", "S3", 6),
        ("ineffective", "W1", 12),
        ("ineffective", "W5", 3),
        ("ineffective", "Z", 3),
        ("vacated", "", 100),
    ],
    columns=["outcome", "reason", "trials"],
)


def listed(**trials):
    return pd.DataFrame({"outcome": list(trials), "trials": list(trials.values())})


@pytest.mark.published("trials")
def test_magistrates_of_2013_were_effective_in_44_of_100():
    # Ministry of Justice, first quarter of 2013: 44% effective, 38% cracked, 18% not.
    found = trial_outcomes(
        listed(effective=18_040, cracked=15_580, ineffective=7_380, vacated=12_000)
    )
    assert found.outcomes["share"].tolist() == pytest.approx([0.44, 0.38, 0.18])
    assert found.vacated == 12_000
    assert found.vacated_share == pytest.approx(12 / 53)


@pytest.mark.second_road("trials")
def test_shares_are_those_of_each_outcome_taken_alone():
    found = trial_outcomes(COURT).outcomes
    totals = COURT[COURT["outcome"] != "vacated"].groupby("outcome")["trials"].sum()
    one = share(totals, totals * 0 + totals.sum())
    for outcome in ["effective", "cracked", "ineffective"]:
        assert found.loc[
            outcome, ["share", "lower", "upper"]
        ].tolist() == pytest.approx(
            one.loc[outcome, ["share", "lower", "upper"]].tolist()
        )


@pytest.mark.property_of("trials")
@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["effective", "cracked", "ineffective", "vacated"]),
            st.sampled_from(["", "M1", "Q2", "S3", "W5", "witness ill"]),
            st.integers(0, 300),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_shares_add_up_and_vacated_trials_change_none(rows):
    table = pd.DataFrame(
        [*rows, ("effective", "", 30)], columns=["outcome", "reason", "trials"]
    )
    found = trial_outcomes(table)
    assert found.outcomes["share"].sum() == pytest.approx(1)
    kept = table[table["outcome"] != "vacated"]
    pd.testing.assert_frame_equal(found.outcomes, trial_outcomes(kept).outcomes)
    for _, part in found.reasons.groupby("outcome"):
        if part["share"].notna().any():
            assert part["share"].sum() == pytest.approx(1)
    assert found.outcomes["trials"].sum() + found.vacated == table["trials"].sum()


def test_reasons_are_told_with_whose_doing_they_were():
    found = trial_outcomes(COURT)
    sides = found.sides.set_index("side")["trials"].to_dict()
    assert sides == {"prosecution": 50, "defence": 16, "court": 12, "other": 12}
    reasons = found.reasons.set_index(["outcome", "reason"])
    assert reasons.loc[("ineffective", "S3"), "side"] == "other"
    assert reasons.loc[("ineffective", "M1"), "share"] == pytest.approx(30 / 90)
    assert reasons.loc[("cracked", "not known"), "trials"] == 20
    assert found.cautions == ("7% of cracked and ineffective trials have no reason.",)


def test_rare_reasons_are_told_together_and_never_alone():
    reasons = trial_outcomes(COURT).reasons
    ours = reasons[reasons["outcome"] == "ineffective"].set_index("reason")["trials"]
    assert ours.to_dict() == {
        "M1": 30, "N1": 20, "Q1": 16, "W1": 12, "S3": 6, "other reasons": 6,
    }  # fmt: skip
    alone = COURT[COURT["reason"] != "Z"]
    ours = trial_outcomes(alone).reasons.set_index("reason")["trials"]
    assert ours["other reasons"] == 9  # W5 with S3, or the total would give it away
    assert "S3" not in ours


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_nothing_rare_is_left_to_be_told(counts):
    table = pd.Series(counts, index=[f"r{at}" for at in range(len(counts))])
    found = rare_together(table.sort_values(ascending=False), 5)
    assert found.sum() == sum(counts)
    if len(found) > 1:
        assert (found >= 5).all()


def test_a_list_without_reasons_has_none():
    found = trial_outcomes(listed(effective=40, cracked=30))
    assert found.reasons.empty
    assert found.sides.empty
    assert found.outcomes.loc["ineffective", "trials"] == 0
    assert found.cautions == ()


def test_few_trials_have_no_percentage():
    found = trial_outcomes(listed(effective=20, cracked=9))
    assert found.outcomes["share"].isna().all()
    assert "Fewer than 30" in found.cautions[0]


def test_words_instead_of_codes_have_no_side():
    table = COURT.assign(reason=COURT["reason"].where(COURT["reason"] == "", "Other"))
    assert trial_outcomes(table).sides.empty


@pytest.mark.parametrize(
    ("table", "helps"),
    [
        (COURT.drop(columns="trials"), "no column trials"),
        (listed(effective=40, adjourned=3), "not adjourned"),
        (listed(effective=-1), "zero or more"),
        (listed(effective=np.nan), "zero or more"),
        (listed(effective=2.5), "whole number"),
        (listed(vacated=40), "in the list on its day"),
    ],
)
def test_what_a_list_must_be_is_said(table, helps):
    with pytest.raises(MethodError, match=helps):
        trial_outcomes(table)
