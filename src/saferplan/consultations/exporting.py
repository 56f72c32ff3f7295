"""
Everything that was gathered, as tables to take away: answers, questions, what was left.

The tables are the same in every format: reports/table_files.py writes them as ODS, XLSX
and Word, and this module as CSV and JSON. Who somebody is stays out unless it is asked
for, and words that a spreadsheet would run are made inert.
"""

import csv
import io
import json
from dataclasses import dataclass, replace

from saferplan.consultations.gathered import Answers, Gathered, Question, Said
from saferplan.consultations.redaction import redact, suggest_redactions
from saferplan.spreadsheet import inert

BETWEEN = "; "  # options ticked, in one cell


@dataclass(frozen=True)
class Table:
    """A table with a name that no other has; every cell is words."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def without_identifiers(made: Gathered) -> Gathered:
    """
    The same with what may identify somebody taken out of their own words.

    Suggestions only: a person must still read before it is published.
    """
    opened = {each.name for each in made.of_kind("open")}
    return replace(
        made,
        answers=tuple(
            replace(
                each,
                said={
                    name: clean(said) if name in opened else said
                    for name, said in each.said.items()
                },
            )
            for each in made.answers
        ),
    )


def clean(said: Said) -> Said:
    if isinstance(said, tuple):
        return said
    return redact(said, suggest_redactions(said)).text


def tables(made: Gathered, *, about: bool = False) -> tuple[Table, ...]:
    """
    Return answers, questions and rows not taken in, as tables.

    about  with the columns that say who somebody is. Rows not taken in may hold
           anything, so their cells are given only with these
    """
    shown = [each for each in made.questions if about or each.kind != "about"]
    return (
        Table(
            "answers",
            "Answers, a row for each respondent",
            ("Respondent", *(each.name for each in shown)),
            tuple(answer_row(each, shown, about, at) for at, each in numbered(made)),
        ),
        Table(
            "questions",
            "Questions, and what each was taken for",
            ("Name", "Question", "Kind", "Options", "Why it is taken for this kind"),
            tuple(
                (q.name, q.text, q.kind, BETWEEN.join(q.options), q.because)
                for q in shown
            ),
        ),
        Table(
            "not_taken_in",
            "Rows that were not taken in, and why",
            ("Row", "Why", "Cells"),
            tuple(
                (str(each.line), each.why, BETWEEN.join(each.cells) if about else "")
                for each in made.quarantined
            ),
        ),
    )


def numbered(made: Gathered) -> list[tuple[int, Answers]]:
    return list(enumerate(made.answers, start=1))


def answer_row(
    answers: Answers, shown: list[Question], about: bool, at: int
) -> tuple[str, ...]:
    # The other system's reference leads back to a person: a number of ours does not.
    who = answers.respondent if about else str(at)
    return (who, *(as_words(answers.said.get(each.name, "")) for each in shown))


def as_words(said: Said) -> str:
    return BETWEEN.join(said) if isinstance(said, tuple) else said


def to_csv(table: Table) -> bytes:
    """A table as CSV, safe to open in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (table.headings, *table.rows):
        writer.writerow([inert(cell) for cell in row])
    # The mark at the start tells spreadsheets that it is UTF-8.
    return text.getvalue().encode("utf-8-sig")


def to_json(made: Gathered, *, about: bool = False) -> str:
    """The whole record, exactly as it was read; the same record gives the same text."""
    shown = [each for each in made.questions if about or each.kind != "about"]
    names = {each.name for each in shown}
    return json.dumps(
        {
            "name": made.name,
            "read": made.read,
            "questions": [
                {
                    "name": each.name,
                    "text": each.text,
                    "kind": each.kind,
                    "options": list(each.options),
                    "because": each.because,
                }
                for each in shown
            ],
            "answers": [
                {
                    "respondent": each.respondent if about else str(at),
                    "said": {
                        name: list(said) if isinstance(said, tuple) else said
                        for name, said in each.said.items()
                        if name in names
                    },
                }
                for at, each in numbered(made)
            ],
            "not_taken_in": [
                {
                    "line": each.line,
                    "why": each.why,
                    "cells": list(each.cells) if about else [],
                }
                for each in made.quarantined
            ],
            "cautions": list(made.cautions),
        },
        indent=2,
        ensure_ascii=False,
    )
