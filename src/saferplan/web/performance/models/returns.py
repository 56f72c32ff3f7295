"""A figure somebody returned for a period, and what became of it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from saferplan.web.partnerships.models import Person
from saferplan.web.performance.models.indicator import Indicator


class ReturnQuerySet(models.QuerySet["Return"]):
    def approved(self) -> Self:
        """Approved ones; of those for one period the highest `number` stands."""
        return self.filter(state=Return.State.APPROVED).order_by("period", "number")

    def in_hand(self) -> Self:
        """Those not approved yet; never two for one period."""
        return self.exclude(state=Return.State.APPROVED)


class Return(models.Model):
    """
    What an organisation says an indicator was in a period.

    A correction is another return with the next number. Once approved, the database
    refuses to change or remove it.

    period      its first day
    number      1 for the first return for the period
    value       the figure; none where there is none to give, and then `note` says why
    groups      the same apart: [{"by", "group", "numerator", "denominator", "value"}];
                a group without a figure is not in it
    sent_back   why it went back to whoever returned it, the last time it did
    drawn_from  the releases it was drawn from, if from evidence
    drawn_how   and by which method; {"method"} or, from a finding, {"method",
                "assessment", "finding", "title", "of"}: `of` is the period it says
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        RETURNED = "returned", "Waits for approval"
        APPROVED = "approved", "Approved"

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="returns"
    )
    period = models.DateField()
    number = models.PositiveIntegerField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    value = models.FloatField(null=True)
    groups = models.JSONField(default=list)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    sent_back = models.TextField(blank=True)
    drawn_from = models.JSONField(default=list)
    drawn_how = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    returned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "number"],
                name="return_numbers_differ",
                violation_error_message="Somebody has just returned this period.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=~Q(state="approved"),
                name="one_return_in_hand",
                violation_error_message="A return for this period is in hand.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="returned", returned_at__isnull=False)
                | Q(
                    state="approved",
                    returned_at__isnull=False,
                    approved_at__isnull=False,
                ),
                name="return_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(value__isnull=False) | ~Q(note=""),
                name="return_without_a_figure_says_why",
                violation_error_message="Say why there is no figure.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=F("returned_by")),
                name="return_is_approved_by_another",
                violation_error_message="Somebody else must approve this.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period:%Y-%m}"

    @property
    def is_drawn(self) -> bool:
        return bool(self.drawn_from or self.drawn_how)

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED
