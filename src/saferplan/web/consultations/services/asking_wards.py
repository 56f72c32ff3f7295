"""Asking in which ward people live, so that each ward's voice can be measured."""

from django.db import transaction

from saferplan.errors import NotAllowed
from saferplan.web.assessments.wards import newest_of, wards_of
from saferplan.web.consultations.models import Consultation, Question
from saferplan.web.consultations.services.hearing import keep_population
from saferplan.web.consultations.services.questioning import NOT_SAID, being_set_up
from saferplan.web.consultations.services.setting_up import add_question
from saferplan.web.partnerships.models import Person

WARD = "ward"
TEXT = "In which ward do you live?"
HINT = "If you do not know, leave it out. It is kept apart from what you say."
ELSEWHERE = "I live somewhere else"


@transaction.atomic
def ask_which_ward(consultation: Consultation, *, by: Person) -> Question:
    """
    Add the question on the ward, with residents to set the answers against.

    Wards and residents are those of the partnership's newest assessment. Raises
    NotAllowed where there is none that knows of wards, or the question is there.
    """
    consultation = being_set_up(consultation, by=by)
    if consultation.questions.filter(key=WARD).exists():
        raise NotAllowed("People are asked for their ward already.")
    newest = newest_of(consultation.partnership, by)
    wards = wards_of(newest, by).wards if newest else ()
    if newest is None or not wards:
        raise NotAllowed(
            "No assessment here knows the wards yet. Make one first, from evidence "
            "with wards; or add the question with their names by hand."
        )
    ordered = sorted(wards, key=lambda each: each.name)
    question = add_question(
        consultation,
        key=WARD,
        kind=Question.Kind.ONE,
        text=TEXT,
        hint=HINT,
        options=[*(each.name for each in ordered), ELSEWHERE, NOT_SAID],
        apart=True,
        by=by,
    )
    people = {
        each.name: round(each.residents)
        for each in ordered
        if each.residents is not None
    }
    if len(people) > 1:
        source = f"Residents of each ward as in “{newest}”"
        keep_population(question, people, source=source[:300], by=by)
    return question
