"""What a partnership says of each duty, year by year."""

from typing import Self

from django.db import models
from django.db.models import Q

from saferplan.web.partnerships.models import Partnership, Person


class DutyRecordQuerySet(models.QuerySet["DutyRecord"]):
    def of_duty(self, name: str) -> Self:
        return self.filter(duty=name).select_related("by")


class DutyRecord(models.Model):
    """
    How a partnership stands with one duty, as somebody said. The newest stands.

    duty      its name in saferplan.definitions
    year      the first of the two calendar years of a financial year
    done_on   the day it was done; needed for "done"
    event_on  for a duty that follows an event: the day of the event
    evidence  where anybody can see it: an address on the web, or a minute
    """

    class State(models.TextChoices):
        DONE = "done", "Done, or kept"
        UNDER_WAY = "under way", "Under way"
        NOT_DONE = "not done", "Not done"
        NOT_OURS = "not ours", "Not ours to do"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="duty_records"
    )
    duty = models.CharField(max_length=60)
    year = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    done_on = models.DateField(null=True, blank=True)
    event_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = DutyRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["done", "under way", "not done", "not ours"]),
                name="duty_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False),
                name="a_duty_done_has_its_day",
                violation_error_message="Give the day on which it was done.",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "duty"])]

    def __str__(self) -> str:
        return f"{self.duty}, {self.year}: {self.state}"
