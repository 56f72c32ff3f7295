"""Which area of each agency every small area of a partnership lies in."""

from django.db import models

from saferplan.web.partnerships.models import Partnership, Person


class FootprintTable(models.Model):
    """
    A table of small areas as somebody brought it. The newest stands.

    agencies  in the order of their columns
    rows      one per small area: its code, its residents, and the area of each agency
              it lies in; an empty one lies in none
    name      of the file it came in
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="footprint_tables"
    )
    name = models.CharField(max_length=200)
    agencies = models.JSONField()
    rows = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
