"""What people answered: to a check of the plan, and to what serves a commitment."""

from django.db import models
from django.db.models import Q

from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models.action import Action
from saferplan.web.plans.models.commitment import Commitment
from saferplan.web.plans.models.plan import Plan


class AnswerQuerySet(models.QuerySet["Answer"]):
    def latest_each(self) -> dict[str, "Answer"]:
        """The answer that stands for each check, by the check's key."""
        latest = {each.key: each for each in self.select_related("by").order_by("pk")}
        return {key: each for key, each in latest.items() if each.reason}


class Answer(models.Model):
    """
    Why something a check found is as it should be. The newest stands.

    key     of the check (see saferplan.plans.checks)
    reason  "" takes an earlier answer back
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=300)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


class Alignment(models.Model):
    """Whether an action serves a commitment of the plan above, as a person said."""

    class Verdict(models.TextChoices):
        SERVES = "serves", "Serves it"
        DOES_NOT = "does not", "Does not serve it"

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="alignments"
    )
    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="alignments"
    )
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "action"],
                name="one_verdict_on_a_pair",
                violation_error_message="Somebody has just answered for this pair.",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["serves", "does not"]),
                name="alignment_verdict_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.verdict} {self.commitment_id}"
