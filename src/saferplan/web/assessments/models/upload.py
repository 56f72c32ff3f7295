"""Files that somebody sent through the site, on their way into the evidence store."""

from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models

from saferplan.web.core.models import Job
from saferplan.web.partnerships.models import Partnership, Person


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, person: Person) -> Self:
        membership = person.membership
        if membership is None or not membership.is_staff:
            return self.none()
        return self.filter(partnership=membership.partnership_id)


class Upload(models.Model):
    """
    Some files, sent together.

    token   of the form; sending it twice is one upload
    report  what loading came to (see saferplan.web.assessments.jobs)
    """

    class State(models.TextChoices):
        LOADING = "loading", "Being read"
        WAITING = "waiting", "Waiting for your answer"
        LOADED = "loaded", "Loaded"
        DISCARDED = "discarded", "Discarded"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="uploads"
    )
    token = models.UUIDField(unique=True)
    names = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.LOADING
    )
    report = models.JSONField(default=dict)
    job = models.ForeignKey(
        Job, on_delete=models.PROTECT, null=True, related_name="uploads"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="uploads")
    at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        first, *others = self.names or ["no file"]
        return f"{first} and {len(others)} more" if others else str(first)

    @property
    def folder(self) -> Path:
        """Where the files lie until they are loaded."""
        return Path(settings.FILES) / "uploads" / str(self.token)
