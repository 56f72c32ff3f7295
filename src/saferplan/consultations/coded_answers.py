"""
Answers to one open question from a table, with what people coded and who sent them.

A row that cannot be taken in is kept word for word with the reason: what was read is
what was kept and what was quarantined.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from saferplan.consultations.export_tables import Rows, rows_of
from saferplan.errors import ConsultationError

BETWEEN = ";"  # two themes of one answer
NO_THEME = "none"


@dataclass(frozen=True)
class Quarantined:
    """A row that was refused: its number in the table, the reason, and its cells."""

    row: int
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CodedAnswers:
    """
    texts        what each said, under the number of its row (the first under the
                 headings is 1)
    people       who sent it; empty where not known; None if there is no such column
    codes        row -> themes that a person chose; none chosen is an answer too
    quarantined  rows that were refused
    """

    texts: pd.Series
    people: pd.Series | None
    codes: dict[int, tuple[str, ...]]
    quarantined: tuple[Quarantined, ...]

    @property
    def read(self) -> int:
        return len(self.texts) + len(self.quarantined)


def read_answers(
    path: Path, *, text: str, coded: str = "", respondent: str = ""
) -> CodedAnswers:
    """
    Return the answers in a CSV file or a workbook.

    text        the column with the answers
    coded       the column with the themes a person chose, `;` between two; `none` where
                somebody read it and found no theme; empty where nobody has read it
    respondent  the column that tells who sent it

    Raises ConsultationError if a column is missing or no row can be taken in.
    """
    rows = rows_of(path)
    headings, body = rows[0], rows[1:]
    places = {
        name: place_of(name, headings, path) for name in (text, coded, respondent)
    }
    kept: dict[int, list[str]] = {}
    quarantined = []
    for number, cells in enumerate(body, start=1):
        reason = wrong_with(cells, len(headings), places[text])
        if reason:
            quarantined.append(Quarantined(number, reason, tuple(cells)))
        else:
            kept[number] = cells
    if not kept:
        raise ConsultationError(
            f"{path.name} has no answer in the column {text}. Is it the right column?"
        )

    def column(name: str) -> pd.Series:
        told = [cells[places[name]] for cells in kept.values()]
        return pd.Series(told, index=list(kept), dtype=object)

    return CodedAnswers(
        texts=column(text),
        people=column(respondent) if respondent else None,
        codes=dict(codes_in(column(coded))) if coded else {},
        quarantined=tuple(quarantined),
    )


def place_of(name: str, headings: list[str], path: Path) -> int:
    if name and headings.count(name) != 1:
        many = "more than one column" if name in headings else "no column"
        raise ConsultationError(
            f"{path.name} has {many} {name}. It has: {', '.join(headings)}."
        )
    return headings.index(name) if name else -1


def wrong_with(cells: list[str], columns: int, text: int) -> str:
    """Why a row cannot be taken in; empty if it can."""
    if not any(cells):
        return "The row is empty."
    if len(cells) != columns:
        return f"It has {len(cells)} cells, and the headings {columns}."
    if not cells[text]:
        return "It has no answer to this question."
    return ""


def codes_in(column: pd.Series) -> Iterator[tuple[int, tuple[str, ...]]]:
    for row, told in column.items():
        themes = tuple(each.strip() for each in told.split(BETWEEN) if each.strip())
        if themes:
            found = themes if themes != (NO_THEME,) else ()
            yield int(str(row)), tuple(dict.fromkeys(found))


def rows_to_code(answers: CodedAnswers, drawn: list[int]) -> Rows:
    """A table to code by hand: the row, what it says, and an empty column `themes`."""
    return [
        ["row", "answer", "themes"],
        *([str(row), answers.texts[row], ""] for row in drawn),
    ]
