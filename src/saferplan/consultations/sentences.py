"""Where the sentences of a text begin and end."""

import re

from saferplan.plans.plan import Range

END = re.compile(r"[.!?…]+[\"'”’)\]]*(?:<sup>[^<]{0,20}</sup>)?(?=\s|$)")
# After these a full stop ends nothing; after the second kind only before a number.
SHORT = set("e.g i.e mr mrs ms dr cllr rev prof hon insp sgt st vs cf".split())  # noqa: SIM905
BEFORE_NUMBERS = re.compile(
    r"\b(?:no|nos|p|pp|pg|pgs|paras?|figs?|s|ss|q|qs|art|ch|sec|app|rec|vol|approx)\.$",
    re.I,
)


def sentences(text: str) -> list[Range]:
    """
    Return the range of each sentence, without the white space around it.

    >>> text = "See pg. 17. Who pays, e.g. for lights? We do not know"
    >>> [text[start:end] for start, end in sentences(text)]
    ['See pg. 17.', 'Who pays, e.g. for lights?', 'We do not know']
    """
    found: list[Range] = []
    start = 0
    for mark in END.finditer(text):
        if ends_here(text, mark):
            found.append((start, mark.end()))
            start = mark.end()
    found.append((start, len(text)))
    return [
        (start + len(said) - len(said.lstrip()), start + len(said.rstrip()))
        for start, end in found
        if (said := text[start:end]).strip()
    ]


def ends_here(text: str, mark: re.Match[str]) -> bool:
    after = text[mark.end() :].lstrip()[:1]
    if not after:
        return True
    if after.islower():
        return False
    if mark.group()[0] != ".":
        return True
    before = text[max(0, mark.start() - 12) : mark.start()]
    word = re.split(r"[\s(]", before)[-1].lower()
    if word in SHORT or re.fullmatch(r"[a-z]", word) and before[-1:].isupper():
        return False
    return not (after.isdigit() and BEFORE_NUMBERS.search(f"{before}."))
