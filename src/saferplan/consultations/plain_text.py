"""
A plain text as blocks: what is a heading, a paragraph, an item, a note, a row.

The text is kept as it is, with its line ends; a block is a range of it. A form feed is
where the next page begins, as programs that take text out of a PDF write it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from saferplan.consultations.blocks import (
    Block,
    BlockKind,
    ResponseDocument,
    Writing,
)
from saferplan.plans.words import MARKUP, is_bullet, without_markup

# A line longer than this is a paragraph by itself; shorter ones run on.
WRAPPED = 100
LONG_LINE = 45
SHORT = 90
# Words that a sentence has and a heading seldom.
SENTENCE = re.compile(
    r"\b(?:i|we|you|they|is|are|was|were|has|have|had|should|would|will|must|can|could|"
    r"please|need|needs|agree|disagree|support|oppose|welcome|want|feel|think)\b",
    re.I,
)
NOTE = re.compile(r"^\W*(?:<sup>|\$\s*\^|\^\{|\[\^)")
PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I)
# A line that only says to what the next ones answer: "Page 12", "Q3", "Section 4.1:".
LABEL_ALONE = re.compile(
    r"^\W*(?:p(?:age|g|p)?s?|q(?:uestion)?s?|section|para(?:graph)?s?|objective|priority|"
    r"chapter|recommendation|commitment|action)\.?\s?\d{1,3}(?:\.\d{1,2})*"
    r"(?:\s?[-–]\s?\d{1,3})?\s*[:.)]*$",
    re.I,
)
NUMBERED_ITEM = re.compile(r"^\W*\(?\d{1,2}[.)]\s+\S")
NUMBERED = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*|[A-Z])[.)]?\s+\S")
PART = re.compile(r"^\W*(?:part|chapter|section|annex|appendix)\s+\w+\b[\s:.–-]*", re.I)
TITLE = re.compile(
    r"\b(?:response|reply|submission|comments) (?:to|of|by|from|on)\b|"
    r"\bconsultation response\b",
    re.I,
)
GREETING = re.compile(r"^\W*(?:dear|hello|hi|good (?:morning|afternoon))\b", re.I)


def read_text(text: str, content: bytes, name: str) -> ResponseDocument:
    document = Writing().document(content, name, "text")
    pages = text.rstrip("\f").count("\f") + 1
    return replace(
        document,
        text=text,
        blocks=tuple(blocks_of_text(text)),
        pages=pages if pages > 1 else None,
    )


def blocks_of_text(text: str) -> Iterator[Block]:
    """Return the blocks of a text; what lies between them is white space."""
    paged = "\f" in text
    stretches = list(stretches_of(text))
    for at, (start, end) in enumerate(stretches):
        words = text[start:end]
        after = text[slice(*stretches[at + 1])] if at + 1 < len(stretches) else ""
        before = text[slice(*stretches[at - 1])] if at else ""
        kind, level = kind_of(words, after)
        beside = NUMBERED_ITEM.match(before) or NUMBERED_ITEM.match(after)
        if NUMBERED_ITEM.match(words) and beside and not words.startswith("#"):
            kind, level = "list item", 0
        if at == 0 and kind == "paragraph" and is_title(words):
            kind, level = "heading", 1
        page = text.count("\f", 0, start) + 1 if paged else None
        yield Block(start, end, kind, page, level)


def stretches_of(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of paragraphs: lines that run on, a bullet, or a row each."""
    open_from, last = -1, ""
    at = end = 0
    for raw in re.findall(r"[^\n\f]*[\n\f]|[^\n\f]+$", text):
        line = raw.strip()
        start = at + len(raw) - len(raw.lstrip())
        if open_from >= 0 and not (line and goes_on(last, raw.rstrip())):
            yield open_from, end
            open_from = -1
        if line:
            open_from = start if open_from < 0 else open_from
            end = start + len(line)
        last = raw.rstrip("\n")
        at += len(raw)
    if open_from >= 0:
        yield open_from, end


def goes_on(last: str, line: str) -> bool:
    """Whether a line is the next of the paragraph that the last one belongs to."""
    if last.endswith("\f") or is_row(last) or is_row(line):
        return False
    if is_bullet(line.strip()) or MARKUP.match(line) and line.lstrip().startswith("#"):
        return False
    if last.lstrip().startswith("#") or NOTE.match(line):
        return False
    if line.strip()[0].islower():
        return True
    if GREETING.match(last) or LABEL_ALONE.match(last):
        return False
    if NUMBERED.match(line) and last.rstrip()[-1:] in ".?!;:":
        return False
    if NUMBERED_ITEM.match(line) and (NUMBERED_ITEM.match(last) or len(last) < SHORT):
        return False
    return LONG_LINE <= len(last) <= WRAPPED + 20 and len(line) <= WRAPPED + 20


def is_row(line: str) -> bool:
    return "\t" in line.strip()


def kind_of(words: str, after: str) -> tuple[BlockKind, int]:
    """What a stretch of text is, and the level of a heading."""
    if is_row(words):
        return "table cell", 0
    if NOTE.match(words):
        return "note", 0
    if PAGE_NUMBER.match(words) and not re.match(
        r"\W*p(?:age)?\W*\d+\W*$", words, re.I
    ):
        return "page number", 0
    if LABEL_ALONE.match(words):
        return "heading", 3
    if marked := re.match(r"#{1,6}", words):
        return "heading", len(marked.group())
    if is_bullet(words):
        return "list item", 0
    plain = without_markup(words)
    if is_heading(words, plain, after):
        return "heading", heading_level(plain)
    return "paragraph", 0


def is_heading(words: str, plain: str, after: str) -> bool:
    """Whether a stretch without a mark is a heading: short, no sentence, text below."""
    if "\n" in words or not plain or len(plain) > SHORT or GREETING.match(plain):
        return False
    if words.startswith("**") and words.rstrip(" :").endswith("**") and after:
        return True
    if not plain[0].isupper() and not plain[0].isdigit():
        return False
    if PART.match(plain) and plain[-1] not in ".;,?" and len(plain.split()) <= 12:
        return True
    # A short line with a colon opens a list, unless it has a number.
    if plain[-1] == ":" and not NUMBERED.match(plain):
        return False
    if SENTENCE.search(plain) or plain[-1] in ",;?!" or plain.endswith("..."):
        return False
    # With a full stop only if it can be nothing else: few words above a long text.
    most = 6 if plain[-1] == "." else 12
    return len(plain.split()) <= most and len(after) >= max(60, len(plain))


def is_title(words: str) -> bool:
    """Whether the first words of a text are its title: "Response of the tenants"."""
    ends_well = words[-1] not in ".;,?!:" and "\n" not in words
    return ends_well and len(words) <= SHORT and bool(TITLE.search(words))


def heading_level(plain: str) -> int:
    """1 for a part or a heading in capitals, then 2 and by the dots in its number."""
    if PART.match(plain) or plain.isupper():
        return 1
    if number := re.match(r"\d{1,2}((?:\.\d{1,2})*)[.)]?\s", plain):
        return 2 + number[1].count(".")
    return 2
