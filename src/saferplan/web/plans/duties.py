"""How a partnership stands with each duty of the law today."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from saferplan.definitions import Duty, duties_on, next_due
from saferplan.web.partnerships.models import Partnership
from saferplan.web.plans.evidence import published_by
from saferplan.web.plans.models import DutyRecord, EqualityAnalysis, Version
from saferplan.web.plans.models.version import IN_FORCE

SOON = 60  # days before a duty falls due
COLOURS = {
    "overdue": "red",
    "due soon": "yellow",
    "not done": "orange",
    "under way": "blue",
    "to confirm": "turquoise",
    "not recorded": "pink",
    "not yet due": "grey",
    "done": "green",
    "no event yet": "grey",
    "not ours": "grey",
}
# What anybody may do is no duty, though it stands in the law beside them.
POWERS = frozenset({"power-to-disclose"})
# The order in which a head of service wants to hear of them.
ORDER = tuple(COLOURS)
SETTLED = frozenset({"done", "not yet due", "no event yet", "not ours"})


@dataclass(frozen=True)
class Found:
    """Something on this site that may be evidence of a duty."""

    text: str
    link: str
    on: date


@dataclass(frozen=True)
class Line:
    """
    A duty as a partnership stands with it.

    record  the newest word on it, of any year
    due     the last day to do it this time; None where it has none or nobody knows
    state   one of COLOURS
    found   what this site holds that may be evidence
    """

    duty: Duty
    record: DutyRecord | None
    due: date | None
    state: str
    found: Found | None

    @property
    def is_pressing(self) -> bool:
        return not self.is_settled and self.state != "not recorded"

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED


def register_of(partnership: Partnership, today: date) -> list[Line]:
    """Return the duties in force, what needs doing first."""
    said: dict[str, list[DutyRecord]] = {}
    for record in partnership.duty_records.select_related("by"):
        said.setdefault(record.duty, []).append(record)
    found = found_here(partnership)
    lines = [
        line_of(duty, said.get(duty.name, []), found.get(duty.name), today)
        for duty in duties_on(today)
        if duty.area != "powers" and duty.name not in POWERS
    ]
    far = date.max
    return sorted(lines, key=lambda one: (ORDER.index(one.state), one.due or far))


def line_of(
    duty: Duty, records: list[DutyRecord], found: Found | None, today: date
) -> Line:
    newest = records[0] if records else None
    due = due_on(duty, records, today)
    state = state_of(duty, records, due, today)
    if found and state == "not recorded":
        state = "to confirm"
    return Line(duty, newest, due, state, found)


def due_on(duty: Duty, records: list[DutyRecord], today: date) -> date | None:
    """
    The last day to do it this time.

    Of a duty for each year it is the next such day; of one that comes round, so long
    after it was last done; of one that follows an event, so long after the event.
    """
    if duty.when == "by a day each year":
        return next_due(duty, today - timedelta(days=1))
    if duty.when == "after an event":
        happened = last_event(records)
        return next_due(duty, happened) if happened else None
    done = last_done(records)
    return next_due(duty, done) if done else None


def state_of(
    duty: Duty, records: list[DutyRecord], due: date | None, today: date
) -> str:
    newest = records[0] if records else None
    if newest and newest.state == DutyRecord.State.NOT_OURS:
        return "not ours"
    if duty.when == "after an event" and last_event(records) is None:
        return "no event yet"
    if is_done(duty, records, due, today):
        return "done"
    if due is not None and (due - today).days <= SOON:
        return "overdue" if due < today else "due soon"
    if newest is None or newest.year < year_of(today):
        return "not yet due" if due and duty.when != "continuing" else "not recorded"
    return str(newest.state)


def is_done(
    duty: Duty, records: list[DutyRecord], due: date | None, today: date
) -> bool:
    """Whether it is done for this time, as far as anybody said."""
    newest = records[0] if records else None
    if newest is None or newest.state != DutyRecord.State.DONE:
        return False
    done = last_done(records)
    assert done is not None
    if duty.when == "continuing":
        return newest.year == year_of(today)
    if duty.when == "after an event":
        happened = last_event(records)
        return happened is not None and done >= happened
    if duty.when == "by a day each year":
        assert due is not None
        return done > due - timedelta(days=365)
    assert due is not None
    return (due - today).days > SOON  # soon it is to be done again


def last_done(records: list[DutyRecord]) -> date | None:
    done = (each.done_on for each in records if each.state == DutyRecord.State.DONE)
    return max((day for day in done if day), default=None)


def last_event(records: list[DutyRecord]) -> date | None:
    return max((each.event_on for each in records if each.event_on), default=None)


def year_of(day: date) -> int:
    """
    The financial year a day is in, by its first calendar year.

    >>> year_of(date(2027, 3, 31)), year_of(date(2027, 4, 1))
    (2026, 2027)
    """
    return day.year - (day.month < 4)


def counted(lines: list[Line]) -> list[tuple[str, int]]:
    """How many duties are in each state, those that are none left out."""
    found = Counter(line.state for line in lines)
    return [(state, found[state]) for state in ORDER if found[state]]


def found_here(partnership: Partnership) -> dict[str, Found]:
    """What this site itself holds that bears on a duty, by the duty's name."""
    found = {}
    assessment = published_by(partnership)
    if assessment and assessment.published_at:
        found["strategic-assessment"] = Found(
            "The assessment published here",
            reverse("assessments:show", args=[assessment.pk]),
            assessment.published_at.date(),
        )
    in_force = Version.objects.filter(
        plan__partnership=partnership, state__in=IN_FORCE
    ).exclude(plan__level="pan-London")
    version = in_force.select_related("plan").order_by("-on").first()
    if version:
        link = reverse("plans:version", args=[version.plan_id, version.number])
        plan = Found(f"{version.plan}, adopted here", link, version.on)
        found |= {"partnership-plan": plan, "revise-plan": plan}
    signed = EqualityAnalysis.objects.signed().filter(plan__partnership=partnership)
    analysis = signed.order_by("-signed_at").first()
    if analysis and analysis.signed_at:
        found["public-sector-equality-duty"] = Found(
            str(analysis),
            reverse("plans:equality", args=[analysis.plan_id]),
            analysis.signed_at.date(),
        )
    return found
