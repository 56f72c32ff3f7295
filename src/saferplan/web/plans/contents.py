"""
A plan whole, as a version keeps it and a page shows it: dictionaries JSON can hold.

The page of the plan being written and the page of a version of years ago are drawn
from the same thing.
"""

import hashlib
import json
from functools import lru_cache
from typing import Any

from django.db.models import Count, Sum

from saferplan.web.partnerships.models import Organisation
from saferplan.web.plans.models import Action, Plan

# Of what a version keeps. What leaves the site is in the format of saferplan.plans.
FORMAT = "saferplan-plan-version/1"


def contents_of(plan: Plan) -> dict[str, Any]:
    """
    Return everything a plan promises; nothing of what became of it.

    Do not change it: the same plan in the same state is put together once.
    """
    return put_together(state_of(plan))


def state_of(plan: Plan) -> tuple[Any, ...]:
    """
    What tells one state of a plan's words from another, cheaply.

    Every change of an action or a commitment raises its edition, and so the sum of
    them; every change of a strand or a theme raises the plan's own.
    """
    told = {"rows": Count("pk"), "editions": Sum("edition")}
    counted = [plan.actions.aggregate(**told), plan.commitments.aggregate(**told)]
    fields = [field.attname for field in Plan._meta.concrete_fields]
    own = Plan.objects.filter(pk=plan.pk).values_list(
        *fields, "parent__title", "partnership__name"
    )
    removed = [
        tuple(rows.exclude(removed_at=None).values_list("pk", flat=True))
        for rows in (plan.actions, plan.commitments)
    ]
    bodies = Organisation.objects.values_list("pk", "name")
    sums = [tuple(each.values()) for each in counted]
    return plan.pk, own.get(), *sums, *removed, tuple(bodies)


@lru_cache(maxsize=32)
def put_together(state: tuple[Any, ...]) -> dict[str, Any]:
    plan = Plan.objects.select_related("partnership", "parent").get(pk=state[0])
    strands = list(plan.strands.standing())
    themes = list(plan.themes.standing())
    actions = list(plan.actions.standing().with_all())
    return {
        "format": FORMAT,
        "title": plan.title,
        "partnership": str(plan.partnership),
        "level": plan.level,
        "begins": plan.begins.isoformat(),
        "ends": plan.ends.isoformat(),
        "parent": str(plan.parent or ""),
        "every": plan.every,
        "purpose": plan.purpose,
        "means": None if plan.means is None else f"{plan.means:.2f}",
        "staff_days": plan.staff_days,
        "strands": [
            {
                "number": strand.number,
                "title": strand.title,
                "scope": strand.scope,
                "is_communications": strand.is_communications,
                "themes": [
                    {
                        "title": theme.title,
                        "actions": [
                            content_of(action)
                            for action in actions
                            if action.strand_id == strand.pk
                            and action.theme_id == theme.pk
                        ],
                    }
                    for theme in themes
                ],
            }
            for strand in strands
        ],
        "commitments": [
            {
                "name": each.name,
                "section": each.section,
                "text": each.text,
                "verdict": each.verdict,
                "why": each.why,
            }
            for each in plan.commitments.standing()
        ],
    }


def content_of(action: Action) -> dict[str, Any]:
    return {
        "id": action.pk,
        "name": action.name,
        "text": action.text,
        "lead": str(action.lead or ""),
        "contributors": [str(each) for each in action.contributors.all()],
        "needs": [each.name for each in action.needs.all()],
        "measure": action.measure,
        "baseline": action.baseline,
        "target": action.target,
        "time_frame": action.time_frame,
        "begins": action.begins.isoformat() if action.begins else None,
        "due": action.due.isoformat() if action.due else None,
        "every": action.every,
        "time_problem": action.time_problem,
        "money": None if action.money is None else f"{action.money:.2f}",
        "money_from": action.money_from,
        "staff_days": action.staff_days,
        "level": action.level,
        "findings": action.findings,
        "priority": str(action.priority or ""),
        "edition": action.edition,
    }


def actions_in(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The actions of a plan's contents, in their order."""
    return [
        action
        for strand in content["strands"]
        for theme in strand["themes"]
        for action in theme["actions"]
    ]


def digest_of(content: dict[str, Any]) -> str:
    body = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()
