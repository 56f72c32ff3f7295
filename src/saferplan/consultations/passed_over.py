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
    r"^\W*(?:yours (?:faithfully|sincerely|truly)|(?:(?:with )?(?:kind|best|warm) )?"
    r"(?:regards|wishes)|(?:many|with) thanks|sent from my \w+)\s*(?:[,.!\n]|$)",
    re.I,
)
THANKS = (
    r"thank(?:s| you) (?:very much )?for (?:the|this|your|giving|inviting|allowing|"
    r"sharing|asking|consulting|reading|taking)\b|(?:we|i) (?:\w+ )?(?:welcome|"
    r"appreciate|thank)\w* (?:you for )?(?:the|this) (?:opportunity|chance)|"
    r".{0,120}welcomes the opportunity to respond"
)
OFFER = (
    r"please (?:find|do not hesitate|contact (?:me|us|the \w+ named)|get in touch)|"
    r"(?:we|i) hope (?:that )?(?:this|these|our|you find) (?:response|reply|letter|"
    r"comments?|views?|points?|is|are|will|helps?|useful|helpful)\b|(?:we|i) look "
    r"forward to (?:hearing|your|the (?:final|outcome|results?))|(?:if you|"
    r"should you) (?:have|need|require|would like|wish)|for further information"
)
OPENING = (
    r"(?:we|i) (?:am|are) writing (?:in|on behalf|to (?:"
    r"respond|reply|give|submit|set))|"
    r"this (?:letter|response|reply|document) (?:is (?:from|made|sent|submitted|on)|"
    r"sets|represents)"
)
COURTESY = re.compile(rf"^\W*(?:{THANKS}|{OFFER}|{OPENING})", re.I)
REACHED = re.compile(
    r"\b(?:tel|telephone|phone|e-?mail|www)\b[.:]|\S@[^\s@]{1,250}\.\w|"
    r"registration number|registered (?:charity|office)",
    re.I,
)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
ABOUT_US = re.compile(
    r"\b(?:about (?:us|the|our)|who we are|introduction|members(?:hip)?|our "
    r"organisation|signatories|signed by)\b",
    re.I,
)
# Whoever speaks of these under "About us" speaks of more than themselves.
OF_THE_DRAFT = re.compile(r"\b(?:plans?|draft|strateg(?:y|ies)|propos\w+)\b", re.I)
NUMBERED = re.compile(r"^\W*(?:q(?:uestion)?\.?\s*)?\d{1,2}[a-z]?[\s.:)]+", re.I)
CONSULTING = re.compile(
    r"^\W*(?:q|question)\.?\s*\d{1,2}[a-z]?[\s.:)–-]+(?:do you (?:agree|think|support)|"
    r"to what extent|how (?:far|strongly|much) do|what (?:do|would|are) you|which of|"
    r"is there anything|are there any|are the|please)",
    re.I,
)
LONGEST_SIGNATURE = 200
LONGEST_GREETING = 80
MOST_PLAIN = 4  # small words in an address: "registration number"
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
    if is_greeting(words):
        return "greeting"
    if is_question(words, questions):
        return "question"
    if is_courtesy(words) and len(sentences(words)) == 1:
        return "courtesy"
    about = any(ABOUT_US.search(heading) for heading in flow.under)
    return reason_to_say_nothing(flow, words, about)


def reason_to_say_nothing(flow: Flow, words: str, about: bool) -> str:
    """
    Why words of no greeting ask for nothing; "" if they may.

    about  whether they stand under a heading such as "About us"
    """
    if about and is_names(words):
        return "names"
    kinds = {signal.kind for signal in signals_in(words)}
    if flow.blocks[0].kind == "note":
        return "" if kinds & {"ask", "question"} else "footnote"
    # What opens a list is told by the list.
    if kinds or words.endswith(":"):
        return ""
    if is_address(words):
        return "address"
    described = about and flow.blocks[0].kind == "paragraph"
    return "about who answers" if described and not OF_THE_DRAFT.search(words) else ""


def is_greeting(words: str) -> bool:
    """
    Whether words only greet.

    >>> is_greeting("Dear Sir or Madam,"), is_greeting("Hello, no police here at night")
    (True, False)
    """
    if not GREETING.match(words) or len(words) > LONGEST_GREETING:
        return False
    return words.rstrip()[-1] in ",!:" or len(words.split()) <= 4


def is_signature(words: str) -> bool:
    """Whether words under "Yours faithfully" say nothing more: no "PS: please …"."""
    speaks = SENTENCE.search(words) or signals_in(SIGN_OFF.sub("", words))
    return len(words) <= LONGEST_SIGNATURE and not speaks


def is_courtesy(words: str) -> bool:
    """
    Whether a sentence only thanks, introduces or offers.

    >>> is_courtesy("Thank you for the opportunity to comment.")
    True
    >>> is_courtesy("We are writing to reply that the closure is wrong.")
    False
    """
    found = COURTESY.match(words)
    if found is None or len(words) > LONGEST_COURTESY:
        return False
    return not signals_in(words[found.end() :])


def is_address(words: str) -> bool:
    """Whether words say only where somebody is reached."""
    plain = [part for part in words.split() if part.isalpha() and part.islower()]
    if REACHED.search(words):
        return len(plain) <= MOST_PLAIN and not SENTENCE.search(words)
    return bool(POSTCODE.search(words)) and not plain


def is_names(words: str) -> bool:
    """Whether words are a list of names: nearly all with capitals, and no sentence."""
    parts = re.findall(r"[A-Za-z][\w'’]*", words)
    capital = sum(part[0].isupper() for part in parts)
    mostly = len(parts) >= 6 and capital >= 0.8 * len(parts)
    return mostly and not words.isupper() and words[-1] not in ".?!"


def is_question(words: str, questions: Collection[str]) -> bool:
    """
    Whether words are a question that was asked, and not an answer to it.

    Without the questions: one with a number that asks as a consultation does.
    """
    plain = without_markup(words)
    wanted = telling_words(NUMBERED.sub("", plain))
    for question in questions:
        asked = telling_words(question)
        if asked and wanted and len(asked & wanted) >= SAME * len(asked | wanted):
            return True
    return bool(CONSULTING.match(plain)) and plain.endswith("?")
