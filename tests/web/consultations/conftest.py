"""A consultation on a small draft, open now."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from web.consultations.being_read import ABOUT, answered_in_words

from saferplan.web.consultations.models import Passage
from saferplan.web.consultations.services.coding import add_theme
from saferplan.web.consultations.services.responding import Said, send_whole
from saferplan.web.consultations.services.setting_up import (
    add_draft,
    add_question,
    launch,
    make_consultation,
)

TEXT = """\
Safer streets

We will put two constables in every ward.

We will keep one front counter open day and night."""


# How the tests that are not about deciding answer a point.
ACCEPTED = {
    "said": "Counters should stay open day and night.",
    "disposition": "accepted",
    "reason": "Two thirds of those who answered need one at night.",
}


def passages_of(text):
    """A heading, and a passage for each paragraph after it."""
    passages, start = [], 0
    for number, part in enumerate(text.split("\n\n")):
        start = text.index(part, start)
        passages.append(
            Passage(
                key=f"p{number}",
                kind="heading" if number == 0 else "paragraph",
                level=1 if number == 0 else 0,
                label=part if number == 0 else f"Paragraph {number}",
                text=part,
                start=start,
                end=start + len(part),
            )
        )
    return passages


def set_up(partnership, *, by, title="The next plan", **words):
    """One being set up that asks two questions, and one about the person."""
    now = timezone.now()
    words.setdefault("opens_at", now - timedelta(days=10))
    words.setdefault("closes_at", words["opens_at"] + timedelta(days=84))
    made = make_consultation(
        partnership,
        title=title,
        about="What should the next plan do?",
        decides="Cabinet",
        still_open="All of it.",
        by=by,
        **words,
    )
    add_draft(made, title="The draft", text=TEXT, passages=passages_of(TEXT), by=by)
    add_question(made, text="What should change?", by=by)
    add_question(made, text="Do you agree?", kind="one", options=["Yes", "No"], by=by)
    add_question(
        made,
        key="age",
        text="How old are you?",
        kind="one",
        options=["Under 25", "25 to 64", "65 or older"],
        apart=True,
        by=by,
    )
    return made


def launched(partnership, *, by, **words):
    made = set_up(partnership, by=by, **words)
    launch(made, by=by)
    made.refresh_from_db()
    return made


def respond(consultation, text="Keep the counters open.", *, token=None, **words):
    """A response sent in the form, with these words to the first question."""
    question = consultation.questions.first()
    said = [Said(question=question, text=text)]
    return send_whole(consultation, said, token=token or uuid4(), **words)


def close(consultation):
    """Let its time run out, as if the days had passed."""
    closed_at = timezone.now() - timedelta(minutes=1)
    type(consultation).objects.filter(pk=consultation.pk).update(closes_at=closed_at)
    consultation.refresh_from_db()
    return consultation


@pytest.fixture
def being_set_up(partnership, head):
    return set_up(partnership, by=head)


@pytest.fixture
def consultation(partnership, head):
    return launched(partnership, by=head)


@pytest.fixture
def closed(partnership, head):
    """One that closed yesterday."""
    opens = timezone.now() - timedelta(days=100)
    return launched(
        partnership,
        by=head,
        opens_at=opens,
        closes_at=timezone.now() - timedelta(days=1),
    )


@pytest.fixture
def response(consultation):
    return respond(consultation)


@pytest.fixture
def question(consultation):
    """Its first, answered by ninety people on three subjects in made-up words."""
    return answered_in_words(consultation)


@pytest.fixture
def themes(question, analyst):
    return {name: add_theme(question, name=name, by=analyst) for name in ABOUT}
