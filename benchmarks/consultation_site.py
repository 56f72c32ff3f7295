"""
Prepare consultations to be answered, and look at what was kept of the answers.

Run in a process of its own, with the settings of the site in its environment. What is
wanted comes as JSON in its input, and what was found goes out as JSON.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

# Nothing of Django can be brought in before it is set up.
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from saferplan.web.consultations.models import (  # noqa: E402
    Consultation,
    Passage,
    Response,
)
from saferplan.web.consultations.services.setting_up import (  # noqa: E402
    add_draft,
    add_question,
    launch,
    make_consultation,
)
from saferplan.web.core.models import Event  # noqa: E402
from saferplan.web.core.record import check_record  # noqa: E402
from saferplan.web.partnerships.demonstration import (  # noqa: E402
    email_of,
    make_people,
)
from saferplan.web.partnerships.models import Person, Role  # noqa: E402

GRACE = timedelta(seconds=1)
TEXT = "We will put two constables in every ward."


def prepare(closes: list[float]) -> list[dict[str, Any]]:
    """
    Launch a consultation for each close; return its form's path and the close.

    closes  seconds from now
    """
    partnership = make_people()
    head = Person.objects.get(email=email_of(Role.HEAD))
    now = timezone.now()
    return [one(partnership, head, now + timedelta(seconds=each)) for each in closes]


def one(partnership: Any, head: Person, closes_at: datetime) -> dict[str, Any]:
    made = make_consultation(
        partnership,
        title="Answered by many",
        opens_at=closes_at - timedelta(days=90),
        closes_at=closes_at,
        grace=GRACE,
        by=head,
    )
    passage = Passage(key="p1", kind="paragraph", text=TEXT, start=0, end=len(TEXT))
    add_draft(made, title="The draft", text=TEXT, passages=[passage], by=head)
    add_question(made, text="What should change?", key="q1", by=head)
    add_question(
        made, text="Do you agree?", key="q2", kind="one", options=["Yes", "No"], by=head
    )
    launch(made, by=head)
    return {
        "pk": made.pk,
        "path": reverse("consultations:whole", args=[made.pk]),
        "closes": closes_at.timestamp(),
    }


def kept(pk: int, acknowledged: dict[str, str]) -> dict[str, Any]:
    """
    Return what is wrong with what was kept of the answers: nothing, it is hoped.

    acknowledged  words that the site said it has
    """
    rows = Response.objects.filter(consultation=pk)
    said = Counter(
        rows.filter(answers__question__key="q1").values_list("answers__text", flat=True)
    )
    return {
        "rows": rows.count(),
        "lost": sum(words not in said for words in acknowledged),
        "double": sum(times > 1 for times in said.values()),
        "not_sent": rows.filter(sent_at=None).count(),
        "without_event": without_one_event(rows),
        "record": check_record().fault or "",
    }


def without_one_event(rows: Any) -> int:
    """How many responses have not exactly one event that says they were sent."""
    told = Counter(
        subject.split(" ")[0]
        for subject in Event.objects.filter(what="sent the response").values_list(
            "subject", flat=True
        )
    )
    references = rows.exclude(sent_at=None).values_list("reference", flat=True)
    return sum(told[reference] != 1 for reference in references)


def decided(sent: list[dict[str, Any]]) -> dict[str, Any]:
    """
    Return how the responses sent around a close stand, and which are not by the rule.

    The rule is written out anew here, from what each row itself keeps. Besides, the
    time that it keeps must lie between the moment in which it was posted and the one
    in which the site had answered.
    """
    rows = {
        each.answers.all()[0].text: each
        for each in Response.objects.exclude(sent_at=None)
        .filter(answers__question__key="q1")
        .select_related("consultation")
        .prefetch_related("answers")
    }
    standing: Counter[str] = Counter()
    wrong = outside = missing = 0
    for one in sent:
        row = rows.get(one["words"])
        if row is None or row.sent_at is None:
            missing += 1
            continue
        standing[row.standing] += 1
        wrong += row.standing != by_the_rule(row.consultation, row)
        at = row.sent_at.timestamp()
        # SQLite's clock counts thousandths and cuts off the rest.
        outside += not one["posted"] - 0.002 <= at <= one["answered"] + 0.002
    return {
        "standing": dict(standing),
        "wrong": wrong,
        "outside": outside,
        "missing": missing,
    }


def by_the_rule(consultation: Consultation, row: Response) -> str:
    close = consultation.closes_at
    assert row.sent_at is not None
    if row.sent_at < close:
        return "in_time"
    if row.begun_at < close and row.sent_at < close + GRACE:
        return "within_grace"
    return "late"


if __name__ == "__main__":
    wanted = json.loads(sys.stdin.read())
    kinds: dict[str, Callable[..., Any]] = {
        "prepare": prepare,
        "kept": kept,
        "decided": decided,
    }
    print(json.dumps(kinds[wanted.pop("what")](**wanted)))
