"""Files that are broken, locked or meant to do harm: refused, with what to do."""

import io
import time
import zipfile
from email.message import EmailMessage

import docx
import pikepdf
import pytest
import typst

from saferplan.consultations import documents, read_response, response_document
from saferplan.consultations.documents import open_response
from saferplan.errors import ResponseError


def refused(content, name="reply.bin"):
    with pytest.raises(ResponseError) as told:
        response_document(content, name)
    return str(told.value)


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def word(words="We ask for more lamps."):
    document = docx.Document()
    document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(content, part, new):
    """The same zip with one part written anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as made:
        for entry in old.namelist():
            before = old.read(entry)
            made.writestr(entry, new(before) if entry == part else before)
    return out.getvalue()


def locked_pdf():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(typst.compile(b"We ask for lamps."))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def scanned_pdf(pages=2):
    return typst.compile(b"#pagebreak()" * (pages - 1) + b"#rect()")


@pytest.mark.parametrize("content", [b"", b"  \n\n \x00"[:5], b"\n"])
def test_an_empty_file_is_asked_for_again(content):
    assert "is empty. Ask for it to be sent again." in refused(content)


def test_a_file_of_no_words_is_asked_for_again():
    assert "holds no words" in refused(word(""))


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "LARGEST_FILE", 100)
    file = tmp_path / "reply.txt"
    file.write_text("We ask. " * 50)
    with pytest.raises(ResponseError, match="Save it without its pictures"):
        open_response(file)
    assert "Save it without its pictures" in refused(b"We ask. " * 50)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ResponseError, match="There is no file at"):
        open_response(tmp_path / "reply.txt")


def test_a_zip_bomb_is_not_unpacked():
    bomb = zipped(word__document_dot_xml=b"0" * 70_000_000)
    assert len(bomb) < 100_000
    assert "Do not open it" in refused(bomb)


def test_a_workbook_and_any_other_zip_are_told_apart():
    assert "read-answers" in refused(zipped(xl__workbook_dot_xml=b"<x/>"))
    assert "Unpack it" in refused(zipped(reply_dot_txt=b"We ask."))


def test_a_damaged_zip_is_asked_for_again():
    assert "damaged" in refused(word()[:-40])


def test_a_damaged_word_document_is_to_be_saved_again():
    broken = changed(word(), "word/document.xml", lambda before: before[:200])
    assert "save it again" in refused(broken)


def test_a_word_document_with_macros_is_not_opened():
    macros = changed(
        word(),
        "[Content_Types].xml",
        lambda before: before.replace(b"document.main", b"document.macroEnabled.main"),
    )
    assert "holds macros" in refused(macros)


def test_a_part_that_is_locked_is_asked_for_again():
    content = bytearray(word())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            content[start + at] |= 1  # the flag that says it is encrypted
            start += 1
    assert "locked" in refused(bytes(content))


def test_definitions_that_unfold_without_end_are_not_unfolded():
    laughs = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "%s">]>' % (b"&a;" * 1000)
    odt = zipped(
        **{
            "content_dot_xml": laughs + b"<d>&b;</d>",
            "META-INF__manifest_dot_xml": b"<manifest/>",
        }
    )
    assert "could harm this machine" in refused(odt)
    docx_too = changed(word(), "word/document.xml", lambda before: laughs + before[55:])
    assert "could harm this machine" in refused(docx_too)


def test_an_odt_with_a_password_is_asked_for_without():
    odt = zipped(
        **{
            "content_dot_xml": b"locked",
            "META-INF__manifest_dot_xml": b"<encryption-data/>",
        }
    )
    assert "locked with a password" in refused(odt)


def test_a_pdf_with_a_password_is_asked_for_without():
    assert "locked with a password. Ask for it without one." in refused(locked_pdf())


def test_a_damaged_pdf_is_asked_for_again():
    assert "damaged" in refused(b"%PDF-1.7\nnothing of the kind")


def test_a_scan_has_pages_and_no_text():
    assert "has 2 pages and no text: it is a scan" in refused(scanned_pdf())


def test_a_pdf_in_which_one_page_is_a_picture_says_which():
    document = response_document(
        typst.compile(b"We ask for lamps.\n#pagebreak()\n#rect()"), "reply.pdf"
    )
    assert document.unread == (
        "Page 2 of reply.pdf holds no text: look at it, it may be a picture.",
    )


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX, PDF or EML"),
        (b"{\\rtf1 We ask}", "save it as DOCX"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "is none of Word"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_ask_for(content, advice):
    assert advice in refused(content)


def test_nothing_on_a_web_page_is_run_or_kept():
    page = (
        b"<html><script>alert('We ask')</script><body onload='x()'>"
        b"<!-- We ask --><p>More <b>lamps</b>.</p><template>no</template></body>"
    )
    assert response_document(page, "reply.html").text == "More lamps."


def test_mails_inside_mails_are_read_two_deep():
    inner = b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nWe ask for lamps.\n"
    for depth in range(5):
        message = EmailMessage()
        message["From"], message["To"] = "a@example.org", "b@example.org"
        message["Subject"] = f"Depth {depth}"
        message.set_content(f"Inside {depth}.")
        message.add_attachment(
            inner, maintype="application", subtype="octet-stream", filename="m.eml"
        )
        inner = message.as_bytes()
    document = response_document(inner, "reply.eml")
    assert "Inside 2." in document.text
    assert "Inside 1." not in document.text
    assert "too deep" in document.unread[0]


def test_more_attachments_than_a_person_sends_are_told():
    message = EmailMessage()
    message["From"], message["To"] = "a@example.org", "b@example.org"
    message["Subject"] = "Many"
    message.set_content("See attached.")
    for number in range(32):
        message.add_attachment(f"Lamp {number}.", filename=f"{number}.txt")
    document = response_document(message.as_bytes(), "reply.eml")
    assert "Lamp 29." in document.text
    assert "Lamp 30." not in document.text
    assert "too many attachments" in document.unread[0]


@pytest.mark.parametrize("piece", ["x", "x@", "x ", " \t", "page 1 and "])
def test_a_line_without_end_is_read_in_time(piece):
    # A file sent inside a mail can be one word; the search for an address took 6 s.
    content = f"We ask. {piece * 40_000}"[:40_000].encode()
    before = time.process_time()
    read_response(response_document(content, "reply.txt"), [])
    assert time.process_time() - before < 3
