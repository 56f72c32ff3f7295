"""What a strategy proposes to do, one thing at a time, and every wording it has had."""

from django.db import models

from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models.plan import PartQuerySet, Plan


class Commitment(models.Model):
    """
    One thing a plan says it will do in a list, not in a table of actions.

    number   its place among all of the plan's
    name     list and place in it: "4.2"; it stays when others are taken out
    section  the heading its list stands under
    verdict  whether anybody could tell that it was done; `why` explains it
    edition  of its wording; two people who change it at once want the same next
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="commitments")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=20)
    section = models.CharField(max_length=300)
    text = models.TextField()
    verdict = models.CharField(max_length=20)
    why = models.TextField()
    edition = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    removed_why = models.TextField(blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="commitment_numbers_differ",
                violation_error_message="This plan has a commitment of that number.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.text}"


class CommitmentRevision(models.Model):
    """
    A wording of a commitment, kept for good. The newest is the commitment's own.

    number   1 for the first; nobody can have the same number twice
    """

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "number"],
                name="one_commitment_wording_at_a_time",
                violation_error_message="Somebody else has just changed it.",
            )
        ]

    def __str__(self) -> str:
        return f"Wording {self.number} of commitment {self.commitment_id}"
