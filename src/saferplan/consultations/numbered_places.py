"""
The grammar of numbered places: "pp. 40-42", "paras 4, 7 and 9", "Q1 to Q3", "Annex B".

What it finds may still be something else, such as a "Priority 3 call"; that is told in
`saferplan.consultations.reference_context`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferplan.consultations.printed_numbers import NUMBER_WORD, plain_number, run

# What a place is called, as people write it.
NAMES = {
    "page": r"page\(s\)|pages?|pgs?\.?|[Pp]p\.?|p\.?(?=\s?\d)|P\.(?=\s?\d)",
    "section": r"sections?|secs?\.|ss?\.(?=\s?\d)|s(?=\d+\.\d)|S(?=106\b)|§§?",
    "paragraph": r"paragraphs?|paras?\.?",
    "part": r"parts?",
    "chapter": r"chapters?|ch\.",
    "heading": r"headings?",
    "objective": r"objectives?",
    "priority": r"priorit(?:y|ies)",
    "question": r"questions?|[Qq]s?\.?(?=\s?\d)",
    "recommendation": r"recommendations?|recs?\.?(?=\s?\d)",
    "annex": r"annex(?:es)?",
    "appendix": r"appendix|appendices|apps?\.",
    "table": r"tables?",
    "figure": r"figures?|figs?\.?(?=\s?\d)",
    "chart": r"charts?",
    "map": r"maps?",
    "diagram": r"diagrams?",
    "box": r"box(?:es)?",
    "case study": r"case (?:study|studies)",
    "footnote": r"footnotes?",
    "point": r"points?",
    "bullet": r"bullets?(?: points?)?",
    "pillar": r"pillars?",
    "aim": r"aims?",
    "ambition": r"ambitions?",
    "principle": r"principles?",
    "step": r"steps?",
    "measure": r"measures?",
    "kpi": r"kpis?",
    "goal": r"goals?",
    "target": r"targets?",
    "theme": r"themes?",
    "strand": r"strands?",
    "outcome": r"outcomes?",
    "proposal": r"proposals?",
    "commitment": r"commitments?",
    "action": r"actions?",
    "policy": r"polic(?:y|ies)",
    "article": r"articles?",
    "schedule": r"schedules?",
    "regulation": r"regulations?",
    "code": r"code(?= [A-H]\b)",
}
KIND = "|".join(
    f"(?P<{kind.replace(' ', '_')}>{names})" for kind, names in NAMES.items()
)
FIGURES = r"\d{1,3}(?:\.\d{1,2}){0,3}(?:\([0-9a-z]{1,3}\))*(?:[a-z]{1,2}(?![a-z]))?"
ROMAN = r"[IVX]{2,5}|[IVX](?=\s*[:.,;–-]|\s+(?:is|has|sets|says)\b)|[ivx]{2,5}"
LETTERED = r"[A-H]\.?\d{1,2}(?:\.\d{1,2})?"
NUMBER = (
    rf"(?:{FIGURES}|{LETTERED}|(?i:{NUMBER_WORD})|{ROMAN}|[A-HJ-Z])"
    rf"(?![\w%]|[.:]\d|,\d{{3}})"
)
GAP = r"(?:[ \t\xa0]{0,3}|[ \t]*\r?\n[ \t]*)"  # a line may end here, not a paragraph
STARTS = re.compile(rf"(?<![\w£$€.-])(?:(?i:{KIND}))(?=[\s\d§])")
FIRST = re.compile(
    rf"{GAP}(?:(?:no\.?|nos\.?|number|numbers)\s|\#)?(?P<number>{NUMBER})"
)
RANGE = re.compile(
    rf"{GAP}(?:[-–—−]|\bto\b|\bthrough\b){GAP}(?:(?:page|q)\s?)?"
    rf"(?P<number>{NUMBER})",
    re.I,
)
AND = re.compile(rf"\s?(?:,?\s?(?:\band\b|&|\bor\b)|,|/)\s?(?P<number>{NUMBER})")
# After one place, "and 2" is another if the sentence then goes on with both.
BOTH = re.compile(
    r"\s*(?:[.,;:)!?]|$)|\s+(?:are|were|should|must|of|in|on|say|both|which|that|need|"
    r"have|do)\b"
)
PLURAL = re.compile(r"(?:s|ies|ices|pp|§§)\.?$|^p\.?$|^pg\.?$", re.I)


@dataclass(frozen=True)
class NumberedPlace:
    """What looks like a place with a number; `name` is as written: "pp."."""

    kind: str
    name: str
    numbers: tuple[str, ...]
    start: int
    end: int


def numbered_places(text: str) -> Iterator[NumberedPlace]:
    """Return what a text refers to by number, in order; none overlaps another."""
    at = 0
    while found := STARTS.search(text, at):
        at = found.end()
        place = a_place(text, found)
        if place:
            yield place
            at = place.end


def a_place(text: str, found: re.Match[str]) -> NumberedPlace | None:
    kind = (found.lastgroup or "").replace("_", " ")
    first = FIRST.match(text, found.end())
    if first is None or not may_stand(kind, first["number"]):
        return None
    several = bool(PLURAL.search(found.group()))
    alone = not several and "." not in first["number"]
    if alone and re.match(r"/\d", text[first.end() : first.end() + 2]):
        return None  # "Action 24/7"
    numbers = [number_in(kind, first["number"])]
    at = first.end()
    while more := next_number(text, at, several, numbers[-1]):
        number = number_in(kind, more[0])
        if more[1]:
            counted = run(numbers[-1], number)
            if len(counted) == 2 and counted != run_of_two(numbers[-1], number):
                return None  # "Goal 2-1": a score
            numbers += counted[1:]
        else:
            numbers.append(number)
        at = more[2]
    return NumberedPlace(kind, found.group(), tuple(numbers), found.start(), at)


def run_of_two(first: str, last: str) -> tuple[str, ...] | None:
    """The two ends, if the last is the next after the first."""
    if first.isdigit() and last.isdigit() and int(last) <= int(first):
        return None
    return first, last


def next_number(
    text: str, at: int, several: bool, last: str
) -> tuple[str, bool, int] | None:
    """The next number of a list or a run, whether it ends a run, and where it ends."""
    if found := RANGE.match(text, at):
        return found["number"], True, found.end()
    found = AND.match(text, at)
    if found is None:
        return None
    # After one section, "and 4.2" goes on with a number of the same make.
    alike = "." in last and "." in found["number"] and found.group()[0] != ","
    both = "and" in found.group() and BOTH.match(text, found.end())
    if several or alike or both:
        return found["number"], False, found.end()
    return None


def number_in(kind: str, printed: str) -> str:
    plain = re.sub(r"\(([a-z])\)", r"\1", printed)
    if kind == "page":
        plain = re.sub(r"(?<=\d)ff?$", "", plain)
    return plain_number(plain)


def may_stand(kind: str, number: str) -> bool:
    """Whether a number so printed can stand after such a name."""
    if number[0].isdigit():
        return number not in ("0", "00")
    if number.lower() in NUMBER_WORD.split("|"):
        return True
    if number[-1].isdigit():
        return kind not in ("page", "paragraph", "article", "schedule")
    if len(number) > 1 or number in "IVX":
        return kind in ("part", "chapter", "section", "annex", "appendix", "page")
    return kind not in ("page", "paragraph", "point", "measure", "step", "map")
