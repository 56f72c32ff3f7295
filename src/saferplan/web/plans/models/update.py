"""What somebody said of how an action stands."""

from django.db import models
from django.db.models import Q

from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models.action import Action, Status


class Update(models.Model):
    """
    How an action stands, in the words of whoever answers for it. Never changed.

    by      None if it came through a link that was sent to `on_behalf`
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    status = models.CharField(max_length=20, choices=Status.choices)
    said = models.TextField()
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="updates"
    )
    on_behalf = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | ~Q(on_behalf=""),
                name="update_is_by_somebody",
                violation_error_message="An update needs somebody who says it.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="update_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {self.said}"

    @property
    def author(self) -> str:
        return str(self.by) if self.by else self.on_behalf
