"""
Names of people in a text, told by what stands round them and by lists of names.

A street, a body or a place may bear a person's name: the word after it tells. What the
lists do not know and nothing introduces is missed, so a person must still read.
"""

import re
from collections.abc import Iterator

from saferplan.consultations.identifiers import Certainty, Found
from saferplan.consultations.name_words import (
    CAPITAL,
    NAME,
    WORD,
    any_of,
    could_be_surname,
    is_given,
    is_name_word,
    is_surname,
    names_a_place,
    no_name,
    words_in,
)

TITLE = (
    r"(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Revd?|Fr|Insp|Sgt|Supt|Cllr)\.?|(?:Miss|Master|Doctor|"
    r"Professor|Reverend|Father|Imam|Sheikh|Rabbi|Sir|Dame|Lord|Lady|Baroness|"
    r"Councillor|Alderman|Inspector|Sergeant|Constable|PC|WPC|DC|DS|DI|DCI|PCSO|"
    r"Superintendent|Commander|Commissioner|Judge|Officer|Nurse|Coach|Captain|Uncle|"
    r"Auntie|Aunt))"
)
RELATION = (
    r"(?:son|daughter|husband|wife|partner|mum|mother|dad|father|brother|sister|"
    r"neighbour|friend|nan|gran|grandmother|grandad|grandfather|grandson|granddaughter|"
    r"uncle|auntie|aunt|cousin|landlord|landlady|carer|nephew|niece|boyfriend|"
    r"girlfriend|colleague|boss|teacher|doctor|tenant|flatmate|child|boy|girl|baby)"
)
CLOSING = (
    r"(?:yours(?:\s{1,3}(?:sincerely|faithfully|truly|ever))?|"
    r"(?:kind(?:est)?|best|warm|many)?\s{0,3}regards|(?:best|warm)\s{1,3}wishes|"
    r"many\s{1,3}thanks|thanks(?:\s{1,3}again)?|thank\s{1,3}you|sincerely|"
    r"respectfully|cheers|best|signed(?:\s{1,3}by)?|all\s{1,3}the\s{1,3}best|"
    r"in\s{1,3}hope|love)"
)
TITLED = re.compile(rf"\b{TITLE}[ \t]+(?P<it>{NAME})")
TITLED_PLAIN = re.compile(
    r"\b(?:mr|mrs|ms|dr|cllr|pc|sgt)\b\.?[ \t]+(?P<it>[a-z][a-z'’-]+)\b"
)
NAMED = re.compile(
    r"(?i:\b(?:(?:my|full|his|her|their|whose|the)\s+names?(?:\s+is|\s+are|'s|’s|\s*:)|"
    r"name\s*[:=]|(?:i\s+am|i'm|i’m|is|was|are)\s+(?:called|named)|respondent\s*:|"
    r"(?:submitted|written|sent)\s+by)\s*)"
    rf"(?P<it>{NAME}|[a-z][a-z'’-]+(?:[ \t]+[a-z][a-z'’-]+)?)"
)
INTRODUCED = re.compile(
    r"(?i:\b(?:i\s+am|i'm|i’m|this\s+is|it's|called|named|known\s+as|spoke(?:n)?\s+"
    r"(?:to|with)|speak\s+(?:to|with)|contact|ask\s+for|met(?:\s+with)?|e-?mailed|"
    r"rang|emailing|from|by|with)\s*:?\s+)"
    rf"(?P<it>{CAPITAL}[ \t]+{CAPITAL})"
)
RELATED = re.compile(
    rf"(?i:\b(?:my|our|his|her|their|your|whose|'s|’s)\s+(?:\w+\s+)?{RELATION}\b,?\s+"
    r"(?:(?:is\s+)?(?:called|named)\s+)?)"
    rf"(?P<it>{NAME}|[a-z][a-z'’-]+)"
)
SIGNED = re.compile(
    rf"(?i:(?:^|(?<=[.!?,\n\s])){CLOSING}[ \t]{{0,3}}[,.!:–-]{{0,3}}\s{{0,6}}"
    r"(?:[-–—]\s{0,3})?)"
    rf"(?P<it>{NAME}|[A-Za-z][a-z'’-]+(?:[ \t]+[a-z'’-]+)?)[ \t]*(?=[,.(]|\n|$)"
)
GREETED = re.compile(
    rf"(?im:^[ \t\"'“]*(?:dear|hi|hello|hiya|hey|good\s+(?:morning|afternoon|evening)|"
    rf"attn:?|fao)[ \t]+(?:{TITLE}[ \t]+)?)(?P<it>{NAME}|[a-z'’-]+)"
    r"(?=[ \t]*(?:[,!:–—-]|and\b|\n|$))"
)
INITIALLED = re.compile(
    rf"(?<![\w.])(?P<it>(?:[A-Z]\.[ \t]?){{1,3}}{CAPITAL}|[A-Z][ \t]{CAPITAL})"
)
NUMBERED = re.compile(
    r"(?i:part|section|option|appendix|annex|schedule|zone|band|question|table|figure|"
    r"class|category|plan|vitamin|hepatitis|grade|block|point|item)\s*$"
)
CAPITALS = re.compile(rf"{NAME}")
BACKWARDS = re.compile(rf"\b(?P<it>{CAPITAL},[ \t]{CAPITAL})(?![\w-])")
PLAIN = re.compile(r"(?<![\w@.-])(?P<it>[a-z]{3,}[ \t]+[a-z'’]{2,})(?![\w@-])")
Told = tuple[re.Pattern[str], str, Certainty]

