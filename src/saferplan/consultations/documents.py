"""
Open what somebody sent in answer to a draft: Word, PDF, ODT, e-mail, web page or text.

What a file is shows in its bytes, not in its name. Nothing in it is run or fetched:
macros, fields, pictures from afar and links are words or nothing.
"""

import io
import zipfile
from pathlib import Path

from saferplan.consultations.blocks import ResponseDocument
from saferplan.consultations.mail_text import is_mail, read_mail
from saferplan.consultations.odt_text import read_odt
from saferplan.consultations.pdf_text import read_pdf
from saferplan.consultations.plain_text import read_text
from saferplan.consultations.web_text import read_web_page
from saferplan.consultations.word_text import read_word
from saferplan.errors import ResponseError
from saferplan.plans.contents import parts_in, text_in
from saferplan.plans.opening import LARGEST_FILE, MEGABYTE, WEB_PAGE

LARGEST_UNPACKED = 60 * MEGABYTE
LARGEST_TEXT = 4_000_000  # characters; the longest reply we know has 62,000
MOST_ATTACHMENTS_DEEP = 2
# The part of a zip that tells what it is, and what reads it.
PACKED = {"word/document.xml": read_word, "content.xml": read_odt}
# The first bytes of what people send instead, and what to ask them for.
OTHERS = {
    b"\xd0\xcf\x11\xe0": (
        "is an old Word document or an Outlook message",
        "Open it and save it as DOCX, PDF or EML",
    ),
    b"{\\rtf": ("is rich text", "Open it and save it as DOCX"),
    b"\x89PNG": ("is a picture", "Type what it says into a text file"),
    b"\xff\xd8\xff": ("is a picture", "Type what it says into a text file"),
}


def open_response(path: Path) -> ResponseDocument:
    """
    Return what a file says. Raises ResponseError, with what to do, if it cannot.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise too_large(path.name, path.stat().st_size)
        return response_document(path.read_bytes(), path.name)
    except (FileNotFoundError, IsADirectoryError):
        raise ResponseError(f"There is no file at {path}. Check its name.") from None


def response_document(content: bytes, name: str, *, deep: int = 0) -> ResponseDocument:
    """
    Return what the bytes of a file say, as one text with its blocks.

    deep  how many e-mails it is attached inside of; two are read and no more

    Raises ResponseError if it is empty, too large, encrypted, damaged, a picture of
    its pages, full of macros, or nothing that we know.
    """
    if not content.strip():
        raise ResponseError(f"{name} is empty. Ask for it to be sent again.")
    if len(content) > LARGEST_FILE:
        raise too_large(name, len(content))
    found = opened(content, name, deep)
    if not found.blocks:
        raise ResponseError(f"{name} holds no words. Ask for it to be sent again.")
    if len(found.text) > LARGEST_TEXT:
        raise ResponseError(
            f"{name} holds {len(found.text):,} characters, more than any response. "
            f"Save the part that answers the draft as a file of its own."
        )
    return found


def opened(content: bytes, name: str, deep: int) -> ResponseDocument:
    for mark, (what, instead) in OTHERS.items():
        if content.startswith(mark):
            raise ResponseError(f"{name} {what}. {instead}, and read that.")
    if content.startswith(b"PK\x03\x04"):
        return packed(content, name)
    # A PDF may begin after some bytes that a mail server put before it.
    if b"%PDF-" in content[:1024]:
        return read_pdf(content, name)
    text = text_in(content)
    if is_mail(content):
        read_attached = response_document if deep < MOST_ATTACHMENTS_DEEP else None
        return read_mail(content, name, read_attached, deep)
    if text is None:
        raise ResponseError(
            f"{name} is none of Word (DOCX), PDF, ODT, e-mail (EML), web page or text. "
            f"Ask for it as one of these."
        )
    if WEB_PAGE.search(text):
        return read_web_page(text, content, name)
    return read_text(text, content, name)


def packed(content: bytes, name: str) -> ResponseDocument:
    """A file that is a zip inside: Word, ODT, or another."""
    try:
        sizes = parts_in(content)
    except (zipfile.BadZipFile, UnicodeDecodeError):
        raise ResponseError(f"{name} is damaged. Ask for it again.") from None
    if sum(sizes.values()) > LARGEST_UNPACKED:
        raise ResponseError(
            f"{name} unpacks to {sum(sizes.values()) / MEGABYTE:,.0f} MB, far more "
            f"than any response. Do not open it; ask who sent it for a PDF."
        )
    for main, read in PACKED.items():
        if main in sizes:
            refuse_definitions(content, main, name)
            return read(content, name)
    if "xl/workbook.xml" in sizes:
        raise ResponseError(
            f"{name} is a workbook. Save a sheet of answers as CSV and read it with "
            f"`saferplan read-answers`."
        )
    raise ResponseError(
        f"{name} is a zip that is neither a Word nor an ODT document. Unpack it, and "
        f"read the files in it one by one."
    )


def refuse_definitions(content: bytes, part: str, name: str) -> None:
    """Refuse XML that defines words of its own: unfolded, they fill a machine."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            head = archive.open(part).read(10_000)
    except (zipfile.BadZipFile, RuntimeError):
        raise ResponseError(
            f"{name} is damaged or locked. Ask for it again, or as PDF."
        ) from None
    if b"<!ENTITY" in head:
        raise ResponseError(
            f"{name} is not what a word processor writes, and could harm this machine. "
            f"Ask for it as PDF."
        )


def too_large(name: str, size: int) -> ResponseError:
    return ResponseError(
        f"{name} has {size / MEGABYTE:,.0f} MB, and a response may have "
        f"{LARGEST_FILE // MEGABYTE}. Save it without its pictures."
    )
