"""Background work: queued once, watched, and taken up when a worker is killed."""

import multiprocessing
import os
import signal
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from saferplan.errors import SourceChanged
from saferplan.web.core import jobs
from saferplan.web.core.jobs import LeaseLost, Outcome, Progress, reap, start_job
from saferplan.web.core.models import Job


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Work to be done in these tests only."""
    work = {}
    monkeypatch.setattr(jobs, "KINDS", work)
    monkeypatch.setattr(jobs, "SECONDS_BETWEEN_REPORTS", 0)
    # The worker renews its connection now and then; a test's must stay as it is.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return work


def work_off_the_queue():
    call_command("worker", "--until-idle", "--interval=0", verbosity=0)


def test_work_is_done_and_says_what_came_of_it(db, kinds, analyst):
    def add(progress, *, numbers):
        progress(1, 2, "Adding")
        return Outcome("Added.", link="/sum/", result={"sum": sum(numbers)})

    kinds["add"] = add
    job = start_job("add", title="Add up", by=analyst, arguments={"numbers": [1, 2]})
    assert job.state == Job.State.QUEUED
    work_off_the_queue()

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert (job.message, job.link, job.result) == ("Added.", "/sum/", {"sum": 3})
    assert (job.done, job.total, job.percent, job.attempts) == (1, 2, 50, 1)


def test_the_same_key_starts_one_job(db, kinds, analyst):
    kinds["count"] = lambda progress: None
    first = start_job("count", title="Count", by=analyst, key="token")
    second = start_job("count", title="Count", by=analyst, key="token")
    assert first == second
    assert DBTaskResult.objects.count() == 1


def test_starting_something_unknown_is_our_own_mistake(db):
    with pytest.raises(KeyError, match="No work is registered"):
        start_job("unheard of", title="?", by=None)


def test_an_error_of_ours_is_told_to_the_person_in_its_own_words(db, kinds):
    def fail(progress):
        raise SourceChanged("a.csv has no column Month. Compare it with the source.")

    kinds["fail"] = fail
    job = start_job("fail", title="Fail", by=None)
    work_off_the_queue()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "has no column Month" in job.message


def test_a_bug_is_not_shown_to_the_person(db, kinds):
    def divide(progress):
        return 1 / 0

    kinds["divide"] = divide
    job = start_job("divide", title="Divide", by=None)
    work_off_the_queue()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "on our side" in job.message
    assert "ZeroDivisionError" in DBTaskResult.objects.get().exception_class_path


def running_job(**fields):
    """A job whose worker was killed: it says it runs, but nobody holds it."""
    fields = {
        "kind": "count",
        "title": "Count",
        "key": "1",
        "state": Job.State.RUNNING,
        "lease": "a worker long gone",
        "leased_until": timezone.now() - timedelta(seconds=1),
        "attempts": 1,
    } | fields
    return Job.objects.create(**fields)


def test_abandoned_work_is_begun_again(db, kinds):
    kinds["count"] = lambda progress: Outcome("Counted.")
    job = running_job()
    assert reap() == 1
    work_off_the_queue()
    job.refresh_from_db()
    assert (job.state, job.message, job.attempts) == ("done", "Counted.", 2)


def test_work_that_killed_three_workers_is_given_up(db):
    job = running_job(attempts=jobs.ATTEMPTS)
    assert reap() == 1
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "stopped 3 times" in job.message


def test_work_in_good_hands_is_left_alone(db):
    running_job(leased_until=timezone.now() + timedelta(seconds=30))
    assert reap() == 0


def test_a_worker_that_lost_its_lease_stops(db):
    job = running_job()
    Job.objects.update(lease="somebody else")
    with pytest.raises(LeaseLost):
        Progress(job)(1, 2)


def test_a_worker_that_lost_its_lease_cannot_finish_the_job(db):
    job = running_job()
    Job.objects.update(lease="somebody else")
    jobs.finish(job, Job.State.DONE, Outcome("Mine!"))
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_work_taken_from_the_queue_but_never_begun_is_queued_again(db, kinds):
    kinds["count"] = lambda progress: Outcome("Counted.")
    job = start_job("count", title="Count", by=None)
    long_ago = timezone.now() - 2 * jobs.LEASE
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago)
    assert reap() == 1
    work_off_the_queue()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_of_two_workers_only_one_gets_a_job(db):
    job = Job.objects.create(kind="count", title="Count", key="1")
    assert jobs.claim(job.pk) == job
    assert jobs.claim(job.pk) is None


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_work_leaves_the_job_to_another(
    kinds, monkeypatch, tmp_path
):
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=1))
    begun = tmp_path / "begun"

    def count_slowly(progress):
        if begun.exists():
            return Outcome("Counted by the second.")
        begun.touch()
        time.sleep(60)

    kinds["count"] = count_slowly
    job = start_job("count", title="Count", by=None)
    connection.close()  # each process needs its own
    worker = multiprocessing.get_context("fork").Process(target=work_off_the_queue)
    worker.start()
    wait_until(begun.exists)
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()

    wait_until(reap)
    work_off_the_queue()
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "Counted by the second.")
    assert job.attempts == 2


def wait_until(ask, seconds=20):
    end = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_quiet_work_keeps_its_lease(kinds, monkeypatch):
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=0.8))

    def think(progress):
        time.sleep(1.5)
        assert reap() == 0

    kinds["think"] = think
    job = start_job("think", title="Think", by=None)
    work_off_the_queue()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)


def test_the_page_shows_how_far_it_is_and_how_to_look_again(
    client, partnership, councillor
):
    job = running_job(
        by=councillor,
        partnership=partnership,
        done=3,
        total=12,
        message="Reading the third file",
    )
    client.force_login(councillor)
    page = client.get(reverse("home:job", args=[job.pk])).text
    assert "Reading the third file" in page
    assert 'value="25"' in page
    assert "See how far it is now" in page

    now = client.get(reverse("home:job_progress", args=[job.pk])).json()
    assert now["percent"] == 25
    assert not now["over"]


def test_the_page_of_finished_work_leads_to_its_result(client, partnership, analyst):
    job = running_job(
        by=analyst, partnership=partnership, state=Job.State.DONE, link="/evidence/"
    )
    client.force_login(analyst)
    page = client.get(reverse("home:job", args=[job.pk])).text
    assert '<a class="govuk-link" href="/evidence/">See the result</a>' in page


def test_where_nobody_knows_the_whole_there_is_no_share_of_it(db):
    assert running_job(done=5).percent is None
