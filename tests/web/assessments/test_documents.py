"""The documents of an assessment: the public's hold what was accepted, and no more."""

import io
import json
import zipfile

import pikepdf
import pytest
from django.urls import reverse
from web.assessments.test_uploads import one_connection  # noqa: F401
from web.test_jobs import work_off_the_queue

from saferplan.reports import write_report
from saferplan.web.assessments import documents
from saferplan.web.core.models import Job


def address(assessment, kind):
    return reverse("assessments:document", args=[assessment.pk, kind])


@pytest.fixture
def written(published):
    documents.write_edition(published)
    return published


def body(client, assessment, kind):
    return client.get(address(assessment, kind)).getvalue()


def descriptions_in(pdf):
    """What the PDF says of its pictures to those who cannot see them."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            str(each["/Alt"])
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]


def test_the_public_s_json_has_the_accepted_findings_and_their_releases(
    client, written
):
    public = json.loads(body(client, written, "json"))
    assert [finding["measure"]["title"] for finding in public["findings"]] == [
        "Burglary"
    ]
    assert "East has the highest rate." not in json.dumps(public)


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_the_public_s_tables_leave_out_what_was_set_aside(client, written, kind):
    book = zipfile.ZipFile(io.BytesIO(body(client, written, kind)))
    text = "".join(
        book.read(name).decode("utf-8", "replace") for name in book.namelist()
    )
    assert "Burglary" in text
    assert "East" not in text


def test_an_officer_s_draft_has_every_finding(client, draft, analyst):
    documents.write_edition(draft)
    client.force_login(analyst)
    assert len(json.loads(body(client, draft, "json"))["findings"]) == 2


def test_the_public_s_pdf_has_no_picture_of_what_was_set_aside(
    client, written, analyst
):
    map_of_wards = "A map of two wards; East is the darkest."
    assert map_of_wards not in descriptions_in(body(client, written, "pdf"))
    whole = written.folder / "whole"
    write_report(written.content, whole)
    assert map_of_wards in descriptions_in((whole / "assessment.pdf").read_bytes())


def test_documents_that_are_not_there_are_written_by_the_worker(client, published):
    page = client.get(address(published, "pdf"), follow=True)
    assert "are being written" in page.text
    client.get(address(published, "pdf"))
    assert Job.objects.filter(kind="write the documents").count() <= 3
    work_off_the_queue()
    assert body(client, published, "pdf").startswith(b"%PDF")
    assert (
        "Have them written"
        not in client.get(reverse("assessments:show", args=[published.pk])).text
    )


def test_documents_are_written_once_while_they_say_the_same(written):
    path = documents.edition_of(written) / "assessment.pdf"
    before = path.stat().st_mtime_ns
    documents.write_edition(written)
    assert path.stat().st_mtime_ns == before


def test_there_is_no_document_of_another_kind(client, written):
    assert client.get(address(written, "html")).status_code == 404
    assert client.get(address(written, "exe")).status_code == 404
