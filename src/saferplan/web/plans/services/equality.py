"""Analysing how a plan touches people who share a protected characteristic."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from saferplan.definitions import characteristics
from saferplan.errors import NotAllowed, SaferplanError
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Organisation, Person
from saferplan.web.plans.contents import contents_of, digest_of
from saferplan.web.plans.models import (
    EqualityAnalysis,
    EqualityGround,
    EqualityMeasure,
    GroupImpact,
    Plan,
    Strand,
    Theme,
    Version,
)
from saferplan.web.plans.permissions import check_can_change, check_can_put_forward
from saferplan.web.plans.services.changing import add_action
from saferplan.web.plans.speaking import findings_by_characteristic

# What a person may change of an analysis, besides the groups.
WORDS = (
    *("service", "aims", "affected", "screened_out", "intersectional", "eliminate"),
    *("advance", "foster", "alternatives", "mitigation", "outcome", "outcome_why"),
    *("monitoring", "review_on"),
)
GROUP_WORDS = ("evidence", "findings", "gaps", "effect", "magnitude", "why")


class AnalysisChanged(SaferplanError):
    """Somebody else changed the analysis first."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has changed this analysis since you opened it. Yours was "
            "not saved, and is still below. What it says now stands beside it: take "
            "from it what you want, and save again."
        )


