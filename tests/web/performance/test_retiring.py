"""Retiring an indicator: its figures stay, and nothing is due of it any more."""

from datetime import date

import pytest
from django.urls import reverse
from web.performance.conftest import QUIET

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.performance.asked import asked_of
from saferplan.web.performance.evidence import Drawn
from saferplan.web.performance.figures import figures_of
from saferplan.web.performance.library import library_of
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.packing import add_indicators
from saferplan.web.performance.services.drawing import take_drawn
from saferplan.web.performance.services.retiring import bring_back, retire
from saferplan.web.performance.services.returning import Entry, give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ENDED = date(2026, 6, 30)
WHY = "The survey it is from has stopped."


def address(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


def library():
    return library_of(Indicator.objects.with_all(), inside=lambda each: True)


@pytest.fixture
def stopped(indicator, fill, head):
    """It has figures up to June 2026, and is retired with them."""
    fill(indicator, QUIET[:21])
    return retire(indicator, on=ENDED, why=WHY, by=head)


def test_nothing_is_due_of_a_retired_indicator_and_its_figures_stay(stopped, head):
    figures = figures_of(stopped, protected=False)
    assert (len(figures), figures[-1].label) == (21, "June 2026")
    assert all(each.state == "approved" for each in figures)
    found = library()
    assert (found.sheets, found.silent) == ((), ())
    assert [each.indicator for each in found.retired] == [stopped]


def test_its_owner_is_not_asked_for_figures(stopped, council, analyst, head):
    assert asked_of(analyst.membership).late == ()
    bring_back(stopped, by=head)
    ((late, periods, newest),) = asked_of(analyst.membership).late
    assert (late, periods, newest) == (stopped, 2, "August 2026")


def test_brought_back_the_gap_is_not_reported(stopped, head):
    bring_back(stopped, by=head)
    stopped.refresh_from_db()
    (sheet,) = library().silent
    assert sheet.stands == "Not reported"
    assert (stopped.retired_on, stopped.retired_why) == (None, "")


def test_the_record_says_who_retired_it_and_why(stopped, head):
    event = Event.objects.order_by("-number").first()
    assert (event.by, event.what) == (head, "retired the indicator")
    assert event.detail["reason"] == WHY


def test_no_figure_of_a_later_period_is_returned_or_drawn(stopped, analyst):
    with pytest.raises(NotAllowed, match="was retired before the end of July 2026"):
        give(stopped, Entry(date(2026, 7, 1), value=50), by=analyst)
    Indicator.objects.update(
        source="evidence", evidence={"dataset": "x", "area": "y", "measure": "z"}
    )
    drawn = [Drawn(date(2026, 7, 1), 50.0, ("release",))]
    assert take_drawn(stopped, drawn, by=analyst) == 0


def test_an_earlier_figure_can_still_be_corrected(stopped, analyst):
    entry = Entry(date(2026, 6, 1), value=49, note="One was counted twice.")
    assert give(stopped, entry, by=analyst).number == 2


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"why": " "}, "Say why it is retired."),
        ({"on": date(2026, 10, 21)}, "has not come yet"),
        ({"on": date(2026, 8, 31)}, "There is a figure of September 2026"),
    ],
)
def test_a_retirement_that_cannot_be_is_refused(indicator, fill, head, words, reason):
    fill(indicator, QUIET)
    said = {"on": date(2026, 10, 1), "why": WHY, **words}
    with pytest.raises(NotAllowed, match=reason):
        retire(indicator, by=head, **said)


def test_only_one_that_is_kept_takes_its_place(stopped, add_one, head):
    other = add_one(title="Burglary of homes")
    with pytest.raises(NotAllowed, match="Choose another that is kept"):
        retire(other, on=ENDED, why=WHY, replaced_by=stopped, by=head)
    with pytest.raises(NotAllowed, match="Choose another that is kept"):
        retire(other, on=ENDED, why=WHY, replaced_by=other, by=head)


def test_only_those_who_keep_indicators_retire_one(indicator, partner_lead):
    with pytest.raises(NotAllowed):
        retire(indicator, on=ENDED, why=WHY, by=partner_lead)


def test_a_pack_has_it_for_the_quarter_it_was_kept_in(action, stopped):
    stopped.actions.add(action)
    spring = add_indicators(action.plan, date(2026, 4, 1), ENDED)
    summer = add_indicators(action.plan, date(2026, 7, 1), date(2026, 9, 30))
    assert [row["title"] for row in spring["indicators"]] == ["Burglary"]
    assert summer == {}


def test_it_is_retired_and_brought_back_by_the_page(
    client, indicator, add_one, fill, head
):
    fill(indicator, QUIET[:21])
    other = add_one(title="Burglary of homes")
    client.force_login(head)
    form = address("retire", indicator.pk)
    assert "Burglary of homes" in client.get(form).text
    wrong = client.post(form, {"on": "2026-06-01", "why": WHY})
    assert wrong.status_code == 422
    assert WHY in wrong.text
    silent = client.post(form, {"on": ENDED.isoformat(), "why": ""})
    assert "Say why it is retired." in silent.text
    said = {"on": ENDED.isoformat(), "why": WHY, "replaced_by": other.pk}
    page = client.post(form, said, follow=True).text
    assert "Retired on 30 June 2026." in page
    assert f'href="{address("show", other.pk)}"' in page
    assert "1 retired indicator" in client.get(address("all")).text
    client.logout()
    assert WHY in client.get(address("show", indicator.pk)).text
    table = client.get(address("table", "csv")).text
    assert "30 June 2026" in table
    client.force_login(head)
    page = client.post(address("bring_back", indicator.pk), follow=True).text
    assert "It is kept again." in page
    assert "Retired on" not in page
