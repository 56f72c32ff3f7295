"""What a board had before it at the end of a quarter, frozen."""

from typing import Any

from django.db import models

from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models.plan import Plan


class BoardPack(models.Model):
    """
    A quarter's pack. The database refuses to change it; another may be made.

    body  the pack (see saferplan.reports.board_pack)
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="packs")
    begins = models.DateField()
    ends = models.DateField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-ends", "-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "digest"],
                name="a_pack_is_kept_once",
                violation_error_message="This pack is here already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.body["title"])

    @property
    def content(self) -> dict[str, Any]:
        return dict(self.body)
