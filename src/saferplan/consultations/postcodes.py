"""
Whole postcodes in a text, however they are spaced or typed.

A whole one stands for about fifteen homes. The first half alone ("SE13") stands for
thousands and is left.
"""

import re
from collections.abc import Iterator
from typing import Literal

from saferplan.definitions.naming import words_of

TOGETHER = re.compile(
    r"(?<![A-Za-z\d])(?P<area>[A-Za-z]{1,2})(?P<district>\d[\dA-Za-z]?)"
    r"(?P<gap>[ \t\xa0.\-]{0,3})(?P<sector>[\dOo])"
    r"(?P<unit>[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})"
    r"(?![A-Za-z\d])"
)
SPACED = re.compile(
    r"(?<![A-Za-z\d])(?P<area>[A-Z]{1,2}|[A-Z] [A-Z]) {0,2}"
    r"(?P<district>\d(?: ?[\dA-Z])?)"
    r" {0,3}(?P<sector>[\dO]) ?(?P<unit>[ABD-HJLNP-UW-Z] ?[ABD-HJLNP-UW-Z])"
    r"(?![A-Za-z\d])"
)
ORDINALS = {"st": "1", "nd": "2", "rd": "3", "th": "0456789"}
Told = tuple[int, int, str, Literal["sure", "likely", "possible"]]


def postcodes(text: str) -> Iterator[Told]:
    """
    Where whole postcodes stand, the rule that told them, and how sure it is.

    >>> [text for text in ("se136lg", "SE13 6LG", "S E 1 3 6 L G", "M25 1st", "PC 123")
    ...  if any(postcodes(text))]
    ['se136lg', 'SE13 6LG', 'S E 1 3 6 L G']
    """
    areas = words_of("postcode-areas")
    for match in TOGETHER.finditer(text):
        if match["area"].lower() in areas and not is_ordinal(match):
            known = match["unit"].isupper() or not match["gap"]
            yield (*match.span(), "its form", "sure" if known else "likely")
    for match in SPACED.finditer(text):
        area = match["area"].replace(" ", "")
        if area.lower() in areas and " " in match[0].strip():
            yield (*match.span(), "its form, with odd spaces", "likely")


def is_ordinal(match: re.Match[str]) -> bool:
    """Whether it is a road or bus and an ordinal: "the M25 1st junction"."""
    unit, sector = match["unit"], match["sector"]
    return (
        unit.islower()
        and match["area"].isupper()
        and bool(match["gap"])
        and sector in ORDINALS.get(unit, "")
    )
