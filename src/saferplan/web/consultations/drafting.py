"""A draft's text and the passages in it, from a file, a pasted text or a version."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from saferplan.consultations.anchors import anchors_of
from saferplan.consultations.blocks import ResponseDocument
from saferplan.consultations.documents import response_document
from saferplan.web.consultations.models import Passage
from saferplan.web.plans.models import Version

MARK = re.compile(r"^(?:#{1,6}|[-*•])[ \t]+(?=\S)")


@dataclass
class Drafted:
    """A text, and its passages, not saved yet."""

    text: str
    passages: list[Passage]


def from_file(content: bytes, name: str) -> Drafted:
    """
    Read a draft out of a document. Raises ResponseError, with what to do, if none.

    Pages are passages too, though no reader sees them: a reply may say "page 17".
    """
    return from_document(response_document(content, name))


def from_document(document: ResponseDocument) -> Drafted:
    levels = {block.start: block.level for block in document.blocks}
    passages = []
    for anchor in anchors_of(document):
        start, end = anchor.range
        words = without_mark(document.text[start:end])
        passages.append(
            Passage(
                key=anchor.id[:64],
                kind=anchor.kind,
                level=levels.get(start, 0) if anchor.kind == "section" else 0,
                label=without_mark(anchor.label)[:300],
                text=words,
                start=end - len(words),
                end=end,
                page=anchor.page,
            )
        )
    return Drafted(document.text, with_keys_of_their_own(passages))


def without_mark(text: str) -> str:
    """
    Leave out what marks a heading or an item in a file of plain text.

    >>> without_mark("# What we will do"), without_mark("- We will walk.")
    ('What we will do', 'We will walk.')
    """
    return MARK.sub("", text, count=1)


def with_keys_of_their_own(passages: list[Passage]) -> list[Passage]:
    """Cut to the length that is kept, two keys can become one."""
    seen: set[str] = set()
    for passage in passages:
        if passage.key in seen:
            passage.key = f"{passage.key[:50]}-{len(seen)}"
        seen.add(passage.key)
    return passages


@dataclass
class Written:
    """A text while it is put together, a passage after another."""

    pieces: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    length: int = 0

    def add(
        self, key: str, kind: str, text: str, *, label: str = "", level: int = 0
    ) -> None:
        text = text.strip()
        if not text:
            return
        if self.pieces:
            self.pieces.append("\n\n")
            self.length += 2
        end = self.length + len(text)
        self.passages.append(
            Passage(
                key=key[:64],
                kind=kind,
                level=level,
                label=label[:300],
                text=text,
                start=self.length,
                end=end,
            )
        )
        self.pieces.append(text)
        self.length = end


def from_version(version: Version) -> Drafted:
    """
    Return what a version of a plan says, a passage for each strand, action and promise.

    An action's key is its own, so that it is the same place in the next version however
    it is worded or numbered there.
    """
    content = version.content
    written = Written()
    for number, part in enumerate(paragraphs(content["purpose"]), start=1):
        written.add(f"purpose-{number}", "paragraph", part)
    for strand in content["strands"]:
        add_strand(written, strand)
    if content["commitments"]:
        written.add("commitments", "section", "Commitments", level=1)
    for number, each in enumerate(content["commitments"], start=1):
        words = ": ".join(part for part in (each["section"], each["text"]) if part)
        written.add(f"commitment-{number}", "commitment", words, label=each["name"])
    return Drafted("".join(written.pieces), written.passages)


def add_strand(written: Written, strand: dict[str, Any]) -> None:
    number = strand["number"]
    label = f"Strand {number}"
    written.add(f"strand-{number}", "section", strand["title"], label=label, level=1)
    for part_number, part in enumerate(paragraphs(strand["scope"]), start=1):
        written.add(f"strand-{number}-scope-{part_number}", "paragraph", part)
    for theme in strand["themes"]:
        if not theme["actions"]:
            continue
        key = f"strand-{number}-{slug(theme['title'])}"
        written.add(key, "section", theme["title"], level=2)
        for action in theme["actions"]:
            written.add(
                f"action-{action['id']}",
                "action",
                in_words(action),
                label=f"Action {action['name']}",
            )


def in_words(action: dict[str, Any]) -> str:
    """An action with what is promised about it, as far as it is known."""
    said = [("By", "time_frame"), ("Led by", "lead"), ("Target", "target")]
    details = [f"{name}: {action[key]}." for name, key in said if action[key]]
    return " ".join([action["text"].rstrip(".") + ".", *details])


def paragraphs(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split("\n") if part.strip())


def slug(title: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
