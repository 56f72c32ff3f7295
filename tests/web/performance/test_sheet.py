"""What the sheet of an indicator says: figures, rating, chart, and both together."""

from datetime import date

import pytest
from web.performance.conftest import FIRST, QUIET

from saferplan.web.performance.figures import figures_of, in_words, rolled_up
from saferplan.web.performance.library import library_of
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.periods import label, period_of, plus_months, within
from saferplan.web.performance.picture import description_of, picture_of, ticks_over
from saferplan.web.performance.rating import rating_of
from saferplan.web.performance.sheet import sheet_of
from saferplan.web.performance.tables import figure_rows, quarters_of
from saferplan.web.performance.verdicts import compare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.mark.parametrize(
    ("value", "polarity", "colour"),
    [
        *((75, "up", "green"), (74.9, "up", "amber"), (60, "up", "amber")),
        *((59, "up", "red"), (75, "down", "green"), (80, "down", "amber")),
        *((91, "down", "red"), (None, "up", "")),
    ],
)
def test_a_rating_is_green_at_its_threshold_or_better(value, polarity, colour):
    amber = 60 if polarity == "up" else 90
    found = rating_of(value, polarity=polarity, green_from=75, amber_from=amber)
    assert found == colour


def test_what_is_due_and_not_there_is_not_reported_and_has_no_colour(add_one, fill):
    indicator = add_one(green_from=60, amber_from=70)
    fill(indicator, QUIET[:22])  # to July; August is due by the end of September
    sheet = sheet_of(indicator, protected=False)
    assert sheet.newest.label == "August 2026"
    assert (sheet.stands, sheet.rating) == ("Not reported", "")
    assert sheet.rating_tag[0] == "Not reported"
    assert "an older one does not stand in" in sheet.comparison.words


def test_a_figure_that_waits_is_said_to_wait(indicator, fill, partner_lead):
    from saferplan.web.performance.services.returning import Entry, give

    fill(indicator, QUIET[:22])
    give(indicator, Entry(date(2026, 8, 1), value=50), by=partner_lead)
    assert sheet_of(indicator, protected=False).stands == "Waiting"


def test_red_without_a_change_is_a_disagreement(add_one, fill):
    indicator = add_one(green_from=10, amber_from=20)
    fill(indicator, QUIET)
    sheet = sheet_of(indicator, protected=False)
    assert (sheet.rating, sheet.verdict) == ("red", "common cause")
    assert not sheet.comparison.agree
    assert "nothing has changed" in sheet.comparison.words


def test_green_that_gets_worse_is_a_disagreement(add_one, fill):
    indicator = add_one(green_from=80, amber_from=90)
    fill(indicator, [*QUIET[:23], 75])
    sheet = sheet_of(indicator, protected=False)
    assert (sheet.rating, sheet.verdict) == ("green", "concern")
    assert "worse than chance" in sheet.comparison.words


def test_a_colour_that_chance_decides_is_a_disagreement(add_one, fill):
    indicator = add_one(green_from=50, amber_from=52)
    fill(indicator, QUIET)
    sheet = sheet_of(indicator, protected=False)
    assert sheet.could_be == {"green", "amber", "red"}
    assert "from green to red" in sheet.comparison.words


def test_green_and_steady_agree():
    assert compare("green", "common cause", could_be=frozenset({"green"})).agree


def test_with_fewer_than_thirteen_figures_the_chart_cannot_tell(indicator, fill):
    fill(indicator, [*QUIET[:11], 500], first=plus_months(FIRST, 12))
    sheet = sheet_of(indicator, protected=False)
    assert sheet.verdict == "cannot tell"
    assert "needs 13" in sheet.because


def test_small_counts_have_a_chart_of_counts_and_rates_one_of_rates(
    indicator, add_one, fill
):
    fill(indicator, [2, 0, 1, 3, 1, 2, 0, 1, 2, 1, 1, 2] * 2)
    assert sheet_of(indicator, protected=False).reading.kind == "small counts"
    rate = add_one(title="Rate", kind="ratio", denominator="Residents", per=1_000)
    fill(rate, [(each, 20_000) for each in QUIET])
    sheet = sheet_of(rate, protected=False)
    assert sheet.reading.kind == "rates"
    assert sheet.newest.value == pytest.approx(2.5)
    assert sheet.reading.mean == pytest.approx(sum(QUIET) / 24 / 20)


def test_limits_do_not_reach_beyond_what_can_be(share, fill):
    fill(share, [(number, 100) for number in (99, 92, 97, 90, 98, 94) * 4])
    reading = sheet_of(share, protected=False).reading
    assert set(reading.upper) == {100}
    share.polarity = "neither"
    assert min(sheet_of(share, protected=False).reading.lower) > 0


