"""Making journey maps, and changing what stands in them."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.definitions.journeys import journey
from saferplan.errors import NotAllowed
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.models.journey import (
    JourneyMap,
    JourneyStep,
    StepIndicator,
)
from saferplan.web.performance.permissions import check_can_keep

MOST_STEPS = 60  # beyond them no picture of it can be read


class StepChanged(NotAllowed):
    """Somebody else changed the step while this person was writing; `theirs` is it."""

    def __init__(self, theirs: JourneyStep) -> None:
        super().__init__(
            "Somebody else changed this step while you were writing. What it says now "
            "is beside your words. Save again to put yours in its place."
        )
        self.theirs = theirs


@transaction.atomic
def begin(partnership: Partnership, path: str, *, by: Person) -> JourneyMap:
    """
    Make a partnership's copy of the steps of a path, for it to change.

    If it has one already, that is returned as it stands.
    """
    check_can_keep(by, partnership)
    if existing := partnership.journeys.filter(path=path).first():
        return existing
    made = JourneyMap.objects.create(
        partnership=partnership, path=path, made_at=timezone.now(), made_by=by
    )
    kept = {each.title.casefold(): each for each in partnership.indicators.kept()}
    for number, defined in enumerate(journey(path), start=1):
        step = JourneyStep.objects.create(
            journey=made,
            number=number,
            title=defined.title,
            agency=defined.agency,
            counts=defined.counts,
            limit=defined.limit_days,
            may_meet=defined.may_meet,
        )
        for each in defined.indicators:
            StepIndicator.objects.create(
                step=step, indicator=kept.get(each["title"].casefold()), **each
            )
    record("began", made, by=by)
    return made


@transaction.atomic
def publish(made: JourneyMap, *, public: bool, by: Person) -> None:
    """Let everybody read a map, or no longer."""
    made = held(made, by=by)
    made.published_at = timezone.now() if public else None
    made.save(update_fields=["published_at"])
    record("published" if public else "took back", made, by=by)


@transaction.atomic
def add_step(
    made: JourneyMap, *, after: JourneyStep | None, by: Person, **words: Any
) -> JourneyStep:
    """Add a step after another, or before all of them."""
    made = held(made, by=by)
    if made.steps.count() >= MOST_STEPS:
        raise NotAllowed(f"A map has no more than {MOST_STEPS} steps. Take one out.")
    step = JourneyStep.objects.create(journey=made, number=0, **words)
    put_after(step, after)
    record("added a step to", made, by=by, step=step.title)
    return step


@transaction.atomic
def change_step(
    step: JourneyStep,
    *,
    seen: int,
    after: JourneyStep | None,
    by: Person,
    **words: Any,
) -> JourneyStep:
    """
    Change a step, and where it stands.

    seen  the edition this person was looking at

    Raises StepChanged if it is another by now.
    """
    made = held(step.journey, by=by)
    step = made.steps.get(pk=step.pk)
    if step.edition != seen:
        raise StepChanged(step)
    for name, value in words.items():
        setattr(step, name, value)
    step.edition += 1
    step.save()
    put_after(step, after)
    record("changed a step of", made, by=by, step=step.title)
    return step


@transaction.atomic
def remove_step(step: JourneyStep, *, by: Person) -> None:
    made = held(step.journey, by=by)
    title = step.title
    step.delete()
    number_anew(list(made.steps.all()))
    record("took a step out of", made, by=by, step=title)


@transaction.atomic
def add_indicator(
    step: JourneyStep,
    *,
    title: str,
    better: str,
    counts: str = "",
    indicator: Indicator | None = None,
    tells_how_many: bool = False,
    by: Person,
) -> StepIndicator:
    """
    Say that something is counted at a step.

    tells_how_many  it counts everybody who comes to the step
    """
    made = held(step.journey, by=by)
    if step.indicators.filter(title__iexact=title.strip()).exists():
        raise NotAllowed("That is counted at this step already.")
    if indicator is not None and indicator.partnership_id != made.partnership_id:
        raise NotAllowed(f"{indicator} is not an indicator of {made.partnership}.")
    if tells_how_many:
        check_can_tell(step, indicator)
    added = StepIndicator.objects.create(
        step=step,
        title=title.strip(),
        better=better,
        counts=counts,
        indicator=indicator,
        tells_how_many=tells_how_many,
    )
    record("added an indicator to", made, by=by, step=step.title, indicator=title)
    return added


def check_can_tell(step: JourneyStep, indicator: Indicator | None) -> None:
    if indicator is None or indicator.kind != Indicator.Kind.COUNT:
        raise NotAllowed(
            "How many come to a step is told by a count that the partnership keeps. "
            "Choose one of its indicators."
        )
    if step.indicators.filter(tells_how_many=True).exists():
        raise NotAllowed("Another tells how many come to this step. Take it out first.")


@transaction.atomic
def remove_indicator(counted: StepIndicator, *, by: Person) -> None:
    made = held(counted.step.journey, by=by)
    counted.delete()
    record("took an indicator out of", made, by=by, indicator=counted.title)


def held(made: JourneyMap, *, by: Person) -> JourneyMap:
    """The map, locked until the transaction ends, for somebody who may change it."""
    made = (
        JourneyMap.objects.select_for_update(of=("self",))
        .select_related("partnership")
        .get(pk=made.pk)
    )
    check_can_keep(by, made.partnership)
    return made


def put_after(step: JourneyStep, after: JourneyStep | None) -> None:
    others = [each for each in step.journey.steps.all() if each.pk != step.pk]
    places = [each.pk for each in others]
    at = places.index(after.pk) + 1 if after is not None else 0
    number_anew([*others[:at], step, *others[at:]])


def number_anew(steps: list[JourneyStep]) -> None:
    for number, step in enumerate(steps, start=1):
        step.number = number
    JourneyStep.objects.bulk_update(steps, ["number"])


def record(what: str, made: JourneyMap, *, by: Person, **detail: str) -> None:
    record_event(
        what,
        str(made),
        by=by,
        partnership=made.partnership,
        audience=made.audience,
        link=reverse("performance:journey", args=[made.pk]),
        detail=detail,
    )
