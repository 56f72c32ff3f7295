"""Replying to those who left an address: a letter each, and never two."""

from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.letters import check_fits, letter_to
from saferplan.web.consultations.models import (
    Consultation,
    Reply,
    ReplyTemplate,
    Report,
    Response,
)
from saferplan.web.consultations.permissions import check_can_launch, check_can_read
from saferplan.web.consultations.services.outcomes import decided_in
from saferplan.web.consultations.services.reporting import points_of
from saferplan.web.consultations.services.setting_up import tell
from saferplan.web.core.jobs import start_job
from saferplan.web.core.models import Job
from saferplan.web.core.pages import plural
from saferplan.web.partnerships.models import Person

SEND = "send replies"
# What a reply says of itself between its claim and the mail server's word.
ON_ITS_WAY = "It was being sent when the work stopped: it may have arrived."
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def keep_template(
    consultation: Consultation, content: bytes, name: str, *, by: Person
) -> ReplyTemplate:
    """
    Keep the office's own letter. It takes the place of an earlier one.

    Raises ConsultationError, naming the field, if no letter could be written with it.
    """
    check_can_read(by, consultation)
    check_fits(content, name)
    template, _ = ReplyTemplate.objects.update_or_create(
        consultation=consultation,
        defaults={
            "content": content,
            "file_name": name[:200],
            "by": by,
            "at": timezone.now(),
        },
    )
    tell(consultation, "chose the letter of reply for", by=by)
    return template


def to_be_told(consultation: Consultation) -> Iterator[Response]:
    """Counted responses whose sender left an address."""
    found = consultation.responses.counted().exclude(email="")
    return found.select_related("consultation__partnership").order_by("pk").iterator()


@transaction.atomic
def start_replies(report: Report, *, site: str, token: str, by: Person) -> Job:
    """
    Make a reply for everybody who left an address, and have the worker send them.

    One respondent gets one for a report, however often this is asked.
    """
    consultation = report.consultation
    check_can_launch(by, consultation)
    check_says_what_was_published(report)
    Reply.objects.bulk_create(
        (
            Reply(response=response, report=report)
            for response in to_be_told(consultation)
        ),
        ignore_conflicts=True,
    )
    waiting = waiting_for(report).count()
    if not waiting:
        raise NotAllowed("Everybody who left an address has had a reply.")
    tell(consultation, f"began to send {plural(waiting, 'reply', 'replies')} on", by=by)
    return start_job(
        SEND,
        title=f"Send {plural(waiting, 'reply', 'replies')}",
        by=by,
        partnership=consultation.partnership,
        key=f"replies {token}",
        arguments={"report_id": report.pk, "site": site},
    )


def check_says_what_was_published(report: Report) -> None:
    """Refuse letters that would tell other decisions than the page tells."""
    points = points_of(report.consultation)
    anew = points.exclude(answered__decision__in=decided_in(report).keys()).count()
    if anew:
        raise NotAllowed(
            f"{plural(anew, 'point was', 'points were')} decided anew since the answer "
            f"was published. Publish it again first, so that letters say what it says."
        )


def waiting_for(report: Report) -> QuerySet[Reply]:
    return report.replies.filter(sent_at=None)


def send(reply: Reply, *, answer: str) -> bool:
    """
    Send one reply, unless another worker has it; tell whether it went.

    It is claimed first, so that a worker killed half-way never sends a second letter:
    what it leaves says that it may have arrived, and a person decides.
    """
    claimed = Reply.objects.filter(pk=reply.pk, sent_at=None).update(
        sent_at=timezone.now(), problem=ON_ITS_WAY
    )
    if not claimed:
        return False
    response = reply.response
    problem = ""
    try:
        message_to(response, answer=answer).send()
    except OSError as fault:  # the mail server's, and those of the way to it
        problem = f"The mail server said: {fault}"[:300]
    Reply.objects.filter(pk=reply.pk).update(
        problem=problem, **({"sent_at": None} if problem else {})
    )
    return not problem


def message_to(response: Response, *, answer: str) -> EmailMessage:
    consultation = response.consultation
    message = EmailMessage(
        f"What became of your response {response.reference}: {consultation}",
        f"You answered a consultation of {consultation.partnership}. The letter with "
        f"this message says what became of each point you made. The whole answer is "
        f"here:\n{answer}\n",
        settings.DEFAULT_FROM_EMAIL,
        [response.email],
    )
    letter = letter_to(response, answer=answer)
    message.attach(f"reply-{response.reference}.docx", letter, f"application/{WORD}")
    return message


@transaction.atomic
def send_again(reply: Reply, *, by: Person) -> None:
    """Let a reply wait again that may not have arrived."""
    check_can_launch(by, reply.report.consultation)
    if not reply.problem:
        raise NotAllowed("This reply was sent, and nothing is known to be wrong.")
    Reply.objects.filter(pk=reply.pk).update(sent_at=None, problem="")
    tell(reply.report.consultation, "let a reply be sent again on", by=by)
