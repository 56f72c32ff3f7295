"""
Background work that survives a killed worker.

An app registers a function in its `jobs.py`, and a service starts it:

    @work("load files")
    def load(progress: Progress, *, folder: str) -> Outcome: ...

    start_job("load files", title="Load 12 files", key=form_token, by=person, ...)

A worker holds a job by a lease that it renews while it works. If it is killed the lease
runs out, `reap` puts the job back, and another worker begins it again from the start:
so the function must be one that can be run twice.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from saferplan.errors import SaferplanError
from saferplan.web.core.models import Job

if TYPE_CHECKING:
    from saferplan.web.partnerships.models import Partnership, Person

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
ATTEMPTS = 3
SECONDS_BETWEEN_REPORTS = 0.5


@dataclass(frozen=True)
class Outcome:
    """
    What a job came to.

    message  one sentence for the person who started it
    link     the path of the page where the result is shown
    result   values that JSON can hold
    """

    message: str = ""
    link: str = ""
    result: dict[str, Any] = field(default_factory=dict)


class LeaseLost(Exception):
    """Another worker holds the job now; this one must stop."""


class Progress:
    """Call it with how much is done, of how much, and what is happening."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.reported = 0.0

    def __call__(self, done: int, total: int = 0, message: str = "") -> None:
        now = time.monotonic()
        if now - self.reported < SECONDS_BETWEEN_REPORTS and done != total:
            return
        self.reported = now
        held = Job.objects.filter(pk=self.job.pk, lease=self.job.lease)
        until = timezone.now() + LEASE
        if not held.update(
            done=done, total=total, message=message[:500], leased_until=until
        ):
            raise LeaseLost(f"{self.job.title} is being done by another worker.")


Work = Callable[..., Outcome | None]
KINDS: dict[str, Work] = {}


def work(kind: str) -> Callable[[Work], Work]:
    """Register a function as the background work named `kind`."""

    def register(function: Work) -> Work:
        KINDS[kind] = function
        return function

    return register


@transaction.atomic
def start_job(
    kind: str,
    *,
    title: str,
    by: "Person | None",
    partnership: "Partnership | None" = None,
    key: str = "",
    arguments: dict[str, Any] | None = None,
) -> Job:
    """
    Queue background work, or return the job that `key` already started.

    title      what the person reads: "Load 12 files"
    key        what makes two starts the same: a form's token; by default none are
    arguments  keyword arguments of the function, as values that JSON can hold
    """
    if kind not in KINDS:
        raise KeyError(f"No work is registered as {kind!r}.")
    job, is_new = Job.objects.get_or_create(
        key=key or str(uuid.uuid4()),
        defaults={
            "kind": kind,
            "title": title,
            "by": by,
            "partnership": partnership,
            "arguments": arguments or {},
        },
    )
    if is_new:
        enqueue(job)
    return job


def enqueue(job: Job) -> None:
    queued = run_job.enqueue(job.pk)
    Job.objects.filter(pk=job.pk).update(task=queued.id)


@task()
def run_job(job_id: int) -> None:
    """Do a job, unless somebody else is doing it or it is over."""
    job = claim(job_id)
    if job is None:
        return
    try:
        with renewing_lease(job):
            outcome = KINDS[job.kind](Progress(job), **job.arguments) or Outcome()
    except LeaseLost:
        logger.warning("%s was taken over by another worker", job)
    except SaferplanError as error:
        finish(job, Job.State.FAILED, Outcome(message=str(error)))
    except Exception:
        apology = "Something went wrong on our side. Nothing was half done; try again."
        finish(job, Job.State.FAILED, Outcome(message=apology))
        raise
    else:
        finish(job, Job.State.DONE, outcome)


def claim(job_id: int) -> Job | None:
    """Take the job if it waits. Of several workers exactly one gets it."""
    lease = str(uuid.uuid4())
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING,
        lease=lease,
        leased_until=now + LEASE,
        started_at=now,
        attempts=F("attempts") + 1,
    )
    return Job.objects.get(pk=job_id) if taken else None


def finish(job: Job, state: str, outcome: Outcome) -> None:
    Job.objects.filter(pk=job.pk, lease=job.lease).update(
        state=state,
        message=outcome.message[:500],
        link=outcome.link,
        result=outcome.result,
        leased_until=None,
        finished_at=timezone.now(),
    )


@contextmanager
def renewing_lease(job: Job) -> Iterator[None]:
    """Hold the job for as long as this process lives, however quiet its work is."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(LEASE.total_seconds() / 4):
            try:
                held = Job.objects.filter(pk=job.pk, lease=job.lease)
                held.update(leased_until=timezone.now() + LEASE)
            except DatabaseError:
                logger.warning("Could not renew the lease of %s", job, exc_info=True)
            finally:
                close_old_connections()
        connection.close()

    thread = threading.Thread(target=renew, name=f"lease of job {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@transaction.atomic
def reap() -> int:
    """Put back what killed workers left, or fail it after too many; return how many."""
    count = 0
    for job in Job.objects.abandoned():
        held = Job.objects.filter(pk=job.pk, lease=job.lease, state=Job.State.RUNNING)
        if job.attempts >= ATTEMPTS:
            count += held.update(
                state=Job.State.FAILED,
                leased_until=None,
                finished_at=timezone.now(),
                message=(
                    f"The worker stopped {ATTEMPTS} times while doing this. "
                    f"Try again with less, or tell whoever runs the site."
                ),
            )
        elif held.update(
            state=Job.State.QUEUED,
            lease="",
            leased_until=None,
            message="The worker stopped. Starting again.",
        ):
            enqueue(job)
            count += 1
    return count + reap_unclaimed()


def reap_unclaimed() -> int:
    """Queue again what a worker took from the queue but was killed before it began."""
    waiting = Job.objects.filter(state=Job.State.QUEUED)
    taken = DBTaskResult.objects.filter(
        pk__in=[job.task for job in waiting if job.task],
        started_at__lt=timezone.now() - LEASE,
    )
    stranded = waiting.filter(task__in=[str(result.pk) for result in taken])
    for job in stranded:
        enqueue(job)
    return len(stranded)
