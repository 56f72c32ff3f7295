"""What there is to do while a consultation is set up, and while it runs."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from saferplan.web.consultations.models import Consultation, Response
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.services.checking import checks_of
from saferplan.web.consultations.services.task import Task
from saferplan.web.core.pages import plural
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.models import Person

Somebody = Person | AnonymousUser


def address(name: str, consultation: Consultation) -> str:
    return reverse(f"consultations:{name}", args=[consultation.pk])


def say_what_it_is(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is not None:
        return None
    href = address("change", consultation)
    return Task("Say what it is about and when", href, "Being set up", "yellow")


def choose_drafts(consultation: Consultation, person: Somebody) -> Task | None:
    count = consultation.drafts.count()
    return Task(
        "The drafts people read",
        address("drafts", consultation),
        plural(count, "draft"),
        "green" if count else "red",
    )


def ask_questions(consultation: Consultation, person: Somebody) -> Task | None:
    count = consultation.questions.count()
    return Task(
        "The questions",
        address("questions", consultation),
        plural(count, "question"),
        "green" if count else "red",
    )


def launch_it(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is not None:
        return None
    missing = sum(not each.done for each in checks_of(consultation) if each.must)
    return Task(
        "Check and launch",
        address("launch", consultation),
        f"{missing} missing" if missing else "Ready",
        "red" if missing else "green",
    )


def give_time(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None or consultation.reported_at is not None:
        return None
    if not allows(check_can_launch, person, consultation):
        return None
    return Task("Give people more time", address("more_time", consultation))


def type_in(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    typed = consultation.responses.exclude(entered_by=None).count()
    href = address("enter", consultation)
    state = f"{typed} typed in" if typed else ""
    return Task("Type in a response from paper, telephone or an event", href, state)


def look_at_late(consultation: Consultation, person: Somebody) -> Task | None:
    late = consultation.responses.filter(
        standing=Response.Standing.LATE, withdrawn_at=None
    )
    waiting = late.filter(accepted_late=False).count()
    if not late.exists():
        return None
    return Task(
        "Responses that came late",
        address("late", consultation),
        f"{waiting} not accepted" if waiting else "All accepted",
        "yellow" if waiting else "green",
    )


ASKING = (
    say_what_it_is,
    choose_drafts,
    ask_questions,
    launch_it,
    give_time,
    type_in,
    look_at_late,
)
