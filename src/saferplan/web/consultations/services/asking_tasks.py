"""What there is to do while a consultation is set up, and while it runs."""

from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.services.checking import checks_of
from saferplan.web.consultations.services.task import Somebody, Task, address
from saferplan.web.core.pages import plural
from saferplan.web.core.permissions import allows


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


ASKING = (say_what_it_is, choose_drafts, ask_questions, launch_it, give_time)
