"""What is recorded of a consultation's fairness that no other page knows."""

from django.db import models

from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.partnerships.models import Person


class FairnessRecord(models.Model):
    """
    Facts for the Gunning file. None stands for "nobody has said".

    reasons_given   whether the draft gives reasons for what it proposes
    equality_on     the day on which people could first read an equality analysis that
                    is not kept with the plan here
    decided_on      the day the plan was decided
    paper, paper_on   the paper for the decision: its address or name, and its day
    paper_cites     whether that paper tells what people said
    spans           school holidays and pre-election periods:
                    [kind, name, first, last], the kind in those words, singular
    meetings        of the committees that are to answer: [name, day]
    """

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, related_name="fairness"
    )
    reasons_given = models.BooleanField(null=True)
    equality_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=300, blank=True)
    paper_on = models.DateField(null=True, blank=True)
    paper_cites = models.BooleanField(null=True)
    spans = models.JSONField(default=list)
    meetings = models.JSONField(default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Fairness of {self.consultation}"