TITLE_BEFORE, NAME_IS = "after a title", "after “name is”"
BESIDE: tuple[Told, ...] = (
    (TITLED, TITLE_BEFORE, "sure"),
    (NAMED, NAME_IS, "sure"),
    (GREETED, "a greeting", "sure"),
    (SIGNED, "a signature", "sure"),
)


def personal_names(text: str) -> Iterator[Found]:
    """
    Where names of people may stand, in no order; runs may lie over one another.

    >>> text = "Dear Mrs Okafor, my son Tyrell saw Grace Road with Grace Mensah."
    >>> sorted({text[found.start : found.end] for found in personal_names(text)})
    ['Grace Mensah', 'Mensah', 'Okafor', 'Tyrell']
    """
    found = list(told_by_place(text))
    found += told_by_lists(text)
    yield from found
    yield from said_before(text, found)


def told_by_place(text: str) -> Iterator[Found]:
    for form, rule, certainty in BESIDE:
        for match in form.finditer(text):
            yield from cut(text, match, rule, certainty)
    for match in TITLED_PLAIN.finditer(text):
        if not no_name(match["it"]):
            yield Found(*match.span("it"), "name", TITLE_BEFORE, "likely")
    yield from related(text)
    yield from initialled(text)


def related(text: str) -> Iterator[Found]:
    for match in RELATED.finditer(text):
        yield from cut(text, match, "after a relation", "likely")
    for match in INTRODUCED.finditer(text):
        told = words_in(match["it"])
        if not any(names_a_place(word) or no_name(word) for word in told):
            yield from cut(text, match, "two capitals after “by” or “from”", "possible")


def initialled(text: str) -> Iterator[Found]:
    for match in INITIALLED.finditer(text):
        last = words_in(match["it"])[-1]
        if NUMBERED.search(
            text[max(0, match.start() - 20) : match.start()]
        ) or not is_name_word(last):
            continue
        if is_surname(last):
            yield Found(*match.span("it"), "name", "an initial and a surname", "likely")
        elif "." in match["it"]:
            yield Found(*match.span("it"), "name", "an initial", "possible")


def cut(
    text: str, match: re.Match[str], rule: str, certainty: Certainty
) -> Iterator[Found]:
    """The name without words that begin or end no name; nothing if none is left."""
    words = placed(match["it"], match.start("it"))
    while words and not usable(words[0][2], rule):
        words.pop(0)
    end = 1
    while end < len(words) and goes_on(words[end][2]):
        end += 1
    if not words or is_of_a_body(text, words, end):
        return
    yield Found(words[0][0], words[end - 1][1], "name", rule, certainty)


Word = tuple[int, int, str]


def placed(text: str, at: int) -> list[Word]:
    """Words with where they stand in the text of which this is a part from `at`."""
    return [
        (word.start() + at, word.end() + at, word[0])
        for word in re.finditer(r"\S+", text)
    ]


