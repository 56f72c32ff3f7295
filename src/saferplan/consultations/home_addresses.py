"""House addresses in a text: a number and a street, with the flat before it."""

import re
from collections.abc import Iterator

from saferplan.consultations.identifiers import Found
from saferplan.consultations.name_words import any_of, no_name, words_in

TYPE = (
    r"(?:Road|Rd|Street|St|Avenue|Ave|Av|Lane|Ln|Close|Cl|Drive|Dr|Way|Gardens|Gdns|"
    r"Crescent|Cres|Court|Ct|Place|Pl|Terrace|Terr|Grove|Gr|Square|Sq|Hill|Rise|Row|"
    r"Walk|Mews|Park|Green|View|House|Mansions|Villas|Parade|Broadway|Path|Vale|Estate|"
    r"Buildings|Tower|Towers|Heights|Lodge|Cottages|Wharf|Quay|Common|Approach|Gate|"
    r"Passage|Yard|Point|Rents|Croft|Field|Fields|Meadow|Dene|Glade|Copse)"
)
FLAT = r"(?:(?:flat|apartment|apt\.?|unit|room|maisonette)\s+(?:no\.?\s*)?\w{1,4},?\s+)"
NUMBER = (
    r"(?:(?:number|no\.?)\s*)?(?<![\w£.:/-])\d{1,4}\s?[a-hA-H]?\b(?:\s?[-–]\s?\d{1,4})?"
)
WRITTEN = re.compile(
    rf"(?i:{FLAT})?(?i:{NUMBER}),?\s+(?P<street>(?:[A-Z][\w'’.-]*\s+){{1,4}}{TYPE})\b"
)
PLAIN = re.compile(
    rf"(?i:{FLAT}?{NUMBER},?\s+(?P<street>(?:[a-z'’-]+\s+){{1,3}}"
    r"(?:road|rd|street|avenue|ave|lane|close|drive|gardens|crescent|court|terrace|"
    r"grove|mews|square))\b)"
)
HOUSE = re.compile(rf"(?i:{FLAT})(?P<street>(?:[A-Z][\w'’.-]*\s+){{1,3}}{TYPE})\b")
ON_A_DAY = re.compile(r"\b(?:on|by|from|until|till|since|of|before|after)\s+$", re.I)
IN_A_YEAR = re.compile(r"\b(?:in|since|by|from|until|of|before|after|during)\s+$", re.I)


def home_addresses(text: str) -> Iterator[Found]:
    """
    Where a house is named by number and street.

    >>> text = "I live at Flat 3, 14a Acacia Road. On 14 May Street parties are held."
    >>> {text[found.start : found.end] for found in home_addresses(text)}
    {'Flat 3, 14a Acacia Road'}
    """
    for form, rule in (
        (WRITTEN, "a number and a street"),
        (PLAIN, "a number and a street in small letters"),
        (HOUSE, "a flat in a named house"),
    ):
        for match in form.finditer(text):
            if is_home(text, match):
                certainty = "likely" if form is PLAIN else "sure"
                yield Found(*match.span(), "address", rule, certainty)  # type: ignore[arg-type]


def is_home(text: str, match: re.Match[str]) -> bool:
    street = words_in(match["street"])
    between = [word.casefold() for word in street[:-1]]
    before = text[max(0, match.start() - 12) : match.start()]
    if any_of(between[0], "months") and (ON_A_DAY.search(before) or len(street) > 2):
        return False
    year = re.match(r"(?:19|20)\d\d\s", match[0])
    if year and IN_A_YEAR.search(before):
        return False
    if any(any_of(word, "offices", "counted") for word in between):
        return False
    # "The Old Mill Road" is a street; "at the old road" counts something.
    return match["street"][0].isupper() or not any(map(no_name, between))
