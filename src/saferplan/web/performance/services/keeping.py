"""Keeping the library of indicators."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.permissions import check_can_keep

# Changing one of these makes figures before and after two different things.
MEANING = ("kind", "per", "frequency", "unit")


@transaction.atomic
def add_indicator(
    partnership: Partnership, *, public: bool = False, by: Person, **words: Any
) -> Indicator:
    """Add an indicator. `words` are the fields of the model."""
    check_can_keep(by, partnership)
    actions = words.pop("actions", [])
    now = timezone.now()
    made = Indicator.objects.create(
        partnership=partnership,
        made_at=now,
        made_by=by,
        published_at=now if public else None,
        **words,
    )
    made.actions.set(actions)
    record_event(
        "added the indicator",
        str(made),
        by=by,
        partnership=partnership,
        audience=made.audience,
        link=link_to(made),
    )
    return made


@transaction.atomic
def change_indicator(
    indicator: Indicator, *, public: bool | None = None, by: Person, **words: Any
) -> Indicator:
    """
    Change what an indicator is. What was changed is in the record.

    Raises NotAllowed if `by` may not, or if figures that are approved would come to
    mean something else: that is another indicator.
    """
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    check_can_keep(by, indicator.partnership)
    changed = [
        name
        for name, value in words.items()
        if name != "actions" and getattr(indicator, name) != value
    ]
    check_keeps_its_meaning(indicator, changed)
    for name in changed:
        setattr(indicator, name, words[name])
    if public is not None and public != indicator.is_public:
        indicator.published_at = timezone.now() if public else None
        changed.append("made public" if public else "no longer public")
    indicator.save()
    if "actions" in words:
        indicator.actions.set(words["actions"])
    record_event(
        "changed the indicator",
        str(indicator),
        by=by,
        partnership=indicator.partnership,
        audience=indicator.audience,
        link=link_to(indicator),
        detail={"changed": changed},
    )
    return indicator


def check_keeps_its_meaning(indicator: Indicator, changed: list[str]) -> None:
    if set(changed) & set(MEANING) and indicator.returns.approved().exists():
        raise NotAllowed(
            f"{indicator} has approved figures, and they would come to mean something "
            f"else. Add another indicator instead."
        )


def link_to(indicator: Indicator) -> str:
    return reverse("performance:show", args=[indicator.pk])
