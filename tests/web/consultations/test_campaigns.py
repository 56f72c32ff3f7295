"""Answers that share their words are three numbers, and never fewer people."""

import csv
import io

import pytest
from django.urls import reverse
from web.consultations.being_read import look
from web.consultations.conftest import respond

from saferplan.web.consultations.services.coding import draw_sample

pytestmark = pytest.mark.django_db


def test_copies_of_a_campaign_are_not_drawn(question, consultation, analyst):
    text = "We the undersigned ask that all of the wardens be given back to our estate."
    copies = {str(respond(consultation, text).answers.get().pk) for _ in range(5)}
    found = look(question, analyst).result
    assert found["campaigns"][0]["submissions"] == 5
    drawn = draw_sample(question, 2_000, twice=0, by=analyst).drawn
    assert len(drawn) == 90
    assert not copies & set(drawn)


def test_three_numbers_stand_side_by_side_and_can_be_taken_away(
    client, question, consultation, analyst
):
    text = "We the undersigned ask that all of the wardens be given back to our estate."
    for number in range(4):
        respond(consultation, text, email=f"p{number % 2}@example.org")
    added = "My own stairs have been dark since the spring."
    respond(consultation, f"{text} {added}", email="one@example.org")
    look(question, analyst)
    client.force_login(analyst)
    of_question = [consultation.pk, question.pk]
    page = client.get(reverse("consultations:campaigns", args=of_question)).text
    assert "5 answers, 2 different texts, 3 people" in page
    assert f'app-quote">{added}' in page
    address = reverse("consultations:campaigns_table", args=[*of_question, "csv"])
    table = client.get(address).content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(table))
    assert (row["Submissions"], row["Distinct texts"], row["Distinct people"]) == (
        *("5", "2", "3"),
    )
    assert row["The text most go back to"] == text
