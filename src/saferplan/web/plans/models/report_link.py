"""A link with which somebody reports on their actions once, without signing in."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.utils import timezone

from saferplan.web.plans.models.action import Action
from saferplan.web.plans.models.plan import Plan

GOOD_FOR = timedelta(days=21)


class ReportLink(models.Model):
    """
    Sent to one address, about the actions it answers for. Good once, for three weeks.

    digest  SHA-256 of the word in the link; the word itself is only in the mail
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="report_links"
    )
    actions = models.ManyToManyField(Action, related_name="report_links")
    address = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Link to report on {self.plan}, made on {self.made_at:%Y-%m-%d}"

    @property
    def is_over(self) -> bool:
        return timezone.now() > self.made_at + GOOD_FOR

    @property
    def is_open(self) -> bool:
        return self.used_at is None and not self.is_over


def new_word() -> str:
    return secrets.token_urlsafe(32)


def digest_of_word(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
