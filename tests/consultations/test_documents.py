"""Files as people send them: each opened as one text, and no word of it lost."""

import io
import random
import re
from email.message import EmailMessage

import docx
import odfdo
import pytest
import typst

from saferplan.consultations import read_response, response_document
from saferplan.consultations.documents import open_response

HEADINGS = ["Lighting", "Victims and witnesses", "Buses at night", "Money"]
SENTENCES = [
    "We welcome the promise of new lamps in the alleys.",
    "Please add the bus station to the list on page 12.",
    "There is nothing on hate crime in section 3.2, which is disappointing.",
    "Who will answer the telephone when the counter is closed?",
    "Our members walk home late, and many of them take the long way round.",
    "The plan should name a lead for each commitment, e.g. for restorative justice.",
    "Délais: naïve targets – “20:20:20” – cost £3.2m & help nobody.",
]
LETTERS = range(6)


def letter(seed):
    """What a letter says, as (what it is, words)."""
    made = random.Random(seed)
    parts = [("title", f"Response of tenants' group {seed}")]
    for heading in made.sample(HEADINGS, 2):
        parts.append(("heading", heading))
        parts.append(("paragraph", " ".join(made.sample(SENTENCES, 3))))
        parts += [("item", each) for each in made.sample(SENTENCES, 2)]
    parts += [("cell", each) for each in made.sample(SENTENCES, 2)]
    return parts


