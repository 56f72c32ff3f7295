"""A response of each row of an export, however often it is brought in."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from saferplan.consultations.gathered import Answers, Gathered, Refused
from saferplan.consultations.gathered import Said as Cell
from saferplan.consultations.survey_exports import export_of
from saferplan.web.consultations.models import Question, Response, SurveyFile
from saferplan.web.consultations.services.entering import enter
from saferplan.web.consultations.services.responding import Said
from saferplan.web.consultations.services.setting_up import tell
from saferplan.web.partnerships.models import Person

NOTHING = "None of its answers is to a question of this consultation."
Tell = Callable[[int, int, str], None]


def opened(file: SurveyFile) -> Gathered:
    return export_of(bytes(file.content), file.name)


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
