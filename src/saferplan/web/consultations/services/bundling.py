"""The Gunning file as one bundle: gates, drafts, questions, points, answers, record."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from saferplan.consultations.gates import gates, verdicts
from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.services.fairness import record_of
from saferplan.web.consultations.services.report_figures import HEADINGS, figures_of
from saferplan.web.consultations.services.reporting import (
    body_of,
    decided_in,
    points_of,
)
from saferplan.web.core.downloads import Cell, as_csv
from saferplan.web.core.models import Event
from saferplan.web.core.pages import day

NOTES = [
    "The gates are those of R v Brent LBC ex p Gunning (1985), as the Supreme Court "
    "took them up in R (Moseley) v Haringey LBC [2014] UKSC 56.",
    "A gate is met when every line under it holds. What nobody recorded is unknown and "
    "never counts as met.",
    "This is a record for the decision-maker and for a court. It is not legal advice.",
    "Nobody who answered is named, and what was redacted is in no part of the bundle.",
]
# What goes with the Gunning file, in the order in which one would look.
CONTENTS = [
    ["drafts/", "Every draft, as people could read it"],
    ["questions.csv", "What was asked"],
    ["outreach.csv", "What was done so that groups who were missing are heard"],
    ["points.csv", "Every point that was made, and what became of it"],
    ["figures.csv", "What people chose, themes with their limits, campaigns, groups"],
    ["answer.json", "The answer as it was published, or as it stands until it is"],
    ["record.csv", "What was done here, in order; no officer is named"],
    ["gunning-file.json", "This document, for programs"],
]


def file_of(consultation: Consultation) -> dict[str, Any]:
    """Return the Gunning file as data, for its page, its document and its bundle."""
    record = record_of(consultation)
    found = gates(record)
    inside = record.timetable.inside if record.timetable else ()
    return {
        "title": consultation.title,
        "partnership": str(consultation.partnership),
        "as_of": day(timezone.localdate()),
        "verdict": verdicts(found),
        "gates": [
            {
                "number": gate.number,
                "title": gate.title,
                "verdict": gate.verdict,
                "evidence": [
                    {"text": line.text, "holds": line.holds, "to_weigh": line.to_weigh}
                    for line in gate.evidence
                ],
            }
            for gate in found
        ],
        "inside": [
            {
                "kind": each.kind,
                "name": each.name,
                "first": day(each.first),
                "last": day(each.last),
            }
            for each in inside
        ],
        "decided": decided_in(consultation),
        "contents": CONTENTS,
        "notes": NOTES,
    }


def bundle_of(consultation: Consultation) -> bytes:
    """Zip all that shows how a consultation was held. Holds nobody's name."""
    from saferplan.reports.gunning_file import gunning_to_docx
    from saferplan.reports.zipped import zip_of

    file = file_of(consultation)
    report = consultation.reports.first()
    body = report.body if report else body_of(consultation)
    members = {
        "gunning-file.docx": gunning_to_docx(file),
        "gunning-file.json": as_json(file),
        "answer.json": as_json(body),
        "figures.csv": table("figures", HEADINGS, figures_of(body)),
        "questions.csv": table("questions", *questions_in(consultation)),
        "outreach.csv": table("outreach", *outreach_in(consultation)),
        "points.csv": table("points", *points_in(consultation)),
        "record.csv": table("record", *record_in(consultation)),
    }
    for draft in consultation.drafts.all():
        name = f"drafts/{draft.number}-{draft.kind}-{draft.language}.txt"
        members[name] = draft.text.encode()
    return zip_of(members)


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def table(name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    return as_csv(name, headings, rows)


Table = tuple[Sequence[str], Sequence[Sequence[Cell]]]


def questions_in(consultation: Consultation) -> Table:
    return ("Key", "Question", "Kind", "Options"), [
        [each.key, each.text, each.get_kind_display(), "; ".join(each.options)]
        for each in consultation.questions.all()
    ]


def outreach_in(consultation: Consultation) -> Table:
    return ("Day", "Question", "Group", "What was done", "About how many it reached"), [
        [each.on.isoformat(), str(each.question), each.group, each.what, each.reached]
        for each in consultation.outreach.select_related("question").order_by("on")
    ]


def points_in(consultation: Consultation) -> Table:
    rows: list[list[Cell]] = []
    for point in points_of(consultation).select_related(
        "response", "question", "passage", "answered__decision"
    ):
        answered = getattr(point, "answered", None)
        decision = answered.decision if answered else None
        rows.append(
            [
                point.response.reference,
                point.response.get_kind_display(),
                str(point.question or ""),
                str(point.passage or ""),
                point.text,
                decision.get_disposition_display() if decision else "Not yet answered",
                decision.reason if decision else "",
            ]
        )
    return (
        ("Response", "Kind", "Question", "Part of the draft", "Point")
        + ("What became of it", "Why"),
        rows,
    )


def record_in(consultation: Consultation) -> Table:
    """What officers did, in order, by role; what respondents did is in the counts."""
    return ("Number", "When", "Who", "What", "Subject"), [
        [
            event.number,
            event.at.isoformat(timespec="seconds"),
            "an officer" if event.by_id else "the system or a respondent",
            event.what,
            event.subject,
        ]
        for event in events_of(consultation)
    ]


def events_of(consultation: Consultation) -> QuerySet[Event]:
    address = reverse("consultations:show", args=[consultation.pk])
    return Event.objects.filter(
        partnership=consultation.partnership, link__startswith=address
    ).order_by("number")
