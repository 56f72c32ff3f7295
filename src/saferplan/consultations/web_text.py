"""The text of a web page without its markup: headings, paragraphs, lists, tables."""

import re
from html.parser import HTMLParser

from saferplan.consultations.blocks import BlockKind, ResponseDocument, Writing

KINDS: dict[str, BlockKind] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "list item",
    "td": "table cell",
    "th": "table cell",
    "blockquote": "quoted message",
}
# Whatever begins or ends here, a paragraph does too.
BREAKS = re.compile(
    "p|div|h[1-6]|li|[uod]l|d[td]|t[dhr]|table|tbody|thead|section|article|main|header|"
    "footer|nav|aside|form|blockquote|pre|hr|title|body|html|head"
)
NOT_READ = {"script", "style", "template", "noscript"}
MANY_DEEP = 500


def read_web_page(text: str, content: bytes, name: str) -> ResponseDocument:
    writing = Writing()
    write_web_page(text, writing)
    return writing.document(content, name, "web page")


def write_web_page(text: str, writing: Writing, *, part: str = "") -> None:
    """Write a page's blocks. Nothing is fetched and no script is run."""
    reader = PageReader(writing, part)
    reader.feed(text)
    reader.close()
    reader.end_block()


class PageReader(HTMLParser):
    """Takes a page's words between one break and the next as a block."""

    def __init__(self, writing: Writing, part: str):
        super().__init__(convert_charrefs=True)
        self.writing, self.part = writing, part
        self.words: list[str] = []
        self.open: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_READ:
            self.hidden += 1
        elif tag == "br":
            self.words.append("\v")
        elif BREAKS.fullmatch(tag):
            self.end_block()
        if tag in KINDS and len(self.open) < MANY_DEEP:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in NOT_READ:
            self.hidden = max(0, self.hidden - 1)
        elif BREAKS.fullmatch(tag):
            self.end_block()
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data.replace("\v", " "))

    def end_block(self) -> None:
        lines = "".join(self.words).split("\v")
        self.words = []
        words = "\n".join(" ".join(line.split()) for line in lines)
        kind, level = self.kind()
        self.writing.add(kind, words, level=level, part=self.part)

    def kind(self) -> tuple[BlockKind, int]:
        if not self.open:
            return "paragraph", 0
        if "blockquote" in self.open:
            return "quoted message", 0
        tag = self.open[-1]
        return KINDS[tag], int(tag[1]) if tag[0] == "h" and tag[1].isdigit() else 0
