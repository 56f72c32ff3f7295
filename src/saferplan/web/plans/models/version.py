"""A plan as it was put before people: consulted on, adopted, reviewed, superseded."""

from typing import Any

from django.db import models
from django.db.models import Q

from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models.plan import Plan


class Version(models.Model):
    """
    What a plan said on the day somebody put it before people.

    body    the whole plan (see saferplan.web.plans.contents); the database refuses to
            change it
    digest  SHA-256 of the body's canonical JSON
    on      the day it was agreed, which may be before it was put in here
    note    who agreed and where: "Partnership board, minute 4"
    """

    class State(models.TextChoices):
        CONSULTED = "consulted", "Put to consultation"
        ADOPTED = "adopted", "Adopted"
        REVIEWED = "reviewed", "Reviewed"
        SUPERSEDED = "superseded", "Superseded"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices)
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    on = models.DateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="one_version_at_a_time",
                violation_error_message="Somebody has just made a version of this.",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=["adopted", "reviewed"]),
                name="one_version_is_in_force",
                violation_error_message="Another version is in force.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["consulted", "adopted", "reviewed", "superseded"]
                ),
                name="version_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, version {self.number}"

    @property
    def in_force(self) -> bool:
        return self.state in IN_FORCE

    @property
    def content(self) -> dict[str, Any]:
        return dict(self.body)


IN_FORCE = frozenset({Version.State.ADOPTED, Version.State.REVIEWED})
