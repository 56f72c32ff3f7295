"""
Whose a numbered place is, told by the words around it, or that it is no place at all.

"Section 17" may be the draft's, an Act's, or of a fence; "page 3" the draft's, a
newspaper's, or this letter's own.
"""

import re
from typing import Literal

from saferplan.consultations.numbered_places import NumberedPlace

Whose = Literal["draft", "own", "other", "law"]

# Sections that people name without their Act: Crime and Disorder 17, stop and search
# 60, mental health 136, equality duty 149, assaults 18, 20, 39 and 47, and so on.
OF_ACTS = {"17", "18", "20", "34", "35", "39", "44", "47", "59", "60", "96", "106"}
OF_ACTS |= {"114", "115", "117", "135", "136", "149", "163", "165", "172"}
LAW = (
    r"(?:[A-Z]\w+ )*Acts?\b|Act \d{4}|Order \d{4}|Regulations?\b|Convention|ECHR|"
    r"PACE\b|SI \d{4}|statut|legislation|GDPR|Charter"
)
LAW_AFTER = re.compile(
    rf"[\s,]*(?:\(\w+\)\s*)?(?:of|to|under)?\s*(?:the\s+)?(?:[\w'’-]+[\s,]+){{0,8}}?"
    rf"(?:{LAW})"
)
POWER = re.compile(
    r"[\s,]*(?:stop|search|power|order|notice|detention|assault|agreement|money|dut|"
    r"gbh|abh|wounding|dispersal|offence|arrest|review|enquir|inquir|funding|contrib)",
    re.I,
)
LAW_BEFORE = re.compile(rf"(?:{LAW})[^.;!?]{{0,25}}$")
CODE_BEFORE = re.compile(r"\bCode [A-H],?\s*$")
ALWAYS_LAW = {"article", "schedule", "regulation", "code"}

DOCUMENTS = (
    r"(?:police and crime |safer \w+ |community safety |partnership |crime |final )?"
    r"(?:plan|draft|document|strategy|consultation|paper|questionnaire|survey form|"
    r"leaflet|brochure|booklet|proposals?|framework)"
)
THIS_DRAFT = re.compile(
    rf"[\s,]*(?:of|in|on|from)\s+(?:the|your|this|that)\s+(?:\w+[\s']+){{0,3}}?"
    rf"{DOCUMENTS}\b",
    re.I,
)
OWN_AFTER = re.compile(
    r"[\s,]*(?:\w+ )?(?:(?:(?:of|in|to|with) (?:this|our) (?:own )?"
    r"(?:response|letter|reply|submission|e-?mail|note|paper|evidence|answer))|"
    r"(?:is |are )?(?:attached|enclosed|overleaf)|below\b|above\b|hereto)",
    re.I,
)
OWN_BEFORE = re.compile(
    r"(?:\bour (?:own |attached |enclosed )*|\battached (?:as )?|\benclosed? (?:as )?|"
    r"\bour (?:\w+ )?(?:survey|letter|response|reply|submission|report|evidence|note)"
    r"[^.;!?]{0,30})$",
    re.I,
)
ELSEWHERE = (
    r"review|report|bulletin|assessment|guidance|guideline|inspection|newspaper|"
    r"Guardian|Times|Standard|Mail|Mirror|Telegraph|Gazette|News|Mercury|budget|"
    r"business case|census|audit|inquiry|manifesto|handbook|manual|website|study|"
    r"research|article|book|magazine"
)
NAMED_PLAN = (
    r"(?:London|Local|Beating Crime|Business|Corporate|Transport|Development|Health|"
    r"Strategic|Housing|Neighbourhood) (?:Plan|Strategy)"
)
EARLIER = (
    r"(?:(?:previous|last|earlier|old|former|current|existing|20\d\d(?:[-–/]\d{2,4})?)"
    r" (?:police and crime )?(?:plan|strategy|draft))"
)
BY_OTHERS = (
    r"(?<!our )(?<!this )(?<!\bin )(?<=\w )(?:response|submission|reply) (?:to|by|from|"
    r"on)\b[^.;!?]{0,80}$"
)
OTHER_BEFORE = re.compile(
    rf"(?<!your )(?<!draft )(?<!this )(?:\b(?:{ELSEWHERE})s?\b|{NAMED_PLAN}|{EARLIER})"
    rf"[^.;!?]{{0,22}}$|{BY_OTHERS}",
    re.I,
)
OTHER_AFTER = re.compile(
    rf"[\s,]*(?:of|in|from)\s+(?:the|their|his|her|a|an)\s+"
    rf"(?:[\w'’]+\s+){{0,4}}?(?:(?i:{ELSEWHERE}|survey)\b|{NAMED_PLAN}|{EARLIER})"
)
OF_A_THING = re.compile(r"\s+of (?:the|an?)\s+(?P<what>\w+)", re.I)
OF_A_PART = {"preface", "foreword", "introduction", "summary", "executive", "annex"}
OF_A_PART |= {"appendix", "glossary", "chapter", "section", "part", "appendices"}

