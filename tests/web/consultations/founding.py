"""
The founding documents as one consultation, for the tests that show it whole.

A draft and its seven questions, the partnership's letter, the network's reply and the
committee's resolutions, each in the words in which it was handed in.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from saferplan.web.consultations.drafting import from_file
from saferplan.web.consultations.models import (
    Consultation,
    Joint,
    Response,
    ResponseDocument,
    Voice,
)
from saferplan.web.consultations.services.joining import (
    begin_joint,
    send_joint,
    sources_of,
    write_answer,
)
from saferplan.web.consultations.services.setting_up import (
    add_draft,
    add_question,
    launch,
    make_consultation,
)
from saferplan.web.consultations.services.speaking import keep_voice
from saferplan.web.consultations.services.splitting import confirm, place, settle
from saferplan.web.consultations.services.taking_in import (
    Received,
    take_in_document,
)

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
FILES = ("000", "001", "002", "003")
QUESTIONS = re.compile(r"^\s*[-•]\s+(?P<words>.*\?.*|.*please provide.*)$", re.M | re.I)
DAYS = timedelta(days=84)

needs_the_documents = pytest.mark.skipif(
    not SEEDS.exists(), reason="The founding documents are not here."
)


@dataclass
class Founding:
    """The consultation, and what was said in it."""

    consultation: Consultation
    partnership: Response
    network: Response
    committee: Response
    joint: Joint | None = None


def document(number: str) -> tuple[bytes, str]:
    """The bytes of a founding document, and its name."""
    [path] = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes(), path.name


def questions_asked() -> list[str]:
    """The seven questions, word for word as the draft's section 5 prints them."""
    text = document("001")[0].decode()
    section = text[text.index("areas for consideration which include:") :]
    section = section[: section.index("Financial Implications")]
    bullets = re.split(r"^\s*[-•*]\s+", section, flags=re.M)[1:]
    return [" ".join(each.split("\n\n")[0].split()) for each in bullets]


def token(number: int) -> UUID:
    return UUID(int=number)


def make_founding(partnership, *, by) -> Founding:
    """Asked for 84 days, three documents taken in, nothing placed by a person yet."""
    consultation = ask(partnership, by=by)
    day = timezone.localdate()
    letter = Received(
        kind=Response.Kind.PARTNERSHIP,
        channel=Response.Channel.DOCUMENT,
        on=day,
        public=True,
        voice={"body": "Safer Lewisham Partnership"},
    )
    reply = Received(
        kind=Response.Kind.NETWORK,
        channel=Response.Channel.DOCUMENT,
        on=day,
        public=True,
        voice={
            "body": "Safer Future Communities London network",
            "speaks_for": "Voluntary and community organisations in London that work "
            "on community safety.",
            "members": 400,
        },
    )
    minutes = Received(
        kind=Response.Kind.COMMITTEE,
        channel=Response.Channel.DOCUMENT,
        on=day,
        public=True,
        minutes=True,
        voice={
            "body": "Safer Stronger Communities Select Committee",
            "minute": "6",
            "met_on": day,
            "status": Voice.Status.RESOLVED,
        },
    )
    return Founding(
        consultation,
        take_in_document(consultation, *document("000"), letter, token=token(1), by=by),
        take_in_document(consultation, *document("002"), reply, token=token(2), by=by),
        take_in_document(
            consultation, *document("003"), minutes, token=token(3), by=by
        ),
    )


def ask(partnership, *, by) -> Consultation:
    opens = timezone.now() - timedelta(days=20)
    made = make_consultation(
        partnership,
        title="Police and Crime Plan 2017-2021",
        about="The draft plan of the Mayor’s Office for Policing and Crime.",
        decides="The Mayor of London",
        still_open="All of it.",
        opens_at=opens,
        closes_at=opens + DAYS,
        by=by,
    )
    content, name = document("001")
    drafted = from_file(content, name)
    add_draft(
        made,
        title="The draft plan, as it was reported",
        text=drafted.text,
        passages=drafted.passages,
        by=by,
    )
    for words in questions_asked():
        add_question(made, text=words, by=by)
    launch(made, by=by)
    made.refresh_from_db()
    return made


def settle_whole(response: Response, *, by) -> ResponseDocument:
    """A person confirms what was suggested, and says of the rest that it is general."""
    found = response.document
    points = found.points.filter(removed_at=None)
    suggested = [each for each in points if each.question_id or each.passage_id]
    if suggested:
        found = confirm(found, suggested, seen=found.edition, by=by)
    for each in points.filter(placed_by=None):
        found = place(found, each, about_whole=True, seen=found.edition, by=by)
    settle(found, seen=found.edition, by=by)
    return found


def settle_all(founding: Founding, *, by) -> None:
    for each in (founding.partnership, founding.network, founding.committee):
        settle_whole(each, by=by)


def compose(founding: Founding, *, by) -> Joint:
    """One answer of the three bodies: under each question, points of each, in turn."""
    joint = begin_joint(
        founding.consultation,
        kind=Response.Kind.PARTNERSHIP,
        body="Safer Lewisham Partnership, with its committee and its network",
        speaks_for="The partnership, its select committee and its network.",
        agreed_how="Agreed by the board.",
        by=by,
    )
    points = list(sources_of(joint))
    committee = [each for each in points if each.response == founding.committee]
    others = [each for each in points if each.response != founding.committee]
    for number, question in enumerate(founding.consultation.questions.all()):
        chosen = [*others[number::7][:2], *committee[number : number + 1]]
        words = "\n\n".join(each.text for each in chosen)
        write_answer(joint, question, text=words, points=chosen, seen=0, by=by)
    founding.joint = joint
    return joint


def send_composed(founding: Founding, *, by) -> Response:
    assert founding.joint is not None
    return send_joint(founding.joint, by=by)


def founding_answered_together(partnership, *, by) -> Founding:
    """All of it: taken in, settled, composed and sent. Other tests begin from here."""
    made = make_founding(partnership, by=by)
    keep_voice(
        made.network,
        by=by,
        body="Safer Future Communities London network",
        asked=400,
        asked_how="Four events from September 2012 to February 2013.",
    )
    settle_all(made, by=by)
    compose(made, by=by)
    send_composed(made, by=by)
    return made
