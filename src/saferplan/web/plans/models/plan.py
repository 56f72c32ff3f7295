"""A plan of a partnership, its strands and its themes."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from saferplan.web.partnerships.models import Partnership, Person, Role

# Who works on plans before anybody outside the partnership may read them.
WRITERS = frozenset(
    {
        Role.HEAD,
        Role.ANALYST,
        Role.PARTNER_LEAD,
        Role.VCSE_OFFICER,
        Role.COMMISSIONER,
        Role.ADMINISTRATOR,
    }
)


class Level(models.TextChoices):
    """How large an area a plan is for, or an action is best done at."""

    NEIGHBOURHOOD = "neighbourhood", "Neighbourhood"
    BOROUGH = "borough", "Borough"
    SUB_REGIONAL = "sub-regional", "Sub-regional"
    PAN_LONDON = "pan-London", "Pan-London"


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Plans with a version for all to read; drafts for those who write them."""
        public = Q(versions__isnull=False)
        membership = getattr(person, "membership", None)
        if membership is None or membership.role not in WRITERS:
            return self.filter(public).distinct()
        return self.filter(public | Q(partnership=membership.partnership_id)).distinct()


class Plan(models.Model):
    """
    What a partnership has said it will do in a period.

    The rows of its strands and actions are what is being written. What was said in
    public is in its versions, which never change.

    parent      the plan above it, whose commitments it serves
    every       how often an action is reported on that does not say itself
    purpose     what goes before the strands: the aim, and what runs through all of them
    means       the money there is for it in all, in pounds; None where nobody has said
    staff_days  the days of work there are for it in all; None where nobody has said
    source      how it came here, if it was read from a document
    edition     of its outline (see PlanRevision); its actions have their own
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="plans"
    )
    title = models.CharField(max_length=200)
    level = models.CharField(
        max_length=20, choices=Level.choices, default=Level.BOROUGH
    )
    begins = models.DateField()
    ends = models.DateField()
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    every = models.CharField(max_length=10, default="P3M")
    purpose = models.TextField(blank=True)
    means = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    staff_days = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    edition = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-begins", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="plan_ends_after_it_begins",
                violation_error_message="The plan must end after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="plan_level_is_known"
            ),
            models.CheckConstraint(
                condition=Q(means__isnull=True) | Q(means__gte=0),
                name="plan_means_are_not_negative",
                violation_error_message="Money cannot be less than nothing.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PartQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Those that nobody has taken out of the plan."""
        return self.filter(removed_at=None)


class Strand(models.Model):
    """
    A part of a plan, about one kind of harm or one group of people.

    number             its place among the others; those taken out come last
    scope              a paragraph a line; a line such as “This includes:” begins a list
    is_communications  True if it is about telling people, and goes with the others
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="strands")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    scope = models.TextField(blank=True)
    is_communications = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="strand_numbers_differ",
                violation_error_message="This plan has a strand of that number.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Theme(models.Model):
    """A kind of work that runs through the strands: prevention, for instance."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="theme_numbers_differ",
                violation_error_message="This plan has a theme of that number.",
            )
        ]

    def __str__(self) -> str:
        return self.title
