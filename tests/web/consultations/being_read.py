"""Ninety answers on three subjects, and how the tests read and code them."""

import random
from uuid import uuid4

from saferplan.web.consultations import reading
from saferplan.web.consultations.models import Answer, Response
from saferplan.web.consultations.services.coding import code, keep_run, next_to_code

ABOUT = {
    "Counters": {"front", "counter", "open", "night", "station", "desk", "evening"},
    "Lighting": {"street", "lamp", "dark", "park", "path", "bright", "bulb"},
    "Schools": {"pupils", "school", "gate", "bus", "lesson", "parent", "teacher"},
}


def silent(done, total, message):
    """Nobody watches."""


def answered_in_words(consultation):
    """Return its first question, answered by ninety people on three subjects."""
    question = consultation.questions.first()
    draw = random.Random(4)
    now = consultation.opens_at
    responses = Response.objects.bulk_create(
        Response(
            consultation=consultation,
            token=uuid4(),
            reference=f"R{number}",
            begun_at=now,
            sent_at=now,
            standing="in_time",
            email=f"{number}@example.org",
        )
        for number in range(90)
    )
    Answer.objects.bulk_create(
        Answer(
            response=response,
            question=question,
            text=" ".join(draw.sample(sorted(list(ABOUT.values())[number % 3]), 6)),
        )
        for number, response in enumerate(responses)
    )
    return question


def themes_in(answer, themes):
    words = set(answer.text.split())
    return [themes[name] for name, of in ABOUT.items() if len(words & of) > 2]


def look(question, by):
    found = reading.look(question, seed=1, tell=silent)
    return keep_run(question, "look", seed=1, read="", result=found, by=by)


def code_all(sample, themes, *, by):
    while (answer := next_to_code(sample, by)) is not None:
        code(answer, themes_in(answer, themes), by=by)
