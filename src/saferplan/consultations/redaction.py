"""
Take out of a text what identifies somebody: suggested by rules, chosen by a person.

Rules suggest, people decide, and the log says which rule and which reason without the
words. What has been taken out is no longer in the text that comes back, and
`find_again` says where else the same words stand: in a draft, a history, an export.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from saferplan.consultations.home_addresses import home_addresses
from saferplan.consultations.identifiers import Certainty, Found, identifiers
from saferplan.consultations.personal_names import personal_names
from saferplan.errors import ConsultationError

ORDER: tuple[Certainty, ...] = ("possible", "likely", "sure")
BY_A_PERSON = "chosen by a person"
MARK = re.compile(r"\[redacted: [^\]\n]*\]")


@dataclass(frozen=True)
class Redaction:
    """
    A run of a text to take out.

    start, end  from the first character up to the one after the last
    kind        what it is, as readers will see it: "e-mail", "name"
    rule        what told it; "chosen by a person" if none did
    certainty   "sure", "likely" or "possible"
    reason      why, of the reasons fixed before launch; "" for those by rule
    """

    start: int
    end: int
    kind: str
    rule: str = BY_A_PERSON
    certainty: Certainty = "sure"
    reason: str = ""


@dataclass(frozen=True)
class TakenOut:
    """
    A line of the log: what was taken out and why, without the words.

    at        where the mark stands in the text that came back
    length    how many characters there were
    """

    at: int
    length: int
    kind: str
    rule: str
    certainty: Certainty
    reason: str


@dataclass(frozen=True)
class Redacted:
    text: str
    log: tuple[TakenOut, ...]


def suggest_redactions(
    text: str, *, least: Certainty = "possible"
) -> tuple[Redaction, ...]:
    """
    Return what in a text may identify somebody, in order, none over another.

    least  leave out suggestions less certain than this

    Nothing found does not mean nothing there: names that no list knows and nothing
    introduces are missed, and so is "the man at the corner shop with the red dog".

    >>> text = "I am Priya Shah, ring 020 7946 0018."
    >>> [(text[s.start:s.end], s.kind) for s in suggest_redactions(text)]
    [('Priya Shah', 'name'), ('020 7946 0018', 'telephone')]
    """
    marks = [match.span() for match in MARK.finditer(text)]
    found = chain(identifiers(text), home_addresses(text), personal_names(text))
    wanted = [
        each
        for each in found
        if ORDER.index(each.certainty) >= ORDER.index(least)
        and not any(each.start < end and start < each.end for start, end in marks)
    ]
    return tuple(merged(map(as_redaction, wanted), text))


def as_redaction(found: Found) -> Redaction:
    return Redaction(found.start, found.end, found.kind, found.rule, found.certainty)


def redact(text: str, redactions: Iterable[Redaction]) -> Redacted:
    """
    Return the text with a mark where each run was, and the log of what was taken out.

    Runs that lie over one another are taken out as one; touching ones are two. Every
    other character stays as it was.

    Raises ConsultationError for a run that is not in the text, or is empty.

    >>> redact("Ring Ann now.", [Redaction(5, 8, "name", reason="third party")]).text
    'Ring [redacted: name] now.'
    """
    parts: list[str] = []
    log: list[TakenOut] = []
    at = length = 0
    for each in merged(redactions, text):
        mark = f"[redacted: {each.kind}]"
        kept = text[at : each.start]
        length += len(kept)
        log.append(
            TakenOut(
                length,
                each.end - each.start,
                each.kind,
                each.rule,
                each.certainty,
                each.reason,
            )
        )
        parts += [kept, mark]
        length += len(mark)
        at = each.end
    return Redacted("".join([*parts, text[at:]]), tuple(log))


def find_again(text: str, words: Iterable[str], kind: str) -> tuple[Redaction, ...]:
    """
    Return where the same words stand in another text, whatever their case and spaces.

    words  what was taken out elsewhere: for a history or an export, never to be kept

    >>> [found] = find_again("ANN  shah called", ["Ann Shah"], "name")
    >>> found.start, found.end
    (0, 9)
    """
    found = []
    for each in words:
        parts = [re.escape(part) for part in each.split()]
        if not parts:
            continue
        spaced = r"\s+".join(parts)
        form = re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
        found += [
            Redaction(*match.span(), kind, "the same words as were taken out before")
            for match in form.finditer(text)
        ]
    return tuple(merged(found, text))


def merged(redactions: Iterable[Redaction], text: str) -> list[Redaction]:
    """Runs in order; those that share a character are one, of the longer one's kind."""
    whole: list[Redaction] = []
    for each in sorted(redactions, key=lambda run: (run.start, -run.end)):
        check(each, text)
        if whole and each.start < whole[-1].end:
            whole[-1] = together(whole[-1], each)
        else:
            whole.append(each)
    return whole


def together(one: Redaction, other: Redaction) -> Redaction:
    """Two runs as one: a person's choice names it, then the surer, then the longer."""
    weight = [
        (each.rule == BY_A_PERSON, ORDER.index(each.certainty), each.end - each.start)
        for each in (one, other)
    ]
    named = one if weight[0] >= weight[1] else other
    return replace(named, start=one.start, end=max(one.end, other.end))


def check(each: Redaction, text: str) -> None:
    if not 0 <= each.start < each.end <= len(text):
        raise ConsultationError(
            f"Characters {each.start} to {each.end} are not in the text, which has "
            f"{len(text)}. It may have changed since: choose the words again."
        )
    if "]" in each.kind or "\n" in each.kind:
        raise ConsultationError("A kind of redaction is one line without a bracket.")


def counted(found: Sequence[Redaction] | Sequence[TakenOut]) -> dict[str, int]:
    """How many of each kind, the commonest first."""
    kinds = [each.kind for each in found]
    by_number = sorted(set(kinds), key=lambda kind: (-kinds.count(kind), kind))
    return {kind: kinds.count(kind) for kind in by_number}
