"""
Registration marks of vehicles in a text.

Marks since 2001 (AB12 CDE) and with a year letter before or after (A123 BCD, ABC 123D)
are told by their form. Older ones look like much else, and need a word beside them.
"""

import re
from collections.abc import Iterator
from typing import Literal

from saferplan.definitions.naming import words_of

END, START = r"(?![A-Za-z\d])", r"(?<![A-Za-z\d£/.])"
CURRENT = re.compile(
    rf"{START}(?P<area>[A-HJ-PR-Ya-hj-pr-y]{{2}})(?P<gap> ?)"
    rf"(?P<year>0[2-9]|[12]\d|5[1-9]|[67]\d)[ \t\xa0-]{{0,3}}"
    rf"(?P<last>[A-HJ-PR-Za-hj-pr-z]{{3}}){END}"
)
PREFIX = re.compile(
    rf"{START}(?P<year>[A-HJ-NPR-TV-Ya-hj-npr-tv-y])\d{{1,3}}[ \t\xa0-]{{0,3}}"
    rf"(?P<last>[A-HJ-PR-Za-hj-pr-z]{{3}}){END}"
)
SUFFIX = re.compile(
    rf"{START}(?P<last>[A-Za-z]{{3}})[ \t\xa0-]{{0,3}}\d{{1,3}}(?P<year>[A-Ya-y]){END}"
)
# Before 1963, of Northern Ireland, or bought for its looks.
DATELESS = re.compile(
    rf"{START}(?:[A-Za-z]{{1,3}}[ \t\xa0-]{{0,2}}\d{{1,4}}|"
    rf"\d{{1,4}}[ \t\xa0-]{{0,2}}[A-Za-z]{{1,3}}){END}"
)
BESIDE = re.compile(
    r"\b(?:reg(?:istration|\.)?(?:\s+(?:number|no|mark|plate))?|(?:number|licen[cs]e)\s?"
    r"plates?|plates?|index|vrm|vrn)\b"
    r"[\s:,.#=-]*(?:(?:is|was|of|are|reads?|being|number|no|the|mark)\b[\s:,.-]*){0,3}$",
    re.IGNORECASE,
)
VEHICLE = re.compile(
    r"\b(?:car|van|lorry|vehicle|motorbike|moped|scooter|bike|taxi|minicab|reg|plate|"
    r"plates|registration|index|vrm)\b",
    re.IGNORECASE,
)
NEAR = 60  # letters before a mark in which a word about vehicles counts
Told = tuple[int, int, str, Literal["sure", "likely", "possible"]]


def vehicle_marks(text: str) -> Iterator[Told]:
    """
    Where registration marks stand, the rule that told them, and how sure it is.

    >>> [text for text in ("AB12 CDE", "a123 bcd", "PC 123", "reg: PC 123", "A20 bus")
    ...  if any(vehicle_marks(text))]
    ['AB12 CDE', 'reg: PC 123']
    """
    for match in CURRENT.finditer(text):
        if is_current(match) or beside(text, match.start()):
            yield (*match.span(), "its form, since 2001", "sure")
    yield from with_a_letter(text)
    for match in DATELESS.finditer(text):
        if beside(text, match.start()):
            yield (*match.span(), "a mark after registration or plate", "likely")


def with_a_letter(text: str) -> Iterator[Told]:
    for name, form in (("before", PREFIX), ("after", SUFFIX)):
        told = f"its form, with the year letter {name}"
        for match in form.finditer(text):
            if is_word(match["last"]) and not beside(text, match.start()):
                continue
            if near(text, match.start()):
                yield (*match.span(), told, "sure")
            elif match[0].isupper():
                yield (*match.span(), told, "likely")


def is_current(match: re.Match[str]) -> bool:
    area, gap, last = match["area"].upper(), match["gap"], match["last"]
    same_case = match["area"].isupper() == last.isupper()
    if not same_case and is_word(last):
        return False
    if gap or match["area"].islower():
        return not is_word(last) and area.lower() not in words_of("no-marks-of-two")
    return True


def is_word(letters: str) -> bool:
    return letters.lower() in words_of("no-marks-of-three")


def beside(text: str, at: int) -> bool:
    """Whether a word for a registration stands right before."""
    return bool(BESIDE.search(text[max(0, at - NEAR) : at]))


def near(text: str, at: int) -> bool:
    return bool(VEHICLE.search(text[max(0, at - NEAR) : at]))
