"""
Answers as numbers: which words and parts of words each has, weighed by how rare they
are.

Every language with letters is read the same way: there is no list of words to leave
out, and nothing is sent anywhere. scikit-learn is brought in where it is used, because
it takes seconds.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from saferplan.errors import MethodError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WORD = re.compile(r"\w+")


def check_texts(texts: pd.Series) -> pd.Series:
    """
    The answers as text under their ids, in an order that does not depend on the file's.

    Raises MethodError if there are none, if an id comes twice, or if one is no text.
    """
    if len(texts) == 0:
        raise MethodError("There are no answers to read. Give one row per answer.")
    twice = texts.index[texts.index.duplicated()]
    if len(twice):
        raise MethodError(
            f"The answer {twice[0]} comes more than once. Give each its own id."
        )
    if no := [at for at, text in texts.items() if not isinstance(text, str)]:
        raise MethodError(
            f"The answer {no[0]} is not text. Leave out empty rows, and say so."
        )
    order = sorted(range(len(texts)), key=lambda at: (texts.iloc[at], keyed(texts, at)))
    return texts.iloc[order]


def keyed(texts: pd.Series, at: int) -> tuple[str, str]:
    """An id that sorts beside ids of any other kind."""
    name = texts.index[at]
    return type(name).__name__, str(name).zfill(20)


def words_of(text: str) -> list[str]:
    """
    The words of a text in lower case, without marks.

    >>> words_of("Don't close our police station!")
    ['don', 't', 'close', 'our', 'police', 'station']
    """
    return [word.casefold() for word in WORD.findall(text)]


def word_counts(
    texts: pd.Series, *, longest: int = 1, least: int = 2
) -> tuple["csr_array", np.ndarray]:
    """
    How often each run of 1 to `longest` words comes in each text, and the runs.

    least  a run in fewer texts than this tells nothing of others, and is left out
    """
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(analyzer=lambda text: runs(text, longest))
    try:
        counts = counter.fit_transform(texts)
    except ValueError:  # scikit-learn found no word in any
        raise MethodError(
            "No answer has a word in it. Is it the right column?"
        ) from None
    return in_enough(counts, counter.get_feature_names_out(), least)


def runs(text: str, longest: int) -> list[str]:
    words = words_of(text)
    found = list(words)
    for length in range(2, longest + 1):
        found += map(" ".join, zip(*(words[at:] for at in range(length)), strict=False))
    return found


def part_counts(texts: pd.Series, *, least: int = 2) -> tuple["csr_array", np.ndarray]:
    """
    How often each run of 3 to 5 letters comes in each text; no run goes across words.

    Runs are found once in each different word, and then multiplied by how often the
    word comes: the same counts in a tenth of the time.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    words, different = word_counts(texts, least=1)
    parts = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), lowercase=False)
    counts = words @ parts.fit_transform(different)
    return in_enough(counts, parts.get_feature_names_out(), least)


def in_enough(
    counts: Any, names: np.ndarray, least: int
) -> tuple["csr_array", np.ndarray]:
    from scipy.sparse import csr_array

    found = csr_array(counts)
    enough = np.bincount(found.indices, minlength=found.shape[1]) >= least
    return csr_array(found[:, np.flatnonzero(enough)]), names[enough]


def weighed(counts: "csr_array") -> "csr_array":
    """
    Counts as TF-IDF: 1 + log(count), times log((1 + texts) / (1 + with it)) + 1, and
    every text of length one. A text without any of the features stays nought.

    As scikit-learn has it (sublinear_tf), without the seconds of bringing that in.
    """
    from scipy.sparse import csr_array

    texts, features = counts.shape
    having = np.bincount(counts.indices, minlength=features)
    rareness = np.log((1 + texts) / (1 + having)) + 1
    weights = (1 + np.log(counts.data)) * rareness[counts.indices]
    row = np.repeat(np.arange(texts), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(row, weights**2, minlength=texts))
    return csr_array(
        (weights / length[row], counts.indices, counts.indptr), shape=counts.shape
    )


@contextmanager
def one_thread() -> Iterator[None]:
    """
    Sums in one order: several threads would add in another, and the last digits differ.

    Only what is there can be held to one thread, so everything that brings threads with
    it is brought in first; else they would also wait for each other, at thirty times
    the cost.
    """
    import sklearn.cluster
    import sklearn.decomposition
    import sklearn.linear_model
    import sklearn.metrics  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield
