"""A partnership's borough beside others, as the evidence had them when it was asked."""

from django.db import models

from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.models.indicator import Indicator


class Comparison(models.Model):
    """
    The newest of an indicator stands; one without an indicator is of all recorded crime
    and stands for the borough itself.

    rows      one per borough: see saferplan.assessment.beside_boroughs.Borough
    begins    the first month of the twelve, and `ends` the last one: "2025-04"
    note      what likeness is judged by
    releases  it rests on
    wards     which of the borough's wards are most like each, {"alike": {code: [code]},
              "note"}; only of the borough itself
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="comparisons"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, related_name="comparisons"
    )
    rows = models.JSONField()
    begins = models.CharField(max_length=7)
    ends = models.CharField(max_length=7)
    note = models.TextField(blank=True)
    releases = models.JSONField(default=list)
    wards = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.indicator or 'All recorded crime'} beside other boroughs"
