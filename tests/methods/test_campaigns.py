"""Answers that share their words, and what people added to a template."""

from difflib import SequenceMatcher
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_answers import made_answers
from methods.consultation_sets import german_set, needs_real_answers

from saferplan.errors import MethodError
from saferplan.methods import word_links
from saferplan.methods.campaign_additions import added_to, template_of
from saferplan.methods.campaigns import find_campaigns
from saferplan.methods.text_features import words_of
from saferplan.methods.word_links import contained, like
from saferplan.methods.word_runs import as_words, run_table, runs_of
from saferplan.synthetic.campaigns import GRADES, made_campaigns

LETTER = (
    "Please keep the front counter of the police station open. The nearest other one "
    "is forty minutes away by bus, and many of us cannot drive."
)


def answers_of(*texts):
    others, _ = made_answers(20, two=0)
    return pd.concat([pd.Series(texts, range(len(texts)), dtype=object), others[:4]])


@pytest.mark.published("campaigns")
def test_a_rose_is_a_rose_is_a_rose_has_broders_three_runs_of_four():
    # Broder (1997), section 2: {(a,rose,is,a), (rose,is,a,rose), (is,a,rose,is)}.
    words = as_words([["a", "rose", "is", "a", "rose", "is", "a", "rose"]])
    run, text = runs_of(words, 4)
    assert len(set(run.tolist())) == 3
    assert len(run) == 5
    # A text whose runs are all in another is contained in it, and not the other way.
    some = as_words([f"{LETTER} {more}".split() for more in ("", "Thank you all so.")])
    table = run_table(some, 5).toarray()
    assert (table[0] <= table[1]).all()
    assert not (table[1] <= table[0]).all()


def by_sets(texts, least):
    """By another road: groups of texts whose sets of runs of five words overlap."""
    told = [words_of(text) for text in texts]
    runs = [
        {tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in told
    ]
    group = list(range(len(texts)))
    for i, j in combinations(range(len(texts)), 2):
        fewer = min(len(runs[i]), len(runs[j]))
        if fewer and len(runs[i] & runs[j]) >= least * fewer - 1e-9:
            group = [group[i] if each == group[j] else each for each in group]
    return group


def same_groups(one, other):
    pairs = set(zip(one, other, strict=True))
    return len(pairs) == len(set(one)) == len(set(other))


@pytest.mark.second_road("campaigns")
@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abc"), min_size=5, max_size=12), min_size=2),
    st.sampled_from([0.2, 0.4, 1 / 3, 1.0]),
)
def test_certain_groups_are_those_of_plain_sets(texts, least):
    found = contained(as_words(texts), least)
    expected = by_sets([" ".join(words) for words in texts], least)
    assert same_groups(found.tolist(), expected)


@pytest.mark.second_road("campaigns")
def test_large_groups_come_out_the_same_whether_left_out_or_compared(monkeypatch):
    made = made_campaigns(made_answers(200)[0].tolist(), templates=3, copies=8)
    texts = [words_of(text) for text in made["text"]]
    plain = contained(as_words(texts), 0.4), like(as_words(texts), 0.45)
    monkeypatch.setattr(word_links, "AT_ONCE", 7)
    monkeypatch.setattr(word_links, "LARGE", 3)
    again = contained(as_words(texts), 0.4), like(as_words(texts), 0.45)
    for one, other in zip(plain, again, strict=True):
        assert one.tolist() == other.tolist()


@pytest.mark.property_of("campaigns")
@settings(max_examples=10, deadline=None)
@given(st.permutations(range(60)), st.integers(0, 9))
def test_any_order_gives_the_same_campaigns_and_nobody_is_lost(order, seed):
    made = made_campaigns(
        made_answers(60)[0].tolist(), templates=2, copies=2, seed=seed
    )["text"].head(60)
    order = [at for at in order if at < len(made)]
    once, again = find_campaigns(made), find_campaigns(made.iloc[order])
    pd.testing.assert_frame_equal(once.campaigns, again.campaigns)
    pd.testing.assert_frame_equal(once.of, again.of)
    certain = once.campaigns["sureness"] == "certain"
    assert (
        once.of["campaign"].value_counts().sum()
        == (once.campaigns["submissions"] + once.campaigns["please_look"]).sum()
    )
    assert (once.campaigns.loc[certain, "submissions"] >= 3).all()
    assert (once.campaigns["texts"] <= once.campaigns["submissions"]).all()


