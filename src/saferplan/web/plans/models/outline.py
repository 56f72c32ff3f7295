"""Every outline a plan has had: its own words, its strands and its themes."""

from typing import Any

from django.db import models

from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models.plan import Plan

# What a person may change of a plan itself.
PLAN_WORDS = (
    *("title", "begins", "ends", "level", "parent", "every", "purpose", "means"),
    "staff_days",
)


class PlanRevision(models.Model):
    """
    An outline of a plan, kept for good. The newest is the plan's own.

    number   1 for the first; nobody can have the same number twice
    outline  as `outline_of` returns it
    what     what was done to come to it: "changed a strand"
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    outline = models.JSONField()
    what = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="one_outline_at_a_time",
                violation_error_message="Somebody else has just changed this plan.",
            )
        ]

    def __str__(self) -> str:
        return f"Outline {self.number} of plan {self.plan_id}"


def outline_of(plan: Plan) -> dict[str, Any]:
    """All of a plan but its actions and commitments, as JSON can hold it."""
    return {
        "plan": {
            "title": plan.title,
            "begins": plan.begins.isoformat(),
            "ends": plan.ends.isoformat(),
            "level": plan.level,
            "parent": plan.parent_id,
            "every": plan.every,
            "purpose": plan.purpose,
            "means": None if plan.means is None else f"{plan.means:.2f}",
            "staff_days": plan.staff_days,
        },
        "strands": [
            {
                "id": strand.pk,
                "title": strand.title,
                "scope": strand.scope,
                "is_communications": strand.is_communications,
            }
            for strand in plan.strands.standing()
        ],
        "themes": [
            {"id": theme.pk, "title": theme.title} for theme in plan.themes.standing()
        ],
    }
