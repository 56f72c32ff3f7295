"""People code a sample that was drawn at random, some of it twice."""

import pytest
from web.consultations.being_read import code_all, look

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Coding
from saferplan.web.consultations.services.coding import (
    add_theme,
    code,
    draw_sample,
    next_to_code,
)

pytestmark = pytest.mark.django_db


def test_a_sample_is_not_drawn_before_campaigns_were_looked_for(question, analyst):
    with pytest.raises(NotAllowed, match="first look"):
        draw_sample(question, 40, twice=0, by=analyst)


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


def test_a_theme_of_another_question_is_not_taken(question, themes, analyst):
    other = question.consultation.questions.get(kind="one", apart=False)
    stray = add_theme(other, name="Stray", by=analyst)
    with pytest.raises(NotAllowed, match="another question"):
        code(question.answers.first(), [stray], by=analyst)
