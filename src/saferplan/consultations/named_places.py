"""Places that are referred to by name: "the Executive Summary", "the section on …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Parts that most documents have, where "the" or "your" says that one is meant.
USUAL = re.compile(
    r"\b(?:the|your|its|this)\s+(?:draft(?:['’]s)?\s+|plan['’]s\s+)?"
    r"(?P<name>(?i:executive summary|(?:[A-Z]\w+['’]s\s+)?foreword|preface|glossary|"
    r"introduction|conclusions?|summary|equalit(?:y|ies) (?:impact )?"
    r"(?:assessment|analysis)))\b(?!\s+(?:of|to|that)\b)",
    re.I,
)
ALSO = re.compile(
    r"\s+and\s+(?:the\s+)?(?P<name>Executive Summary|Foreword|Glossary|Conclusions?)"
)
WORD = r"(?:section|chapter|part|heading|passage|pages)"
QUOTE = r"[“\"‘']"
UNQUOTE = r"[”\"’']"
QUOTED_FIRST = re.compile(
    rf"{QUOTE}(?P<name>[^“”\"\n]{{2,80}}?){UNQUOTE}\s+{WORD}s?\b", re.I
)
QUOTED_AFTER = re.compile(
    rf"\b(?:{WORD}\s+(?:headed|called|titled|entitled|named|on|about)|under(?: the "
    rf"(?:sub-?)?heading)?|heading)\s+{QUOTE}(?P<name>[^“”\"\n]{{2,80}}?){UNQUOTE}",
    re.I,
)
CAPITALS = re.compile(
    rf"\b(?i:the|your)\s+(?P<name>[A-Z][\w'’-]+(?:\s+(?:and|of|the|for|&|[A-Z][\w'’-]+))"
    rf"{{0,6}})\s+{WORD}\b"
)
HEADED = re.compile(
    rf"\b{WORD}\s+(?:headed|called|titled|entitled|named)\s+"
    r"(?P<name>[A-Z][\w'’-]+(?:\s+(?:(?:and|of|the|for|&)\s+)*[A-Z][\w'’-]+){0,6})"
)
ABOUT = re.compile(
    r"\b(?:the|your|its|plan['’]s|draft['’]s)\s+(?:section|chapter|part)\s+(?:on|about|"
    r"dealing with|covering)\s+"
    r"(?P<name>\w[\w'’-]*(?:\s+[\w'’-]+){0,6})",
    re.I,
)
# Words inside a name, after which it goes on; and words with which a sentence does.
JOINING = set("and of the for in with on against to or our &".split())  # noqa: SIM905
GOES_ON = re.compile(
    r"(?:is|are|was|were|has|have|had|should|would|could|must|will|can|may|needs?|does|"
    r"do|did|says?|says|that|which|who|because|but|if|when|we|you|it|they|not|please)$",
    re.I,
)


@dataclass(frozen=True)
class NamedPlace:
    """A heading that is named, and where its name stands."""

    name: str
    start: int
    end: int


def named_places(text: str, headings: Sequence[str] = ()) -> Iterator[NamedPlace]:
    """
    Return places that a text names, in no order, without overlaps.

    headings  the draft's own: three words of one, or more, name it anywhere
    """
    taken: list[tuple[int, int]] = []
    for start, end in found_names(text, headings):
        if not any(start < stop and begin < end for begin, stop in taken):
            taken.append((start, end))
            yield NamedPlace(text[start:end], start, end)


def found_names(text: str, headings: Sequence[str]) -> Iterator[tuple[int, int]]:
    for pattern in (QUOTED_FIRST, QUOTED_AFTER, CAPITALS, HEADED):
        yield from (found.span("name") for found in pattern.finditer(text))
    for found in ABOUT.finditer(text):
        start, _ = found.span("name")
        yield start, start + len(name_of(found["name"]))
    yield from usual_parts(text)
    for heading in headings:
        if len(heading.split()) >= 3:
            for found in re.finditer(rf"\b{re.escape(heading)}\b", text):
                yield found.span()


def usual_parts(text: str) -> Iterator[tuple[int, int]]:
    for found in USUAL.finditer(text):
        if found["name"][0].isupper() or may_be_small(found["name"]):
            yield found.span("name")
            if also := ALSO.match(text, found.end()):
                yield also.span("name")


def may_be_small(name: str) -> bool:
    """Whether a name is a part of a document even without a capital."""
    return name.lower() not in ("introduction", "conclusion", "conclusions")


def name_of(words: str) -> str:
    """
    As much of some words as is the name, without the sentence that goes on.

    >>> name_of("stop and search ignores young people")
    'stop and search'
    """
    parts = list(re.finditer(r"\S+", words))
    end = 0
    for at, part in enumerate(parts):
        word = part.group()
        last = parts[at - 1].group() if at else ""
        fresh = bool(last) and last.lower() not in JOINING
        if GOES_ON.match(word) or (fresh and at >= 2 and is_verb(word, parts, at)):
            break
        end = part.end()
    return re.sub(r"(?:\s+(?:and|of|the|for|in|with|on|to|or))+$", "", words[:end])


def is_verb(word: str, parts: list[re.Match[str]], at: int) -> bool:
    """Whether a word looks like the sentence's verb: "ignores young people"."""
    more = at + 1 < len(parts) and parts[at + 1].group().lower() not in JOINING
    return word.endswith("s") and not word.endswith("ss") and more
