"""Indicators in the pack that a board has before it."""

import io
import time
from datetime import date
from uuid import uuid4

import pytest
from docx import Document
from web.performance.conftest import QUIET

from saferplan.reports.board_pack import pack_to_docx, pack_to_pdf
from saferplan.web.performance.periods import plus_months
from saferplan.web.performance.services.grouping import GroupFigure
from saferplan.web.performance.services.keeping import change_indicator
from saferplan.web.performance.services.returning import Entry, approve, give
from saferplan.web.plans.packing import pack_of
from saferplan.web.plans.services.importing import make_of, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SUMMER = {"begins": date(2026, 7, 1), "ends": date(2026, 9, 30)}
NO_COUNTS = {"numerator": None, "denominator": None}
SPRING = {"begins": date(2026, 4, 1), "ends": date(2026, 6, 30)}


@pytest.fixture
def measured(action, add_one, fill, head):
    """An action with an indicator that is red, of which nothing has changed."""
    found = add_one(green_from=10, amber_from=20, target=10)
    change_indicator(found, by=head, actions=[action])
    fill(found, QUIET)
    return action.plan


def test_a_pack_has_the_rating_beside_the_chart_and_where_they_disagree(measured):
    pack = pack_of(measured, **SUMMER)
    (row,) = pack["indicators"]
    assert row["note"].startswith("The two disagree.")
    assert {name: row[name] for name in ("title", "value", "target", "rating")} == {
        "title": "Burglary",
        "value": "50 offences, September 2026",
        "target": "10 offences",
        "rating": "Red",
    }
    assert row["chart"] == "No change beyond chance."
    assert pack["summary"][-1] == (
        "1 indicator measures it; of 1 the agreed rating and the control chart "
        "disagree."
    )
    assert any("would show a change if nothing" in note for note in pack["notes"])


def test_a_pack_of_an_earlier_quarter_ends_with_it(measured):
    (row,) = pack_of(measured, **SPRING)["indicators"]
    assert row["value"] == "49 offences, June 2026"


def test_what_was_not_reported_is_said_and_an_older_figure_does_not_stand_in(
    measured, add_one, fill, head
):
    silent = add_one(title="Robbery", green_from=60, amber_from=70)
    change_indicator(silent, by=head, actions=measured.actions.all())
    fill(silent, QUIET[:20])
    pack = pack_of(measured, **SUMMER)
    rows = {row["title"]: row for row in pack["indicators"]}
    assert rows["Robbery"]["value"] == "Not reported, August 2026"
    assert rows["Robbery"]["rating"] == "Not reported"
    assert "2 indicators measure it; 1 is not reported;" in pack["summary"][-1]


def test_a_plan_that_nothing_measures_has_a_pack_without_indicators(action, indicator):
    assert pack_of(action.plan, **SUMMER)["indicators"] == []


@pytest.fixture
def by_sex(add_one, share_words, action, analyst, head):
    """A share by sex in three months: few men were asked in the last of them."""
    found = add_one(
        **share_words,
        groups=[{"by": "Sex", "groups": ["Women", "Men"]}],
        groups_add="weighted",
    )
    change_indicator(found, by=head, actions=[action])

    def bringing(*months):
        for period, women, men in months:
            groups = (
                GroupFigure("Sex", "Women", *women),
                GroupFigure("Sex", "Men", *men),
            )
            approve(give(found, Entry(period, groups=groups), by=analyst), by=head)

    return action.plan, bringing


def test_a_pack_has_the_newest_figure_of_each_group_under_that_of_everybody(by_sex):
    plan, bring = by_sex
    bring((date(2026, 9, 1), (60, 80), (10, 40)))
    (table,) = pack_of(plan, **SUMMER)["groups"]
    assert table["title"] == "Victims satisfied, by sex"
    assert table["headings"] == ["Group", "September 2026"]
    assert table["rows"] == [
        ["Everybody", "58% (70 of 120)"],
        ["Women", "75% (60 of 80)"],
        ["Men", "25% (10 of 40)"],
    ]
    assert pack_of(plan, **SPRING)["groups"] == []


def test_a_pack_has_twelve_months_of_a_group_with_what_chance_allows(by_sex):
    plan, bring = by_sex
    months = [plus_months(date(2025, 10, 1), at) for at in range(12)]
    bring(*((each, (60, 80), (10, 40)) for each in months[1:]))
    (table,) = pack_of(plan, **SUMMER)["groups"]
    assert table["headings"] == ["Group", "September 2026"]
    bring((months[0], (60, 80), (10, 40)))
    (table,) = pack_of(plan, **SUMMER)["groups"]
    assert table["headings"][2:] == ["Last twelve months", "95% interval"]
    assert table["rows"][1] == [
        "Women",
        "75% (60 of 80)",
        "75% (720 of 960)",
        "72 to 78%",
    ]


def test_a_pack_says_why_twelve_months_of_a_group_are_not_told(by_sex):
    plan, bring = by_sex
    months = [plus_months(date(2025, 10, 1), at) for at in range(12)]
    bring(*((each, (60, 80), (10, 40)) for each in months[1:]))
    bring((months[0], (60, 80), (3, 40)))
    (table,) = pack_of(plan, **SUMMER)["groups"]
    assert table["rows"][2] == [
        "Men",
        "25% (10 of 40)",
        "Part of it is hidden",
        "None",
    ]


def test_a_pack_hides_a_small_group_and_the_one_that_would_give_it_away(by_sex):
    plan, bring = by_sex
    bring((date(2026, 9, 1), (60, 80), (3, 40)))
    pack = pack_of(plan, **SUMMER)
    assert pack["groups"][0]["rows"][1:] == [["Women", "Hidden"], ["Men", "Hidden"]]
    assert any("could point to a person" in note for note in pack["notes"])


def test_the_documents_say_what_the_pack_says(measured):
    pack = pack_of(measured, **SUMMER)
    document = Document(io.BytesIO(pack_to_docx(pack)))
    cells = [
        cell.text
        for table in document.tables
        for each in table.rows
        for cell in each.cells
    ]
    assert any("The two disagree." in text for text in cells)
    assert pack_to_pdf(pack).startswith(b"%PDF")


def halves(value):
    day = value // 2
    shares = {"By day": day, "By night": value - day}
    return [
        {"by": "Hour", "group": g, "value": v, **NO_COUNTS} for g, v in shares.items()
    ]


def test_a_pack_of_200_actions_and_60_indicators_takes_less_than_15_seconds(
    add_one, fill, head
):
    rows = "".join(f"\tVisit shops in street {n}\tMarch 27\t\n" for n in range(200))
    text = f"Plan 26-27\n\nTheft\n\n\tActions\tTime frame\tCompleted\n{rows}"
    plan = make_of(take_in(text.encode(), "plan.txt", token=uuid4(), by=head), by=head)
    for number, action in enumerate(plan.actions.all()[:60]):
        counted = add_one(
            title=f"Thefts in street {number}",
            target=10,
            groups=[{"by": "Hour", "groups": ["By day", "By night"]}],
            groups_add="sum",
        )
        change_indicator(counted, by=head, actions=[action])
        fill(counted, QUIET, groups=halves)
    begun = time.process_time()
    pack = pack_of(plan, **SUMMER)
    pdf, docx = pack_to_pdf(pack), pack_to_docx(pack)
    assert time.process_time() - begun < 15
    assert len(pack["indicators"]) == len(pack["groups"]) == 60
    assert pdf.startswith(b"%PDF")
    assert len(Document(io.BytesIO(docx)).tables) > 2
