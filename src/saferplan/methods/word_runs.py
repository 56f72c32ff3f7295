"""Runs of words as numbers: which of so many words each text has, and how often."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """
    Texts as one row of words, each a number.

    word   the number of each word, text after text
    text   which text each belongs to
    texts  how many texts there are
    """

    word: Whole
    text: Whole
    texts: int


def as_words(texts: Sequence[Sequence[str]]) -> Words:
    """Number the words by the alphabet."""
    number = {each: at for at, each in enumerate(sorted({w for t in texts for w in t}))}
    return Words(
        word=np.array([number[w] for t in texts for w in t], dtype=np.int64),
        text=np.repeat(np.arange(len(texts)), [len(each) for each in texts]),
        texts=len(texts),
    )


def runs_of(words: Words, length: int) -> tuple[Whole, Whole]:
    """
    Return a number for each run of `length` words, and the text it is in.

    Equal runs have equal numbers. A text of fewer words has none.

    >>> rose = "a rose is a rose is a rose".split()
    >>> run, text = runs_of(as_words([rose]), 4)
    >>> len(run), len(set(run.tolist()))
    (5, 3)
    """
    run = words.word
    many = int(words.word.max(initial=0)) + 1
    for step in range(1, length):
        # The run so far and the word after it, numbered anew from nought, so that the
        # numbers stay small however long the run.
        longer = run[: len(words.word) - step] * many + words.word[step:]
        run = np.unique(longer, return_inverse=True)[1].astype(np.int64)
    whole = words.text[: len(run)] == words.text[len(words.text) - len(run) :]
    return run[whole], words.text[: len(run)][whole]


def run_table(words: Words, *lengths: int) -> "csr_array":
    """How often each run of these lengths comes in each text: a row per text."""
    from scipy.sparse import csr_array, hstack

    tables = []
    for length in lengths:
        run, text = runs_of(words, length)
        size = int(run.max(initial=0)) + 1
        table = csr_array((np.ones(len(run)), (text, run)), shape=(words.texts, size))
        table.sum_duplicates()
        tables.append(table)
    return csr_array(hstack(tables, format="csr"))
