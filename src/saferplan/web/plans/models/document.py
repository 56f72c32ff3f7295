"""A document with a plan in it, as it was sent, read, and settled where unclear."""

from functools import cached_property
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from saferplan.plans import plan_from_json
from saferplan.plans.plan import Plan as PlanRead
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.plans.models.plan import WRITERS, Plan


class PlanDocumentQuerySet(models.QuerySet["PlanDocument"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        membership = getattr(person, "membership", None)
        if membership is None or membership.role not in WRITERS:
            return self.none()
        return self.filter(partnership=membership.partnership_id)


class PlanDocument(models.Model):
    """
    A document that somebody sent or pasted, and what was read in it.

    text     of the document, in which the reading's ranges are measured
    reading  everything that was read, as `saferplan.plans.plan_to_json` writes it
    made     the plan that was made of it
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="plan_documents"
    )
    token = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    text = models.TextField()
    reading = models.TextField()
    made = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PlanDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def plan_read(self) -> PlanRead:
        return plan_from_json(self.reading, self.name)


class SettlementQuerySet(models.QuerySet["Settlement"]):
    def latest_each(self) -> dict[str, "Settlement"]:
        """The answer that stands for each question, by the action's name."""
        return {each.action: each for each in self.order_by("pk")}


class Settlement(models.Model):
    """A person's answer to what the document left unclear. The newest stands."""

    document = models.ForeignKey(
        PlanDocument, on_delete=models.CASCADE, related_name="settlements"
    )
    action = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["done", "partly", "open"]),
                name="settlement_state_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.state}"
