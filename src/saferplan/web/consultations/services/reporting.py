"""Publishing the answer to what was said; refused while anything is unanswered."""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    Consultation,
    Decision,
    Point,
    Question,
    Report,
    Response,
)
from saferplan.web.consultations.models.point import PointQuerySet
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.services.clock import time_in_database
from saferplan.web.consultations.services.report_figures import (
    campaigns_in,
    groups_in,
    themes_in,
)
from saferplan.web.consultations.services.setting_up import locked, tell
from saferplan.web.consultations.services.speaking import heard_in
from saferplan.web.core.models import Audience
from saferplan.web.core.pages import plural
from saferplan.web.partnerships.models import Person


@dataclass(frozen=True)
class Obstacle:
    """Something that stands between what was said and its answer's publication."""

    text: str
    href: str


def obstacles(consultation: Consultation) -> list[Obstacle]:
    """Return what must be done first; nothing, if the answer can be published."""
    points = points_of(consultation)
    waiting = points.filter(answered=None)
    unfinished = consultation.responses.counted().filter(
        document__isnull=False, document__settled_at=None
    )
    unshown = Decision.objects.filter(
        answered__point__in=points, changes_plan=True, after=None
    ).distinct()
    found = []
    if time_in_database() < consultation.closes_at:
        found.append(("People can still answer.", "show"))
    if count := unfinished.count():
        found.append(
            (f"{plural(count, 'document')} not wholly split into points.", "responses")
        )
    if count := waiting.count():
        found.append((f"{plural(count, 'point')} without an answer.", "points"))
    if count := unshown.count():
        found.append(
            (
                f"{plural(count, 'decision')} to change words of the draft that no "
                f"later draft shows yet.",
                "decisions",
            )
        )
    return [
        Obstacle(text, reverse(f"consultations:{page}", args=[consultation.pk]))
        for text, page in found
    ]


def points_of(consultation: Consultation) -> PointQuerySet:
    """What people said that stands: neither taken back nor late."""
    standing: PointQuerySet = Point.objects.standing()
    return standing.filter(response__consultation=consultation)


def body_of(consultation: Consultation) -> dict[str, Any]:
    """
    Return the answer as it stands: what was asked, who was heard, what was decided.

    It holds no name, and words of a response only where its author agreed to that.
    """
    return {
        "title": consultation.title,
        "partnership": str(consultation.partnership),
        "opened": consultation.opens_at.isoformat(),
        "closed": consultation.closes_at.isoformat(),
        "decides": consultation.decides,
        "heard": asdict(heard_in(consultation)),
        "overlap": heard_in(consultation).overlap,
        "participation": groups_in(consultation),
        "questions": [
            question_in(question)
            for question in consultation.questions.filter(apart=False)
        ],
        "decided": decided_in(consultation),
    }


def question_in(question: Question) -> dict[str, Any]:
    answers = question.answers.filter(response__in=Response.objects.counted())
    chosen: Counter[str] = Counter()
    for options in answers.values_list("chosen", flat=True):
        chosen.update(options)
    return {
        "key": question.key,
        "text": question.text,
        "answers": answers.count(),
        "chosen": [[option, chosen[option]] for option in question.options],
        "themes": themes_in(question),
        "campaigns": campaigns_in(question),
    }


def decided_in(consultation: Consultation) -> list[dict[str, Any]]:
    """What people said and what became of it, the commonest first."""
    rows: dict[int, dict[str, Any]] = {}
    points: Any = points_of(consultation).exclude(answered=None)
    for point in points.select_related(
        "response",
        "question",
        "answered__decision__before__draft",
        "answered__decision__after__draft",
    ):
        decision = point.answered.decision
        row = rows.setdefault(decision.pk, {**words_of(decision), "from": set()})
        row["points"] += 1
        row["from"].add((point.response_id, point.response.kind))
        if point.question_id and point.question.key not in row["questions"]:
            row["questions"].append(point.question.key)
    for row in rows.values():
        people = row.pop("from")
        row["responses"] = len(people)
        row["kinds"] = dict(sorted(Counter(kind for _, kind in people).items()))
    return sorted(rows.values(), key=lambda row: (-row["responses"], row["decision"]))


def words_of(decision: Decision) -> dict[str, Any]:
    shown = {}
    for name in ("before", "after"):
        passage = getattr(decision, name)
        shown[name] = (
            {
                "text": passage.text,
                "label": passage.label,
                "draft": passage.draft.title,
                "number": passage.draft.number,
                "key": passage.key,
            }
            if passage
            else None
        )
    return {
        "decision": decision.pk,
        "said": decision.said,
        "disposition": decision.disposition,
        "label": decision.get_disposition_display(),
        "reason": decision.reason,
        "changes_plan": decision.changes_plan,
        "points": 0,
        "questions": [],
        **shown,
    }


@transaction.atomic
def publish(consultation: Consultation, *, note: str, by: Person) -> Report:
    """
    Publish the answer to what was said, for all to read and never to change.

    note  who agreed it and where

    Raises NotAllowed, saying what is missing, while a point has no answer.
    """
    consultation = locked(consultation)
    check_can_launch(by, consultation)
    missing = obstacles(consultation)
    if missing:
        raise NotAllowed(
            "It cannot be published yet. " + " ".join(each.text for each in missing)
        )
    if not note.strip():
        raise NotAllowed("Say who agreed this answer, and where.")
    body = body_of(consultation)
    last = consultation.reports.first()
    digest = digest_of(body)
    if last and last.digest == digest:
        raise NotAllowed(f"Report {last.number} says the same already.")
    number = (consultation.reports.aggregate(last=Max("number"))["last"] or 0) + 1
    report = Report.objects.create(
        consultation=consultation,
        number=number,
        body=body,
        digest=digest,
        note=note.strip(),
        by=by,
        at=timezone.now(),
    )
    if consultation.reported_at is None:
        consultation.reported_at = report.at
        consultation.save(update_fields=["reported_at"])
    tell(
        consultation,
        "published the answer to",
        by=by,
        audience=Audience.MEMBERS,
        detail={"number": number, "digest": digest},
    )
    return report


def digest_of(body: dict[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
