"""A partnership's own maps of how people travel through the system."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from saferplan.web.core.models import Audience
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.models.indicator import Indicator
from saferplan.web.plans.models.plan import WRITERS


class JourneyMapQuerySet(models.QuerySet["JourneyMap"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Public ones for everybody; all of their own for those who write plans."""
        public = Q(published_at__isnull=False)
        membership = getattr(person, "membership", None)
        if membership is None or membership.role not in WRITERS:
            return self.filter(public)
        return self.filter(public | Q(partnership=membership.partnership_id))


class JourneyMap(models.Model):
    """
    The steps of one path, as a partnership has them. It begins as a copy of the
    steps in saferplan.definitions.

    published_at   since when everybody may read it
    """

    class Path(models.TextChoices):
        VICTIM = "victim", "Victim"
        WITNESS = "witness", "Witness"
        PERPETRATOR = "perpetrator", "Perpetrator"
        DUAL = "dual role", "Both victim and perpetrator"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="journeys"
    )
    path = models.CharField(max_length=20, choices=Path.choices)
    published_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = JourneyMapQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "path"],
                name="one_journey_map_of_each_path",
                violation_error_message="There is a map of that journey.",
            ),
            models.CheckConstraint(
                condition=Q(path__in=["victim", "witness", "perpetrator", "dual role"]),
                name="journey_path_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Journey map: {self.get_path_display().lower()}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def audience(self) -> Audience:
        """Who may read of what is done with it: councillors only if it is public."""
        return Audience.MEMBERS if self.is_public else Audience.STAFF

    @property
    def is_of_both_roles(self) -> bool:
        return self.path == self.Path.DUAL


class JourneyStep(models.Model):
    """
    A step of a journey.

    number       its place among the steps of the map, from 1
    counts       what the agency counts there: "offences", "defendants"
    wait         how many days people wait there, at the median
    wait_source  who says so, and for when
    limit        how many days they should wait at the most
    may_meet     those whom harm set against each other may meet there
    apart        the rule that keeps them apart
    edition      1 at first, and one more with each change of its words
    """

    journey = models.ForeignKey(
        JourneyMap, on_delete=models.CASCADE, related_name="steps"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    agency = models.CharField(max_length=100)
    counts = models.CharField(max_length=100, blank=True)
    wait = models.FloatField(null=True, blank=True)
    wait_source = models.CharField(max_length=200, blank=True)
    limit = models.FloatField(null=True, blank=True)
    may_meet = models.BooleanField(default=False)
    apart = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(wait__isnull=True) | Q(wait__gte=0))
                & (Q(limit__isnull=True) | Q(limit__gte=0)),
                name="journey_waits_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StepIndicator(models.Model):
    """
    What is counted at a step.

    better     which way its agency takes for good
    counts     what it counts, if that is not what the step counts
    indicator  the partnership's own, if it keeps this one
    tells_how_many  whether it counts everybody who comes to the step; one does at most
    """

    step = models.ForeignKey(
        JourneyStep, on_delete=models.CASCADE, related_name="indicators"
    )
    title = models.CharField(max_length=200)
    better = models.CharField(max_length=10, choices=Indicator.Polarity.choices)
    counts = models.CharField(max_length=100, blank=True)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, related_name="journey_steps"
    )
    tells_how_many = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "title"],
                name="step_indicators_differ",
                violation_error_message="That is counted at this step already.",
            ),
            models.UniqueConstraint(
                fields=["step"],
                condition=Q(tells_how_many=True),
                name="one_indicator_tells_how_many_come",
                violation_error_message="Another tells how many come to this step.",
            ),
            models.CheckConstraint(
                condition=Q(tells_how_many=False) | Q(indicator__isnull=False),
                name="how_many_come_is_told_by_figures",
                violation_error_message="Choose an indicator that has figures.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class JourneyAnswer(models.Model):
    """
    What somebody answered to a question that a map asks. The newest stands.

    kind, about  of the question: see saferplan.plans.journeys
    outcome      an answer; that nobody knows, though they were asked; or the question
                 is open again
    said         the answer in words
    source       who says so, and `day` when it was so
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "Answered"
        UNKNOWN = "unknown", "Nobody knows"
        OPEN = "open", "Open again"

    journey = models.ForeignKey(
        JourneyMap, on_delete=models.CASCADE, related_name="answers"
    )
    kind = models.CharField(max_length=50)
    about = models.JSONField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    said = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="answered") | ~Q(said=""),
                name="journey_answer_says_something",
                violation_error_message="Write the answer.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open") | (~Q(source="") & Q(day__isnull=False)),
                name="journey_answer_has_source_and_day",
                violation_error_message="Say who says so, and when it was so.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey}: {self.kind}"
