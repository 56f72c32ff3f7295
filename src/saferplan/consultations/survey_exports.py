"""
Read what other systems export: Citizen Space, LimeSurvey, Qualtrics, and tables alike.

What a column is, is guessed from what people wrote in it, told with its reason, and can
be said otherwise. Nothing is thrown away: a row that cannot be taken in is quarantined.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from saferplan.consultations.export_headings import Column, Headings, headings_of
from saferplan.consultations.export_tables import Rows, rows_in, rows_of
from saferplan.consultations.gathered import (
    KINDS,
    Answers,
    Gathered,
    Kind,
    Question,
    Refused,
    Said,
)
from saferplan.errors import ConsultationError
from saferplan.plurals import plural

TICKED = frozenset(
    {"y", "yes", "x", "1", "true", "ticked", "checked", "selected", "on", "✓", "✔"}
)
UNTICKED = frozenset({"", "n", "no", "0", "false", "not selected", "unchecked", "off"})
RESPONDENT = re.compile(
    r"^(?:response|respondent|submission|answer)?\s*_?-?\s*(?:id|no|number|reference)$|"
    r"^responseid$|^id\. response id$|^response id\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:your\s+(?:full\s+)?name|e-?mail|telephone|phone|ip\s*address|start\s*date|"
    r"end\s*date|date\s+(?:submitted|started|last)|submitdate|startdate|datestamp|"
    r"recorded\s*date|user\s*agent|last\s*page|lastpage|seed|duration|latitude|longitude|"
    r"progress|finished|status|start\s*language|user\s*language|distribution|recipient|"
    r"external\s*(?:reference|data)|(?:organisation|company)(?:'s)?\s+name|response\s*id|respondent\s*id|postcode|address)\b",
    re.IGNORECASE,
)
OPINION = re.compile(r"\b(?:how|why|should|agree|think|view|would)\b", re.IGNORECASE)
WORDS_ASKED_FOR = re.compile(
    r"\b(?:why|explain|comments?|tell\s+us|describe|in\s+your\s+own\s+words|anything\s+"
    r"else|reasons?\s+for)\b",
    re.IGNORECASE,
)
RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z])")
MOST_UNIQUE = 0.2  # of the answers to a closed question, as in Consult's own checks
MOST_OPTIONS = 12
MANY = 20  # answers, of which no two are the same word by chance
LONG_ANSWER = 6  # words, on average: longer is people's own words
NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?%?$")


def read_export(
    path: Path,
    *,
    kinds: Mapping[str, Kind] | None = None,
    header_rows: int | None = None,
    respondent: str | None = None,
) -> Gathered:
    """
    Return the questions and answers of a survey's export, CSV or XLSX.

    kinds        what a column is, by its name, where the guess is wrong
    header_rows  how many rows the headings take, where the guess is wrong
    respondent   the column that tells respondents apart; rows are numbered without one

    Raises ConsultationError if it cannot be read, or a name in `kinds` is no column.
    """
    return gathered(
        rows_of(path),
        path.name,
        kinds=kinds,
        header_rows=header_rows,
        respondent=respondent,
    )


def export_of(content: bytes, name: str, **options: Any) -> Gathered:
    """The same from the bytes of an upload; `options` as for read_export."""
    return gathered(rows_in(content, name), name, **options)


def gathered(
    rows: Rows,
    name: str,
    *,
    kinds: Mapping[str, Kind] | None = None,
    header_rows: int | None = None,
    respondent: str | None = None,
) -> Gathered:
    head = headings_of(rows, header_rows=header_rows)
    body = list(enumerate(rows[head.rows :], start=head.rows + 1))
    who = respondent_column(head, respondent, name)
    kept, refused = sorted_out(body, len(head.columns), who)
    groups = grouped(head, kept)
    questions = [
        question_of(names, columns, [cells for _line, cells in kept])
        for names, columns in groups.items()
    ]
    questions = told_otherwise(questions, kinds or {}, name)
    answers = tuple(
        Answers(
            cells[who] if who is not None else str(at),
            line,
            said_by(cells, groups, questions),
        )
        for at, (line, cells) in enumerate(kept, start=1)
    )
    made = Gathered(name, tuple(questions), answers, tuple(refused))
    return replace(made, cautions=(f"Headings: {head.because}.", *cautions(made)))


def respondent_column(head: Headings, named: str | None, name: str) -> int | None:
    if named is not None:
        for column in head.columns:
            if named in (column.name, column.text):
                return column.at
        raise ConsultationError(f"{name} has no column {named!r} to tell people apart.")
    for column in head.columns:
        if RESPONDENT.match(column.name) or RESPONDENT.match(column.text):
            return column.at
    return None


Lines = list[tuple[int, list[str]]]


def sorted_out(body: Lines, width: int, who: int | None) -> tuple[Lines, list[Refused]]:
    """Rows that can be taken in, and those that cannot with the reason."""
    kept: Lines = []
    refused: list[Refused] = []
    seen: set[str] = set()
    for line, row in body:
        cells = row + [""] * (width - len(row))
        why = wrong_with(cells, width)
        if not why and who is not None:
            why = wrong_respondent(cells, who, seen)
            seen.add(cells[who])
        if why:
            refused.append(Refused(line, why, tuple(row)))
        else:
            kept.append((line, cells[:width]))
    return kept, refused


def wrong_with(cells: list[str], width: int) -> str:
    if not any(cells):
        return "It is empty."
    if any(cells[width:]):
        return f"It has more cells than the {width} columns: a quote may be missing."
    return ""


def wrong_respondent(cells: list[str], who: int, seen: set[str]) -> str:
    if not cells[who]:
        return "It does not say which respondent it is of."
    if cells[who] in seen:
        return f"Respondent {cells[who]} came before: whose answer counts?"
    if not any(cell for at, cell in enumerate(cells) if at != who):
        return "It has no answer in it."
    return ""


Groups = dict[str, list[Column]]


def grouped(head: Headings, kept: Lines) -> Groups:
    """Columns by question: those of one question that hold ticks are one."""
    by_group: Groups = {}
    for column in head.columns:
        by_group.setdefault(column.group or f"\0{column.at}", []).append(column)
    groups: Groups = {}
    for columns in by_group.values():
        if len(columns) > 1 and all(holds_ticks(each, kept) for each in columns):
            groups[columns[0].group] = columns
        else:
            groups |= {each.name: [each] for each in columns}
    return groups


def holds_ticks(column: Column, kept: Lines) -> bool:
    seen = {cells[column.at].casefold() for _line, cells in kept}
    return seen <= TICKED | UNTICKED | {column.option.casefold()}


def question_of(name: str, columns: list[Column], rows: Rows) -> Question:
    if len(columns) > 1:
        options = tuple(each.option for each in columns)
        return Question(
            name, columns[0].text, "ticks", options, f"{len(options)} columns of ticks"
        )
    [column] = columns
    text = f"{column.text}: {column.option}" if column.option else column.text
    told = [cells[column.at] for cells in rows if cells[column.at]]
    same = column.text == column.name
    heading = column.name if same else f"{column.name} {column.text}"
    kind, because = kind_of(heading, told)
    options = tuple(sorted(set(told))) if kind == "closed" else ()
    return Question(name, text, kind, options, because)


def kind_of(heading: str, told: list[str]) -> tuple[Kind, str]:
    """
    What a column is, by its heading and what people wrote in it, and why.

    >>> kind_of("Do you agree?", ["Yes", "No", "Yes", "Yes", "No", "Yes"])
    ('closed', '2 different answers of 6')
    """
    spaced = RUN_TOGETHER.sub(" ", heading)
    told_of = ABOUT.search(heading) or ABOUT.search(spaced)
    if (told_of and not OPINION.search(heading)) or RESPONDENT.match(heading):
        return "about", "its heading says who somebody is, or when they answered"
    if not told:
        return "open", "nobody answered it"
    different = len({each.casefold() for each in told})
    length = sum(len(each.split()) for each in told) / len(told)
    share = different / len(told)
    if are_references(told):
        return "about", "one word each, and no two the same: a reference or an address"
    if WORDS_ASKED_FOR.search(heading) and (share > MOST_UNIQUE or length > 4):
        return "open", "it asks for people's own words"
    if length > LONG_ANSWER and (share > MOST_UNIQUE or different > MOST_OPTIONS):
        return "open", f"answers of {length:.0f} words on average"
    if all(map(NUMBER.match, told)) and different > MOST_OPTIONS:
        return "number", "every answer is a number"
    few = different <= MOST_OPTIONS and (share <= 0.5 or length <= 4)
    kind: Kind = "closed" if few or share <= MOST_UNIQUE else "open"
    return kind, f"{plural(different, 'different answer')} of {len(told)}"


def are_references(told: list[str]) -> bool:
    """Whether each is a word of its own, as an id or an e-mail address is."""
    alone = len(set(told)) == len(told) >= MANY and not any(
        " " in each for each in told
    )
    return alone and not all(map(NUMBER.match, told))


def told_otherwise(
    questions: list[Question], kinds: Mapping[str, Kind], name: str
) -> list[Question]:
    if strays := sorted(kinds.keys() - {each.name for each in questions}):
        raise ConsultationError(
            f"{name} has no question {strays[0]!r}. It has: "
            f"{', '.join(each.name for each in questions)}."
        )
    for named, kind in kinds.items():
        if kind not in KINDS:
            raise ConsultationError(
                f"{named} cannot be {kind!r}: choose one of {', '.join(KINDS)}."
            )
    return [
        replace(each, kind=kinds[each.name], because="as you said")
        if each.name in kinds
        else each
        for each in questions
    ]


def said_by(
    cells: list[str], groups: Groups, questions: list[Question]
) -> dict[str, Said]:
    said: dict[str, Said] = {}
    for question in questions:
        columns = groups[question.name]
        if len(columns) > 1:
            ticked = tuple(
                each.option
                for each in columns
                if cells[each.at].casefold() not in UNTICKED
            )
            if ticked:
                said[question.name] = ticked
        elif cells[columns[0].at]:
            said[question.name] = cells[columns[0].at]
    return said


def cautions(made: Gathered) -> list[str]:
    """What a person should look at, in the spirit of Consult's own checks."""
    words = []
    if made.quarantined:
        words.append(
            f"{len(made.quarantined)} of {made.read} rows were not taken in: see why."
        )
    for each in made.questions:
        told = [a.said[each.name] for a in made.answers if each.name in a.said]
        if not told:
            words.append(f"Nobody answered {each.name}.")
        elif each.kind == "closed" and len(told) >= 20:
            unique = len(set(told)) / len(told)
            if unique > MOST_UNIQUE:
                words.append(
                    f"{each.name} is taken for closed, and {unique:.0%} of its answers "
                    f"differ: is it open?"
                )
        elif each.kind == "open":
            words += open_cautions(each, [str(one) for one in told])
    return words


def open_cautions(question: Question, told: list[str]) -> list[str]:
    words = []
    text, times = Counter(told).most_common(1)[0]
    if times > 2 and len(text.split()) > LONG_ANSWER:
        words.append(f"{times} answers to {question.name} are one and the same text.")
    if any("�" in each or "â€" in each for each in told):
        words.append(
            f"Answers to {question.name} hold broken letters: export in UTF-8 again."
        )
    return words
