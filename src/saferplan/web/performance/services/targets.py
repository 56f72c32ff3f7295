"""Setting targets down, changing them, and keeping what was found of them."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.models import Target, TargetVerdict
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.targets.asked import asked_of, small_counts
from saferplan.web.performance.targets.explained import explain


@transaction.atomic
def add_target(
    partnership: Partnership, *, public: bool = False, by: Person, **words: Any
) -> Target:
    """
    Set a target down, and keep what is found of it today.

    words  the fields of the model

    Raises NotAllowed if `by` may not, and MethodError if it is no target: more than the
    baseline where less is better, for instance.
    """
    check_can_keep(by, partnership)
    now = timezone.now()
    target = Target(
        partnership=partnership,
        made_at=now,
        made_by=by,
        published_at=now if public else None,
        **words,
    )
    check_may_be_public(target)
    explain(asked_of(target))
    target.save()
    record_event(
        "set down a target",
        str(target),
        by=by,
        partnership=partnership,
        audience=target.audience,
        link=link_to(target),
    )
    keep_verdict(target, by=by)
    return target


@transaction.atomic
def change_target(
    target: Target, *, public: bool | None = None, by: Person, **words: Any
) -> Target:
    """Change a target; what was found of it before stays, beside what is found now."""
    target = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    check_can_keep(by, target.partnership)
    changed = [name for name, value in words.items() if getattr(target, name) != value]
    for name in changed:
        setattr(target, name, words[name])
    if public is not None and public != target.is_public:
        target.published_at = timezone.now() if public else None
        changed.append("made public" if public else "no longer public")
    if not changed:
        return target
    check_may_be_public(target)
    explain(asked_of(target))
    target.save()
    record_event(
        "changed a target",
        str(target),
        by=by,
        partnership=target.partnership,
        audience=target.audience,
        link=link_to(target),
        detail={"changed": changed},
    )
    keep_verdict(target, by=by)
    return target


@transaction.atomic
def keep_verdict(target: Target, *, by: Person) -> TargetVerdict:
    """Keep what is found of a target today, with all that it was worked out from."""
    check_can_keep(by, target.partnership)
    asked = asked_of(target)
    found = explain(asked)
    verdict = TargetVerdict.objects.create(
        target=target,
        headline=found.headline.word,
        colour=found.headline.colour,
        asked=asked.as_json(),
        facts=[list(fact) for fact in found.facts],
        said=list(found.said),
        methods=list(found.methods),
        by=by,
        at=timezone.now(),
    )
    record_event(
        f"kept the verdict “{verdict.headline.lower()}” on",
        str(target),
        by=by,
        partnership=target.partnership,
        audience=target.audience,
        link=link_to(target),
    )
    return verdict


def check_may_be_public(target: Target) -> None:
    counts = [*target.baseline, *target.since]
    if target.is_public and not target.is_share and small_counts(counts):
        raise NotAllowed(
            "A count of 1 to 4 could point to a person, so this target stays inside "
            "the partnership. Set it for a larger area, or for several years together."
        )


def link_to(target: Target) -> str:
    return reverse("performance:target", args=[target.pk])
