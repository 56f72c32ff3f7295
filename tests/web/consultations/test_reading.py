"""Themes are named by people, and counted from a random sample, with limits."""

import csv
import io
import random
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_tasks_db.management.commands import db_worker
from web.consultations.conftest import respond
from web.test_jobs import work_off_the_queue

from saferplan.errors import MethodError, NotAllowed
from saferplan.web.consultations import reading
from saferplan.web.consultations.models import Answer, Coding, Response
from saferplan.web.consultations.services.coding import (
    add_theme,
    code,
    draw_sample,
    keep_run,
    next_to_code,
    retire_theme,
    start_reading,
)
from saferplan.web.core.models import Job

pytestmark = pytest.mark.django_db

ABOUT = {
    "Counters": {"front", "counter", "open", "night", "station", "desk", "evening"},
    "Lighting": {"street", "lamp", "dark", "park", "path", "bright", "bulb"},
    "Schools": {"pupils", "school", "gate", "bus", "lesson", "parent", "teacher"},
}


def silent(done, total, message):
    """Nobody watches."""


@pytest.fixture
def question(consultation):
    """Its question, answered by ninety people on three subjects in made-up words."""
    question = consultation.questions.first()
    draw = random.Random(4)
    now = consultation.opens_at
    responses = Response.objects.bulk_create(
        Response(
            consultation=consultation,
            token=uuid4(),
            reference=f"R{number}",
            begun_at=now,
            sent_at=now,
            standing="in_time",
            email=f"{number}@example.org",
        )
        for number in range(90)
    )
    Answer.objects.bulk_create(
        Answer(
            response=response,
            question=question,
            text=" ".join(draw.sample(sorted(list(ABOUT.values())[number % 3]), 6)),
        )
        for number, response in enumerate(responses)
    )
    return question


@pytest.fixture
def themes(question, analyst):
    return {name: add_theme(question, name=name, by=analyst) for name in ABOUT}


def themes_in(answer, themes):
    words = set(answer.text.split())
    return [themes[name] for name, of in ABOUT.items() if len(words & of) > 2]


def look(question, by):
    found = reading.look(question, seed=1, tell=silent)
    return keep_run(question, "look", seed=1, read="", result=found, by=by)


def code_all(sample, themes, *, by):
    while (answer := next_to_code(sample, by)) is not None:
        code(answer, themes_in(answer, themes), by=by)


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


def test_a_sample_is_not_drawn_before_campaigns_were_looked_for(question, analyst):
    with pytest.raises(NotAllowed, match="first look"):
        draw_sample(question, 40, twice=0, by=analyst)


def test_copies_of_a_campaign_are_not_drawn(question, consultation, analyst):
    text = "We the undersigned ask that all of the wardens be given back to our estate."
    copies = {str(respond(consultation, text).answers.get().pk) for _ in range(5)}
    found = look(question, analyst).result
    assert found["campaigns"][0]["submissions"] == 5
    drawn = draw_sample(question, 2_000, twice=0, by=analyst).drawn
    assert len(drawn) == 90
    assert not copies & set(drawn)


def test_no_sample_is_drawn_after_people_have_begun(question, themes, analyst):
    look(question, analyst)
    sample = draw_sample(question, 40, twice=0, by=analyst)
    code(next_to_code(sample, analyst), [], by=analyst)
    with pytest.raises(NotAllowed, match="not random"):
        draw_sample(question, 50, twice=0, by=analyst)


def test_the_second_person_codes_the_first_ones_alone(question, themes, analyst, head):
    look(question, analyst)
    sample = draw_sample(question, 30, twice=5, by=analyst)
    code_all(sample, themes, by=analyst)
    code_all(sample, themes, by=head)
    assert Coding.objects.filter(coder=analyst).count() == 30
    assert Coding.objects.filter(coder=head).count() == 5
    assert next_to_code(sample, analyst) is None


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


def test_two_themes_of_one_name_do_not_stand_together(question, themes, analyst):
    with pytest.raises(ValidationError, match="There is a theme of that name"):
        add_theme(question, name="Counters", by=analyst)
    retire_theme(themes["Counters"], by=analyst)
    add_theme(question, name="Counters", by=analyst)
    with pytest.raises(ValidationError, match="There is a theme of that name"):
        retire_theme(themes["Counters"], by=analyst)


def test_a_theme_of_another_question_is_not_taken(question, themes, analyst):
    other = question.consultation.questions.get(kind="one", apart=False)
    stray = add_theme(other, name="Stray", by=analyst)
    with pytest.raises(NotAllowed, match="another question"):
        code(question.answers.first(), [stray], by=analyst)


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


def test_one_person_in_danger_is_read_among_many(client, question, consultation, head):
    respond(consultation, "I was stabbed at the bus stop and nobody came.")
    client.force_login(head)
    page = client.get(reverse("consultations:vital", args=[consultation.pk])).text
    assert "<mark>stabbed</mark>" in page
    assert "1 waiting" in page
    assert page.count('app-quote">') == 1  # the other ninety say nothing of it
