"""Figures drawn from accepted findings, and never mixed with what was returned."""

from datetime import date

import pytest
from django.urls import reverse
from web.assessments.made_by_hand import burglary_fell, example

from saferplan.assessment.finding import Chart, Column, Measure, Table
from saferplan.errors import NotAllowed
from saferplan.web.assessments import services
from saferplan.web.assessments.models import Decision
from saferplan.web.performance.evidence import Drawn
from saferplan.web.performance.findings import choices, draw_from_findings
from saferplan.web.performance.services.drawing import returned_by_hand, take_drawn
from saferplan.web.performance.services.keeping import change_indicator
from saferplan.web.performance.services.returning import Entry, approve, give
from saferplan.web.performance.sheet import sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SOURCE = {"source": "finding", "evidence": {"finding": "burglary"}}
MONTHS = (("2026-05", 12.0), ("2026-06", "[c]"), ("2026-07", 9.0))
TRUST = Measure("trust", "Trust in the police", "share", "up is good")


def address(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


def by_month(rows=MONTHS, **more):
    """A finding whose table has a figure for each month."""
    table = Table(
        "Burglary by month",
        (Column("month", "Month", "month"), Column("now", "Offences", "offences")),
        rows,
    )
    chart = Chart("line", "Burglary", "It goes up and down.", "month", ("now",))
    return burglary_fell(table=table, charts=(chart,), **more)


def by_quarter():
    table = Table(
        "Trust",
        (
            Column("quarter", "Quarter to", "month"),
            Column("london", "London", "share"),
            Column("borough", "Here", "share"),
        ),
        (("2026-03", 0.7, 0.52), ("2026-06", 0.71, 0.55)),
    )
    chart = Chart("line", "Trust", "It goes up.", "quarter", ("borough", "london"))
    return burglary_fell(measure=TRUST, table=table, charts=(chart,))


@pytest.fixture
def accept(partnership, analyst, head):
    """Publish an assessment of which one finding is accepted."""

    def accepting(finding, *others):
        content = example(finding, *others)
        made = services.keep_assessment(content, partnership, by=analyst)
        services.decide(made, finding, Decision.Outcome.ACCEPTED, by=analyst)
        for each in others:
            aside = Decision.Outcome.SET_ASIDE
            services.decide(made, each, aside, reason="Too few.", by=analyst)
        services.publish(made, by=head)
        return made

    return accepting


def drawn_of(indicator):
    return {each.period: each.value for each in draw_from_findings(indicator)}


def test_the_months_of_an_accepted_finding_are_drawn_but_none_that_is_hidden(
    add_one, accept
):
    made = accept(by_month())
    burglary = add_one(**SOURCE)
    assert drawn_of(burglary) == {date(2026, 5, 1): 12, date(2026, 7, 1): 9}
    found = draw_from_findings(burglary)[0]
    assert found.releases == ("abc123abc123",)
    assert found.how == {
        "method": "change/1",
        "assessment": made.pk,
        "finding": made.content.findings[0].id,
        "title": "Burglary",
        "of": "March 2025 to February 2026",
    }


def test_a_finding_that_nobody_accepted_or_published_gives_nothing(
    add_one, accept, partnership, analyst
):
    accept(burglary_fell(), by_month(measure=Measure("x", "X", "offences", "neither")))
    services.keep_assessment(example(by_month()), partnership, by=analyst)
    assert drawn_of(add_one(**SOURCE)) == {}
    assert choices(partnership) == []


def test_the_newer_of_two_assessments_stands(add_one, accept):
    accept(by_month())
    accept(by_month((("2026-07", 10.0), ("2026-08", 11.0))))
    assert drawn_of(add_one(**SOURCE)) == {
        date(2026, 5, 1): 12,
        date(2026, 7, 1): 10,
        date(2026, 8, 1): 11,
    }


def test_only_counts_of_whole_quarters_are_added_up(add_one, accept):
    accept(by_month((("2026-04", 5.0), ("2026-05", 12.0), ("2026-06", 1.0))))
    counted = add_one(**SOURCE, frequency="quarter")
    measured = add_one(**SOURCE, title="M", frequency="quarter", kind="measured")
    assert drawn_of(counted) == {date(2026, 4, 1): 18}
    assert drawn_of(measured) == {}


def test_a_share_of_each_quarter_becomes_a_percentage_of_here(
    add_one, accept, partnership
):
    accept(by_quarter())
    trust = add_one(
        **{**SOURCE, "evidence": {"finding": "trust"}},
        kind="measured",
        frequency="quarter",
        roll_up="last",
        unit="%",
    )
    assert drawn_of(trust) == {
        date(2026, 1, 1): pytest.approx(52),
        date(2026, 4, 1): pytest.approx(55),
    }
    assert choices(partnership) == [
        ("trust", "Trust in the police (Example, each quarter)")
    ]


def test_the_sheet_leads_to_the_finding_and_says_release_and_method(
    client, add_one, accept, analyst, head
):
    made = accept(by_month())
    burglary = add_one(**SOURCE)
    assert take_drawn(burglary, draw_from_findings(burglary), by=analyst) == 2
    for each in burglary.returns.all():
        approve(each, by=head)
    page = " ".join(client.get(address("show", burglary.pk)).text.split())
    link = reverse("assessments:finding", args=[made.pk, made.content.findings[0].id])
    assert f'href="{link}"' in page
    assert "change/1; release abc123abc123." in page
    assert "Finding of March 2025 to February 2026" in page
    table = client.get(address("figures", burglary.pk, "csv")).text
    assert ",drawn,abc123abc123,change/1" in table


def test_what_is_drawn_is_returned_by_nobody(add_one, analyst):
    with pytest.raises(NotAllowed, match="drawn from evidence, so nobody returns it"):
        give(add_one(**SOURCE), Entry(date(2026, 6, 1), value=9), by=analyst)


def test_a_figure_returned_by_hand_is_never_replaced_by_one_drawn(
    indicator, fill, analyst, head
):
    fill(indicator, [50, 51])
    change_indicator(indicator, by=head, **SOURCE)
    drawn = [
        Drawn(date(2024, 10, 1), 90.0, ("r",)),
        Drawn(date(2024, 12, 1), 91.0, ("r",)),
    ]
    indicator.refresh_from_db()
    assert returned_by_hand(indicator, drawn) == 1
    assert take_drawn(indicator, drawn, by=analyst) == 1
    approve(indicator.returns.get(period=date(2024, 12, 1)), by=head)
    assert indicator.returns.get(period=date(2024, 10, 1)).value == 50


def test_two_sources_are_told_apart_on_the_sheet_and_in_the_picture(
    client, indicator, fill, analyst, head
):
    fill(indicator, [50, 51])
    change_indicator(indicator, by=head, **SOURCE)
    indicator.refresh_from_db()
    take_drawn(indicator, [Drawn(date(2024, 12, 1), 91.0, ("r",))], by=analyst)
    approve(indicator.returns.get(period=date(2024, 12, 1)), by=head)
    sheet = sheet_of(indicator, protected=False)
    assert sheet.changes_of_source == (2,)
    page = " ".join(client.get(address("show", indicator.pk)).text.split())
    assert "From December 2024 its figures are drawn from evidence" in page
    assert "Another source" in page


def test_a_locked_period_is_not_drawn_from_a_finding(add_one, accept, analyst):
    accept(by_month())
    burglary = add_one(**SOURCE, locked_through=date(2026, 5, 31))
    assert take_drawn(burglary, draw_from_findings(burglary), by=analyst) == 1


def test_a_finding_is_chosen_in_the_form(client, accept, analyst, council):
    accept(by_month())
    client.force_login(analyst)
    typed = {
        **{"title": "Robbery", "definition": "Of people.", "kind": "ratio"},
        **{"denominator": "all", "per": "100", "unit": "offences", "decimals": "0"},
        **{"polarity": "down", "frequency": "month", "roll_up": "sum"},
        **{"due_after": "30", "source": "finding", "owner": council.pk},
    }
    wrong = client.post(address("make"), typed).text
    assert "A finding gives one figure" in wrong
    assert "Say which finding it is drawn from." in wrong
    right = {**typed, "kind": "count", "finding": "burglary"}
    page = client.post(address("make"), right, follow=True).text
    assert "The accepted findings “burglary” of the assessment" in page
    assert "Draw new figures" in page
