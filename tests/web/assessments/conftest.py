"""An assessment made by hand, kept as a draft or published."""

from datetime import date

import pytest

from saferplan.assessment.finding import (
    Area,
    Assessment,
    Chart,
    Column,
    Finding,
    Gap,
    Interval,
    Measure,
    Outline,
    Period,
    ReleaseCited,
    Table,
)
from saferplan.web.assessments import services
from saferplan.web.assessments.models import Decision

AREA = Area("E09000099", "Example", "borough")
YEAR = Period(date(2025, 3, 1), date(2026, 2, 28), "March 2025 to February 2026")
BURGLARY = Measure("burglary", "Burglary", "offences", "down is good")
WARDS = Table(
    "Burglary by ward",
    (
        Column("code", "Code"),
        Column("ward", "Ward"),
        Column("rate", "Rate", "per 1,000 residents", 1),
    ),
    (("E05000001", "=East", 12.5), ("E05000002", "West", None)),
)


def square(code, name, left):
    ring = ((left, 51.0), (left + 1, 51.0), (left + 1, 52.0), (left, 52.0))
    return Outline(code, name, "ward", ((*ring, ring[0]),))


def burglary_fell(**changes):
    return Finding(
        **{
            "head": "changes",
            "topic": "burglary",
            "measure": BURGLARY,
            "area": AREA,
            "period": YEAR,
            "sentence": "Burglary fell by 12%, from 2,000 to 1,760.",
            "value": 1760.0,
            "interval": Interval(1679, 1844),
            "verdict": "real change",
            "method": "change/1",
            "releases": ("abc123abc123",),
            "comparison": "the twelve months before",
            "change": -0.12,
            "change_interval": Interval(-0.18, -0.06),
            "caveats": ("Figures of recent months may still be revised.",),
            "definition": "Offences recorded as burglary.",
        }
        | changes
    )


def wards_differ():
    return Finding(
        head="levels",
        topic="burglary",
        measure=Measure("burglary by ward", "Burglary by ward", "per 1,000", "neither"),
        area=AREA,
        period=YEAR,
        sentence="East has the highest rate.",
        value=12.5,
        interval=None,
        verdict="level only",
        method="rates/1",
        releases=("abc123abc123",),
        table=WARDS,
        charts=(
            Chart(
                "map",
                "Burglary by ward",
                "A map of two wards; East is the darkest.",
                "code",
                ("rate",),
                area_set="ward",
            ),
        ),
    )


def example(*findings):
    return Assessment(
        area=AREA,
        findings=findings or (burglary_fell(), wards_differ()),
        gaps=(
            Gap(
                "delivery",
                "last year's plan",
                "We do not know how last year's plan was carried out.",
                "Record what became of each action.",
            ),
        ),
        releases=(
            ReleaseCited(
                "abc123abc123",
                "mps-recorded-crime",
                "Recorded crime",
                "Metropolitan Police Service",
                "Open Government Licence v3.0",
                date(2026, 3, 10),
                1_000,
                3,
            ),
        ),
        saferplan_version="0.1.0",
        outlines=(square("E05000001", "East", 0.0), square("E05000002", "West", 1.0)),
    )


@pytest.fixture(autouse=True)
def places(settings, tmp_path, monkeypatch):
    """Every test has its own evidence store and its own folder of files."""
    settings.FILES = tmp_path / "files"
    monkeypatch.setenv("SAFERPLAN_STORE", str(tmp_path / "store"))
    return tmp_path


@pytest.fixture
def draft(partnership, analyst):
    return services.keep_assessment(example(), partnership, by=analyst)


@pytest.fixture
def published(draft, head):
    burglary, wards = draft.content.findings
    services.decide(draft, burglary, Decision.Outcome.ACCEPTED, by=head)
    services.decide(draft, wards, "set aside", by=head, reason="Two wards only.")
    services.publish(draft, by=head)
    draft.refresh_from_db()
    return draft
