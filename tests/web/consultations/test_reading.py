"""Answers are looked through by machine, and counted from a sample, with limits."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from web.consultations.being_read import ABOUT, code_all, look, silent, themes_in
from web.consultations.conftest import respond
from web.test_jobs import work_off_the_queue

from saferplan.errors import MethodError
from saferplan.web.consultations import reading
from saferplan.web.consultations.models import Answer, Coding
from saferplan.web.consultations.services.coding import (
    draw_sample,
    has_changed_since,
    next_to_code,
    start_reading,
)
from saferplan.web.core.models import Job

pytestmark = pytest.mark.django_db


def test_a_first_look_keeps_ids_and_single_words_but_no_answer(question, analyst):
    found = look(question, analyst).result
    assert found["answers"] == 90
    assert {answer for draft in found["themes"] for answer in draft["exemplars"]} <= {
        str(pk) for pk in Answer.objects.values_list("pk", flat=True)
    }
    whole = str(found)
    assert not any(answer.text in whole for answer in Answer.objects.all())


def test_the_same_answers_and_seed_give_the_same_bytes(question):
    first = reading.look(question, seed=1, tell=silent)
    assert str(reading.look(question, seed=1, tell=silent)) == str(first)


def test_themes_are_counted_with_limits_that_hold_the_truth(
    question, themes, analyst, head
):
    look(question, analyst)
    sample = draw_sample(question, 45, twice=10, by=analyst)
    code_all(sample, themes, by=analyst)
    code_all(sample, themes, by=head)
    counted = reading.count(question, seed=1, tell=silent)
    assert (counted["answers"], counted["coded"]) == (90, 45)
    for row in counted["themes"]:
        assert row["lower"] <= 1 / 3 <= row["upper"]
        assert row["lower"] < row["upper"]
    assert counted["agreement"]["samples_f1"][0] == 1.0  # both coded by one rule
    # What people chose is not suggested again, and the rest is.
    assert not set(counted["suggested"]) & set(sample.drawn)
    assert len(counted["suggested"]) == 45


def test_only_the_sample_up_to_a_gap_counts(question, themes, analyst):
    look(question, analyst)
    sample = draw_sample(question, 60, twice=0, by=analyst)
    code_all(sample, themes, by=analyst)
    Coding.objects.get(answer_id=sample.drawn[40]).delete()
    assert reading.count(question, seed=1, tell=silent)["coded"] == 40


def test_too_few_coded_is_said_and_not_guessed(question, themes, analyst):
    look(question, analyst)
    draw_sample(question, 40, twice=0, by=analyst)
    with pytest.raises(MethodError):
        reading.count(question, seed=1, tell=silent)


def test_a_count_is_older_than_what_came_since(question, analyst, consultation):
    before = timezone.now() + timedelta(seconds=1)
    assert not has_changed_since(question, before)
    respond(consultation, "One more.")
    assert has_changed_since(question, timezone.now() - timedelta(minutes=1))


@pytest.mark.django_db(transaction=True)
def test_an_officer_reads_answers_through_the_pages(
    client, question, themes, analyst, monkeypatch
):
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    client.force_login(analyst)
    of_question = [question.consultation_id, question.pk]

    def address(name, *more):
        return reverse(f"consultations:{name}", args=[*of_question, *more])

    token = {"what": "look", "token": "1"}
    assert client.post(address("reading_run"), token).status_code == 302
    assert client.post(address("reading_run"), token).status_code == 302  # once more
    work_off_the_queue()
    assert Job.objects.get().state == Job.State.DONE
    assert (
        "Groups that a machine found" in client.get(address("themes")).content.decode()
    )
    assert client.post(address("sample"), {"count": 3, "twice": 0}).status_code == 422
    client.post(address("sample"), {"count": 40, "twice": 0})
    sample = question.samples.get()
    for _ in range(40):
        page = client.get(address("code"))
        answer = Answer.objects.get(pk=page.url.rstrip("/").split("/")[-1])
        chosen = [theme.pk for theme in themes_in(answer, themes)]
        client.post(page.url, {"themes": chosen})
    assert next_to_code(sample, analyst) is None
    start_reading(question, "count", by=analyst)
    work_off_the_queue()
    page = client.get(address("reading")).content.decode()
    assert "People coded 40, drawn at random" in page
    assert "not of residents" in page
    table = client.get(address("reading_table", "csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["Theme"] for row in rows} == set(ABOUT)
    assert all(float(row["Lower 95%"]) < float(row["Upper 95%"]) for row in rows)
    suggested = client.get(address("theme", themes["Counters"].pk)).content.decode()
    assert "Suggested" in suggested
    assert "Found by a person" in suggested