def test_a_quarter_of_a_ratio_is_made_of_its_counts(share, fill):
    fill(share, [(1, 10), (90, 100), (5, 10)])
    months = figures_of(share, protected=False)[:3]
    assert rolled_up(share, months) == pytest.approx(100 * 96 / 120)
    share.roll_up = Indicator.RollUp.MEAN
    assert rolled_up(share, months) == pytest.approx((10 + 90 + 50) / 3)
    share.roll_up = Indicator.RollUp.LAST
    assert rolled_up(share, months) == 50


def test_a_quarter_that_lacks_a_month_has_no_figure(indicator, fill):
    fill(indicator, [50, None, 60, 40, 50, 60])
    found = quarters_of(sheet_of(indicator, protected=False))
    assert found[-2:] == [
        ("January to March 2025", "150", ""),
        ("October to December 2024", "1 missing", ""),
    ]


def test_small_counts_are_kept_from_those_outside(add_one, share, fill):
    indicator = add_one(title="Few", hides_small=True)
    fill(indicator, [7, 3, 0, 9])
    outside = figures_of(indicator, protected=True)
    assert [each.value for each in outside[:4]] == [7, None, 0, 9]
    assert outside[1].state == "hidden"
    assert figures_of(indicator, protected=False)[1].value == 3
    sheet = sheet_of(indicator, protected=True)
    assert 3 not in [row[1] for row in figure_rows(sheet)]
    assert quarters_of(sheet)[-1][1] == "1 missing"
    share.hides_small = True
    fill(share, [(30, 40), (38, 40)])
    assert [each.state for each in figures_of(share, protected=True)[:2]] == [
        *("approved", "hidden")  # two who were not satisfied
    ]


def test_a_hidden_figure_is_not_called_missing(add_one, fill):
    few = add_one(hides_small=True, green_from=1, amber_from=2)
    fill(few, [*([7] * 23), 3])
    sheet = sheet_of(few, protected=True)
    assert (sheet.stands, sheet.rating_tag[0]) == ("Hidden", "Hidden")
    assert "could point to a person" in sheet.comparison.words
    assert not sheet.is_missing
    inside = sheet_of(few, protected=False)
    assert (inside.stands, inside.rating) == ("3 offences", "red")


def test_what_was_approved_later_was_not_there_then(indicator, fill):
    fill(indicator, QUIET)
    then = figures_of(indicator, protected=False, on=date(2026, 6, 30))
    assert then[-1].label == "May 2026"
    assert then[-1].value == QUIET[19]


def test_the_picture_breaks_where_a_figure_is_missing(add_one, fill):
    indicator = add_one(target=40)
    fill(indicator, [*QUIET[:10], None, *QUIET[11:23], 90])
    sheet = sheet_of(indicator, protected=False)
    picture = picture_of(sheet)
    assert picture.line.count("M") == 2
    assert len(picture.dots) == 23
    assert picture.dots[-1].mark == "diamond"
    assert len(picture.missing) == 1
    assert {each.text for each in picture.names} == {
        *("Upper limit", "Mean", "Lower limit", "Target")
    }
    heights = [each.y for each in picture.names]
    assert all(b - a >= 15 for a, b in zip(heights, heights[1:], strict=False))
    said = description_of(sheet)
    assert "Worse than chance: September 2026." in said
    assert "Without a figure: August 2025." in said


def test_ticks_are_round_and_reach_over_everything():
    assert ticks_over([61.2, 78.9]) == [60, 65, 70, 75, 80]
    assert ticks_over([0.12, 0.31])[-1] >= 0.31
    assert ticks_over([5, 5])[0] <= 5 < ticks_over([5, 5])[-1]
    assert ticks_over([0, 0])[-1] > 0


def test_a_page_says_how_many_alarms_to_expect_of_nothing(add_one, fill):
    for number in range(3):
        fill(add_one(title=f"Indicator {number}"), QUIET)
    add_one(title="Empty")
    found = library_of(Indicator.objects.with_all(), inside=lambda each: True)
    assert (found.charted, found.signals) == (3, 0)
    assert found.alarms.expected == pytest.approx(3 * 0.016, abs=0.01)


def test_periods_are_of_the_financial_year():
    assert label("quarter", date(2026, 1, 1)) == "January to March 2026"
    assert period_of("year", date(2026, 4, 1)) == date(2026, 4, 1)
    quarter = (date(2026, 1, 1), date(2026, 3, 31))
    assert len(within("month", *quarter)) == 3
    assert within("year", *quarter) == [date(2025, 4, 1)]
    assert within("year", date(2026, 4, 1), date(2026, 6, 30)) == []


def test_figures_have_their_unit(indicator, share):
    assert in_words(indicator, 1204) == "1,204 offences"
    assert in_words(share, 62.4) == "62%"
