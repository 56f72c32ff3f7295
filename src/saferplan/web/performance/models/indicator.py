"""Something the partnership counts, so that it can tell how it is doing."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from saferplan.web.core.models import Audience
from saferplan.web.partnerships.models import Organisation, Partnership, Person
from saferplan.web.plans.models import Action
from saferplan.web.plans.models.plan import WRITERS


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Public ones for everybody; all of their own for those who write plans."""
        public = Q(published_at__isnull=False)
        membership = getattr(person, "membership", None)
        if membership is None or membership.role not in WRITERS:
            return self.filter(public)
        return self.filter(public | Q(partnership=membership.partnership_id))

    def kept(self) -> Self:
        """Those that nobody has retired."""
        return self.filter(retired_on=None)

    def with_all(self) -> Self:
        """Together with what a page says of them, returns included."""
        return self.select_related(
            "owner", "partnership", "replaced_by"
        ).prefetch_related("returns__approved_by")


class Indicator(models.Model):
    """
    What is counted, how, by whom, and what has been agreed about it.

    definition     what exactly is counted, and what is not
    why            why anybody should care
    kind           a count; a ratio of two counts; or a figure measured some other way
    per            a ratio is said per so many: 100 for a percentage
    unit           what the figure is: "offences", "% of victims", "days"
    polarity       which way is better
    frequency      how often there is a figure
    roll_up        how months become a quarter or a year
    source         returned by hand, or drawn from evidence; never both of one period
    evidence       where in the store: {"dataset", "area", "measure"}; or of which
                   finding: {"finding": the name of its measure}
    groups         by whom it is returned apart, in the order they are shown:
                   [{"by": "Sex", "groups": ["Women", "Men"]}]
    groups_add     whether those make up the whole
    split          by what else it could be shown apart: "sex, age"
    hides_small    counts of 1 to 4 are kept from those outside, because they could
                   point to a person
    due_after      days after its period has ended until a figure is due
    owner          the organisation that returns it; `person` is whom to ask there
    green_from     the agreed thresholds: green at this or better, amber at `amber_from`
                   or better, red beyond; both or neither
    target         the level agreed, and `target_from` is by whom and when
    locked_through no period that begins on this day or before takes another return
    published_at   since when everybody may read its approved figures
    retired_on     no figure is due of a period that ends after this day; what there is
                   stays. `retired_why` says why, `replaced_by` what is kept instead
    """

    class Kind(models.TextChoices):
        COUNT = "count", "A count"
        RATIO = "ratio", "One count out of another"
        MEASURED = "measured", "A figure measured some other way"

    class Polarity(models.TextChoices):
        UP = "up", "Higher is better"
        DOWN = "down", "Lower is better"
        NEITHER = "neither", "Neither is better"

    class Frequency(models.TextChoices):
        MONTH = "month", "Each month"
        QUARTER = "quarter", "Each quarter"
        YEAR = "year", "Each year"

    class RollUp(models.TextChoices):
        SUM = "sum", "Add them up"
        MEAN = "mean", "Take their mean"
        LAST = "last", "Take the last"
        NONE = "none", "Never: each stands alone"

    class GroupsAdd(models.TextChoices):
        SUM = "sum", "Each is counted in one group, so they add up to the whole"
        WEIGHTED = "weighted", "Both their counts add up, so a large group weighs more"
        NONE = "none", "Never added up: they overlap, or cannot be added"

    class Source(models.TextChoices):
        RETURN = "return", "Returned by its owner"
        EVIDENCE = "evidence", "Drawn from the evidence store"
        FINDING = "finding", "Drawn from the accepted findings of the assessment"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="indicators"
    )
    title = models.CharField(max_length=200)
    definition = models.TextField()
    why = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    numerator = models.CharField(max_length=300, blank=True)
    denominator = models.CharField(max_length=300, blank=True)
    per = models.PositiveIntegerField(default=100)
    unit = models.CharField(max_length=100)
    decimals = models.PositiveSmallIntegerField(default=0)
    polarity = models.CharField(max_length=10, choices=Polarity.choices)
    frequency = models.CharField(
        max_length=10, choices=Frequency.choices, default=Frequency.MONTH
    )
    roll_up = models.CharField(
        max_length=10, choices=RollUp.choices, default=RollUp.SUM
    )
    source = models.CharField(
        max_length=10, choices=Source.choices, default=Source.RETURN
    )
    evidence = models.JSONField(default=dict)
    groups = models.JSONField(default=list)
    groups_add = models.CharField(
        max_length=10, choices=GroupsAdd.choices, default=GroupsAdd.NONE
    )
    split = models.CharField(max_length=300, blank=True)
    hides_small = models.BooleanField(default=False)
    due_after = models.PositiveSmallIntegerField(default=30)
    caveats = models.TextField(blank=True)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="indicators"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="indicators"
    )
    actions = models.ManyToManyField(Action, related_name="indicators")
    green_from = models.FloatField(null=True)
    amber_from = models.FloatField(null=True)
    target = models.FloatField(null=True)
    target_from = models.CharField(max_length=300, blank=True)
    locked_through = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    retired_on = models.DateField(null=True)
    retired_why = models.TextField(blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaces"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"],
                name="indicator_titles_differ",
                violation_error_message="There is an indicator of that name.",
            ),
            models.CheckConstraint(
                condition=Q(green_from__isnull=True, amber_from__isnull=True)
                | Q(green_from__isnull=False, amber_from__isnull=False),
                name="indicator_thresholds_come_together",
                violation_error_message="Give both thresholds, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(green_from__isnull=True) | ~Q(polarity="neither"),
                name="indicator_thresholds_need_a_direction",
                violation_error_message="Say which way is better before you say what "
                "is green.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="ratio") | ~Q(denominator=""),
                name="indicator_ratio_is_of_something",
                violation_error_message="Say what it is out of.",
            ),
            models.CheckConstraint(
                condition=Q(per__gt=0), name="indicator_is_per_something"
            ),
            models.CheckConstraint(
                condition=Q(groups_add="none")
                | Q(groups_add="sum", kind="count")
                | Q(groups_add="weighted", kind="ratio"),
                name="indicator_groups_add_up_as_counts_do",
                violation_error_message="Only counts add up.",
            ),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | ~Q(retired_why=""),
                name="indicator_retired_says_why",
                violation_error_message="Say why it is retired.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True)
                | (Q(retired_on__isnull=False) & ~Q(replaced_by=F("id"))),
                name="indicator_replaced_by_another",
                violation_error_message="It cannot be replaced by itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def audience(self) -> Audience:
        """Who may read of what is done with it: councillors only if it is public."""
        return Audience.MEMBERS if self.is_public else Audience.STAFF

    @property
    def is_drawn(self) -> bool:
        return self.source != self.Source.RETURN

    @property
    def is_ratio(self) -> bool:
        return self.kind == self.Kind.RATIO

    @property
    def adds_groups(self) -> bool:
        return self.groups_add != self.GroupsAdd.NONE

    @property
    def adds_up(self) -> bool:
        """Whether several periods make one figure; a median of medians is none."""
        if self.roll_up == self.RollUp.SUM:
            return self.kind != self.Kind.MEASURED
        return self.roll_up != self.RollUp.NONE

    @property
    def is_retired(self) -> bool:
        return self.retired_on is not None

    def covers(self, last: date) -> bool:
        """Whether a period that ends on a day is one it has, or had, a figure of."""
        return self.retired_on is None or last <= self.retired_on