def as_docx(parts):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Tenants of the borough"
    document.sections[0].footer.paragraphs[0].text = "Draft for the committee"
    styles = {"title": "Title", "heading": "Heading 1", "item": "List Bullet"}
    for kind, words in parts:
        if kind == "cell":
            document.add_table(rows=1, cols=1).cell(0, 0).text = words
        else:
            document.add_paragraph(words, style=styles.get(kind, "Normal"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_odt(parts):
    document = odfdo.Document("text")
    document.body.clear()
    for number, (kind, words) in enumerate(parts):
        if kind in ("title", "heading"):
            document.body.append(odfdo.Header(1 if kind == "title" else 2, words))
        elif kind == "item":
            document.body.append(odfdo.List([words]))
        elif kind == "cell":
            table = odfdo.Table(f"Table {number}", width=1, height=1)
            table.set_value("A1", words)
            document.body.append(table)
        else:
            document.body.append(odfdo.Paragraph(words))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(parts):
    marks = {"title": "= ", "heading": "#pagebreak()\n== ", "item": "- "}
    body = "\n\n".join(
        marks.get(kind, "") + re.sub(r"([#$*_@<>&])", r"\\\1", words)
        for kind, words in parts
    )
    page = '#set page(header: "Tenants of the borough", numbering: "1")\n'
    return typst.compile(f"{page}#set smartquote(enabled: false)\n{body}".encode())


def as_html(parts):
    tags = {"title": "h1", "heading": "h2", "item": "li", "cell": "td"}
    body = "".join(
        f"<{tags.get(kind, 'p')}>{words.replace('&', '&amp;')}</{tags.get(kind, 'p')}>"
        for kind, words in parts
    )
    return f"<html><style>p {{}}</style><body>{body}</body></html>".encode()


def as_text(parts):
    marks = {"title": "# ", "heading": "## ", "item": "- "}
    return "\n\n".join(marks.get(kind, "") + words for kind, words in parts).encode()


def as_mail(parts):
    message = EmailMessage()
    message["From"], message["To"] = "tenants@example.org", "plan@example.org"
    message["Subject"] = "The draft plan"
    message.set_content(as_text(parts).decode() + "\n\n-- \nThe secretary\n")
    return message.as_bytes()


def as_mail_with_attachment(parts):
    message = EmailMessage()
    message["From"], message["To"] = "tenants@example.org", "plan@example.org"
    message["Subject"] = "The draft plan"
    message.set_content("Dear all,\n\nPlease find our reply attached.\n")
    message.add_attachment(
        as_docx(parts), maintype="application", subtype="msword", filename="reply.docx"
    )
    return message.as_bytes()


WRITERS = {
    "docx": as_docx,
    "odt": as_odt,
    "pdf": as_pdf,
    "html": as_html,
    "txt": as_text,
    "eml": as_mail,
    "with attachment.eml": as_mail_with_attachment,
}


def words_of(text):
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("seed", LETTERS)
def test_no_word_of_a_letter_is_lost_and_every_character_is_accounted_for(ending, seed):
    parts = letter(seed)
    document = response_document(WRITERS[ending](parts), f"reply.{ending}")
    response = read_response(document)

    said = " ".join(words_of(document.text))
    for _, words in parts:
        assert " ".join(words_of(words)) in said
    ranges = sorted(response.ranges())
    assert [start for start, _ in ranges] == [0, *(end for _, end in ranges)][:-1]
    assert ranges[-1][1] == len(document.text)
    # Each sentence of the letter is in a point, and only its furniture is in none.
    pointed = " ".join(words_of(" ".join(point.text for point in response.points)))
    for kind, words in parts:
        if kind in ("paragraph", "item", "cell"):
            assert " ".join(words_of(words)) in pointed


@pytest.mark.parametrize("ending", ["docx", "odt", "pdf", "html", "txt", "eml"])
def test_headings_and_items_are_known_in_every_kind_of_file(ending):
    document = response_document(WRITERS[ending](letter(1)), f"reply.{ending}")
    kinds = [(block.kind, document.words(block)) for block in document.blocks]
    headings = [words.strip("# ") for kind, words in kinds if kind == "heading"]
    assert headings == [
        words for kind, words in letter(1) if kind in ("title", "heading")
    ]
    assert sum(kind == "list item" for kind, _ in kinds) == 4


def test_a_pdf_has_pages_and_its_running_heads_are_no_words_of_it():
    document = response_document(as_pdf(letter(2)), "reply.pdf")
    assert document.pages == 3
    pages = {document.words(b): b.page for b in document.blocks if b.kind == "heading"}
    assert list(pages.values()) == [1, 2, 3]
    furniture = [document.words(b) for b in document.blocks if b.kind == "page header"]
    assert furniture == ["Tenants of the borough"] * 3
    numbers = [document.words(b) for b in document.blocks if b.kind == "page number"]
    assert numbers == ["1", "2", "3"]


def test_a_sentence_over_a_page_of_a_pdf_is_one():
    long = " ".join(["and another lamp is dark"] * 400)
    content = typst.compile(
        f'#set page(numbering: "1")\nWe ask that it{long}.'.encode()
    )
    response = read_response(response_document(content, "long.pdf"))
    assert response.document.pages > 2
    assert [point.text.count("lamp") for point in response.points] == [400]


PRINTED = """
#set page(header: [Riverside Tenants], footer: context [Page #counter(page).display()])
*Response of the tenants*

Dear Chair,

*Lighting*

We welcome the promise of new lamps#footnote[Survey of 2024.] in the alleys, and above
all that they will be mended. However the alleys behind the shops are not mentioned.

1. More police on the buses
2. Lower speed limits near schools

Yours sincerely,

The secretary
#pagebreak()
= Objective 8
It is silent about adults.
"""


def test_a_printed_letter_has_its_headings_notes_and_signature():
    document = response_document(typst.compile(PRINTED.encode()), "letter.pdf")
    said = [(block.kind, document.words(block)) for block in document.blocks]
    assert said == [
        ("heading", "Response of the tenants"),
        ("paragraph", "Dear Chair,"),
        ("heading", "Lighting"),
        (
            "paragraph",
            "We welcome the promise of new lamps1 in the alleys, and above all that "
            "they will be mended. However the alleys behind the shops are not "
            "mentioned.",
        ),
        ("paragraph", "1. More police on the buses"),
        ("paragraph", "2. Lower speed limits near schools"),
        ("paragraph", "Yours sincerely,"),
        ("paragraph", "The secretary"),
        ("note", "1Survey of 2024."),
        ("page header", "Riverside Tenants"),
        ("page number", "Page 1"),
        ("heading", "Objective 8"),
        ("paragraph", "It is silent about adults."),
        ("page header", "Riverside Tenants"),
        ("page number", "Page 2"),
    ]
    points = read_response(document).points
    assert [point.kind for point in points] == [
        *("support", "criticism", "ask", "comment", "criticism"),
    ]


def test_the_notes_and_the_page_breaks_of_word_are_read():
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import OxmlElement

    document = docx.Document()
    document.add_paragraph("We ask for lamps.")
    later = document.add_paragraph("And for wardens.")
    later.runs[0]._r.insert(0, OxmlElement("w:lastRenderedPageBreak"))
    note = f"<w:footnotes {nsdecls('w')}><w:footnote><w:p><w:r><w:t>Survey of 2024."
    note += "</w:t></w:r></w:p></w:footnote></w:footnotes>"
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), "text/xml", note.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    out = io.BytesIO()
    document.save(out)
    found = response_document(out.getvalue(), "noted.docx")
    assert [(b.kind, found.words(b), b.page) for b in found.blocks] == [
        ("paragraph", "We ask for lamps.", 1),
        ("paragraph", "And for wardens.", 2),
        ("note", "Survey of 2024.", None),
    ]
    assert found.pages == 2


def test_tracked_changes_comments_and_text_boxes_of_word_are_read_as_shown():
    document = docx.Document()
    paragraph = document.add_paragraph("We ask for ")
    paragraph.add_run("fewer ")
    kept = paragraph.add_run("more lamps.")
    document.add_comment(runs=kept, text="Why is this not in the draft?", author="T")
    content = in_word(document, struck="fewer ")
    found = response_document(content, "tracked.docx")
    said = {block.kind: found.words(block) for block in found.blocks}
    assert said == {
        "paragraph": "We ask for more lamps.",
        "comment": "Why is this not in the draft?",
    }


def in_word(document, struck):
    """A Word document with one run struck out as a tracked change."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    for run in document.element.body.iter(qn("w:r")):
        if run.text == struck:
            change = OxmlElement("w:del")
            run.addprevious(change)
            change.append(run)
            break
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


MAIL = """\
From: tenants@example.org
To: plan@example.org
Subject: Re: The draft plan
Content-Type: text/plain; charset=utf-8

Hello,

We would like more lamps.

Kind regards,
The secretary

On Monday the office wrote:
> Do you want more lamps?
> Please say.
"""


def test_what_a_mail_quotes_is_not_said():
    response = read_response(response_document(MAIL.encode(), "reply.eml"))
    assert [point.text for point in response.points] == ["We would like more lamps."]
    reasons = {each.reason for each in response.none_ranges}
    assert reasons == {
        "mail header",
        "greeting",
        "signature",
        "quoted message",
        "white space",
    }


def test_an_answer_between_quoted_lines_is_said():
    mail = MAIL.replace("> Please say.", "Yes, we want four.\n> Please say.")
    response = read_response(response_document(mail.encode(), "reply.eml"))
    assert "Yes, we want four." in [point.text for point in response.points]


def test_an_attachment_is_a_part_of_the_mail_and_one_that_fails_is_told():
    message = EmailMessage()
    message["From"], message["Subject"] = "tenants@example.org", "Reply"
    message["To"] = "plan@example.org"
    message.set_content("Our reply is attached.")
    for name, content in (
        ("reply.docx", as_docx(letter(0))),
        ("scan.png", b"\x89PNG "),
    ):
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    document = response_document(message.as_bytes(), "reply.eml")
    assert {block.part for block in document.blocks} == {"", "reply.docx"}
    assert document.unread == (
        "scan.png is a picture. Type what it says into a text file, and read that.",
    )


def test_a_file_is_what_its_bytes_are_whatever_its_name_says(tmp_path):
    file = tmp_path / "reply.txt"
    file.write_bytes(as_docx(letter(3)))
    assert open_response(file).kind == "Word document"


def test_a_page_that_a_mail_quotes_below_is_not_said():
    message = EmailMessage()
    message["From"], message["To"] = "tenants@example.org", "plan@example.org"
    message.set_content(
        "<html><body><p>We ask for lamps.</p><div><b>From:</b> The office<br>"
        "<b>Sent:</b> Monday<br><b>Subject:</b> The draft</div>"
        "<p>Do you want lamps?</p></body></html>",
        subtype="html",
    )
    response = read_response(response_document(message.as_bytes(), "reply.eml"))
    assert [point.text for point in response.points] == ["We ask for lamps."]
