"""An equality analysis of a plan: whom it touches, how, and what is done about it."""

from typing import Self

from django.db import models
from django.db.models import Q

from saferplan.definitions import Characteristic, characteristics
from saferplan.plans.equality import PARTS, Completeness, Said, completeness
from saferplan.web.partnerships.models import Organisation, Person
from saferplan.web.plans.models.action import Action
from saferplan.web.plans.models.plan import Plan
from saferplan.web.plans.models.version import Version


class Outcome(models.TextChoices):
    """What can be decided once the effects are known."""

    NO_CHANGE = "no major change", "No major change"
    ADJUST = "adjust", "Adjust the plan"
    CONTINUE = "continue", "Continue, and say why that is justified"
    STOP = "stop", "Stop and think again"


class Effect(models.TextChoices):
    POSITIVE = "positive", "For the better"
    NEGATIVE = "negative", "For the worse"
    NEUTRAL = "neutral", "Neither"
    UNKNOWN = "unknown", "Not known"


class Magnitude(models.TextChoices):
    LOW = "low", "A little"
    MEDIUM = "medium", "Somewhat"
    HIGH = "high", "Much"


class EqualityAnalysisQuerySet(models.QuerySet["EqualityAnalysis"]):
    def signed(self) -> Self:
        """Those somebody answers for, the newest first."""
        return self.exclude(signed_at=None).order_by("-number")


class EqualityAnalysis(models.Model):
    """
    The record of due regard under section 149 of the Equality Act 2010, for a plan.

    service        the directorate or service that answers for it
    screened_out   why no full analysis is needed; "" where one is
    eliminate, advance, foster   what the plan does for each limb of the duty
    edition        of its words; two people who change it at once want the same next
    digest         of the plan's contents when it was signed off
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="equality_analyses"
    )
    number = models.PositiveIntegerField()
    service = models.CharField(max_length=200, blank=True)
    aims = models.TextField(blank=True)
    affected = models.TextField(blank=True)
    screened_out = models.TextField(blank=True)
    intersectional = models.TextField(blank=True)
    eliminate = models.TextField(blank=True)
    advance = models.TextField(blank=True)
    foster = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    outcome_why = models.TextField(blank=True)
    monitoring = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_note = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = EqualityAnalysisQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="equality_numbers_differ"
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(signed_at=None),
                name="one_equality_analysis_is_open",
                violation_error_message="An analysis of this plan is open already.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]),
                name="equality_outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Equality analysis {self.number} of {self.plan}"

    @property
    def completeness(self) -> Completeness:
        """Needs `groups` prefetched, or asks for them."""
        parts = {name: str(getattr(self, name) or "") for name in PARTS}
        groups = {each.title: each.said for each in self.groups.all()}
        return completeness(groups, parts, screened_out=self.screened_out)


class GroupImpact(models.Model):
    """
    How a plan touches people of one characteristic.

    evidence  in words: the local profile, service data, what people said
    findings  of the assessment that may speak of them: [{"assessment", "finding",
              "title", "sentence"}]
    gaps      what nobody knows
    """

    analysis = models.ForeignKey(
        EqualityAnalysis, on_delete=models.CASCADE, related_name="groups"
    )
    characteristic = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    evidence = models.TextField(blank=True)
    findings = models.JSONField(default=list, blank=True)
    gaps = models.TextField(blank=True)
    effect = models.CharField(max_length=10, choices=Effect.choices, blank=True)
    magnitude = models.CharField(max_length=10, choices=Magnitude.choices, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "characteristic"], name="a_group_is_there_once"
            ),
            models.CheckConstraint(
                condition=Q(effect__in=["", *Effect.values]),
                name="equality_effect_is_known",
            ),
            models.CheckConstraint(
                condition=Q(magnitude__in=["", *Magnitude.values]),
                name="equality_magnitude_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def definition(self) -> Characteristic:
        return characteristics()[self.characteristic]

    @property
    def title(self) -> str:
        return self.definition.title

    @property
    def said(self) -> Said:
        rests = bool(self.findings or self.evidence.strip())
        return Said(self.effect, self.why, rests)


class EqualityMeasure(models.Model):
    """
    Something that is done about an unequal effect.

    action  the action of the plan it has become, if it has
    """

    analysis = models.ForeignKey(
        EqualityAnalysis, on_delete=models.CASCADE, related_name="measures"
    )
    text = models.TextField()
    characteristic = models.CharField(max_length=40, blank=True)
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    measure = models.CharField(max_length=300, blank=True)
    time_frame = models.CharField(max_length=300, blank=True)
    action = models.ForeignKey(
        Action, on_delete=models.SET_NULL, null=True, related_name="equality_measures"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class EqualityGround(models.Model):
    """On what a version was adopted: a signed-off analysis, or the reason given."""

    version = models.OneToOneField(
        Version, on_delete=models.CASCADE, related_name="equality_ground"
    )
    analysis = models.ForeignKey(
        EqualityAnalysis, on_delete=models.PROTECT, null=True, related_name="grounds"
    )
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(analysis__isnull=False) | ~Q(reason=""),
                name="a_version_is_adopted_on_some_ground",
            )
        ]

    def __str__(self) -> str:
        return self.reason or str(self.analysis)
