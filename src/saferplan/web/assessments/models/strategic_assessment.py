"""A strategic assessment that a partnership keeps, and may publish."""

from functools import lru_cache
from pathlib import Path
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from saferplan.assessment.finding import Assessment
from saferplan.reports.canonical import read_json
from saferplan.web.partnerships.models import Partnership, Person


class StrategicAssessmentQuerySet(models.QuerySet["StrategicAssessment"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Published ones for everyone; drafts for the partnership's own officers."""
        published = Q(published_at__isnull=False)
        membership = getattr(person, "membership", None)
        if membership is None or not membership.is_staff:
            return self.filter(published)
        return self.filter(published | Q(partnership=membership.partnership_id))

    def listed(self) -> Self:
        """Without the findings themselves, which are long."""
        return self.defer("body")


class StrategicAssessment(models.Model):
    """
    The assessment that regulation 5 of SI 2007/1830 asks for each year.

    digest  of `body`; the same releases give the same one, so a draft is kept once
    body    the findings as canonical JSON, small numbers protected already
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="assessments"
    )
    area_code = models.CharField(max_length=9)
    area_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    body = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="assessments_made"
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="assessments_published",
    )

    objects = StrategicAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "digest"],
                condition=Q(published_at=None),
                name="a_draft_is_kept_once",
                violation_error_message="This draft is here already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_name}: strategic assessment of {self.made_at:%B %Y}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def content(self) -> Assessment:
        """The findings. Read once in each process, because they never change."""
        return content_of(self.pk, self.digest)

    @property
    def folder(self) -> Path:
        """Where its documents and pictures are."""
        return Path(settings.FILES) / "assessments" / str(self.pk)


@lru_cache(maxsize=16)
def content_of(pk: int, digest: str) -> Assessment:
    body = StrategicAssessment.objects.values_list("body", flat=True).get(pk=pk)
    return read_json(body)
