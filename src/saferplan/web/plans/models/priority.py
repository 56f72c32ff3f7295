"""What could be a priority, what was chosen, in which years, and why not the rest."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from saferplan.plans.priorities import CRITERIA, Candidate
from saferplan.web.partnerships.models import Partnership, Person


class Problem(models.Model):
    """
    Something that could be made a priority.

    source   where it comes from, in words, if no finding speaks of it
    finding  {"assessment", "finding", "title", "sentence"} of the newest assessment
             that speaks of it; {} if none does
    values   by criterion: {"value": a number or None, "source": where it is from}
    set_aside_at  when it was taken off the list, and set_aside_why
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="problems"
    )
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=300, blank=True)
    finding = models.JSONField(default=dict, blank=True)
    values = models.JSONField(default=dict, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_why = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"],
                name="problem_titles_differ",
                violation_error_message="There is a candidate of that name already.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def candidate(self) -> Candidate:
        """As the ranking takes it."""
        known = {name: self.values.get(name, {}).get("value") for name in CRITERIA}
        return Candidate(self.title, known)


class Weighting(models.Model):
    """
    What each criterion counts for a partnership, as somebody set it. The newest stands.

    weights  a number from 0 up by criterion
    places   how many priorities there are to be
    why      the reason for these weights
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="weightings"
    )
    weights = models.JSONField()
    scoring = models.CharField(
        max_length=10,
        choices=[("ranks", "By their order"), ("min-max", "By their distance")],
        default="ranks",
    )
    places = models.PositiveIntegerField(default=3)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scoring__in=["ranks", "min-max"]),
                name="scoring_is_known",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1), name="at_least_one_priority"
            ),
        ]

    def __str__(self) -> str:
        return f"Weights of {self.at:%-d %B %Y}"


class EraQuerySet(models.QuerySet["Era"]):
    def with_all(self) -> Self:
        rows = self.select_related("partnership", "by")
        return rows.prefetch_related("priorities", "not_chosen")


class Era(models.Model):
    """
    The years in which a partnership had these priorities. What it says never changes.

    begins     to `ends`, both included
    replaced_on  the first day of the priorities that came instead, before `ends`
    agreed     who agreed, and where: "Partnership board, minute 6"
    review_on  when they are looked at again
    matrix     how the candidates stood when these were chosen
               (see saferplan.web.plans.matrix)
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="eras"
    )
    begins = models.DateField()
    ends = models.DateField()
    rationale = models.TextField()
    agreed = models.CharField(max_length=300)
    review_on = models.DateField()
    matrix = models.JSONField()
    replaced_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = EraQuerySet.as_manager()

    class Meta:
        ordering = ["-begins", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="era_ends_after_it_begins",
                violation_error_message="The last day must come after the first.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("begins")),
                name="era_is_reviewed_after_it_begins",
                violation_error_message="The review must come after the first day.",
            ),
        ]

    def __str__(self) -> str:
        return f"Priorities {self.begins.year} to {self.last_day.year}"

    @property
    def last_day(self) -> date:
        if self.replaced_on is None:
            return self.ends
        return min(self.ends, self.replaced_on - timedelta(days=1))

    @property
    def state(self) -> str:
        today = timezone.localdate()
        if self.replaced_on and self.replaced_on <= today:
            return "superseded"
        if today < self.begins:
            return "to come"
        return "over" if today > self.ends else "current"

    @property
    def review_is_late(self) -> bool:
        return self.state == "current" and self.review_on < timezone.localdate()

    @property
    def table(self) -> dict[str, Any]:
        return dict(self.matrix)


class Priority(models.Model):
    """
    One priority of an era: what it rests on, and how anybody can tell that it worked.

    finding      as in `Problem`; {} if no finding speaks of it, and then evidence_gap
                 says what it rests on instead
    view         what people who live or work here say of it
    view_source  the consultation or survey they said it in
    """

    era = models.ForeignKey(Era, on_delete=models.CASCADE, related_name="priorities")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    why = models.TextField()
    measure = models.CharField(max_length=300)
    target = models.CharField(max_length=300, blank=True)
    finding = models.JSONField(default=dict, blank=True)
    evidence_gap = models.TextField(blank=True)
    view = models.TextField()
    view_source = models.CharField(max_length=300)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["era", "number"], name="priority_numbers_differ"
            ),
            models.CheckConstraint(
                condition=~Q(finding={}) | ~Q(evidence_gap=""),
                name="a_priority_rests_on_something",
            ),
            models.CheckConstraint(
                condition=~Q(view="") & ~Q(view_source=""),
                name="a_priority_has_a_view",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NotChosen(models.Model):
    """A candidate that was not made a priority in an era, and why."""

    era = models.ForeignKey(Era, on_delete=models.CASCADE, related_name="not_chosen")
    title = models.CharField(max_length=120)
    why = models.TextField()
    finding = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="not_chosen_for_a_reason")
        ]

    def __str__(self) -> str:
        return self.title
