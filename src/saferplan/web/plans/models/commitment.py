"""What a strategy proposes to do, one thing at a time."""

from django.db import models

from saferplan.web.plans.models.plan import Plan


class Commitment(models.Model):
    """
    One thing a plan says it will do in a list, not in a table of actions.

    name     list and place in it: "4.2"
    section  the heading its list stands under
    verdict  whether anybody could tell that it was done; `why` explains it
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="commitments")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=20)
    section = models.CharField(max_length=300)
    text = models.TextField()
    verdict = models.CharField(max_length=20)
    why = models.TextField()

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
