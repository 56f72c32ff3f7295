"""The text that a campaign goes back to, and what people added to it themselves."""

from difflib import SequenceMatcher
from typing import Any

import numpy as np
import pandas as pd

from saferplan.methods.text_features import WORD, words_of
from saferplan.methods.word_runs import as_words, run_table

LEAST_ADDED = 4  # words in a row; fewer are a name, a place or a slip


def template_of(texts: pd.Series) -> Any:
    """
    Return the id of the answer that most of a campaign goes back to.

    Every run of three words counts for an answer by the share of the others that have
    it, less half of what the commonest run has: so neither the longest wins, nor the
    one that says least. Of two with the same words, the one that sorts first.
    """
    alike = texts.map(lambda text: " ".join(words_of(text)))
    copies = alike.value_counts()
    different = sorted(copies.index)
    weight = copies.loc[different].to_numpy(dtype=float)
    table = run_table(as_words([each.split() for each in different]), 3).astype(bool)
    having = table.astype(float).T @ weight
    row = np.repeat(np.arange(len(different)), np.diff(table.indptr))
    others = having[table.indices] - weight[row]
    own = weight[row] - 1
    share = (others + own) / max(len(texts) - 1, 1)
    worth = share - share.max(initial=0) / 2
    best = np.bincount(row, worth, minlength=len(different)).argmax()
    same = texts[alike == different[best]]
    return min(same.items(), key=lambda item: (item[1], str(item[0])))[0]


def added_to(template: str, text: str) -> list[tuple[int, int]]:
    """
    Return where a text says more than its template, as characters from and to.

    A stretch counts if it has four words more than what it stands in place of: a word
    swapped here and there is no addition.

    >>> text = "Dear Sir, keep our station open. My mother was burgled twice here."
    >>> [text[a:b] for a, b in added_to("Keep our station open.", text)]
    ['My mother was burgled twice here.']
    """
    words = list(WORD.finditer(text))
    mine = [word.group().casefold() for word in words]
    found = []
    changes = SequenceMatcher(None, words_of(template), mine, autojunk=False)
    for kind, before, until, start, end in changes.get_opcodes():
        if kind in ("insert", "replace") and end - start - (until - before) >= (
            LEAST_ADDED
        ):
            after = words[end].start() if end < len(words) else len(text)
            first = words[start].start()
            found.append((first, first + len(text[first:after].rstrip())))
    return found


def additions(texts: pd.Series, template: str) -> pd.DataFrame:
    """A row per stretch that somebody added: `answer`, `text`, `start`, `end`."""
    rows = [
        {"answer": answer, "text": text[start:end], "start": start, "end": end}
        for answer, text in texts.items()
        for start, end in added_to(template, text)
    ]
    return pd.DataFrame(rows, columns=["answer", "text", "start", "end"])
