"""Points that one person is enough for are found among many."""

import pytest
from django.urls import reverse
from web.consultations.conftest import respond

pytestmark = pytest.mark.django_db


def test_one_person_in_danger_is_read_among_many(client, question, consultation, head):
    respond(consultation, "I was stabbed at the bus stop and nobody came.")
    client.force_login(head)
    page = client.get(reverse("consultations:vital", args=[consultation.pk])).text
    assert "<mark>stabbed</mark>" in page
    assert "1 waiting" in page
    assert page.count('app-quote">') == 1  # the other ninety say nothing of it
