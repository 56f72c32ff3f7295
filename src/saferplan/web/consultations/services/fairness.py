"""The Gunning file: four gates of a fair consultation, each with its evidence."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from saferplan.consultations.gates import Gate, Record, gates
from saferplan.consultations.reading_age import reading_age
from saferplan.consultations.timetable import Between, Timetable, timetable
from saferplan.errors import ConsultationError
from saferplan.web.consultations.models import Consultation, Draft, FairnessRecord
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.reporting import points_of
from saferplan.web.consultations.services.setting_up import tell
from saferplan.web.partnerships.models import Person


@transaction.atomic
def record_facts(
    consultation: Consultation, *, by: Person, **facts: Any
) -> FairnessRecord:
    """Keep what nobody but the officers knows. `facts` are fields of FairnessRecord."""
    check_can_read(by, consultation)
    record, _ = FairnessRecord.objects.update_or_create(
        consultation=consultation, defaults={**facts, "by": by, "at": timezone.now()}
    )
    tell(
        consultation,
        "recorded facts for the Gunning file of",
        by=by,
        detail={name: str(value) for name, value in facts.items()},
    )
    return record


def gates_of(consultation: Consultation) -> tuple[Gate, ...]:
    return gates(record_of(consultation))


def record_of(consultation: Consultation) -> Record:
    """Gather what the system knows of it, and what officers have recorded."""
    facts = FairnessRecord.objects.filter(consultation=consultation).first()
    points = points_of(consultation)
    total, answered = points.count(), points.exclude(answered=None).count()
    over = consultation.state in ("closed", "answered")
    return Record(
        timetable=timetable_of(consultation, facts),
        options_open=bool(consultation.still_open.strip()),
        decided_on=facts.decided_on if facts else None,
        decision_paper_on=facts.paper_on if facts else None,
        documents=documents_of(consultation),
        equality_on=equality_of(consultation) or (facts.equality_on if facts else None),
        reasons_given=facts.reasons_given if facts else None,
        reading_age=age_of(consultation.drafts.filter(number=1, kind="full").first()),
        late_rule=late_rule_of(consultation),
        points=total if over else None,
        answered=answered if over else None,
        # A point is answered by a person who has it before them.
        read_by=total == answered if over else None,
        paper_cites=facts.paper_cites if facts else None,
    )


def timetable_of(consultation: Consultation, facts: FairnessRecord | None) -> Timetable:
    return timetable(
        consultation.opens_at,
        consultation.closes_at,
        least_days=consultation.least_days,
        least_because="as it was promised when this was set up",
        school_holidays=spans_in(facts, "school holiday"),
        pre_election=spans_in(facts, "pre-election period"),
        meetings={
            date.fromisoformat(day): name
            for name, day in (facts.meetings if facts else [])
        },
    )


def spans_in(facts: FairnessRecord | None, kind: str) -> list[Between]:
    return [
        Between(name, date.fromisoformat(first), date.fromisoformat(last))
        for of_kind, name, first, last in (facts.spans if facts else [])
        if of_kind == kind
    ]


def documents_of(consultation: Consultation) -> tuple[tuple[str, date | None], ...]:
    """The drafts people could read, and the day each could first be read here."""
    launched = consultation.launched_at
    found: list[tuple[str, date | None]] = []
    for draft in consultation.drafts.filter(number=1).only("title", "kind", "at"):
        name = f"{draft.title} ({draft.get_kind_display().lower()})"
        public = max(launched, draft.at) if launched else None
        found.append((name, day_of(public)))
    return tuple(found)


def equality_of(consultation: Consultation) -> date | None:
    if consultation.plan is None:
        return None
    signed = consultation.plan.equality_analyses.signed().last()
    return day_of(signed.signed_at) if signed else None


def day_of(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def age_of(draft: Draft | None) -> float | None:
    if draft is None:
        return None
    try:
        return reading_age(draft.text)
    except ConsultationError:
        return None


def late_rule_of(consultation: Consultation) -> str:
    minutes = int(consultation.grace.total_seconds() // 60)
    if not minutes:
        return "a response is in time before the closing minute, and late from then on"
    return (
        f"a form begun before the close is taken for {minutes} minutes after it; "
        f"anything later is kept, marked late, and taken only for a recorded reason"
    )
