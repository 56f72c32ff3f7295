"""The demonstration's documents: a letter, minutes, a network's members, one answer."""

from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from saferplan.web.consultations.models import Consultation, MemberPoint, Response
from saferplan.web.consultations.services.joining import (
    begin_joint,
    say,
    sources_of,
    write_answer,
)
from saferplan.web.consultations.services.moderating import hide
from saferplan.web.consultations.services.redacting import reasons_of
from saferplan.web.consultations.services.speaking import keep_voice
from saferplan.web.consultations.services.splitting import confirm, place, settle
from saferplan.web.consultations.services.taking_in import (
    Received,
    take_in_document,
)
from saferplan.web.partnerships.models import Person

LETTER = """\
Example Tenants' Association: response to the draft

Thank you for the opportunity to respond.

Street lighting

We would like the path behind the library lit until midnight. People on late shifts
walk there. More lights in the park would help too.

Who answers to us

It is not clear from page 3 who we should write to when nothing happens. Please name
one officer for each ward.

We are concerned that the money is only for one year. What happens after that?

Yours sincerely,

The committee of the association
"""
MINUTES = """\
4.1 The draft was introduced, and members asked about its measures.

RESOLVED:

That the following views of the committee be submitted:

The plan should say how many people each action is meant to reach.

More should be done with parents and schools before there is trouble.

Supporting documents:
"""
MEMBERS = [
    ("Example Youth Club", 30, False, "Young people want somewhere to go after nine."),
    ("Example Women's Centre", 12, False, "Ask women which routes they avoid."),
    ("Example Traders", 25, True, "We want more patrols first, and lights second."),
]


@transaction.atomic
def make_documents(consultation: Consultation, *, by: Person) -> None:
    """Take in what came as a document, once: one split, one waiting, one together."""
    if consultation.responses.filter(channel=Response.Channel.DOCUMENT).exists():
        return
    tenants = take_in(
        consultation, LETTER, "letter.txt", Response.Kind.ORGANISATION, by=by
    )
    keep_voice(
        tenants,
        by=by,
        body="Example Tenants’ Association",
        speaks_for="The tenants of four blocks near the library.",
        members=310,
        asked=120,
        answered=44,
        asked_how="A door-to-door survey and one open evening.",
        agreement="most",
        dissent="Six people want the path closed at night instead of lit.",
    )
    committee = take_in(
        consultation, MINUTES, "minutes.txt", Response.Kind.COMMITTEE, by=by
    )
    settle_it(committee, by=by)
    gather(consultation, by=by)
    first = consultation.responses.individuals().first()
    if first is not None and (answer := first.answers.exclude(text="").first()):
        hide(answer, reason=reasons_of(consultation)[0], by=by)


def take_in(
    consultation: Consultation, text: str, name: str, kind: str, *, by: Person
) -> Response:
    day = timezone.localdate() - timedelta(days=3)
    minutes = kind == Response.Kind.COMMITTEE
    voice = (
        {
            "body": "Example Select Committee",
            "minute": "4",
            "met_on": day,
            "status": "resolved",
        }
        if minutes
        else {"body": "Example Tenants’ Association"}
    )
    received = Received(
        kind=kind,
        channel=Response.Channel.DOCUMENT,
        on=day,
        public=True,
        voice=voice,
        minutes=minutes,
    )
    return take_in_document(
        consultation,
        text.encode(),
        name,
        received,
        token=token_of(consultation, name),
        by=by,
    )


def settle_it(response: Response, *, by: Person) -> None:
    """A person has been through it: what was suggested is right, the rest general."""
    document = response.document
    points = document.points.filter(removed_at=None)
    suggested = [each for each in points if each.question_id or each.passage_id]
    if suggested:
        document = confirm(document, suggested, seen=document.edition, by=by)
    for point in points.filter(placed_by=None):
        document = place(
            document, point, about_whole=True, seen=document.edition, by=by
        )
    settle(document, seen=document.edition, by=by)


def gather(consultation: Consultation, *, by: Person) -> None:
    """A network that has asked its members and begun to write."""
    joint = begin_joint(
        consultation,
        kind="network",
        body="Example Voluntary Sector Network",
        speaks_for="Sixty voluntary organisations of the borough.",
        members=60,
        asked=60,
        asked_how="By e-mail, and at the network’s autumn meeting.",
        ask_until=timezone.localdate(consultation.closes_at) - timedelta(days=7),
        by=by,
    )
    question = consultation.questions.filter(apart=False, kind="open").first()
    for member, people, dissents, text in MEMBERS:
        point = MemberPoint(
            question=question,
            member=member,
            people=people,
            dissents=dissents,
            may_name=not dissents,
            text=text,
        )
        say(joint, [point], token=token_of(consultation, member), by=by)
    write_answer(
        joint,
        question,
        text="Ask the people who use a route before it is changed, and give young "
        "people somewhere to go in the evening.",
        points=sources_of(joint)[:1],
        said=joint.said.filter(dissents=False),
        seen=0,
        by=by,
    )


def token_of(consultation: Consultation, name: str) -> UUID:
    return uuid5(uuid5(NAMESPACE_URL, name), consultation.title)
