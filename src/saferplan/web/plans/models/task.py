"""A step on the way to an action."""

from django.db import models

from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models.action import Action


class Task(models.Model):
    """A step that somebody ticks off; it says nothing of how the action stands."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(max_length=300)
    due = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["done_at", "due", "pk"]

    def __str__(self) -> str:
        return self.text
