"""
The commitments of a strategy: the lists under "We propose to:" and the like.
"""

import re
from collections.abc import Callable, Iterator

from saferplan.plans.lines import Line
from saferplan.plans.measurable import measurability
from saferplan.plans.plan import Commitment, CommitmentList, Range, TopicList
from saferplan.plans.words import NUMBER, is_bullet, looks_like_heading, without_markup
from saferplan.plans.years import place

PROMISE = re.compile(
    r"\b(?:propos|commit|pledg|undertak|promis|intend|aim|plan)(?:e|es|s|ing|ted)?"
    r" (?:to|that)\b|\b(?:we|it|they|council|partnership|mayor|commissioner) will\W*$",
    re.I,
)


INCLUDES = re.compile(r"^(?:this|these|they|it) includes?\s?:$", re.I)


def find_lists(lines: list[Line]) -> list[CommitmentList]:
    """
    Return each list that a line opens which promises something and ends with a colon.

    It stands under the nearest heading with a number, or under the line itself if that
    has one. A line that goes on without a bullet belongs to the one before it.
    """
    return [
        a_list(number, section, line, entries)
        for number, (section, line, entries) in enumerate(
            opened_by(promises, lines), start=1
        )
    ]


def find_topics(lines: list[Line]) -> list[TopicList]:
    """Return each list under “This includes:”, with the section it stands under."""
    return [
        TopicList(
            section=section,
            opening=without_markup(line.text),
            topics=tuple(words_of(entry) for entry in entries),
            place=(place(line)[0], place(entries[-1][-1])[1]),
        )
        for section, line, entries in opened_by(includes, lines)
    ]


def opened_by(
    opens: Callable[[str], bool], lines: list[Line]
) -> Iterator[tuple[str, Line, list[list[Line]]]]:
    """Each list that such a line opens: its section, that line, and its bullets."""
    section = ""
    for at, line in enumerate(lines):
        text = line.text
        if not text:
            continue
        if is_section(text):
            section = without_markup(text).rstrip(": ")
        if opens(text):
            entries = list(bullets(lines, at + 1))
            if entries:
                yield section, line, entries


def promises(text: str) -> bool:
    plain = without_markup(text)
    return plain.endswith(":") and not is_bullet(text) and bool(PROMISE.search(plain))


def includes(text: str) -> bool:
    return bool(INCLUDES.match(without_markup(text)))


def is_section(text: str) -> bool:
    """A heading with a number, or one that is marked as a heading."""
    plain = without_markup(text)
    numbered = NUMBER.match(plain) is not None and not plain.endswith(".")
    if text.lstrip().startswith("#"):
        return True
    return numbered and looks_like_heading(text)


def bullets(lines: list[Line], at: int) -> Iterator[list[Line]]:
    """The bullets from a place on, each with the lines that it runs on over."""
    entry: list[Line] = []
    blank = True
    for line in lines[at:]:
        text = line.text
        if not text:
            blank = True
            continue
        if is_bullet(text):
            if entry:
                yield entry
            entry = [line]
        elif entry and not blank and not text.endswith(":"):
            entry.append(line)
        else:
            break
        blank = False
    if entry:
        yield entry


def a_list(
    number: int, section: str, line: Line, entries: list[list[Line]]
) -> CommitmentList:
    commitments = [
        a_commitment(f"{number}.{n}", entry) for n, entry in enumerate(entries, start=1)
    ]
    return CommitmentList(
        number=number,
        section=section,
        opening=without_markup(line.text),
        commitments=tuple(commitments),
        place=place(line),
    )


def a_commitment(name: str, entry: list[Line]) -> Commitment:
    text = words_of(entry)
    verdict, why, found = measurability(text)
    where: Range = (place(entry[0])[0], place(entry[-1])[1])
    return Commitment(name, text, verdict, why, found, where)


def words_of(entry: list[Line]) -> str:
    return " ".join(without_markup(line.text) for line in entry)
