"""What a committee resolved, read out of its minutes."""

import re
from dataclasses import dataclass

from saferplan.errors import PlanError
from saferplan.plans.plan import Range
from saferplan.plans.words import without_markup

RESOLVED = re.compile(
    r"^\W*(?:(?:it was )?resolved|resolutions?)\b\W*(?:that)?\W*$", re.I
)
# A line on which the resolutions of an item are over.
AFTER = re.compile(
    r"^\W*(?:supporting documents|the meeting (?:ended|closed)|chair(?:man)?\b|"
    r"\d{1,2}\.\s+[A-Z]|next meeting)",
    re.I,
)
MARK = re.compile(r"^\s*(?:[·•*-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+", re.I)


@dataclass(frozen=True)
class Resolution:
    """
    One thing a committee resolved.

    number   its place among those of its item, from 1
    opening  what introduces them all: "That the following views be submitted"; or ""
    range    where its words are in the text
    """

    number: int
    opening: str
    text: str
    range: Range


def read_resolutions(text: str) -> list[Resolution]:
    """
    Return what stands under each line "RESOLVED", a paragraph each.

    A first paragraph that ends with a colon introduces the others and is none itself.
    Raises PlanError if nothing was resolved, in these words.
    """
    found: list[Resolution] = []
    opening, inside, number, at = "", False, 0, 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        words = without_markup(MARK.sub("", line.replace("\xa0", " ")))
        if RESOLVED.match(line.strip()):
            opening, inside, number = "", True, 0
        elif AFTER.match(line.strip()):
            inside = False
        elif inside and words:
            if not number and not opening and words.endswith(":"):
                opening = words.rstrip(":")
                continue
            number += 1
            first = start + len(line) - len(line.lstrip())
            place = (first, start + len(line.rstrip()))
            found.append(Resolution(number, opening, words, place))
    if not found:
        raise PlanError(
            "No line of this text says RESOLVED with something under it. Paste the "
            "minutes with their resolutions."
        )
    return found
