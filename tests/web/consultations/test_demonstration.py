"""The demonstration asks people twice: once still, once with the answers in."""

from datetime import date

import pytest
from web.plans.conftest import ADOPTED, DOCUMENT

from saferplan.web.consultations.demonstration import make_consultations
from saferplan.web.consultations.demonstration_of_answers import make_answers
from saferplan.web.consultations.demonstration_of_reading import make_reading
from saferplan.web.consultations.models import Consultation, Disposition, Response
from saferplan.web.consultations.services.fairness import gates_of
from saferplan.web.plans.models import Plan
from saferplan.web.plans.services.importing import make_of, take_in
from saferplan.web.plans.services.putting_forward import put_forward


@pytest.mark.django_db
def test_one_is_open_and_one_is_closed_and_making_them_again_makes_nothing(
    partnership, head
):
    token = "5f0c1f6e-2d63-4c52-9a3e-6d5f0a4f6f11"
    plan = make_of(
        take_in(DOCUMENT.encode(), "plan.txt", token=token, by=head), by=head
    )
    Plan.objects.update(begins=date(2026, 4, 1), ends=date(2027, 3, 31))
    put_forward(plan, **ADOPTED, note="Minute 4", by=head)
    for _ in range(2):
        make_consultations(partnership, lambda words: None)
    states = {each.title: each.state for each in Consultation.objects.all()}
    assert sorted(states.values()) == ["closed", "open"]
    closed = Consultation.objects.get(title="Light and safe routes home")
    assert closed.responses.counted().count() == 20
    late = closed.responses.get(standing=Response.Standing.LATE)
    assert late.answers.exists()
    opened = Consultation.objects.exclude(pk=closed.pk).get()
    assert {each.kind for each in opened.drafts.all()} == {"full", "easy"}
    assert closed.about_people.exists()


@pytest.mark.django_db
def test_one_is_answered_with_its_changed_words_and_its_file(partnership, head):
    for _ in range(2):
        make_answers(partnership, lambda words: None)
    made = Consultation.objects.get()
    assert made.state == "answered"
    body = made.reports.get().body
    assert sum(row["points"] for row in body["decided"]) == 12
    assert {row["label"] for row in body["decided"]} == set(Disposition.labels)
    assert all(row["after"] for row in body["decided"] if row["changes_plan"])
    assert [gate.verdict for gate in gates_of(made)][0] == "met"


@pytest.mark.django_db
def test_one_is_read_coded_and_counted_and_its_letter_answered_once(
    partnership, head, analyst
):
    for _ in range(2):
        make_reading(partnership, lambda words: None)
    question = Consultation.objects.get().questions.get(key="safer")
    look, counted = (
        question.reading_runs.get(what=what).result for what in ("look", "count")
    )
    certain = [each for each in look["campaigns"] if each["sureness"] == "certain"]
    assert [(each["submissions"], each["texts"]) for each in certain] == [(16, 4)]
    assert len(look["themes"]) > 1
    assert counted["agreement"]["samples_f1"][0] < 1  # two people never quite agree
    assert all(row["lower"] < row["upper"] for row in counted["themes"])
    # Themes are named to people by their names, not their numbers.
    assert "often missed: Buses and stops." in " ".join(counted["cautions"])
    assert question.points.exclude(answered=None).count() == 10
