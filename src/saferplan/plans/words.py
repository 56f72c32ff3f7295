"""The words of a heading or an action that tell it from others."""

import re

# Words so common in any plan that sharing them says nothing.
COMMON = set(
    [
        "a",
        "about",
        "across",
        "action",
        "actions",
        "after",
        "all",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "do",
        "each",
        "for",
        "form",
        "forms",
        "from",
        "has",
        "have",
        "how",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "of",
        "on",
        "or",
        "other",
        "our",
        "out",
        "over",
        "so",
        "such",
        "that",
        "the",
        "their",
        "them",
        "these",
        "they",
        "this",
        "through",
        "to",
        "up",
        "use",
        "used",
        "via",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "within",
        "without",
    ]
)
HEADING_LENGTH = 90
BULLET = re.compile(r"^\s*(?:[-*•·‣▪–—]|o(?=\s)|\(?\d{1,2}[.)]\s*-)\s*")
MARKUP = re.compile(r"^\s*#{1,6}\s*|\*\*|__")
NUMBER = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+")


def telling_words(text: str) -> frozenset[str]:
    """
    Return the words that matter, in small letters and without a plural's s.

    >>> sorted(telling_words("Peer on Peer abuse / Serious thefts"))
    ['abuse', 'peer', 'serious', 'theft']
    """
    found = re.findall(r"[a-z0-9]{2,}", text.lower().replace("’", "").replace("'", ""))
    return frozenset(singular(word) for word in found if word not in COMMON)


def singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


def without_markup(text: str) -> str:
    """A line without the marks of a heading, of bold type, or of a bullet."""
    return " ".join(BULLET.sub("", MARKUP.sub("", text)).split())


def is_bullet(text: str) -> bool:
    return not MARKUP.match(text) and bool(BULLET.match(text))


def looks_like_heading(text: str) -> bool:
    """Whether a line is short and neither begins nor ends as a sentence goes on."""
    plain = without_markup(text)
    return (
        bool(plain)
        and not is_bullet(text)
        and len(plain) <= HEADING_LENGTH
        and not plain[0].islower()
        and plain[-1] not in ".;,?"
    )
