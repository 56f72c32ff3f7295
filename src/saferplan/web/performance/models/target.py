"""What somebody decided a measure should come to, and what was found of that."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from saferplan.web.core.models import Audience
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.models.indicator import Indicator
from saferplan.web.plans.models import Action, Commitment
from saferplan.web.plans.models.plan import WRITERS, Level


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Public ones for everybody; all of their own for those who write plans."""
        public = Q(published_at__isnull=False)
        membership = getattr(person, "membership", None)
        if membership is None or membership.role not in WRITERS:
            return self.filter(public)
        return self.filter(public | Q(partnership=membership.partnership_id))


class Target(models.Model):
    """
    A number for a measure by a month, with what it was measured from.

    Counts are offences (or the like) in twelve months. Shares are in per cent, of the
    people whom a survey asked.

    baseline   one figure a year, oldest first; `rule` makes one number of them
    number     what it should come to; or else `change` from the baseline, in per cent
    ends       the first day of the last of the target's twelve months
    years      from the baseline's last year to the target's
    claim      how many fewer (or more) in all were promised; for a share the per cent
    since      the figure of each year after the baseline, in order
    monthly    counts by month ("2026-03": 85), where no indicator has them
    asked      people asked for a share's baseline; `asked_now` for its newest figure
    why        the evidence for this number, in the words of those who set it
    """

    class Kind(models.TextChoices):
        COUNT = "count", "A count in twelve months"
        SHARE = "share", "A share that a survey measures"

    class Better(models.TextChoices):
        DOWN = "down", "Lower is better"
        UP = "up", "Higher is better"

    class Rule(models.TextChoices):
        MEAN = "mean", "Their mean"
        LAST = "last", "The last of them"
        WORST = "worst", "The worst of them"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="targets"
    )
    measure = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    area = models.CharField(max_length=200)
    level = models.CharField(max_length=20, choices=Level.choices)
    better = models.CharField(max_length=10, choices=Better.choices)
    baseline = models.JSONField(default=list)
    baseline_years = models.CharField(max_length=100, blank=True)
    rule = models.CharField(max_length=10, choices=Rule.choices, default=Rule.MEAN)
    number = models.FloatField(null=True)
    change = models.FloatField(null=True)
    ends = models.DateField()
    years = models.PositiveSmallIntegerField()
    claim = models.FloatField(null=True)
    since = models.JSONField(default=list)
    monthly = models.JSONField(default=dict)
    asked = models.PositiveIntegerField(null=True)
    asked_now = models.PositiveIntegerField(null=True)
    set_by = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, related_name="targets_set"
    )
    commitment = models.ForeignKey(
        Commitment, on_delete=models.SET_NULL, null=True, related_name="targets"
    )
    action = models.ForeignKey(
        Action, on_delete=models.SET_NULL, null=True, related_name="targets"
    )
    published_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "area", "ends"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, change__isnull=False)
                | Q(number__isnull=False, change__isnull=True),
                name="target_is_a_number_or_a_change",
                violation_error_message="Give a number, or a change: one of them.",
            ),
            models.CheckConstraint(
                condition=Q(years__gt=0),
                name="target_takes_a_year_or_more",
                violation_error_message="A target is a year or more from its baseline.",
            ),
            models.CheckConstraint(
                condition=Q(kind="count") | Q(asked__isnull=False),
                name="target_share_says_how_many_were_asked",
                violation_error_message="Say how many people the survey asked.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.area}, by {self.ends:%B %Y}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def audience(self) -> Audience:
        """Who may read of what is done with it: councillors only if it is public."""
        return Audience.MEMBERS if self.is_public else Audience.STAFF

    @property
    def is_share(self) -> bool:
        return self.kind == self.Kind.SHARE


class TargetVerdict(models.Model):
    """
    What was found of a target on a day. The database refuses to change it.

    headline  in a word or two; `colour` is that of its tag
    asked     everything it was worked out from
    facts     pairs of a name and what was found, in words
    said      the whole explanation in sentences
    methods   names with versions: "target/1"
    """

    target = models.ForeignKey(
        Target, on_delete=models.PROTECT, related_name="verdicts"
    )
    headline = models.CharField(max_length=50)
    colour = models.CharField(max_length=20)
    asked = models.JSONField()
    facts = models.JSONField()
    said = models.JSONField()
    methods = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.target}: {self.headline}"
