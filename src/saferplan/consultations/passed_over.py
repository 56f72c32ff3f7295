"""What in an answer is no point, and why: a heading, a greeting, a signature."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from saferplan.consultations.blocks import BlockKind
from saferplan.consultations.flows import Flow
from saferplan.consultations.plain_text import GREETING, SENTENCE
from saferplan.consultations.sentences import sentences
from saferplan.consultations.signals import signals_in
from saferplan.plans.words import telling_words, without_markup

REASONS: dict[BlockKind, str] = {
    "heading": "heading",
    "page header": "page furniture",
    "page footer": "page furniture",
    "page number": "page furniture",
    "mail header": "mail header",
    "quoted message": "quoted message",
    "signature": "signature",
}
SIGN_OFF = re.compile(
    r"^\W*(?:yours (?:faithfully|sincerely|truly)|(?:kind|best|warm) (?:regards|"
    r"wishes)|regards|many thanks|with thanks|sent from my)\b[\s,.]*",
    re.I,
)
COURTESY = re.compile(
    r"^\W*(?:thank(?:s| you) for|(?:we|i) (?:\w+ )?(?:welcome|appreciate|thank)\w* "
    r"(?:you for )?(?:the|this) (?:opportunity|chance)|.{0,120}welcomes the "
    r"opportunity to respond|(?:we|i) (?:am|are) writing|please (?:find|do not "
    r"hesitate|contact|get in touch)|(?:we|i) (?:hope (?:this|these|that (?:"
    r"this|these|our))|look forward)|"
    r"(?:if you|should you) (?:have|need|require|would like|wish)|this (?:letter|"
    r"response|reply|document) (?:is|sets|represents)|for further information)",
    re.I,
)
ADDRESS = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b(?:tel|telephone|phone|e-?mail|www)\b[.:]|"
    r"\S+@\S+\.\w+|registration number|registered (?:charity|office)",
    re.I,
)
ABOUT_US = re.compile(
    r"\b(?:about (?:us|the|our)|who we are|introduction|members(?:hip)?|our "
    r"organisation)\b",
    re.I,
)
# Whoever speaks of these under "About us" speaks of more than themselves.
OF_THE_DRAFT = re.compile(r"\b(?:plans?|draft|strateg(?:y|ies)|propos\w+)\b", re.I)
NUMBERED = re.compile(r"^\W*(?:q(?:uestion)?\.?\s*)?\d{1,2}[a-z]?[\s.:)]+", re.I)
LONGEST_SIGNATURE = 200
LONGEST_COURTESY = 400
SAME = 0.8


@dataclass(frozen=True)
class NoPoint:
    """A range of the text that holds no point, and why."""

    start: int
    end: int
    reason: str


def reason_for(flow: Flow, signed: bool, questions: Collection[str]) -> str:
    """Why a whole paragraph holds no point; "" if it may hold one."""
    words = flow.text
    if not any(letter.isalnum() for letter in words):
        return "no words"
    if (signed or SIGN_OFF.match(words)) and is_signature(words):
        return "signature"
    if GREETING.match(words) and len(words) <= 80:
        return "greeting"
    if is_question(words, questions):
        return "question"
    if is_names(words):
        return "names"
    kinds = {signal.kind for signal in signals_in(words)}
    if flow.blocks[0].kind == "note":
        return "" if kinds & {"ask", "question"} else "footnote"
    # What opens a list is told by the list.
    if words.endswith(":") or (kinds and not COURTESY.match(words)):
        return ""
    return reason_without_signals(flow, words)


def reason_without_signals(flow: Flow, words: str) -> str:
    if is_courtesy(words) and len(sentences(words)) == 1:
        return "courtesy"
    if ADDRESS.search(words) and not SENTENCE.search(words):
        return "address"
    told = any(ABOUT_US.search(heading) for heading in flow.under)
    if told and flow.blocks[0].kind == "paragraph" and not OF_THE_DRAFT.search(words):
        return "about who answers"
    return ""


def is_signature(words: str) -> bool:
    """Whether words under "Yours faithfully" say nothing more: no "PS: please …"."""
    speaks = SENTENCE.search(words) or signals_in(words)
    return len(words) <= LONGEST_SIGNATURE and not speaks


def is_courtesy(words: str) -> bool:
    """Whether a sentence only thanks, introduces or offers."""
    return bool(COURTESY.match(words)) and len(words) <= LONGEST_COURTESY


def is_names(words: str) -> bool:
    """Whether words are a list of names: nearly all with capitals, and no sentence."""
    parts = re.findall(r"[A-Za-z][\w'’]*", words)
    capital = sum(part[0].isupper() for part in parts)
    return len(parts) >= 6 and capital >= 0.8 * len(parts) and not words.endswith(".")


def is_question(words: str, questions: Collection[str]) -> bool:
    """
    Whether words are a question that was asked, and not an answer to it.

    Without the questions: what begins with a number and ends with a question mark.
    """
    plain = without_markup(words)
    wanted = telling_words(NUMBERED.sub("", plain))
    for question in questions:
        asked = telling_words(question)
        if asked and wanted and len(asked & wanted) >= SAME * len(asked | wanted):
            return True
    numbered = re.match(r"^\W*(?:q|question)\.?\s*\d", plain, re.I)
    return bool(numbered) and plain.endswith("?")
