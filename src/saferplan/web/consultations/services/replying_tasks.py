"""What there is to do to answer what people said."""

from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.services.fairness import gates_of
from saferplan.web.consultations.services.reporting import obstacles, points_of
from saferplan.web.consultations.services.task import Somebody, Task, address


def points_to_answer(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    points = points_of(consultation)
    total, answered = points.count(), points.exclude(answered=None).count()
    return Task(
        "Read what people said, and answer it",
        address("points", consultation),
        f"{answered} of {total} points answered" if total else "Nothing said yet",
        colour_of(total, answered),
    )


def colour_of(total: int, done: int) -> str:
    if not total:
        return "grey"
    return "green" if done == total else "yellow"


def answer_to_publish(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    href = address("prepare", consultation)
    if consultation.reported_at is not None:
        return Task("Publish the answer", href, "Published", "green")
    missing = len(obstacles(consultation))
    state = "Can be published" if not missing else "Not yet possible"
    return Task("Publish the answer", href, state, "grey" if missing else "yellow")


def gunning_file(consultation: Consultation, person: Somebody) -> Task:
    verdicts = [gate.verdict for gate in gates_of(consultation)]
    met = verdicts.count("met")
    return Task(
        "Gunning file: is it fair?",
        address("gunning", consultation),
        f"{met} of 4 gates met",
        "red" if "not met" in verdicts else colour_of(4, met),
    )


def replies_to_send(consultation: Consultation, person: Somebody) -> Task | None:
    report = consultation.reports.first()
    if report is None:
        return None
    sent = report.replies.exclude(sent_at=None).count()
    total = consultation.responses.counted().exclude(email="").count()
    return Task(
        "Reply to those who left an address",
        address("replies", consultation),
        f"{sent} of {total} sent",
        colour_of(total, sent),
    )


REPLYING = (points_to_answer, answer_to_publish, replies_to_send, gunning_file)
