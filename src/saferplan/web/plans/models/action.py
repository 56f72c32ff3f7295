"""One thing a plan says will be done, and every wording it has had."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from saferplan.web.partnerships.models import Organisation, Person
from saferplan.web.plans.models.plan import Level, Plan, Strand, Theme


class Status(models.TextChoices):
    """How an action stands, as the people responsible last said."""

    NOT_SETTLED = "not settled", "Not settled"
    NOT_BEGUN = "not begun", "Not begun"
    UNDER_WAY = "under way", "Under way"
    PARTLY = "partly done", "Partly done"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


OVER = frozenset({Status.DONE, Status.STOPPED})


class ActionQuerySet(models.QuerySet["Action"]):
    def standing(self) -> Self:
        """Those that nobody has taken out of the plan."""
        return self.filter(removed_at=None)

    def with_all(self) -> Self:
        """Together with what a page says of them."""
        rows = self.select_related("strand", "theme", "lead", "plan", "priority")
        return rows.prefetch_related("contributors", "needs__strand")


class Action(models.Model):
    """
    One thing a plan says will be done, with all that the founding tables lacked.

    number      its place in its strand
    owner       who reports on it; owner_address instead, if they have no account
    needs       other actions that must be done first
    time_frame  as printed or typed; begins, due and every (an ISO 8601 duration) are
                what it means, and time_problem is why it means nothing
    staff_days  days of work it takes in all
    priority    of the partnership that it serves
    findings    what it rests on: [{"assessment": 3, "finding": "4f0c...", "title"}]
    printed     the words of the document it was read from, by column
    edition     of its wording; two people who change it at once want the same next
    status      as the newest update says; `updates` has them all
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="actions")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="actions_led"
    )
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="actions_owned"
    )
    owner_address = models.EmailField(blank=True)
    contributors = models.ManyToManyField(Organisation, related_name="actions_helped")
    needs = models.ManyToManyField(
        "self", symmetrical=False, related_name="needed_by", blank=True
    )
    measure = models.CharField(max_length=300, blank=True)
    baseline = models.CharField(max_length=300, blank=True)
    target = models.CharField(max_length=300, blank=True)
    time_frame = models.CharField(max_length=300, blank=True)
    begins = models.DateField(null=True)
    due = models.DateField(null=True)
    every = models.CharField(max_length=10, blank=True)
    time_problem = models.CharField(max_length=300, blank=True)
    money = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    money_from = models.CharField(max_length=200, blank=True)
    staff_days = models.PositiveIntegerField(null=True)
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    findings = models.JSONField(default=list)
    priority = models.ForeignKey(
        "plans.Priority", on_delete=models.SET_NULL, null=True, related_name="actions"
    )
    printed = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    status = models.CharField(
        max_length=20, choices=Status.choices, default=Status.NOT_BEGUN
    )
    removed_at = models.DateTimeField(null=True)
    removed_why = models.TextField(blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["strand__number", "theme__number", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["strand", "number"],
                name="action_numbers_differ",
                violation_error_message="This strand has an action of that number.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="action_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(money__isnull=True) | Q(money__gte=0),
                name="action_money_is_not_negative",
                violation_error_message="Money cannot be less than nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.text}"

    @property
    def name(self) -> str:
        return f"{self.strand.number}.{self.number}"

    @property
    def reports_to(self) -> str:
        """Where the one who reports on it is reached, or ""."""
        return self.owner.email if self.owner else self.owner_address

    @property
    def is_over(self) -> bool:
        return self.status in OVER


# What a person may change of an action, and a revision keeps.
WORDING = (
    *("text", "lead", "owner", "owner_address", "contributors", "measure", "baseline"),
    *("target", "needs", "time_frame", "money", "money_from", "staff_days", "level"),
    *("findings", "priority"),
)


class Revision(models.Model):
    """
    A wording of an action, kept for good. The newest is the action's own.

    number   1 for the first; nobody can have the same number twice
    wording  every field of `WORDING`, as JSON can hold it
    """

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    wording = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "number"],
                name="one_revision_at_a_time",
                violation_error_message="Somebody else has just changed this action.",
            )
        ]

    def __str__(self) -> str:
        return f"Wording {self.number} of action {self.action_id}"


def wording_of(action: Action) -> dict[str, Any]:
    """Everything a person may change of an action, as JSON can hold it."""
    return {
        "text": action.text,
        "lead": action.lead_id,
        "owner": action.owner_id,
        "owner_address": action.owner_address,
        "contributors": sorted(each.pk for each in action.contributors.all()),
        "needs": sorted(each.pk for each in action.needs.all()),
        "measure": action.measure,
        "baseline": action.baseline,
        "target": action.target,
        "time_frame": action.time_frame,
        "money": None if action.money is None else f"{action.money:.2f}",
        "money_from": action.money_from,
        "staff_days": action.staff_days,
        "level": action.level,
        "findings": action.findings,
        "priority": action.priority_id,
    }
