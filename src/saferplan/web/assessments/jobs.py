"""
Background work of this app: load files, assess the area, write what is published.

The heavy imports stay inside the functions: only the worker does this work.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from saferplan.web.assessments.models import StrategicAssessment, Upload
from saferplan.web.assessments.uploads import LOAD
from saferplan.web.core.jobs import Outcome, Progress, work
from saferplan.web.partnerships.models import Partnership, Person

if TYPE_CHECKING:
    from saferplan.sources.loading import LoadReport
    from saferplan.store.release import Release, SliceChange

ASSESS = "make an assessment"
WRITE = "write the documents"

# How the store ends what it says of files that wait for an answer: not a fault of them.
NOT_ACCEPTED = "the changes were not accepted."


@work(LOAD)
def load_files(progress: Progress, *, upload_id: int, replace_months: bool) -> Outcome:
    """
    Load an upload. Where it would replace months, stop and ask first.

    What does not replace anything is loaded either way.
    """
    from saferplan.sources import load_paths
    from saferplan.store import EvidenceStore, default_place
    from saferplan.web.assessments import uploads

    upload = Upload.objects.select_related("by", "partnership").get(pk=upload_id)
    if upload.state != Upload.State.LOADING:
        # A worker was killed after it had noted the result: there is no more to do.
        return Outcome(link=reverse("assessments:upload", args=[upload.pk]))
    asked: list[SliceChange] = []

    def confirm(changes: "list[SliceChange]") -> bool:
        asked.extend(changes)
        return replace_months

    report = load_paths(
        [upload.folder],
        EvidenceStore(default_place()),
        by=f"{upload.by.membership or upload.by}",
        confirm=confirm,
        progress=lambda name, done, total: progress(done, total, f"Reading {name}"),
    )
    waiting = [] if replace_months else asked
    uploads.record_result(upload, describe(report, waiting), waiting=bool(waiting))
    return Outcome(
        message=sentence(report, waiting),
        link=reverse("assessments:upload", args=[upload.pk]),
    )


@work(ASSESS)
def make_assessment(
    progress: Progress, *, partnership_id: int, area_code: str, person_id: int | None
) -> Outcome:
    """Assess the area as the evidence now stands, and write all documents."""
    partnership = Partnership.objects.get(pk=partnership_id)
    person = Person.objects.get(pk=person_id) if person_id else None
    made = assess_now(partnership, area_code, by=person, progress=progress)
    return Outcome(
        message=f"{len(made.content.findings)} findings are ready to be read.",
        link=reverse("assessments:show", args=[made.pk]),
    )


def assess_now(
    partnership: Partnership,
    area_code: str,
    *,
    by: Person | None,
    progress: Callable[[int, int, str], None],
) -> StrategicAssessment:
    """Make the assessment, keep it as a draft, and write its documents and pictures."""
    from saferplan.assessment import assess
    from saferplan.reports.canonical import as_published
    from saferplan.store import EvidenceStore, default_place
    from saferplan.web.assessments import documents, services

    progress(0, 3, "Asking the evidence")
    content = as_published(assess(EvidenceStore(default_place()), area_code))
    progress(1, 3, "Drawing the charts")
    made = services.keep_assessment(content, partnership, by=by)
    documents.draw_pictures(made.folder, content)
    progress(2, 3, "Writing the documents")
    documents.write_edition(made)
    progress(3, 3, "Done")
    return made


@work(WRITE)
def write_documents(progress: Progress, *, assessment_id: int) -> Outcome:
    """
    Write the documents of an assessment as it is now: a draft, or published.

    Its pictures too, if they were lost: only the database is backed up.
    """
    from saferplan.web.assessments import documents

    assessment = StrategicAssessment.objects.listed().get(pk=assessment_id)
    if not (assessment.folder / documents.PICTURES).exists():
        documents.draw_pictures(assessment.folder, assessment.content)
    documents.write_edition(assessment)
    return Outcome(
        message="The documents are ready.",
        link=reverse("assessments:show", args=[assessment.pk]),
    )


def describe(
    report: "LoadReport", waiting: "list[SliceChange]"
) -> dict[str, list[dict[str, Any]]]:
    """What loading came to, as values that JSON can hold."""
    from saferplan.sources import SOURCES
    from saferplan.web.assessments.catalogue import part_in_words

    titles = {source.name: source.title for source in SOURCES}
    return {
        "releases": [release_row(release, titles) for release in report.releases],
        "known": [
            {"file": known.name, "release": known.release.id}
            for known in report.already_known
        ],
        "unrecognised": [{"why": bad.why} for bad in report.unrecognised],
        "refused": [
            {"why": bad.why}
            for bad in report.refused
            if not (waiting and bad.why.endswith(NOT_ACCEPTED))
        ],
        "repeated": [{"why": bad.why} for bad in report.repeated],
        "waiting": [
            {
                "slice": change.slice,
                "part": part_in_words(change.slice),
                "before": change.rows_before,
                "after": change.rows_after,
                "added": change.rows_added,
                "removed": change.rows_removed,
            }
            for change in waiting
        ],
    }


def release_row(release: "Release", titles: dict[str, str]) -> dict[str, Any]:
    return {
        "id": release.id,
        "title": titles.get(release.source, release.source),
        "read": release.rows_read,
        "kept": release.rows_kept,
        "quarantined": release.rows_quarantined,
        "known": release.rows_known,
        "revised": len(release.revisions),
    }


def sentence(report: "LoadReport", waiting: "list[SliceChange]") -> str:
    kept = sum(release.rows_kept for release in report.releases)
    said = f"{kept:,} rows were taken in."
    if waiting:
        return f"{said} Some months are here already and differ: please look."
    if report.refused:
        return f"{said} {len(report.refused)} files could not be taken."
    return said