# What a number counts or grades, when it is not the number of a place.
COUNTED = re.compile(
    r"\s*(?:(?:and|or|,|&)\s+\w+\s+\d+\s+)?(?:more|fewer|extra|out of|of "
    r"(?:them|us|our|these|those)\b|years?|months?|weeks?|days?|hours?|minutes?|people|persons|"
    r"officers?|patrols?|wards?|times|girls?|boys?|pupils?|teachers?|men|women|calls?|"
    r"incidents?|miles?|metres?|cent|per\b|percent|am\b|pm\b|housing|items?\b|business\b|"
    r"bus\b|responses?\b|jobs?\b|cases?\b|patients?|referrals?|postcodes?|"
    r"streets?|road\b|scheme|stop\b)",
    re.I,
)
YEAR = re.compile(r"\s*(?:of |in )?'?(?:19|20)\d\d\b|\s+(?:figures|sales|results)\b")
BEFORE_NONE = re.compile(
    r"(?:\bOperation|\b(?:one|front|back|home|web|title|\d{1,2})[ -]|\bI|"
    r"\b(?:should|must|would|could|to) be|\bturn to)\s*$",
    re.I,
)


def is_a_place(text: str, place: NumberedPlace) -> bool:
    """Whether what looks like a numbered place is one, in this sentence."""
    after, before = (
        text[place.end : place.end + 60],
        text[max(0, place.start - 40) : place.start],
    )
    lettered = place.name in ("P", "S", "Q", "q") or place.name.lower() == "q"
    if COUNTED.match(after) and not THIS_DRAFT.match(after):
        return False
    if place.kind == "question" and lettered and is_quarter(text, place):
        return False
    if BEFORE_NONE.search(before) and place.kind in ("page", "theme", "figure"):
        return False
    return not of_some_thing(text, place)


def is_quarter(text: str, place: NumberedPlace) -> bool:
    """Whether "Q3" is a quarter: a year stands beside it, or beside another Q."""
    if not set(place.numbers) <= {"1", "2", "3", "4"}:
        return False
    ends = text.find(". ", place.end)
    sentence = text[
        max(0, text.rfind(". ", 0, place.start)) : ends if ends > 0 else None
    ]
    return any(
        YEAR.match(sentence, found.end())
        for found in re.finditer(r"\bQ[1-4]\b", sentence)
    )


def of_some_thing(text: str, place: NumberedPlace) -> bool:
    """Whether it is a part of some thing that is no writing: "of the fence"."""
    found = OF_A_THING.match(text, place.end)
    if found is None or found["what"][0].isupper() or found["what"][0].isdigit():
        return False
    if found["what"].lower() in OF_A_PART:
        return False
    after = text[place.end : place.end + 80]
    known = (THIS_DRAFT, OTHER_AFTER, LAW_AFTER, OWN_AFTER)
    return not any(each.match(after) for each in known)


def whose(text: str, place: NumberedPlace) -> tuple[Whose, str]:
    """Return whose a place is, and the sentence that says by which words."""
    after = text[place.end : place.end + 110]
    after = re.split(r"\.\s|\n\s*\n", after)[0]
    before = text[max(0, place.start - 110) : place.start]
    before = re.split(r"(?<=[a-z)]{3})[.;!?]\s|\n\s*\n", before)[-1]
    if THIS_DRAFT.match(after) and not re.match(rf".{{0,40}}?{EARLIER}", after, re.I):
        return "draft", "It says that it means the draft."
    if found := OWN_AFTER.match(after) or OWN_BEFORE.search(before):
        return "own", f"“{found.group().strip(' ,')}”."
    if law := told_as_law(place, before, after):
        return "law", law
    if found := OTHER_AFTER.match(after) or OTHER_BEFORE.search(before):
        return "other", f"“{found.group().strip(' ,(')}”."
    return "draft", ""


def told_as_law(place: NumberedPlace, before: str, after: str) -> str:
    """Why a place is the law's, or "" if nothing says so."""
    if place.kind in ALWAYS_LAW:
        return f"A {place.kind} is of a law or a code."
    if place.kind not in ("section", "part", "paragraph"):
        return ""
    if found := LAW_AFTER.match(after):
        return f"“{found.group().strip(' ,')}”."
    if found := LAW_BEFORE.search(before) or CODE_BEFORE.search(before):
        return f"“{found.group().strip(' ,(')}”."
    plain = place.kind == "section" and not any("." in n for n in place.numbers)
    if plain and (POWER.match(after) or set(place.numbers) <= OF_ACTS):
        return f"Section {place.numbers[0]} is known as an Act's."
    return ""
