"""
What in a text identifies a person by its form: e-mail, numbers, marks.

Each rule is a pattern, and where the pattern is too easily met a check of what it
found. Rules that need a word beside them ("registration", "NHS number") say so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from saferplan.consultations.number_checks import (
    is_card,
    is_ip,
    is_nhs_number,
    is_telephone,
)
from saferplan.consultations.postcodes import postcodes
from saferplan.consultations.vehicle_marks import vehicle_marks

Certainty = Literal["sure", "likely", "possible"]


@dataclass(frozen=True)
class Found:
    """A run of the text from `start` up to `end`, and what told it."""

    start: int
    end: int
    kind: str
    rule: str
    certainty: Certainty


@dataclass(frozen=True)
class Rule:
    """
    kind     what it identifies by, as the reader of a redacted text sees it
    name     how the rule is called in the log
    pattern  what it looks like; the group `it`, if there is one, is what to redact
    holds    a check of the words found; always true if there is none
    """

    kind: str
    name: str
    certainty: Certainty
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = bool


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


DOMAIN_END = (
    r"(?:com|org|net|uk|co\W?uk|gov|edu|info|london|me|io|eu|biz|ie|fr|de|ng|in)"
)
# Every repetition has an end: a text of one letter a million times must cost no more
# than another of its length.
DOT = (
    r"(?:\s{0,3}[(\[{<]\s{0,3}(?:dot|\.)\s{0,3}[)\]}>]\s{0,3}"
    r"|\s{1,3}dot\s{1,3}|\s?\.\s?)"
)
SAID_DOT = r"(?:\s{0,3}[(\[{<]\s{0,3}dot\s{0,3}[)\]}>]\s{0,3}|\s{1,3}dot\s{1,3})"
BEFORE = r"(?<![\w.!\#$%&'’*+/=?^`{|}~-])"

EMAILS = [
    Rule(
        "e-mail",
        "an address with @",
        "sure",
        pattern(
            rf"""{BEFORE}[\w.!\#$%&'’*+/=?^`{{|}}~-]{{0,63}}[\w+-]
            @[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}"""
        ),
    ),
    Rule(
        "e-mail",
        "an address with spaces or brackets",
        "sure",
        pattern(
            rf"""(?<![\w.'+-])[\w.'+-]{{1,64}}(?:{SAID_DOT}[\w+-]{{1,64}}){{0,5}}
            (?:\s{{0,3}}[(\[{{<]\s{{0,3}}(?:at|@)\s{{0,3}}[)\]}}>]\s{{0,3}}|\s?@\s?)
            [\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{0,5}}{DOT}{DOMAIN_END}\b"""
        ),
    ),
    Rule(
        "e-mail",
        "an address spelt out",
        "likely",
        pattern(
            rf"""(?<![\w.'+-])[\w'+-]{{1,64}}(?:(?:{SAID_DOT}|\.)[\w+-]{{1,64}}){{0,5}}
            \s{{1,3}}at\s{{1,3}}
            [\w-]{{1,63}}(?:(?:{SAID_DOT}|\.)[\w-]{{1,63}}){{0,5}}
            (?:{SAID_DOT}|\.){DOMAIN_END}\b"""
        ),
    ),
]

# Digits with the marks people put between them. The check tries its parts.
BETWEEN = r"(?:\.|[ \t\xa0()\-‐-―/]{0,3})"
DIGITS = rf"(?:\+\s?)?\(?\d(?:{BETWEEN}\d){{7,40}}"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:[a-z]{0,6})\b"
DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s\-/.]+{MONTH}[\s,\-/.]+\d{{2,4}}"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{1,2}\s?[\-/.\s]\s?\d{1,2}\s?[\-/.\s]\s?\d{2,4}|\d{4}-\d{2}-\d{2})"
)
BORN = r"(?:\bd\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|birth\s?da(?:te|y)|\bborn)"

NUMBERS = [
    Rule(
        "NHS number",
        "named as one",
        "sure",
        pattern(
            r"""\bNHS\s*(?:no|num|number|id)?\b[^\d\n]{0,12}
            (?P<it>\d(?:[ -]?\d){9})\b"""
        ),
    ),
    Rule(
        "NHS number",
        "ten digits with their check digit",
        "likely",
        pattern(r"(?<![\d.,/-])(?P<it>\d{3}[ -]\d{3}[ -]\d{4})(?![\d/-]|[.,]\d)"),
        is_nhs_number,
    ),
    Rule(
        "National Insurance number",
        "its form",
        "sure",
        pattern(
            r"""(?<![A-Z\d])(?!BG|GB|NK|KN|TN|NT|ZZ)
            [A-CEGHJ-PR-TW-Z][\s.-]?[A-CEGHJ-NPR-TW-Z]
            (?:[\s.-]{0,2}[\dO]{2}){3}[\s.-]{0,2}[A-D](?![A-Z\d])"""
        ),
        lambda words: sum(letter.isdigit() for letter in words) > 3,
    ),
    Rule(
        "National Insurance number",
        "named as one",
        "sure",
        pattern(
            r"""\b(?:NI|N\.I\.|NINO|National\s+Insurance)\b[^\d\n]{0,20}?
            (?P<it>[A-Z]{2}(?:[\s.-]{0,2}\d{2}){3}(?:[\s.-]{0,2}[A-Z])?)\b"""
        ),
    ),
    Rule(
        "date of birth",
        "a date after born or birth",
        "sure",
        pattern(rf"{BORN}[^\d\n]{{0,24}}?(?P<it>{DATE})"),
    ),
    Rule(
        "date of birth",
        "a year after born",
        "likely",
        pattern(r"\bborn\s+(?:back\s+)?in\s+(?:\w+\s+)?(?P<it>(?:19|20)\d{2})\b"),
    ),
    Rule(
        "IP address",
        "four numbers up to 255",
        "likely",
        pattern(
            r"""(?<![\w.])(?<!section\s)(?<!para\s)(?<!paragraph\s)(?<!version\s)
            (?<!clause\s)(?<!s\.\s)(?<!v)(?P<it>\d{1,3}(?:\.\d{1,3}){3})(?![\w]|\.\d)"""
        ),
        is_ip,
    ),
    Rule(
        "IP address",
        "groups of hexadecimal digits",
        "sure",
        pattern(r"(?<![\w:])(?:[\da-f]{1,4}:){3,7}:?[\da-f]{0,4}(?![\w:])"),
        lambda words: "::" in words or words.count(":") == 7,
    ),
]

SITES = (
    r"(?:facebook|fb|instagram|linkedin|twitter|x|tiktok|youtube|snapchat|threads|"
    r"bsky|reddit|pinterest|nextdoor|mastodon|t)"
)
ACCOUNTS = r"(?:instagram|insta|ig|snapchat|snap|twitter|tiktok|facebook|fb|telegram)"
ONLINE = [
    Rule(
        "web profile",
        "a page of a social network",
        "sure",
        pattern(
            rf"(?<![\w.@-])(?:https?://)?(?:[\w-]{{1,63}}\.)?{SITES}\.(?:com|app|co\.uk|me|social)"
            r"/[\w.@/%?=&~'+-]{0,200}[\w/]"
        ),
    ),
    Rule(
        "social handle",
        "a name after @",
        "likely",
        pattern(r"(?<![\w.@/])@[a-z_][\w.]{1,29}(?<![.])(?!@)"),
    ),
    Rule(
        "social handle",
        "named as an account",
        "likely",
        pattern(
            rf"""\b{ACCOUNTS}
            (?:\s{{1,3}}(?:name|handle|account|user|username|id))?
            \s{{0,3}}(?:is|=|:|as|-)\s{{0,3}}(?P<it>@?[a-z][\w.]{{0,30}}[\d_.][\w.]{{0,30}}\w)"""
        ),
    ),
]

RULES = (*EMAILS, *NUMBERS, *ONLINE)


def identifiers(text: str) -> Iterator[Found]:
    """
    What identifies somebody by its form, in no order; runs may lie over one another.

    >>> sorted({found.kind for found in identifiers("Ring 020 7946 0018, SE13 6LG.")})
    ['postcode', 'telephone']
    """
    for rule in RULES:
        yield from by_rule(rule, text)
    yield from numbers(text)
    for start, end, told, certainty in postcodes(text):
        yield Found(start, end, "postcode", told, certainty)
    for start, end, told, certainty in vehicle_marks(text):
        yield Found(start, end, "vehicle mark", told, certainty)


def by_rule(rule: Rule, text: str) -> Iterator[Found]:
    named = "it" in rule.pattern.groupindex
    for match in rule.pattern.finditer(text):
        start, end = match.span("it") if named else match.span()
        if rule.holds(text[start:end]):
            yield Found(start, end, rule.kind, rule.name, rule.certainty)


RUN = re.compile(rf"(?<![\w£$€]){DIGITS}(?!\w)")
PART = re.compile(r"[+(]*\d+")
CARD, TELEPHONE = "card number", "telephone"
MOST_DIGITS = 19
CALL = re.compile(
    r"\b(?:tel|telephone|phone|call|ring|mobile|mob|text|landline|whatsapp)\b"
    r"[^\d\n]{0,24}(?P<it>\d{4}[ -]?\d{4}|\d{3}[ -]\d{4})(?![\d/])",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[Found]:
    """Telephone and card numbers, the longest part of each run of digits first."""
    for run in RUN.finditer(text):
        at = run.start()
        while (found := longest(text, at, run.end())) is not None:
            yield found
            at = found.end
    for match in CALL.finditer(text):
        yield Found(
            *match.span("it"), TELEPHONE, "digits after call or phone", "likely"
        )


def longest(text: str, start: int, stop: int) -> Found | None:
    """The first part of a run that is a card or a telephone number, made of groups."""
    groups = list(PART.finditer(text, start, stop))
    for first, opening in enumerate(groups):
        # Neither has more digits than this, and a group has one at least.
        for last in range(min(len(groups), first + MOST_DIGITS) - 1, first - 1, -1):
            begin, end = opening.start(), groups[last].end()
            words = text[begin:end]
            if is_card(words):
                return Found(begin, end, CARD, "digits with their check digit", "sure")
            if is_telephone(words):
                return Found(
                    begin, end, TELEPHONE, "digits as they are dialled", "sure"
                )
    return None
