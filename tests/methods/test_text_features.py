"""Answers as numbers: words, parts of words and their weights."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_answers import made_answers
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from saferplan.errors import MethodError
from saferplan.methods.text_features import (
    check_texts,
    part_counts,
    weighed,
    word_counts,
    words_of,
)


@pytest.mark.published("draft-themes")
def test_weights_are_those_printed_in_scikit_learns_guide():
    # Section "Tf-idf term weighting", three words in six texts, smoothed. It takes the
    # counts as they are, and here 1 + log(count) has to come to them.
    counts = np.array(
        [[3, 0, 1], [2, 0, 0], [3, 0, 0], [4, 0, 0], [3, 2, 0], [3, 0, 2]], dtype=float
    )
    found = weighed(csr_array(np.where(counts, np.exp(counts - 1), 0))).toarray()
    assert found[0].round(8).tolist() == [0.85151335, 0, 0.52433293]
    assert found[4].round(8).tolist() == [0.55422893, 0.83236428, 0]
    assert found[5].round(8).tolist() == [0.63035731, 0, 0.77630514]


@pytest.mark.second_road("draft-themes", "theme-suggestions")
def test_weights_are_those_of_scikit_learn():
    counts, _ = word_counts(made_answers()[0], longest=2)
    theirs = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    assert weighed(counts).toarray() == pytest.approx(theirs.toarray(), abs=1e-12)


@pytest.mark.second_road("theme-suggestions")
def test_parts_of_words_are_those_found_text_by_text():
    texts = made_answers(30)[0]
    plain = texts.map(lambda text: " ".join(words_of(text)))
    theirs = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2)
    counted = theirs.fit_transform(plain)
    found, names = part_counts(texts)
    assert names.tolist() == theirs.get_feature_names_out().tolist()
    assert (found.toarray() == counted.toarray()).all()


def test_a_text_without_known_words_stays_nought():
    counts, names = word_counts(pd.Series(["open late", "open now", "zzz"]))
    assert names.tolist() == ["open"]
    assert weighed(counts).toarray().ravel().tolist() == [1, 1, 0]


@given(st.permutations(range(12)))
def test_the_order_of_the_rows_makes_no_difference(order):
    texts = made_answers(12)[0]
    pd.testing.assert_series_equal(check_texts(texts.iloc[order]), check_texts(texts))


def test_words_of_any_alphabet_are_words():
    assert words_of("Größere Straßen, 3x!") == ["grössere", "strassen", "3x"]


@pytest.mark.parametrize(
    ("texts", "helps"),
    [
        (pd.Series([], dtype=object), "no answers"),
        (pd.Series(["a", "b"], index=[7, 7]), "7 comes more than once"),
        (pd.Series(["a", None], index=["x", "y"], dtype=object), "y is not text"),
    ],
)
def test_answers_that_cannot_be_read_are_refused(texts, helps):
    with pytest.raises(MethodError, match=helps):
        check_texts(texts)


def test_answers_without_a_word_are_refused():
    with pytest.raises(MethodError, match="right column"):
        word_counts(pd.Series(["!", "..."]))


def test_what_brings_threads_is_held_to_one_in_a_fresh_process():
    # In this process it is long there; a fresh one meets it first within one_thread.
    code = (
        "from saferplan.methods.text_features import one_thread\n"
        "from threadpoolctl import threadpool_info\n"
        "with one_thread():\n"
        "    import sklearn.linear_model\n"
        "    import scipy.linalg\n"
        "    pools = threadpool_info()\n"
        "print(len(pools) > 1, {pool['num_threads'] for pool in pools})\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "True {1}"
