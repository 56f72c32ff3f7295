"""Background work that a person started and can watch."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from saferplan.web.partnerships.models import Person


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, person: "Person") -> Self:
        """A person's own work, and all of the partnership's for its officers."""
        membership = person.membership
        if membership is None:
            return self.none()
        jobs = self.filter(partnership=membership.partnership_id)
        return jobs if membership.is_staff else jobs.filter(by=person)

    def unfinished(self) -> Self:
        """Waiting, in progress, or failed in the last two days."""
        lately = timezone.now() - timedelta(days=2)
        return self.filter(
            Q(state__in=[Job.State.QUEUED, Job.State.RUNNING])
            | Q(state=Job.State.FAILED, finished_at__gt=lately)
        )

    def abandoned(self) -> Self:
        """Running by their own account, but no worker has held them for a while."""
        return self.filter(state=Job.State.RUNNING, leased_until__lt=timezone.now())


class Job(models.Model):
    """
    One piece of background work.

    kind   the name under which its function is registered (see core.jobs)
    key    two starts with the same key are one job: a form sent twice, a retry
    lease  who is working on it; only the holder may report progress or finish it
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "In progress"
        DONE = "done", "Finished"
        FAILED = "failed", "Failed"

    kind = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="jobs",
    )
    partnership = models.ForeignKey(
        "partnerships.Partnership",
        on_delete=models.PROTECT,
        null=True,
        related_name="jobs",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)  # 0 where nobody knows
    message = models.CharField(max_length=500, blank=True)
    link = models.CharField(max_length=300, blank=True)  # where the result is shown
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    task = models.CharField(max_length=36, blank=True)  # its place in the queue
    lease = models.CharField(max_length=36, blank=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in (Job.State.DONE, Job.State.FAILED)

    @property
    def percent(self) -> int | None:
        """How much is done, from 0 to 100; None where nobody knows the whole."""
        return min(100, 100 * self.done // self.total) if self.total else None
