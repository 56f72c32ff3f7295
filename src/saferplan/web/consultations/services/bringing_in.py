"""Answers that people gave in another system: looked through, placed, brought in."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saferplan.consultations.survey_exports import export_of
from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Consultation, SurveyFile
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.responding import lock
from saferplan.web.consultations.services.setting_up import tell
from saferplan.web.consultations.services.survey_columns import placed_in
from saferplan.web.consultations.services.survey_rows import bring_rows, opened
from saferplan.web.core.jobs import start_job
from saferplan.web.core.models import Job
from saferplan.web.partnerships.models import Person

BRING = "bring answers in"
AT_ONCE = 500  # more rows than these are brought in by the worker
LEFT_LYING = timedelta(days=30)


@transaction.atomic
def receive(
    consultation: Consultation,
    content: bytes,
    name: str,
    *,
    token: UUID,
    received_on: date,
    why: str = "",
    by: Person,
) -> SurveyFile:
    """
    Keep an export until somebody has looked through it. The same token is one file.

    Raises ConsultationError, with what to do, for a file that cannot be read, and
    NotAllowed for a day to come or while nobody has been asked.
    """
    check_can_read(by, consultation)
    lock(consultation)
    known = SurveyFile.objects.filter(token=token).first()
    if known is not None:
        return known
    if consultation.launched_at is None:
        raise NotAllowed("Nobody has been asked yet: launch the consultation first.")
    if received_on > timezone.localdate():
        raise NotAllowed("The day they came in is still to come. Give the day it was.")
    last_day = timezone.localtime(consultation.closes_at).date()
    if timezone.localdate() >= last_day >= received_on and not why.strip():
        raise NotAllowed(
            "The consultation closes today or has closed. Say how you know when these "
            "answers came in: the dates in the export, when the other survey closed."
        )
    made = export_of(content, name)
    kept = SurveyFile.objects.create(
        consultation=consultation,
        token=token,
        name=name[:200],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        received_on=received_on,
        why=why.strip(),
        by=by,
        at=timezone.now(),
    )
    kept.columns = {each.column.name: each.key for each in placed_in(kept, made)}
    kept.save(update_fields=["columns"])
    return kept


@transaction.atomic
def place_columns(
    file: SurveyFile, columns: Mapping[str, str], *, by: Person
) -> SurveyFile:
    """Say of which question each column is. An unknown key raises NotAllowed."""
    file = waiting(file, by=by)
    keys = {"", *file.consultation.questions.values_list("key", flat=True)}
    if strays := sorted(set(columns.values()) - keys):
        raise NotAllowed(f"There is no question “{strays[0]}” in this consultation.")
    if not any(columns.values()):
        raise NotAllowed("Say of at least one column which question it answers.")
    file.columns = dict(columns)
    file.save(update_fields=["columns"])
    return file


def bring_in(file: SurveyFile, *, by: Person) -> Job | None:
    """Make responses of the rows: at once, or by the worker if they are many."""
    file = waiting(file, by=by)
    if opened(file).read <= AT_ONCE:
        bring_rows(file, by=by, tell_of=lambda done, total, message: None)
        return None
    job = start_job(
        BRING,
        title=f"Bring in {file}"[:200],
        by=by,
        partnership=file.consultation.partnership,
        key=f"survey file {file.token}",
        arguments={"file_id": file.pk, "person_id": by.pk},
    )
    SurveyFile.objects.filter(pk=file.pk).update(job=job)
    return job


def waiting(file: SurveyFile, *, by: Person) -> SurveyFile:
    files = SurveyFile.objects.select_related("consultation__partnership")
    file = files.get(pk=file.pk)
    check_can_read(by, file.consultation)
    if file.is_over:
        raise NotAllowed("This file was brought in or put away already.")
    return file


@transaction.atomic
def discard(file: SurveyFile, *, by: Person) -> None:
    """Put a file away without bringing it in; nothing of it is kept."""
    file = waiting(file, by=by)
    file.content, file.discarded_at = b"", timezone.now()
    file.save(update_fields=["content", "discarded_at"])
    tell(file.consultation, "put an export away unused, of", by=by)


def left_lying(on: date) -> list[SurveyFile]:
    """Exports that nobody brought in for a month: they may hold names."""
    files = SurveyFile.objects.select_related("consultation__partnership")
    waiting_still = files.filter(brought__isnull=True, discarded_at=None)
    return list(waiting_still.filter(at__date__lt=on - LEFT_LYING))


@transaction.atomic
def discard_left(file: SurveyFile) -> None:
    file.content, file.discarded_at = b"", timezone.now()
    file.save(update_fields=["content", "discarded_at"])
    tell(file.consultation, "put an export away that nobody brought in, of", by=None)
