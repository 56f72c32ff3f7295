"""A document in points: what holds none, and what the split was before a change."""

from django.db import models
from django.db.models import F, Q

from saferplan.web.consultations.models.point import ResponseDocument
from saferplan.web.partnerships.models import Person


class NoPoint(models.Model):
    """
    A stretch of a document that makes no point, and why: an address, a list of names.

    by  None while only the machine said so
    """

    document = models.ForeignKey(
        ResponseDocument, on_delete=models.CASCADE, related_name="without_point"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    why = models.CharField(max_length=200)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["document", "start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="no_point_is_a_range"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="no_point_says_why"),
        ]

    def __str__(self) -> str:
        return self.why


class SplitBefore(models.Model):
    """
    How a document was split before one change of it, so that it can be undone.

    layout  ranges and places only, never a word of the document
    """

    document = models.ForeignKey(
        ResponseDocument, on_delete=models.CASCADE, related_name="earlier_splits"
    )
    edition = models.PositiveIntegerField()
    what = models.CharField(max_length=100)
    layout = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["document", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "edition"], name="one_change_makes_an_edition"
            )
        ]

    def __str__(self) -> str:
        return self.what
