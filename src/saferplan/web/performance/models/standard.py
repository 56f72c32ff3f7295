"""What somebody saw of a standard of service, in an area, on a day."""

from typing import Self

from django.db import models

from saferplan.web.partnerships.models import Partnership, Person


class ObservationQuerySet(models.QuerySet["Observation"]):
    def of(self, partnership: Partnership) -> Self:
        return self.filter(partnership=partnership).order_by("day", "pk")


class Observation(models.Model):
    """
    What was seen. It is never changed: whoever knows better adds another.

    standard    its name in saferplan.definitions
    area        the code of the ward or the borough
    area_name   as it was called then
    value       in the standard's unit; none where somebody looked and could not tell
    day         the day it was so
    source      who says so
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="observations"
    )
    standard = models.CharField(max_length=50)
    area = models.CharField(max_length=9)
    area_name = models.CharField(max_length=200)
    value = models.FloatField(null=True)
    day = models.DateField()
    source = models.CharField(max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["partnership", "standard"], name="seen_of_standard")
        ]

    def __str__(self) -> str:
        return f"{self.standard}, {self.area_name}, {self.day}"
