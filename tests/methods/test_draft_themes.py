"""A first look at what answers are about."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_answers import made_answers
from methods.consultation_sets import needs_real_answers, synthetic_set
from scipy.sparse import csr_array
from sklearn.metrics import homogeneity_score, normalized_mutual_info_score

from saferplan.errors import MethodError
from saferplan.methods.draft_themes import STATUS, as_points, draft_themes, telling
from saferplan.methods.text_features import weighed, word_counts


def test_like_answers_come_together_with_their_words_and_answers_to_read():
    texts, truth = made_answers(two=0)
    found = draft_themes(texts, themes=12)  # three ways to say each of four things
    names = truth.idxmax(axis=1)
    assert homogeneity_score(names, found.of) > 0.8
    for row in found.themes.itertuples():
        inside = names[found.of == row.theme].value_counts()
        assert len(row.exemplars) == 5
        assert (names.loc[list(row.exemplars)] == inside.index[0]).all()
        assert row.answers == inside.sum()
        assert (row.label, row.status) == ("", STATUS)
    assert any("burglary" in words for words in found.themes["words"])


def test_the_number_of_themes_is_what_sets_them_apart_best():
    texts, _ = made_answers(two=0)
    found = draft_themes(texts)
    best = found.tried.loc[found.tried["silhouette"].idxmax(), "themes"]
    assert len(found.themes) == best
    assert list(found.tried["themes"][:3]) == [4, 6, 8]


def test_nobody_is_set_aside():
    texts, _ = made_answers(40)
    texts["odd"] = "Xylophone!"
    texts["empty"] = "..."
    found = draft_themes(texts, themes=3)
    assert found.of.notna().all()
    assert found.of[["odd", "empty"]].tolist() == [0, 0]
    last = found.themes.iloc[-1]
    assert (last.theme, last.answers, last.words) == (0, 2, ())
    assert "Read each" in last.caution
    assert found.themes["answers"].sum() == 42


def test_copies_go_where_their_text_goes_and_do_not_draw_the_groups():
    texts, _ = made_answers(60)
    copy = pd.Series(texts.iloc[7].upper(), index=[f"copy {n}" for n in range(300)])
    once = draft_themes(texts, themes=4, seed=3)
    often = draft_themes(pd.concat([texts, copy]), themes=4, seed=3)
    together = pd.crosstab(once.of, often.of.loc[once.of.index])
    assert ((together > 0).sum() == 1).all()
    assert often.themes["answers"].iloc[0] > 300
    assert (often.of.loc[copy.index] == often.of[texts.index[7]]).all()


@pytest.mark.property_of("draft-themes")
@settings(max_examples=4, deadline=None)
@given(st.permutations(range(60)))
def test_same_answers_same_seed_same_themes_in_any_order(order):
    texts, _ = made_answers(60)
    once = draft_themes(texts, seed=2)
    again = draft_themes(texts.iloc[order], seed=2)
    pd.testing.assert_series_equal(once.of, again.of.loc[once.of.index])
    pd.testing.assert_frame_equal(once.themes, again.themes)
    pd.testing.assert_frame_equal(once.tried, again.tried)


@pytest.mark.second_road("draft-themes")
def test_telling_words_are_those_of_the_formula_word_by_word():
    texts, truth = made_answers(50, two=0)
    counts, names = word_counts(texts)
    inside = truth["Burglary"].to_numpy()
    has = counts.toarray() > 0
    scores = {}
    alpha = has.sum(axis=0) + 0.01  # the prior: each word as often as in all
    for at, name in enumerate(names):
        y, z = has[inside, at].sum() + alpha[at], has[~inside, at].sum() + alpha[at]
        n, m = has[inside].sum() + alpha.sum(), has[~inside].sum() + alpha.sum()
        odds = np.log(y / (n - y)) - np.log(z / (m - z))
        scores[name] = odds / np.sqrt(1 / y + 1 / z)
    best = sorted(scores, key=lambda name: -scores[name])[:5]
    assert list(telling(csr_array(counts), names, inside))[:5] == best


@pytest.mark.second_road("draft-themes")
def test_points_lie_as_near_as_the_answers_where_no_dimension_is_lost():
    # With as many dimensions as there are, cosines are those of the words themselves.
    features = weighed(word_counts(made_answers(30)[0])[0])
    points = as_points(features, seed=1)
    cosines = (features @ features.T).toarray()
    assert points @ points.T == pytest.approx(cosines, abs=0.02)


def test_progress_is_told():
    told = []
    draft_themes(made_answers(60)[0], progress=lambda *done: told.append(done))
    assert told[0] == (1, len(told))
    assert told[-1] == (len(told), len(told))


@pytest.mark.parametrize(
    ("answers", "themes", "helps"),
    [(19, None, "too few to group"), (40, 1, "2 to"), (40, 21, "2 to")],
)
def test_too_few_answers_and_too_many_themes_are_refused(answers, themes, helps):
    with pytest.raises(MethodError, match=helps):
        draft_themes(made_answers(answers)[0], themes=themes)


@needs_real_answers
def test_the_themes_of_a_thousand_answers_are_found_as_well_as_measured_before():
    texts, truth = synthetic_set()
    one = truth.sum(axis=1) == 1
    found = draft_themes(texts)
    assert 10 <= len(found.themes) <= 14  # people had found twelve
    agreed = normalized_mutual_info_score(truth[one].idxmax(axis=1), found.of[one])
    assert agreed > 0.85
