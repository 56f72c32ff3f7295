"""A theme is named by a person, with the answers of a group before them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from web.consultations.being_read import look

from saferplan.web.consultations.models import Answer
from saferplan.web.consultations.services.coding import add_theme, retire_theme

pytestmark = pytest.mark.django_db


def test_two_themes_of_one_name_do_not_stand_together(question, themes, analyst):
    with pytest.raises(ValidationError, match="There is a theme of that name"):
        add_theme(question, name="Counters", by=analyst)
    retire_theme(themes["Counters"], by=analyst)
    add_theme(question, name="Counters", by=analyst)
    with pytest.raises(ValidationError, match="There is a theme of that name"):
        retire_theme(themes["Counters"], by=analyst)


def test_a_theme_is_named_with_the_answers_of_a_group_before_one(
    client, question, analyst
):
    draft = look(question, analyst).result["themes"][0]
    texts = [Answer.objects.get(pk=each).text for each in draft["exemplars"]]
    client.force_login(analyst)
    page = reverse("consultations:themes", args=[question.consultation_id, question.pk])
    assert "What have these in common" not in client.get(page).text
    asked = f"{page}?draft={draft['theme']}"
    shown = client.get(asked).text
    form = shown[: shown.index("What belongs to it")]
    assert all(text in form for text in texts)
    assert client.post(asked, {"name": ""}).status_code == 422
    assert client.post(asked, {"name": "Counters"}).status_code == 302
    assert client.post(asked, {"name": "Counters"}).status_code == 422
    assert question.themes.get().name == "Counters"
