"""Figures drawn from the evidence store, which wait for approval all the same."""

from datetime import date

import polars as pl
import pytest

from saferplan.errors import NotAllowed
from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading
from saferplan.store.slices import polars_schema
from saferplan.web.performance.evidence import COUNTED, Drawn, draw, whole_periods
from saferplan.web.performance.models import Return
from saferplan.web.performance.services.drawing import take_drawn
from saferplan.web.performance.services.keeping import change_indicator
from saferplan.web.performance.services.returning import approve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ROWS = [
    # area, month, category, offences
    ("E09000099", date(2026, 5, 1), "Burglary", 7),
    ("E09000099", date(2026, 5, 1), "Burglary", 5),
    ("E09000099", date(2026, 5, 1), "Robbery", 90),
    ("E09000098", date(2026, 5, 1), "Burglary", 800),
    ("E09000099", date(2026, 6, 1), "Burglary", 9),
]


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFERPLAN_STORE", str(tmp_path / "store"))
    return EvidenceStore(tmp_path / "store")


@pytest.fixture
def burglary(add_one):
    where = {"dataset": "recorded_crime", "area": "E09000099", "measure": "Burglary"}
    return add_one(source="evidence", evidence=where)


def crimes():
    dataset = DATASETS["recorded_crime"]
    known = {"publisher": "Example", "area_set": "borough", "scheme": "mps-2024"}
    rows = [
        {**known, "area_code": area, "month": month, "major": major, "offences": count}
        for area, month, major, count in ROWS
    ]
    empty = {name: None for name in dataset.schema.names}
    return pl.DataFrame([{**empty, **row} for row in rows], polars_schema(dataset))


def loaded(store):
    kept = crimes()
    file = FileFacts("crime.csv", "0" * 64, 100)
    store.load(
        [
            Reading(
                source="mps-monthly",
                dataset="recorded_crime",
                file=file,
                kept=kept,
                rows_read=len(kept),
                published=date(2026, 7, 1),
            )
        ],
        by="analyst",
    )


def test_months_of_one_area_and_one_category_are_counted(store, burglary):
    assert draw(burglary) == []
    loaded(store)
    found = draw(burglary)
    assert [(each.period.month, each.value) for each in found] == [(5, 12), (6, 9)]
    release = store.releases()[0].id
    assert found[0].releases == (release,)
    burglary.evidence["measure"] = "All"
    assert draw(burglary)[0].value == 102
    burglary.evidence["measure"] = "Robbery"
    assert [each.value for each in draw(burglary)] == [90, 0]


def test_a_quarter_that_lacks_a_month_is_left_out_not_counted_low():
    months = {date(2026, month, 1): float(month) for month in (1, 2, 3, 4, 6)}
    found = whole_periods("quarter", months, lambda used: ("r",))
    assert found == [Drawn(date(2026, 1, 1), 6.0, ("r",), COUNTED)]


def test_what_is_drawn_waits_for_approval_and_is_drawn_again_only_if_it_changed(
    burglary, analyst, head
):
    may = Drawn(date(2026, 5, 1), 12.0, ("r1",))
    june = Drawn(date(2026, 6, 1), 9.0, ("r1",))
    assert take_drawn(burglary, [may, june], by=analyst) == 2
    assert take_drawn(burglary, [may, june], by=analyst) == 0
    for each in Return.objects.all():
        approve(each, by=head)
    revised = Drawn(date(2026, 6, 1), 11.0, ("r2",))
    assert take_drawn(burglary, [may, revised], by=analyst) == 1
    waiting = Return.objects.in_hand().get()
    assert (waiting.value, waiting.number, waiting.drawn_from) == (11, 2, ["r2"])
    assert waiting.note == "The publisher has revised its figures."


def test_a_locked_period_is_not_drawn_again(burglary, analyst, head):
    may = Drawn(date(2026, 5, 1), 12.0, ("r1",))
    change_indicator(burglary, by=head, locked_through=date(2026, 5, 31))
    assert take_drawn(burglary, [may], by=analyst) == 0


def test_what_is_returned_by_hand_is_not_drawn(indicator, analyst, partner_lead):
    with pytest.raises(NotAllowed, match="not drawn"):
        take_drawn(indicator, [], by=analyst)
    with pytest.raises(NotAllowed, match="This is for"):
        take_drawn(indicator, [], by=partner_lead)
