"""Who lives here, to be set against who answered; and what was done to hear others."""

from django.db import models

from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.consultations.models.question import Question
from saferplan.web.partnerships.models import Person


class Population(models.Model):
    """
    How many people of each group live here, for a question about the person.

    people  by option of the question: residents; an option without a number, such as
            "Prefer not to say", is no group
    source  where the numbers are from, and of when
    """

    question = models.OneToOneField(
        Question, on_delete=models.CASCADE, related_name="population"
    )
    people = models.JSONField()
    source = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.question}: {self.source}"


class Outreach(models.Model):
    """
    Something that was done so that a group is heard.

    group    the option of the question it is for
    reached  about how many people were there or got it; None if nobody counted
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="outreach"
    )
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="outreach"
    )
    group = models.CharField(max_length=200)
    what = models.CharField(max_length=300)
    on = models.DateField()
    reached = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name_plural = "outreach"

    def __str__(self) -> str:
        return f"{self.what}, for {self.group}"
