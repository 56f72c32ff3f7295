"""A plan's indicators on the one page that everybody may read."""

import pytest
from django.urls import reverse
from web.performance.conftest import QUIET
from web.plans.conftest import ADOPTED

from saferplan.web.performance.services.keeping import change_indicator
from saferplan.web.plans.measured import measures_of
from saferplan.web.plans.services.putting_forward import put_forward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def measuring(action, add_one, fill, head):
    """Add an indicator of the plan's action, with its figures."""

    def adding(values, **words):
        found = add_one(**words)
        change_indicator(found, by=head, actions=[action])
        fill(found, values)
        return found

    return adding


def test_what_changed_or_disagrees_comes_before_what_did_not(action, measuring):
    measuring(QUIET, title="Quiet")
    measuring([*QUIET[:-1], 90], title="Risen")
    measuring(QUIET, title="Rated red", green_from=10, amber_from=20)
    found = measures_of(action.plan)
    assert [(each.title, each.is_news) for each in found] == [
        ("Rated red", True),
        ("Risen", True),
        ("Quiet", False),
    ]
    rated, risen, _quiet = found
    assert (rated.disagree, risen.disagree) == (True, False)
    assert risen.stands == "90 offences, September 2026"
    assert risen.chart[0] == "Worse, more than chance"


def test_what_is_not_public_or_no_more_kept_is_not_told(action, measuring):
    measuring(QUIET, title="Ours", public=False)
    assert measures_of(action.plan) == []


def test_a_small_count_is_hidden_from_who_reads_one_page(action, measuring):
    measuring([*QUIET[:-1], 3], title="Injured", hides_small=True)
    (told,) = measures_of(action.plan)
    assert told.stands == "Hidden, September 2026"


def test_the_page_says_it_and_counts_the_rest(client, action, measuring, head):
    measuring([*QUIET[:-1], 90], title="Risen")
    measuring(QUIET, title="Quiet")
    put_forward(action.plan, **ADOPTED, note="Minute 4", by=head)
    page = client.get(reverse("plans:one_page", args=[action.plan_id])).text
    assert "Risen</a>: 90 offences, September 2026; worse, more than chance" in page
    assert "Of 1 measure there is no change beyond chance" in page
