"""For whom a response speaks, and how it came to say what it says."""

from django.db import models
from django.db.models import F, Q

from saferplan.web.consultations.models.response import Response


class Voice(models.Model):
    """
    Who speaks in a response that is not one person's.

    An organisation is one response, however many stand behind it. How many it asked is
    told beside it, and is never added to the people who answered themselves.

    body            its name
    speaks_for      whom it speaks for, in its words
    members         how many members it has: organisations, or people
    asked           how many of them it asked; `answered` how many of those answered
    asked_how       by what: an event, a survey, a meeting
    asked_from, asked_to   the first and the last day on which it asked
    agreement       how far they agree with what is said
    agreed_how      how it was agreed, and by whom
    dissent         what those say who do not agree
    minute, met_on  of a committee or a board: the minute, and the day of the meeting
    status          whether it was resolved there, or is an officer's comment
    """

    class Agreement(models.TextChoices):
        ALL = "all", "Everybody who was asked agreed"
        MOST = "most", "Most agreed"
        DIVIDED = "divided", "They were divided"
        BOARD = "board", "Its board or staff agreed it; members were not asked"
        UNKNOWN = "unknown", "It does not say"

    class Status(models.TextChoices):
        RESOLVED = "resolved", "Resolved at a meeting"
        OFFICER = "officer", "An officer’s comment, not resolved"

    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, related_name="voice"
    )
    body = models.CharField(max_length=200)
    speaks_for = models.TextField(blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)
    asked = models.PositiveIntegerField(null=True, blank=True)
    answered = models.PositiveIntegerField(null=True, blank=True)
    asked_how = models.TextField(blank=True)
    asked_from = models.DateField(null=True, blank=True)
    asked_to = models.DateField(null=True, blank=True)
    agreement = models.CharField(
        max_length=10, choices=Agreement.choices, default=Agreement.UNKNOWN
    )
    agreed_how = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    minute = models.CharField(max_length=100, blank=True)
    met_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, blank=True)

    class Meta:
        ordering = ["body"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered__isnull=True)
                | Q(asked__isnull=True)
                | Q(answered__lte=F("asked")),
                name="no_more_answered_than_were_asked",
                violation_error_message="More answered than were asked.",
            ),
            models.CheckConstraint(
                condition=Q(asked_from__isnull=True)
                | Q(asked_to__isnull=True)
                | Q(asked_to__gte=F("asked_from")),
                name="asked_until_after_it_began",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                condition=~Q(status="resolved") | Q(met_on__isnull=False),
                name="what_was_resolved_has_its_day",
                violation_error_message="Say on which day it was resolved.",
            ),
        ]

    def __str__(self) -> str:
        return self.body
