"""
The record of events: what was done, to what, by whom, when.

Each event carries the digest of the one before it, so a changed, missing or inserted
event breaks the chain at a place that can be named. Nothing here is ever changed.
Cutting off the newest events is the one thing the chain alone cannot show: note the
newest number and digest somewhere else now and then (`check_events` prints them).
"""

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from saferplan.errors import NotAllowed

if TYPE_CHECKING:
    from saferplan.web.partnerships.models import Person

FIRST_DIGEST = "0" * 64


class Audience(models.TextChoices):
    """Who in the partnership may read of an event."""

    MEMBERS = "members", "everyone in the partnership"
    STAFF = "staff", "officers of the partnership"
    ADMINISTRATORS = "administrators", "administrators"


def refuse() -> NoReturn:
    raise NotAllowed(
        "The record of events cannot be changed. Record another event that puts right "
        "what this one says."
    )


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, person: "Person") -> Self:
        """Events of their partnership that their role may read, newest first."""
        membership = person.membership
        if membership is None:
            return self.none()
        return self.filter(
            partnership=membership.partnership_id,
            audience__in=membership.audiences,
        ).order_by("-number")

    def update(self, **kwargs: Any) -> NoReturn:
        refuse()

    def delete(self) -> NoReturn:
        refuse()


class Event(models.Model):
    """
    One thing that somebody did.

    what     the verb, in the past tense: "accepted a finding"
    subject  what it was done to, in words that hold no personal data
    about    the person it was done to, where it was a person
    detail   what else a reader needs: a reason, the value before and after
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,  # the system itself
        related_name="events",
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="events_about",
    )
    partnership = models.ForeignKey(
        "partnerships.Partnership",
        on_delete=models.PROTECT,
        null=True,
        related_name="events",
    )
    audience = models.CharField(max_length=20, choices=Audience.choices)
    what = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    link = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["partnership", "-number"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.what} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse()
        super().save(*args, force_insert=True)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse()

    def digest_after(self, previous: str) -> str:
        """Return the digest this event must carry if it follows one with `previous`."""
        content = {
            "number": self.number,
            "at": self.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(),
            "by": self.by_id,
            "about": self.about_id,
            "partnership": self.partnership_id,
            "audience": self.audience,
            "what": self.what,
            "subject": self.subject,
            "link": self.link,
            "detail": self.detail,
            "previous": previous,
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        key = settings.RECORD_KEY.encode()
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class RecordHead(models.Model):
    """The newest event's number and digest: one row, locked by whoever writes next."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=FIRST_DIGEST)

    def __str__(self) -> str:
        return f"{self.number}: {self.digest}"