def usable(word: str, rule: str) -> bool:
    """Whether a name may begin like this, where something says that one stands here."""
    if word[0].islower() and rule != NAME_IS:
        return is_given(word) or is_surname(word)
    if is_given(word) or (rule == TITLE_BEFORE and could_be_surname(word)):
        return True
    return not (no_name(word) or names_a_place(word) and not is_surname(word))


def goes_on(word: str) -> bool:
    return not no_name(word) and (could_be_surname(word) or not names_a_place(word))


def is_of_a_body(text: str, words: list[Word], end: int) -> bool:
    """Whether the next word makes a school or a street of the name."""
    if end < len(words):
        ahead = words[end][2]
    else:
        after = re.match(rf"[ \t]{{1,3}}({CAPITAL})", text[words[-1][1] :][:80])
        ahead = after[1] if after else ""
    if any_of(ahead, "roles") or could_be_surname(ahead):
        return False
    return any_of(ahead, "offices", "streets")


def told_by_lists(text: str) -> Iterator[Found]:
    """Capitalised words of which one is a known given name or surname."""
    for match in CAPITALS.finditer(text):
        words = placed(match[0], match.start())
        yield from in_row(words, opens_sentence(text, match.start()))
    for match in BACKWARDS.finditer(text):
        last, first = words_in(match["it"].replace(",", " "))
        if is_surname(last) and is_given(first, sure=True):
            yield Found(*match.span("it"), "name", "a surname, then a name", "sure")
    for match in PLAIN.finditer(text):
        first, last = match["it"].split()
        if is_given(first, sure=True) and is_surname(last) and not no_name(last):
            yield Found(*match.span("it"), "name", "two listed names", "likely")


def in_row(words: list[Word], opens: bool) -> Iterator[Found]:
    """Names within a row of capitalised words."""
    at = 0
    while at < len(words):
        taken = name_from(words, at, opens and at == 0)
        if taken is None:
            at += 1
            continue
        end, rule, certainty = taken
        ahead = words[end][2] if end < len(words) else ""
        if not (any_of(ahead, "offices", "streets") and not is_surname(ahead)):
            yield Found(words[at][0], words[end - 1][1], "name", rule, certainty)
        at = end


def name_from(
    words: list[Word], at: int, opens: bool
) -> tuple[int, str, Certainty] | None:
    """Where the name that begins at a word ends, and what told it; None for no name."""
    first = words[at][2]
    end = at + 1
    while end < len(words) and end - at < 4 and continues(words[end][2]):
        end += 1
    if is_given(first, sure=True):
        return end, "a listed given name", "sure" if end - at > 1 else "likely"
    if end - at < 2 or no_name(first):
        return None
    second = words[at + 1][2]
    listed = is_surname(second) or (end - at > 2 and is_surname(words[end - 1][2]))
    if is_given(first) and not (names_a_place(first) and names_a_place(second)):
        certainty: Certainty = "likely" if listed else "possible"
        return end, "a listed given name before another", certainty
    if is_surname(second) and not (names_a_place(first) or is_title(first)):
        return end, "a word before a listed surname", "possible" if opens else "likely"
    if is_given(second, sure=True) and is_surname(first):
        return end, "a surname, then a name", "likely"
    return None


def is_title(word: str) -> bool:
    return bool(re.fullmatch(TITLE, word))


def continues(word: str) -> bool:
    if no_name(word):
        return False
    return is_surname(word) or is_given(word, sure=True) or not names_a_place(word)


def opens_sentence(text: str, at: int) -> bool:
    return not text[:at].strip() or text[:at].rstrip()[-1] in '.!?:\n"“'


def said_before(text: str, found: list[Found]) -> Iterator[Found]:
    """Parts of a name that stand elsewhere in the text on their own."""
    words = {
        word
        for each in found
        if each.certainty != "possible"
        for word in words_in(text[each.start : each.end])
        if len(word) > 2
        and word[0].isupper()
        and not (names_a_place(word) or no_name(word))
    }
    for match in WORD.finditer(text):
        if match[0] not in words or is_given(match[0]) > is_given(match[0], sure=True):
            continue
        after = re.match(rf"[ \t]{{1,3}}({CAPITAL})", text[match.end() :][:80])
        if not (after and any_of(after[1], "offices", "streets")):
            yield Found(*match.span(), "name", "named elsewhere in the text", "likely")
