"""A consultation: who asks about what, until when, and by which rules."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.plans.models import Plan
from saferplan.web.plans.models.plan import WRITERS


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Launched ones for all; those being set up for who writes plans there."""
        launched = Q(launched_at__isnull=False)
        membership = getattr(person, "membership", None)
        if membership is None or membership.role not in WRITERS:
            return self.filter(launched)
        return self.filter(launched | Q(partnership=membership.partnership_id))


class Consultation(models.Model):
    """
    A draft put before people, with a first and a last minute.

    What people are promised is fixed when it is launched: its questions, its draft, the
    reasons for which words may be taken out, and how late is too late. After that it
    can only be given more time.

    plan         the plan consulted on, if it is one of ours
    decides      who takes the decision: "Cabinet, on the mayor's proposal"
    decision_on  when they mean to take it
    still_open   which choices are still open, in the words people are shown
    grace        how long after the close a form begun before it is still taken
    reasons      for which words may be kept off the public pages, as shown to people
    quick_exit   True if it touches abuse at home: pages then offer a way out in a hurry
    least_days   the fewest days people must have; from the law or a promise
    write_to     where what is on paper or late can be sent, and who answers questions
    keep_until   when names and addresses are deleted
    reported_at  when the answer to what was said was published
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="consultations"
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, related_name="consultations"
    )
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    decides = models.CharField(max_length=200, blank=True)
    decision_on = models.DateField(null=True, blank=True)
    still_open = models.TextField(blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    grace = models.DurationField(default=timedelta(minutes=30))
    reasons = models.JSONField(default=list)
    quick_exit = models.BooleanField(default=False)
    least_days = models.PositiveIntegerField(default=84)
    write_to = models.TextField(blank=True, default="")
    keep_until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    launched_at = models.DateTimeField(null=True)
    launched_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reported_at = models.DateTimeField(null=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="consultation_closes_after_it_opens",
                violation_error_message="It must close after it opens.",
            ),
            models.CheckConstraint(
                condition=Q(grace__gte=timedelta(0)), name="grace_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> int:
        """Whole days that people have."""
        return (self.closes_at - self.opens_at).days

    @property
    def state(self) -> str:
        return self.state_at(timezone.now())

    def state_at(self, moment: datetime) -> str:
        """For a page: whether a response is in time is decided by the database."""
        if self.launched_at is None:
            return "being set up"
        if self.reported_at is not None:
            return "answered"
        if moment < self.opens_at:
            return "not open yet"
        return "open" if moment < self.closes_at else "closed"
