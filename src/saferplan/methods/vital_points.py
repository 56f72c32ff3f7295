"""
Answers that must be read though only one person says it, found by words one can see.

Statistics miss what is rare. So words are looked for, and each find says which word
told it: a person reads the answer and decides, and the word decides nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.text_features import check_texts

AROUND = 60  # characters on either side, so that a reader sees what is meant


@dataclass(frozen=True)
class VitalPoints:
    """
    found     a row per word found: `answer`, `kind`, `word` (as it stands in the list),
              `start`, `end` (characters of the answer), `passage` (the words round it)
    kinds     a row per kind of point: `kind`, `answers` with a word of it, `share`
    to_read   the ids of answers with any, those with most kinds first
    cautions  in words
    """

    found: pd.DataFrame
    kinds: pd.DataFrame
    to_read: tuple[object, ...]
    cautions: tuple[str, ...]


def vital(texts: pd.Series, words: Mapping[str, Sequence[str]]) -> VitalPoints:
    """
    Return the answers that have a word of a list, with the word and where it stands.

    texts  text under the answer's id; the order of the rows makes no difference
    words  for each kind of point the words to look for, without regard to case. One
           that ends in * finds longer words too; between two words any space will do,
           and either kind of apostrophe. What begins with - is an expression in which
           such a word means another thing: "-pitch black" keeps "black" from being
           found there, and nowhere else

    Raises MethodError if there is no word to look for.

    A find is no judgement: "nobody was attacked" has a word of danger in it. An answer
    without a find may be vital all the same; this is one look besides reading, and not
    instead of it. The share is how much there is to read, and no count of a theme.

    Source: words as given; those that come with Saferplan are in definitions, with the
    law that makes each kind one to read.

    >>> answers = pd.Series({7: "My son was stabbed here.", 8: "More bins, please."})
    >>> vital(answers, {"safety": ["stab*"]}).found[["answer", "word"]].values.tolist()
    [[7, 'stab*']]
    """
    ordered = check_texts(texts)
    if not words or not all(map(finds_something, words.values())):
        raise MethodError("There is no word to look for. Give some for every kind.")
    patterns = {kind: as_pattern(listed) for kind, listed in words.items()}
    rows = [
        {
            "answer": answer,
            "kind": kind,
            "word": words[kind][at],
            "start": start,
            "end": end,
            "passage": passage(text, start, end),
        }
        for answer, text in ordered.items()
        for kind, pattern in patterns.items()
        for at, start, end in finds(pattern, text)
    ]
    columns = ["answer", "kind", "word", "start", "end", "passage"]
    found = pd.DataFrame(rows, columns=columns)
    by_kind = found.groupby("kind")["answer"].nunique().reindex(list(words)).fillna(0)
    kinds = pd.DataFrame({"kind": list(words), "answers": by_kind.to_numpy(dtype=int)})
    kinds["share"] = kinds["answers"] / len(ordered)
    many = found.groupby("answer", sort=False)["kind"].nunique()
    return VitalPoints(
        found=found,
        kinds=kinds,
        to_read=tuple(many.sort_values(ascending=False, kind="stable").index),
        cautions=(
            "A word found is no judgement: read the answer.",
            "An answer without any of the words may be as vital.",
        ),
    )


def finds_something(listed: Sequence[str]) -> bool:
    bare = [each.removeprefix("-").strip() for each in listed]
    return all(bare) and any(not each.startswith("-") for each in listed)


def as_pattern(listed: Sequence[str]) -> re.Pattern[str]:
    """
    One pattern of all words, the longest first, each in a group of its own.

    Expressions that mean another thing have none, and come first: what they take up is
    not looked at again.
    """
    order = sorted(
        range(len(listed)),
        key=lambda at: (not listed[at].startswith("-"), -len(listed[at]), at),
    )
    parts = "|".join(
        one_word(listed[at].removeprefix("-"))
        if listed[at].startswith("-")
        else f"(?P<w{at}>{one_word(listed[at])})"
        for at in order
    )
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)", re.IGNORECASE)


def one_word(listed: str) -> str:
    plain = re.escape(listed.strip()).replace(r"\*", r"\w*")
    return plain.replace(r"\ ", r"\s+").replace("'", "['’]")


def finds(pattern: re.Pattern[str], text: str) -> list[tuple[int, int, int]]:
    """Which word of the list, and from where to where, for each that is there."""
    return [
        (int(match.lastgroup[1:]), match.start(), match.end())
        for match in pattern.finditer(text)
        if match.lastgroup
    ]


def passage(text: str, start: int, end: int) -> str:
    """The words round a find, whole ones, with dots where the answer goes on."""
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    before, after = text[first:start], text[end:last]
    if first:
        before = re.sub(r"^\S+\s", "", before)
    if last < len(text):
        after = re.sub(r"\s\S+$", "", after)
    told = " ".join(f"{before}{text[start:end]}{after}".split())
    return f"{'… ' if first else ''}{told}{' …' if last < len(text) else ''}"
