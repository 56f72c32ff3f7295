"""The questions of a consultation while it is being set up."""

from typing import Any

from django.db import transaction

from saferplan.definitions import characteristics
from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Consultation, Question
from saferplan.web.consultations.permissions import check_can_ask
from saferplan.web.consultations.services.setting_up import (
    add_question,
    check_can_still_change,
    locked,
    tell,
)
from saferplan.web.partnerships.models import Person

NOT_SAID = "Prefer not to say"
# The heads of the Equality Act 2010 (section 4), in words people use of themselves.
# The groups of age, ethnicity and religion are those of Census 2021, so that who was
# heard can be set beside who lives here.
ABOUT_PEOPLE: dict[str, tuple[str, list[str]]] = {
    "age": (
        "How old are you?",
        ["Under 16", "16 to 24", "25 to 34", "35 to 49", "50 to 64", "65 or older"],
    ),
    "disability": (
        "Do you have a physical or mental condition that has lasted, or will last, "
        "12 months or more and limits what you do day to day?",
        ["Yes, a lot", "Yes, a little", "No"],
    ),
    "gender-reassignment": (
        "Is the gender you identify with the same as your sex registered at birth?",
        ["Yes", "No"],
    ),
    "marriage-and-civil-partnership": (
        "Are you married or in a civil partnership?",
        ["Married", "In a civil partnership", "Neither"],
    ),
    "pregnancy-and-maternity": (
        "Are you pregnant, or have you had a baby in the last 26 weeks?",
        ["Yes", "No"],
    ),
    "race": (
        "What is your ethnic group?",
        [
            "Asian, Asian British or Asian Welsh",
            "Black, Black British, Black Welsh, Caribbean or African",
            "Mixed or Multiple ethnic groups",
            "White",
            "Another ethnic group",
        ],
    ),
    "religion-or-belief": (
        "What is your religion?",
        [
            "No religion",
            "Christian",
            "Buddhist",
            "Hindu",
            "Jewish",
            "Muslim",
            "Sikh",
            "Another religion",
        ],
    ),
    "sex": ("What is your sex?", ["Female", "Male"]),
    "sexual-orientation": (
        "Which of these describes your sexual orientation?",
        ["Straight or heterosexual", "Gay or lesbian", "Bisexual", "Another"],
    ),
}


@transaction.atomic
def change_question(question: Question, *, by: Person, **words: Any) -> None:
    """Change a question. `words` are fields of Question."""
    consultation = being_set_up(question.consultation, by=by)
    for name, value in words.items():
        setattr(question, name, value)
    question.full_clean()
    question.save()
    check_route(question)
    tell(
        consultation, "changed a question of", by=by, detail={"question": question.key}
    )


@transaction.atomic
def remove_question(question: Question, *, by: Person) -> None:
    """Take a question out. Raises NotAllowed while another hangs on it."""
    consultation = being_set_up(question.consultation, by=by)
    hanging = consultation.questions.filter(only_if=question).first()
    if hanging is not None:
        raise NotAllowed(
            f"“{hanging}” is asked only of those who answer this one in a certain way. "
            f"Change that first."
        )
    key = question.key
    question.delete()
    tell(consultation, "took a question out of", by=by, detail={"question": key})


@transaction.atomic
def move_question(question: Question, *, by: Person, up: bool) -> None:
    """Put a question before the one above it, or after the one below."""
    consultation = being_set_up(question.consultation, by=by)
    rows = list(consultation.questions.order_by("order", "pk"))
    at = rows.index(question)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for order, row in enumerate(rows, start=1):
        row.order = order
    places = {row.pk: row.order for row in rows}
    for row in rows:
        if row.only_if_id and places[row.only_if_id] > row.order:
            raise NotAllowed(f"“{row}” hangs on “{row.only_if}”, so it stays after it.")
    Question.objects.bulk_update(rows, ["order"])
    tell(consultation, "put the questions in another order in", by=by)


@transaction.atomic
def add_questions_about_people(consultation: Consultation, *, by: Person) -> int:
    """
    Add a question for each characteristic the Act protects; return how many were added.

    Nobody has to answer one. Each can be declined, or answered in one's own words.
    """
    there = set(consultation.questions.values_list("key", flat=True))
    wanted = [key for key in characteristics() if key in ABOUT_PEOPLE]
    for key in wanted:
        if key not in there:
            text, options = ABOUT_PEOPLE[key]
            add_question(
                consultation,
                key=key,
                kind=Question.Kind.ONE,
                text=text,
                options=[*options, NOT_SAID],
                apart=True,
                by=by,
            )
    return len(set(wanted) - there)


@transaction.atomic
def translate(
    consultation: Consultation,
    language: str,
    words: dict[str, dict[str, Any]],
    *,
    by: Person,
) -> int:
    """
    Put the questions in another language; return how many have words in it now.

    words  by a question's key: {"text", "hint", "options"}; options in the same order,
           and nothing to take the question's words in that language out

    Raises NotAllowed for a question there is none of, or another number of options.
    """
    consultation = being_set_up(consultation, by=by)
    questions = {each.key: each for each in consultation.questions.all()}
    for key, said in words.items():
        question = questions.get(key)
        if question is None:
            raise NotAllowed(f"There is no question “{key}” in this consultation.")
        options = said.get("options", [])
        if options and len(options) != len(question.options):
            raise NotAllowed(
                f"“{key}” has {len(question.options)} answers to choose from, and "
                f"{len(options)} in the translation. Give one for each, in order."
            )
        others = {code: w for code, w in question.words.items() if code != language}
        question.words = {**others, language: said} if said else others
        question.save(update_fields=["words"])
    tell(consultation, "translated the questions of", by=by, detail={"to": language})
    return sum(language in each.words for each in questions.values())


def being_set_up(consultation: Consultation, *, by: Person) -> Consultation:
    consultation = locked(consultation)
    check_can_ask(by, consultation.partnership)
    check_can_still_change(consultation)
    return consultation


def check_route(question: Question) -> None:
    """Nobody can be sent to a question by an answer that comes after it."""
    before = question.only_if
    if before is None:
        return
    if before.order >= question.order:
        raise NotAllowed(f"“{question}” hangs on “{before}”, so it stays after it.")
    unknown = set(question.only_if_said) - set(before.options)
    if unknown:
        raise NotAllowed(f"“{before}” has no answer “{min(unknown)}”.")
