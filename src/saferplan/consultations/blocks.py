"""A response as one text, and what each stretch of it is: heading, paragraph, reply."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from saferplan.plans.plan import Range

FileKind = Literal["text", "web page", "Word document", "PDF", "ODT document", "e-mail"]
BlockKind = Literal[
    "heading",
    "paragraph",
    "list item",
    "table cell",
    "note",
    "comment",
    "page header",
    "page footer",
    "page number",
    "mail header",
    "quoted message",
    "signature",
]
FURNITURE = {"page header", "page footer", "page number"}


@dataclass(frozen=True)
class Block:
    """
    A stretch of a response's text, and what it is in the document.

    page   the page on which it begins, from 1; None where pages are not known
    level  of a heading, 1 for the highest; 0 of anything else
    part   the attachment of an e-mail that it comes from; "" for the file itself
    """

    start: int
    end: int
    kind: BlockKind
    page: int | None = None
    level: int = 0
    part: str = ""

    @property
    def range(self) -> Range:
        return self.start, self.end


@dataclass(frozen=True)
class ResponseDocument:
    """
    A file that somebody sent: one text, in which every range is measured.

    blocks  in the order of the text; between them there is only white space
    pages   how many pages it has; None if the file does not say
    unread  what could not be read, a sentence each: an attachment, a page of pictures
    """

    name: str
    kind: FileKind
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    unread: tuple[str, ...] = ()

    def words(self, block: Block) -> str:
        return self.text[block.start : block.end]


@dataclass
class Writing:
    """A text while it is being put together out of a document's pieces."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def add(
        self,
        kind: BlockKind,
        words: str,
        *,
        page: int | None = None,
        level: int = 0,
        part: str = "",
    ) -> None:
        """Write a block's words, with an empty line before them; nothing for none."""
        words = words.strip()
        if not words:
            return
        if self.pieces:
            self.pieces.append("\n\n")
            self.length += 2
        end = self.length + len(words)
        self.blocks.append(Block(self.length, end, kind, page, level, part))
        self.pieces.append(words)
        self.length = end

    def document(
        self,
        content: bytes,
        name: str,
        kind: FileKind,
        *,
        pages: int | None = None,
        unread: tuple[str, ...] = (),
    ) -> ResponseDocument:
        return ResponseDocument(
            name,
            kind,
            hashlib.sha256(content).hexdigest(),
            "".join(self.pieces),
            tuple(self.blocks),
            pages,
            unread,
        )