@transaction.atomic
def begin_analysis(plan: Plan, *, by: Person) -> EqualityAnalysis:
    """
    Begin an analysis, with what the newest assessment says of each characteristic.

    What the last one said is taken over, to be gone through again.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    check_can_change(by, plan)
    last = plan.equality_analyses.first()
    if last and last.signed_at is None:
        raise NotAllowed("An analysis of this plan is open already. Go on with it.")
    before = {name: getattr(last, name) for name in WORDS} if last else {}
    analysis = EqualityAnalysis.objects.create(
        plan=plan,
        number=(plan.equality_analyses.aggregate(n=Max("number"))["n"] or 0) + 1,
        by=by,
        begun_at=timezone.now(),
        **{"aims": plan.purpose} | before,
    )
    said = {each.characteristic: each for each in last.groups.all()} if last else {}
    found = findings_by_characteristic(plan)
    for number, name in enumerate(characteristics(), start=1):
        old = said.get(name)
        words = {each: getattr(old, each) for each in GROUP_WORDS} if old else {}
        words["findings"] = found.get(name, words.get("findings", []))
        GroupImpact.objects.create(
            analysis=analysis, characteristic=name, number=number, **words
        )
    tell("began an equality analysis", analysis, by=by)
    return analysis


def opened(
    analysis: EqualityAnalysis, seen: int | None, by: Person
) -> EqualityAnalysis:
    """The analysis locked, if it may be changed from the edition that was seen."""
    rows = EqualityAnalysis.objects.select_for_update(of=("self",))
    analysis = rows.select_related("plan").get(pk=analysis.pk)
    check_can_change(by, analysis.plan)
    if analysis.signed_at:
        raise NotAllowed("This analysis is signed off. Begin another to change it.")
    if seen is not None and analysis.edition != seen:
        raise AnalysisChanged
    return analysis


@transaction.atomic
def change_analysis(
    analysis: EqualityAnalysis, *, seen: int, by: Person, **words: Any
) -> EqualityAnalysis:
    """
    Change what an analysis says of the plan as a whole (see `WORDS`).

    Raises AnalysisChanged, and changes nothing, if another came between.
    """
    analysis = opened(analysis, seen, by)
    assert words.keys() <= set(WORDS)
    for name, value in words.items():
        setattr(analysis, name, value)
    analysis.edition += 1
    analysis.save()
    tell("changed an equality analysis", analysis, by=by)
    return analysis


@transaction.atomic
def change_group(
    analysis: EqualityAnalysis,
    characteristic: str,
    *,
    seen: int,
    by: Person,
    **words: Any,
) -> GroupImpact:
    """Change what an analysis says of one group (see `GROUP_WORDS`)."""
    analysis = opened(analysis, seen, by)
    group = analysis.groups.get(characteristic=characteristic)
    assert words.keys() <= set(GROUP_WORDS)
    for name, value in words.items():
        setattr(group, name, value)
    if not group.effect or group.effect == "unknown":
        group.magnitude = ""
    group.save()
    analysis.edition += 1
    analysis.save(update_fields=["edition"])
    tell(f"wrote on {group.title.lower()} in", analysis, by=by)
    return group


@transaction.atomic
def add_measure(
    analysis: EqualityAnalysis,
    *,
    text: str,
    by: Person,
    characteristic: str = "",
    lead: Organisation | None = None,
    measure: str = "",
    time_frame: str = "",
) -> EqualityMeasure:
    """Add something that is done about an unequal effect."""
    analysis = opened(analysis, None, by)
    made = EqualityMeasure.objects.create(
        analysis=analysis,
        text=text.strip(),
        characteristic=characteristic,
        lead=lead,
        measure=measure,
        time_frame=time_frame,
    )
    tell("added what is done about inequality to", analysis, by=by)
    return made


@transaction.atomic
def remove_measure(measure: EqualityMeasure, *, by: Person) -> None:
    analysis = opened(measure.analysis, None, by)
    measure.delete()
    tell("took out what was to be done about inequality from", analysis, by=by)


@transaction.atomic
def take_into_plan(
    measure: EqualityMeasure, *, strand: Strand, theme: Theme, by: Person
) -> EqualityMeasure:
    """Make an action of the plan of what is done about inequality."""
    rows = EqualityMeasure.objects.select_for_update(of=("self",))
    measure = rows.select_related("analysis__plan", "lead", "action").get(pk=measure.pk)
    if measure.action:
        raise NotAllowed(f"This is action {measure.action.name} of the plan already.")
    measure.action = add_action(
        measure.analysis.plan,
        strand=strand,
        theme=theme,
        by=by,
        text=measure.text,
        lead=measure.lead,
        measure=measure.measure,
        time_frame=measure.time_frame,
    )
    measure.save(update_fields=["action"])
    return measure


@transaction.atomic
def sign_off(analysis: EqualityAnalysis, *, note: str, by: Person) -> EqualityAnalysis:
    """
    Answer for an analysis, as it and the plan are now.

    note  where it was agreed

    Raises NotAllowed if `by` may not, or naming the first thing that is still open.
    """
    analysis = opened(analysis, None, by)
    check_can_put_forward(by, analysis.plan)
    if not note.strip():
        raise NotAllowed("Say where the analysis was agreed.")
    if todo := analysis.completeness.open:
        raise NotAllowed(f"It cannot be signed off yet. {todo[0]}")
    if analysis.outcome == "stop":
        raise NotAllowed("It says to stop and think again: change the plan first.")
    analysis.signed_at, analysis.signed_by = timezone.now(), by
    analysis.signed_note = note.strip()
    analysis.digest = digest_of(contents_of(analysis.plan))
    analysis.save()
    # Of a plan that nobody put forward, councillors know nothing yet.
    public = analysis.plan.versions.exists()
    record_event(
        "signed off",
        str(analysis),
        by=by,
        partnership=analysis.plan.partnership,
        audience=Audience.MEMBERS if public else Audience.STAFF,
        link=link(analysis.plan),
        detail={
            "reason": analysis.signed_note,
            "complete": analysis.completeness.score,
        },
    )
    return analysis


def analysis_of(plan: Plan, digest: str) -> EqualityAnalysis | None:
    """The signed-off analysis of a plan that says what it says now."""
    newest = plan.equality_analyses.signed().first()
    return newest if newest and newest.digest == digest else None


def check_can_adopt(plan: Plan, digest: str, reason: str) -> None:
    """Refuse a plan that nobody analysed for equality, unless somebody says why."""
    if reason.strip() or analysis_of(plan, digest):
        return
    newest = plan.equality_analyses.signed().first()
    if newest and newest.signed_at:
        raise NotAllowed(
            f"The plan has changed since its equality analysis was signed off on "
            f"{timezone.localtime(newest.signed_at):%-d %B %Y}. Sign off another, or "
            f"say why that one still holds."
        )
    raise NotAllowed(
        "The plan has no signed-off equality analysis. Sign one off, or say why the "
        "plan is adopted without it."
    )


def record_ground(version: Version, reason: str) -> EqualityGround:
    """Keep on what a version was adopted."""
    return EqualityGround.objects.create(
        version=version,
        analysis=analysis_of(version.plan, version.digest),
        reason=reason.strip(),
    )


def is_late(analysis: EqualityAnalysis, today: date) -> bool:
    return bool(analysis.review_on and analysis.review_on < today)


def tell(what: str, analysis: EqualityAnalysis, *, by: Person) -> None:
    record_event(
        what,
        str(analysis),
        by=by,
        partnership=analysis.plan.partnership,
        link=link(analysis.plan),
    )


def link(plan: Plan) -> str:
    return reverse("plans:equality", args=[plan.pk])
