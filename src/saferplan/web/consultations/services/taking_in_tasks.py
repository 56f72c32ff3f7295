"""What there is to do with what came in: take in, split, say for whom it speaks."""

from saferplan.web.consultations.models import Consultation, Response, ResponseDocument
from saferplan.web.consultations.services.speaking import heard_in
from saferplan.web.consultations.services.task import Somebody, Task, address
from saferplan.web.core.pages import plural


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


def take_in_responses(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    heard = heard_in(consultation)
    return Task(
        "Read the responses, and take in what came on paper",
        address("responses", consultation),
        plural(heard.responses, "response") if heard.responses else "None yet",
    )


def split_documents(consultation: Consultation, person: Somebody) -> Task | None:
    documents = ResponseDocument.objects.filter(
        response__consultation=consultation,
        response__withdrawn_at=None,
        response__erasure=None,
    )
    if not documents.exists():
        return None
    waiting = documents.filter(settled_at=None).count()
    href = address("responses", consultation)
    return Task(
        "Split documents into points, and place each",
        f"{href}?state=unsettled" if waiting else href,
        plural(waiting, "is not wholly split", "are not wholly split")
        if waiting
        else "All are split",
        "yellow" if waiting else "green",
    )


def answer_together(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    written = consultation.joints.filter(response=None).count()
    return Task(
        "Answer together: a network, or several bodies",
        address("joints", consultation),
        f"{written} being written" if written else "",
        "yellow" if written else "grey",
    )


def keep_it_private(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    href = address("moderation", consultation)
    return Task("What was hidden and taken out", href)


TAKING_IN = (
    take_in_responses,
    type_in,
    look_at_late,
    split_documents,
    answer_together,
    keep_it_private,
)
