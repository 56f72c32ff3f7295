"""What there is to do with what came in: take in, split, say for whom it speaks."""

from django.urls import reverse

from saferplan.web.consultations.models import Consultation, ResponseDocument
from saferplan.web.consultations.services.speaking import heard_in
from saferplan.web.consultations.services.task import Somebody, Task
from saferplan.web.core.pages import plural


def take_in_responses(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    heard = heard_in(consultation)
    return Task(
        "Read the responses, and take in what came on paper",
        reverse("consultations:responses", args=[consultation.pk]),
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
    address = reverse("consultations:responses", args=[consultation.pk])
    return Task(
        "Split documents into points, and place each",
        f"{address}?state=unsettled" if waiting else address,
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
        reverse("consultations:joints", args=[consultation.pk]),
        f"{written} being written" if written else "",
        "yellow" if written else "grey",
    )


def keep_it_private(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    address = reverse("consultations:moderation", args=[consultation.pk])
    return Task("What was hidden and taken out", address)


TAKING_IN = (take_in_responses, split_documents, answer_together, keep_it_private)
