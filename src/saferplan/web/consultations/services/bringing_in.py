"""Answers that people gave in another system: looked through, placed, brought in."""

import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saferplan.consultations.gathered import Answers, Gathered, Refused
from saferplan.consultations.gathered import Question as Column
from saferplan.consultations.gathered import Said as Cell
from saferplan.consultations.survey_exports import export_of
from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    Consultation,
    Question,
    Response,
    SurveyFile,
)
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.entering import enter
from saferplan.web.consultations.services.responding import Said, lock
from saferplan.web.consultations.services.setting_up import tell
from saferplan.web.core.jobs import start_job
from saferplan.web.core.models import Job
from saferplan.web.partnerships.models import Person

BRING = "bring answers in"
AT_ONCE = 500  # more rows than these are brought in by the worker
LEFT_LYING = timedelta(days=30)
ALIKE = 0.85  # how much of two questions' words must agree to be taken for one
NOTHING = "None of its answers is to a question of this consultation."
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Placed:
    """
    One column of the export, and the question that its cells seem to answer.

    key      of the question; "" if it is left out
    because  why it was taken for that
    answers  how many rows have something in it
    """

    column: Column
    key: str
    because: str
    answers: int


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


def opened(file: SurveyFile) -> Gathered:
    return export_of(bytes(file.content), file.name)


def placed_in(file: SurveyFile, made: Gathered) -> list[Placed]:
    """Return what each column is taken for: as somebody said, or as it seems."""
    questions = list(file.consultation.questions.all())
    told = Counter(name for each in made.answers for name in each.said)
    taken: set[str] = set()
    placed = []
    for column in made.questions:
        key, because = seems(column, questions, taken)
        taken.add(key)
        said = file.columns.get(column.name)
        if said is not None and said != key:
            key, because = said, "as you said"
        placed.append(Placed(column, key, because, told[column.name]))
    return placed


def seems(
    column: Column, questions: list[Question], taken: set[str]
) -> tuple[str, str]:
    """The question that a column answers by its heading, and why it is taken so."""
    name = plain(column.name)
    for each in questions:
        if each.key not in taken and plain(each.text) in (plain(column.text), name):
            return each.key, "its heading is the question, word for word"
    for each in questions:
        if each.key not in taken and plain(each.key) == name:
            return each.key, "its heading is what the question is called in exports"
    alike = [
        (SequenceMatcher(None, plain(each.text), plain(column.text)).ratio(), each)
        for each in questions
        if each.key not in taken
    ]
    likeness, nearest = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    if nearest is not None and likeness >= ALIKE:
        return nearest.key, f"its heading is {likeness:.0%} like the question"
    if column.kind == "about":
        return "", column.because
    return "", "no question of this consultation is worded like it"


def plain(words: str) -> str:
    """
    >>> plain(" 1.  What should change? ")
    'what should change'
    """
    without_number = re.sub(r"^\s*(?:q\s*)?\d+\s*[.):]\s*", "", words.lower())
    return " ".join(re.findall(r"[^\W_]+", without_number))


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


def bring_rows(file: SurveyFile, *, by: Person, tell_of: Tell) -> dict[str, Any]:
    """
    Make a response of each row. Begun again after a fault, it makes none twice.

    *read = kept + quarantined* holds of what it returns.
    """
    made = opened(file)
    questions = {each.key: each for each in file.consultation.questions.all()}
    refused = list(made.quarantined)
    fresh = 0
    for done, answers in enumerate(made.answers, start=1):
        said = said_in(answers, file.columns, questions)
        if not said:
            refused.append(Refused(answers.line, NOTHING, ()))
            continue
        fresh += keep_row(file, answers, said, by=by)
        tell_of(done, len(made.answers), "Bringing answers in")
    found = {
        "read": made.read,
        "kept": made.read - len(refused),
        "fresh": fresh,
        "quarantined": [
            {"line": each.line, "why": each.why}
            for each in sorted(refused, key=lambda each: each.line)
        ],
    }
    finish(file, found, by=by)
    return found


def keep_row(
    file: SurveyFile, answers: Answers, said: list[Said], *, by: Person
) -> bool:
    """Whether a response was made: the row may have been brought in before."""
    token = token_of(file, answers.respondent)
    known = Response.objects.filter(token=token).exists()
    if not known:
        enter(
            file.consultation,
            said,
            token=token,
            channel=Response.Channel.OTHER,
            received_on=file.received_on,
            why=file.why,
            by=by,
        )
    return not known


def token_of(file: SurveyFile, respondent: str) -> UUID:
    """The same row of the same file is one response, however often it is sent."""
    return uuid.uuid5(
        uuid.NAMESPACE_OID,
        f"{file.consultation_id} {file.sha256} {respondent}",
    )


def said_in(
    answers: Answers, columns: Mapping[str, str], questions: Mapping[str, Question]
) -> list[Said]:
    """What a row says to our questions; of two columns of one, both."""
    cells: dict[str, list[Cell]] = {}
    for name, cell in answers.said.items():
        if key := columns.get(name, ""):
            cells.setdefault(key, []).append(cell)
    said = [as_said(questions[key], found) for key, found in cells.items()]
    return [each for each in said if not each.is_empty]


def as_said(question: Question, cells: list[Cell]) -> Said:
    """Options that are ours as chosen; whatever else they wrote as their own words."""
    parts = [
        part.replace("\0", "")
        for cell in cells
        for part in (cell if isinstance(cell, tuple) else (cell,))
    ]
    if not question.options:
        return Said(question=question, text="\n".join(parts))
    ours = {plain_option(option): option for option in question.options}
    chosen, words = [], []
    for part in parts:
        for each in split_options(part, ours):
            option = ours.get(plain_option(each))
            if option is None:
                words.append(each)
            elif option not in chosen:
                chosen.append(option)
    if question.kind == Question.Kind.ONE and len(chosen) > 1:
        words, chosen = [*chosen, *words], []
    return Said(question=question, chosen=chosen, text="; ".join(words))


def plain_option(words: str) -> str:
    return " ".join(words.casefold().split())


def split_options(part: str, ours: Mapping[str, str]) -> list[str]:
    """Options that one cell names together, where each of them is one of ours."""
    for mark in (";", "|", ","):
        pieces = [each.strip() for each in part.split(mark) if each.strip()]
        if len(pieces) > 1 and all(plain_option(each) in ours for each in pieces):
            return pieces
    return [part]


@transaction.atomic
def finish(file: SurveyFile, found: dict[str, Any], *, by: Person) -> None:
    """Note what came of it, once. The file goes: its words are in the responses now."""
    if SurveyFile.objects.select_for_update().get(pk=file.pk).is_over:
        return  # somebody pressed the button in two windows
    file.brought, file.content = found, b""
    file.save(update_fields=["brought", "content"])
    tell(
        file.consultation,
        "brought answers in from another system to",
        by=by,
        detail={
            "sha256": file.sha256,
            "read": found["read"],
            "kept": found["kept"],
            "quarantined": len(found["quarantined"]),
        },
    )


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
