"""Of each column of an export, the question that it seems to answer, and why."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from saferplan.consultations.gathered import Gathered
from saferplan.consultations.gathered import Question as Column
from saferplan.web.consultations.models import Question, SurveyFile

ALIKE = 0.85  # how much of two questions' words must agree to be taken for one


@dataclass(frozen=True)
class Placed:
    """
    One column of the export, and the question that its cells seem to answer.

    key      of the question; "" if it is left out
    because  why it was taken for that
    answers  how many rows have something in it
    """

    column: Column
    key: str
    because: str
    answers: int


def placed_in(file: SurveyFile, made: Gathered) -> list[Placed]:
    """Return what each column is taken for: as somebody said, or as it seems."""
    questions = list(file.consultation.questions.all())
    told = Counter(name for each in made.answers for name in each.said)
    taken: set[str] = set()
    placed = []
    for column in made.questions:
        key, because = seems(column, questions, taken)
        taken.add(key)
        said = file.columns.get(column.name)
        if said is not None and said != key:
            key, because = said, "as you said"
        placed.append(Placed(column, key, because, told[column.name]))
    return placed


def seems(
    column: Column, questions: list[Question], taken: set[str]
) -> tuple[str, str]:
    """The question that a column answers by its heading, and why it is taken so."""
    name = plain(column.name)
    for each in questions:
        if each.key not in taken and plain(each.text) in (plain(column.text), name):
            return each.key, "its heading is the question, word for word"
    for each in questions:
        if each.key not in taken and plain(each.key) == name:
            return each.key, "its heading is what the question is called in exports"
    alike = [
        (SequenceMatcher(None, plain(each.text), plain(column.text)).ratio(), each)
        for each in questions
        if each.key not in taken
    ]
    likeness, nearest = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    if nearest is not None and likeness >= ALIKE:
        return nearest.key, f"its heading is {likeness:.0%} like the question"
    if column.kind == "about":
        return "", column.because
    return "", "no question of this consultation is worded like it"


def plain(words: str) -> str:
    """
    >>> plain(" 1.  What should change? ")
    'what should change'
    """
    without_number = re.sub(r"^\s*(?:q\s*)?\d+\s*[.):]\s*", "", words.lower())
    return " ".join(re.findall(r"[^\W_]+", without_number))
