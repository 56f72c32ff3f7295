"""What a partnership decided of a finding."""

from typing import Self

from django.db import models
from django.db.models import Q

from saferplan.web.assessments.models.strategic_assessment import StrategicAssessment
from saferplan.web.partnerships.models import Person


class DecisionQuerySet(models.QuerySet["Decision"]):
    def latest_each(self) -> dict[str, "Decision"]:
        """The decision that stands for each finding, by the finding's id."""
        decided = self.select_related("by").order_by("number")
        return {decision.finding_id: decision for decision in decided}

    def of(self, finding_id: str) -> Self:
        """Every decision on one finding, newest first."""
        return self.filter(finding_id=finding_id).order_by("-number")


class Decision(models.Model):
    """
    Accept a finding into the assessment, set it aside, or think again.

    Nothing is overwritten: a new decision follows the old one, and `number` counts
    them. Two people deciding at once want the same number, and only one gets it.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        SET_ASIDE = "set aside", "Set aside"
        REOPENED = "reopened", "Not yet decided"

    assessment = models.ForeignKey(
        StrategicAssessment, on_delete=models.CASCADE, related_name="decisions"
    )
    finding_id = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "finding_id", "number"],
                name="one_decision_at_a_time",
                violation_error_message="Somebody else has just decided on this.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="set aside") | ~Q(reason=""),
                name="setting_aside_has_a_reason",
                violation_error_message="Say why this finding is set aside.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.finding_id}"
