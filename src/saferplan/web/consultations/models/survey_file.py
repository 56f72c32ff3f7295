"""A survey's export from another system, from its upload until it is brought in."""

from django.db import models

from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.core.models import Job
from saferplan.web.partnerships.models import Person


class SurveyFile(models.Model):
    """
    An export that somebody sent: answers given in another system.

    token        the form's own; the same one sent twice is one file
    content      the file itself, until its answers are brought in or it is discarded:
                 it may hold names, so it stays no longer than it is needed
    sha256       of the content; with a respondent it is the token of a response
    received_on  the last day on which these answers came in there
    why          how that is known
    columns      by name of a column: the key of the question it is an answer to, or ""
    brought      what came of it: rows read, kept, quarantined with their reasons by
                 line; None until it is brought in. It holds no cell of the file.
    discarded_at when it was put away instead
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="survey_files"
    )
    token = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    received_on = models.DateField()
    why = models.TextField(blank=True)
    columns = models.JSONField(default=dict)
    brought = models.JSONField(null=True)
    job = models.ForeignKey(
        Job, on_delete=models.SET_NULL, null=True, related_name="survey_files"
    )
    discarded_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        return self.brought is not None or self.discarded_at is not None
