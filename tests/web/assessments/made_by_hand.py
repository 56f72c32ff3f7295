"""An assessment of an invented borough, small enough to read."""

import zlib
from datetime import date

import polars as pl

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
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading
from saferplan.store.slices import polars_schema

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


def one_population(name="people.csv", people=100, refused=False):
    """A reading of how many people live in a place, and perhaps one refused row."""
    row = {
        "publisher": "ons",
        "unit": "people",
        "area_set": "borough",
        "vintage": 2024,
        "area_code": "E09000099",
        "year": 2024,
        "count": people,
    }
    kept = pl.DataFrame([row], schema=polars_schema(DATASETS["population"]))
    refusals = {"line": [3], "reason": ["The count is not a number."], "text": ["=1"]}
    rows = pl.DataFrame(refusals) if refused else pl.DataFrame(refusals).clear()
    return Reading(
        source="ons-population",
        dataset="population",
        file=FileFacts(name, f"{zlib.crc32(f'{name} {people}'.encode()):064x}", 100),
        kept=kept,
        rows_read=len(kept) + len(rows),
        published=date(2025, 7, 1),
        refused=rows,
    )
