"""
An e-mail as one text: its subject, what it says, what it quotes, and its attachments.

Who sent it and when stand in the mail itself and are kept as its header; the words of a
message that it answers are quoted, not said.
"""

import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from saferplan.consultations.blocks import BlockKind, ResponseDocument, Writing
from saferplan.consultations.plain_text import blocks_of_text
from saferplan.consultations.web_text import write_web_page
from saferplan.errors import ResponseError

Reader = Callable[..., ResponseDocument]

HEADER = re.compile(rb"^(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")
TELLING = re.compile(
    rb"^(?:From|To|Received|Return-Path|MIME-Version|Message-ID):", re.I | re.M
)
SHOWN = ("From", "To", "Date", "Subject")
# What mail programs put above the message that is answered. Under the first kind its
# lines are marked, and an answer may stand between them; under the others all is its.
WROTE = re.compile(r"^On .{5,200} wrote:\s*$")
ALL_QUOTED = re.compile(
    r"^-{2,} ?(?:Original|Forwarded) message ?-{0,}\s*$|^_{10,}\s*$", re.I
)
FROM = re.compile(r"^\*?From:\*? .+$", re.I)
OF_HEADER = re.compile(r"^\*?(?:Sent|To|Date|Subject|Cc):", re.I)
SIGNATURE = re.compile(r"^(?:--|—|__)\s*$")
MOST_ATTACHMENTS = 30


def is_mail(content: bytes) -> bool:
    """Whether bytes begin with the header of an e-mail."""
    head = content[:20_000].lstrip().replace(b"\r\n", b"\n")
    found = HEADER.match(head)
    return bool(found and len(TELLING.findall(found.group())) >= 2)


def read_mail(
    content: bytes, name: str, read_attached: Reader | None, deep: int
) -> ResponseDocument:
    """
    Return what an e-mail and its attachments say.

    read_attached  reads an attachment's bytes; None for a mail that is attached to one
                   that is attached to another
    """
    message = message_from_bytes(content.lstrip(), policy=default)
    writing = Writing()
    for field in SHOWN:
        if message[field]:
            writing.add("mail header", f"{field}: {message[field]}")
    write_said(message, writing)
    unread: list[str] = []
    attached = [part for part in message.iter_attachments()][: MOST_ATTACHMENTS + 1]
    for at, part in enumerate(attached):
        title = part.get_filename() or f"attachment {at + 1}"
        if at == MOST_ATTACHMENTS or read_attached is None:
            unread.append(
                f"{title} and what follows it was not read: too many attachments, or "
                f"too deep. Save it, and read it by itself."
            )
            break
        try:
            inner = read_attached(bytes_of(part), title, deep=deep + 1)
        except ResponseError as error:
            unread.append(str(error))
        else:
            unread += inner.unread
            write_attached(inner, title, writing)
    return writing.document(content, name, "e-mail", unread=tuple(unread))


def bytes_of(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return cast(EmailMessage, part.get_content()).as_bytes()
    return cast(bytes, part.get_payload(decode=True)) or b""


def write_attached(inner: ResponseDocument, title: str, writing: Writing) -> None:
    for block in inner.blocks:
        writing.add(
            block.kind,
            inner.words(block),
            page=block.page,
            level=block.level,
            part=f"{title}: {block.part}" if block.part else title,
        )


def write_said(message: EmailMessage, writing: Writing) -> None:
    """Write the message's own words, and mark what it quotes and how it is signed."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return
    try:
        text = body.get_content()
    # A mail may name a character set that nobody knows.
    except (LookupError, UnicodeError):
        raw = cast(bytes, body.get_payload(decode=True)) or b""
        text = raw.decode("utf-8", "replace")
    if body.get_content_type() == "text/html":
        write_html(text, writing)
        return
    write_plain(text.replace("\r\n", "\n"), writing)


def write_html(text: str, writing: Writing) -> None:
    """Write a message that is a web page; from another's header on it is quoted."""
    page = Writing()
    write_web_page(text, page)
    whole = "".join(page.pieces)
    said = [whole[block.start : block.end] for block in page.blocks]
    quoted = False
    for at, (block, words) in enumerate(zip(page.blocks, said, strict=True)):
        lines = [line for each in said[at : at + 5] for line in each.split("\n")]
        quoted = quoted or begins_quoting(lines, 0)
        kind: BlockKind = "quoted message" if quoted else block.kind
        if WROTE.match(words) or SIGNATURE.match(words):
            kind = turn(words, block.kind)
        writing.add(kind, words, level=0 if quoted else block.level)


def write_plain(text: str, writing: Writing) -> None:
    """Write a message line by line into what is said, quoted and signed."""
    lines = text.split("\n")
    quoted_from = next(
        (at for at in range(len(lines)) if begins_quoting(lines, at)), len(lines)
    )
    said: list[str] = []
    now: BlockKind = "paragraph"
    for line in lines[:quoted_from]:
        kind = turn(line, now)
        if kind != now:
            write_lines(said, now, writing)
            said, now = [], kind
        said.append(line)
    write_lines(said, now, writing)
    write_lines(lines[quoted_from:], "quoted message", writing)


def begins_quoting(lines: list[str], at: int) -> bool:
    """Whether a line has the whole of another message under it."""
    if ALL_QUOTED.match(lines[at]):
        return True
    under = lines[at + 1 : at + 5]
    return bool(FROM.match(lines[at])) and any(OF_HEADER.match(line) for line in under)


def turn(line: str, now: BlockKind) -> BlockKind:
    """What a line is, given what the line before it was."""
    if line.startswith(">") or WROTE.match(line.strip()):
        return "quoted message"
    if now == "quoted message":
        return "paragraph" if line.strip() else now
    return "signature" if SIGNATURE.match(line) else now


def write_lines(lines: list[str], kind: BlockKind, writing: Writing) -> None:
    text = "\n".join(lines)
    if kind != "paragraph":
        writing.add(kind, text)
        return
    for block in blocks_of_text(text):
        writing.add(block.kind, text[block.start : block.end], level=block.level)
