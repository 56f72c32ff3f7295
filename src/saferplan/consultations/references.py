"""
Places that an answer refers to, by number or by name, and whose they are.

It knows how people write: "pg. 17", "pp. 40-42", "paras 4 to 6", "Q4", "Objective
eight", "the Executive Summary", "the section on victims". What it must not take for a
place is as much of its work: "£3.2m", "Priority 3 calls", "Section 17 of the Act".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from saferplan.consultations.named_places import named_places
from saferplan.consultations.numbered_places import NumberedPlace, numbered_places
from saferplan.consultations.reference_context import Whose, is_a_place, whose

# A number with dots alone is a section's where these words say so, or a heading does.
BARE = re.compile(
    r"(?:(?<=under )|(?<=regarding )|(?<=regard to )|(?<=respect of )|(?<=see )|"
    r"(?<=See )|(?<=Re )|(?<=re )|(?<=duplicates )|(?<=contradicts )|(?<=repeats ))"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d%]|\.\d|\s*(?:per|miles?|m\b|am|pm|km))"
    r"|(?:^|(?<=\n))(?P<heading>\d{1,2}(?:\.\d{1,2}){1,3})(?=\s+[A-Z][a-z])"
)


@dataclass(frozen=True)
class Reference:
    """
    A place that somebody refers to.

    kind     "page", "section", "paragraph", "part", "objective", "question" …; "name"
             for one by its heading
    numbers  each number meant, in figures: ("40", "41", "42"); empty for a name
    name     the heading that is named: "Executive Summary"; "" where it has a number
    text     the words, as written; they stand at start to end
    whose    the draft's, the answer's own, another document's, or the law's
    why      the words that tell whose it is, in a sentence
    """

    kind: str
    numbers: tuple[str, ...]
    name: str
    text: str
    start: int
    end: int
    whose: Whose = "draft"
    why: str = ""


def read_references(text: str, *, headings: Sequence[str] = ()) -> list[Reference]:
    """
    Return every place that a text refers to, in its order; none overlaps another.

    headings  those of the draft: one of three words or more is a reference wherever it
              stands, letter for letter

    Those to the law, to another document and to the answer itself are among them, so
    that they are seen not to be the draft's.
    """
    numbered = [
        a_reference(text, place)
        for place in [*numbered_places(text), *bare_numbers(text)]
        if is_a_place(text, place)
    ]
    named = [
        Reference("name", (), each.name, each.name, each.start, each.end)
        for each in named_places(text, headings)
    ]
    found: list[Reference] = []
    # A number tells more than a name that it stands in.
    for reference in sorted(
        [*numbered, *named], key=lambda r: (r.start, -len(r.numbers))
    ):
        if not found or reference.start >= found[-1].end:
            found.append(reference)
    return found


def a_reference(text: str, place: NumberedPlace) -> Reference:
    owner, why = whose(text, place)
    words = text[place.start : place.end]
    return Reference(
        place.kind, place.numbers, "", words, place.start, place.end, owner, why
    )


def bare_numbers(text: str) -> list[NumberedPlace]:
    return [
        NumberedPlace("section", "", (found.group(),), *found.span())
        for found in BARE.finditer(text)
    ]