def test_three_numbers_stand_side_by_side():
    texts = answers_of(
        LETTER, LETTER.upper(), LETTER, f"Dear Sir, {LETTER} Yours, A. Resident"
    )
    people = pd.Series("other", texts.index)
    people.iloc[:4] = ["Pat", "Pat", "Kim", ""]
    found = find_campaigns(texts, people=people)
    row = found.campaigns.loc[0]
    assert (row.sureness, row.submissions, row.texts) == ("certain", 4, 2)
    assert (row.people, row.unsigned) == (2, 1)
    assert row.template.casefold() == LETTER.casefold()
    assert found.of["copy"].tolist().count(True) == 3
    assert (found.submissions, found.texts, found.people) == (8, 6, 3)
    alone = find_campaigns(texts)
    assert np.isnan(alone.campaigns["people"][0])
    assert alone.people is None


def test_two_alike_or_short_ones_are_no_campaign():
    assert find_campaigns(answers_of(LETTER, LETTER)).campaigns.empty
    short = find_campaigns(answers_of(*["I agree with all of it"] * 40))
    assert short.campaigns.empty
    assert short.of.empty
    assert (short.submissions, short.texts) == (44, 5)


def test_what_only_the_looser_rule_finds_is_told_beside_and_never_added():
    words = LETTER.split()
    random = np.random.default_rng(3)
    swapped = []
    for _ in range(3):
        own = list(words)
        for at in random.permutation(len(words))[: round(0.3 * len(words))]:
            own[at] = f"word{random.integers(1e6)}"
        swapped.append(" ".join(own))
    found = find_campaigns(answers_of(LETTER, LETTER, LETTER, *swapped))
    row = found.campaigns.loc[0]
    assert (row.submissions, row.please_look) == (3, 3)
    assert found.of.loc[[3, 4, 5], "sureness"].tolist() == ["please look"] * 3
    alone = find_campaigns(answers_of(*swapped))
    assert alone.campaigns["sureness"].tolist() == ["please look"]


def test_what_people_added_is_kept_with_its_place_in_the_answer():
    own = "My mother was burgled there twice, and nobody came."
    texts = answers_of(LETTER, LETTER, f"{LETTER} {own} Thank you.", f"{own} {LETTER}")
    found = find_campaigns(texts)
    added = found.added.set_index("answer")["text"]
    assert added.to_dict() == {2: f"{own} Thank you.", 3: own}
    for row in found.added.itertuples():
        assert texts[row.answer][row.start : row.end] == row.text


@given(st.text("ab c.", max_size=40), st.text("ab c.", max_size=40))
def test_additions_are_stretches_of_the_answer_in_order(template, text):
    spans = added_to(template, text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    same = SequenceMatcher(None, words_of(template), words_of(text)).ratio() == 1
    assert not (same and spans)


def test_a_swapped_word_is_no_addition():
    swapped = LETTER.replace("front", "only").replace("drive", "walk so far")
    assert added_to(LETTER, swapped) == []


def test_the_template_is_what_the_others_go_back_to():
    texts = pd.Series(
        {
            "own": f"{LETTER} And I would add that the desk helped my son last year.",
            "half": " ".join(LETTER.split()[:14]),
            "whole": LETTER,
            "greeting": f"Dear Sir or Madam, {LETTER} Yours, somebody in the borough",
        }
    )
    assert template_of(texts) == "whole"


def test_it_says_what_it_cannot_find():
    found = find_campaigns(answers_of(LETTER))
    assert "in words of their own is not found" in found.cautions[0]


def test_progress_is_told():
    told = []
    find_campaigns(answers_of(LETTER), progress=lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_thresholds_and_people_that_cannot_be_are_refused():
    texts = answers_of(LETTER)
    with pytest.raises(MethodError, match="certain is a share"):
        find_campaigns(texts, certain=0)
    with pytest.raises(MethodError, match="please_look is a share"):
        find_campaigns(texts, please_look=1.2)
    with pytest.raises(MethodError, match="under the id"):
        find_campaigns(texts, people=pd.Series({0: "Pat"}))


@needs_real_answers
def test_edited_copies_are_found_among_real_contributions():
    made = made_campaigns(german_set()[0].tolist(), templates=20, copies=4)
    flagged = pd.Series(made.index.isin(find_campaigns(made["text"]).of.index))
    found = flagged.groupby(made["grade"]).mean()
    assert (found[[each for each in GRADES if each != "30% swapped"]] >= 0.99).all()
    assert found["30% swapped"] >= 0.95
    assert (made["template"] >= 0)[flagged].mean() >= 0.93
