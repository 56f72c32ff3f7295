"""How many are lost on the way: never subtracted where two sides count differently."""

from datetime import date

import pytest
from django.urls import reverse
from web.performance.conftest import QUIET

from saferplan.errors import NotAllowed
from saferplan.web.performance.flow_picture import picture_of, waits_of
from saferplan.web.performance.journey_flow import flow_of
from saferplan.web.performance.journey_map import shown, steps_of
from saferplan.web.performance.models import Indicator, JourneyMap
from saferplan.web.performance.services.journeys import add_indicator, begin, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

YEAR = date(2025, 7, 1)  # the year that ends with June 2026 begins here


@pytest.fixture
def journey(partnership, head):
    return begin(partnership, "victim", by=head)


@pytest.fixture
def tells(journey, add_one, fill, head):
    """Attach an indicator that counts everybody who comes to a step."""

    def telling(number, monthly, counts="", **words):
        step = journey.steps.get(number=number)
        title = f"How many at {number}"
        indicator = add_one(title=title, polarity="neither", **words)
        fill(indicator, monthly, first=YEAR)
        add_indicator(
            step,
            title=title,
            better="neither",
            counts=counts,
            indicator=indicator,
            tells_how_many=True,
            by=head,
        )
        return indicator

    return telling


def flow(journey, *, protected=False):
    rows = steps_of(journey)
    may = set(Indicator.objects.values_list("pk", flat=True))
    return flow_of(
        rows, shown(rows, may_follow=may), may_follow=may, protected=protected
    )


def known(journey, **options):
    found = flow(journey, **options)
    return {each.number: each for each in found.stages if each.many is not None}


def to(name, journey, *arguments):
    return reverse(f"performance:{name}", args=[journey.pk, *arguments])


def test_those_lost_between_two_steps_that_count_alike_are_said(journey, tells):
    tells(7, [40] * 12)  # a decision to charge: defendants
    tells(8, [30] * 12)  # a first hearing: defendants
    found = known(journey)
    assert (found[7].many, found[8].many) == (480, 360)
    assert (found[7].change, found[8].change) == ("first", "lost")
    assert (found[8].lost, found[8].share) == (120, 25)
    assert found[8].said == "120 fewer than at step 7, 25% of them."
    assert flow(journey).label == "July 2025 to June 2026"


def test_what_is_counted_differently_is_never_subtracted(journey, tells):
    tells(3, [100] * 12)  # recorded: offences
    tells(7, [40] * 12)  # charged: defendants
    found = known(journey)[7]
    assert (found.change, found.lost, found.share) == ("unlike", None, None)
    assert "Offences at step 3, defendants here: not the same" in found.said
    assert flow(journey).unlike == 1


def test_what_the_indicator_counts_goes_before_what_its_step_counts(journey, tells):
    tells(3, [100] * 12, counts="defendants")
    tells(7, [40] * 12)
    assert known(journey)[7].lost == 720


def test_more_than_before_is_no_loss(journey, tells):
    tells(7, [40] * 12)
    tells(8, [41] * 12)
    found = known(journey)[8]
    assert (found.change, found.lost) == ("more", None)
    assert found.said.startswith("12 more than at step 7")


def test_a_step_that_nobody_counts_is_unknown_and_not_nothing(journey, tells):
    tells(7, [40] * 12)
    found = flow(journey)
    assert (found.known, len(found.stages)) == (1, 14)
    assert found.stages[0].why_not == "Nobody counts how many"


def test_a_year_that_lacks_a_month_is_not_known(journey, tells):
    tells(7, [40] * 5 + [None] + [40] * 6)
    assert flow(journey).stages[6].why_not == "Not reported for all of the year"


def test_the_newest_year_that_most_agencies_have_is_taken(journey, tells):
    tells(7, [40] * 15)  # up to September 2026
    tells(8, [30] * 12)  # up to June
    assert flow(journey).label == "July 2025 to June 2026"


def test_what_does_not_add_up_makes_no_year(journey, tells):
    tells(7, [40] * 12, roll_up="last")
    said = flow(journey).stages[6].why_not
    assert said == "Its figures do not add up to a year"


def test_small_counts_are_kept_from_those_outside(journey, tells):
    tells(7, [40] * 11 + [3], hides_small=True)
    assert 7 in known(journey)
    outside = flow(journey, protected=True).stages[6]
    assert (outside.many, outside.why_not) == (
        None,
        "So few that it is kept from those outside",
    )


def test_only_a_count_that_is_kept_tells_how_many_and_only_one(
    journey, tells, share, head
):
    step = journey.steps.get(number=7)
    words = {"better": "up", "tells_how_many": True, "by": head}
    for indicator in (None, share):
        with pytest.raises(NotAllowed, match="a count that the partnership keeps"):
            add_indicator(step, title="X", indicator=indicator, **words)
    kept = tells(7, [40] * 12)
    with pytest.raises(NotAllowed, match="Another tells how many"):
        add_indicator(step, title="Y", indicator=kept, **words)


def test_the_picture_marks_gaps_and_says_everything_in_words(journey, tells):
    tells(3, [100] * 12)
    tells(7, [40] * 12)
    tells(8, [30] * 12)
    picture = picture_of(flow(journey))
    assert [each.sign for each in picture.notes] == ["?", "?", "≠", "−", "?"]
    assert [each.value for each in picture.bars] == [
        "1,200 offences",
        "480 defendants",
        "360 defendants",
    ]
    assert picture.bars[1].lost == 0
    assert picture.bars[2].lost == pytest.approx(picture.bars[0].length / 10, abs=0.1)
    assert "Step 8: 360 defendants. 120 fewer than at step 7" in picture.description


def test_waits_stand_beside_the_longest_they_should_be(journey):
    journey.steps.filter(number=5).update(wait=38, wait_source="Count", limit=14)
    picture = waits_of(shown(steps_of(journey), may_follow=()))
    (bar,) = picture.bars
    assert bar.is_over
    assert bar.limit < bar.length
    assert waits_of([]) is None


def test_the_page_and_its_tables_show_it(client, journey, tells, head):
    tells(7, [40] * 12)
    tells(8, [30] * 12)
    publish(journey, public=True, by=head)
    page = " ".join(client.get(to("journey", journey)).text.split())
    assert "How many came is known of 2 of 14 steps" in page
    assert "120 fewer than at step 7 (25%)" in page
    table = client.get(to("journey_flow", journey, "csv")).text
    assert '8,First hearing,Courts,defendants,360,,"120 fewer than at' in table
    assert table.splitlines()[8].endswith(",120,25.0")
    assert client.get(to("journey_flow", journey, "ods")).content.startswith(b"PK")


def test_without_figures_the_page_says_what_to_do(client, journey, head):
    client.force_login(head)
    page = client.get(to("journey", journey)).text
    assert "no step has an indicator that counts everybody" in page
    assert client.get(to("journey_flow", journey, "csv")).text.count("\n") == 1


def test_an_indicator_that_is_not_public_tells_nothing_outside(
    client, journey, tells, head
):
    tells(7, QUIET[:12], public=False)
    publish(journey, public=True, by=head)
    assert 'id="how-many"' not in client.get(to("journey", journey)).text
    assert JourneyMap.objects.get().is_public


def test_it_is_chosen_by_the_page_of_a_step(client, journey, indicator, head):
    client.force_login(head)
    step = journey.steps.get(number=7)
    address = to("add_step_indicator", journey, step.pk)
    typed = {"indicator": indicator.pk, "better": "neither", "tells_how_many": "on"}
    assert client.post(address, typed).status_code == 302
    assert step.indicators.get(indicator=indicator).tells_how_many
