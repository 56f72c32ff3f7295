"""Words kept off the public pages, words taken out for good, and why."""

from django.db import models
from django.db.models import Q

from saferplan.web.consultations.models.response import Answer, Response
from saferplan.web.partnerships.models import Person


class Moderation(models.Model):
    """
    One decision to hide an answer from the public, or to show it again.

    reason  one of those fixed before the consultation was launched
    """

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="moderations"
    )
    answer = models.ForeignKey(
        Answer, on_delete=models.CASCADE, related_name="moderations"
    )
    hidden = models.BooleanField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="moderation_says_why")
        ]

    def __str__(self) -> str:
        return f"{'Hidden' if self.hidden else 'Shown again'}: {self.reason}"


class Hidden(models.Model):
    """That an answer is kept off the public pages now, and for which reason."""

    answer = models.OneToOneField(
        Answer, on_delete=models.CASCADE, related_name="hidden"
    )
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.reason


class Redaction(models.Model):
    """
    Words that were taken out of a response for good. The words are not here.

    where   what they stood in: the document, the answer to a question, the name
    length  how many characters they had
    kind    what they were: an e-mail address, a name, words chosen by hand
    """

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="redactions"
    )
    where = models.CharField(max_length=100)
    start = models.PositiveIntegerField()
    length = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="redaction_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.length} characters"


class Erasure(models.Model):
    """That the words and name of one response were erased; what it counted stays."""

    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, related_name="erasure"
    )
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_says_why")
        ]

    def __str__(self) -> str:
        return self.reason
