"""A small assessment made by hand, with every kind of chart and of trouble."""

from datetime import date

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

BOROUGH = Area("E09000099", "Northbridge", "borough")
YEAR = Period(date(2025, 3, 1), date(2026, 2, 28), "March 2025 to February 2026")
BURGLARY = Measure("burglary", "Burglary", "offences", "down is good")


def monthly():
    """Two years of months, with one that was never sent."""
    months = [f"{2024 + m // 12}-{m % 12 + 1:02d}" for m in range(24)]
    counts = [100 + (m * 37) % 23 for m in range(24)]
    counts[7] = None
    return Table(
        "Burglary in each month",
        (Column("month", "Month", "month"), Column("offences", "Offences", "offences")),
        tuple(zip(months, counts, strict=True)),
        notes=("August 2024 was not published.",),
    )


def by_ward(sensitive=()):
    columns = (
        Column("ward", "Ward"),
        Column("code", "Code"),
        Column("residents", "Residents", "people"),
        Column("offences", "Offences", "offences"),
        Column("rate", "Rate", "offences per 1,000 residents", 1),
        Column("lower", "Lower limit", "offences per 1,000 residents", 1),
        Column("upper", "Upper limit", "offences per 1,000 residents", 1),
    )
    people = [11000, 12500, 14000, 16000]
    counts = [3, 95, 130, 320] if sensitive else [80, 95, 130, 320]
    rows = tuple(
        (
            ["Ashgrove", "=Bank & Bridge", "<Castle>", "Dale"][n],
            f"E0500000{n}",
            people[n],
            counts[n],
            counts[n] / people[n] * 1000,
            7.0 - n / 2,
            14.0 + n / 2,
        )
        for n in range(4)
    )
    return Table("Burglary by ward", columns, rows, sensitive=tuple(sensitive))


def finding(**options):
    usual = {
        "head": "levels",
        "topic": "burglary",
        "measure": BURGLARY,
        "area": BOROUGH,
        "period": YEAR,
        "sentence": "Burglary fell by 12% to 1,100 offences.",
        "value": 1100.0,
        "interval": Interval(1035.1, 1167.0),
        "verdict": "real change",
        "method": "saferplan.methods.change, version 1",
        "releases": ("r1",),
        "comparison": "March 2024 to February 2025",
        "change": -0.12,
        "change_interval": Interval(-0.19, -0.04),
        "caveats": ("Recorded crime leaves out what nobody reports.",),
        "definition": "Entering a building to steal.",
    }
    return Finding(**{**usual, **options})


def square(n):
    x, y = -0.05 + 0.01 * (n % 2), 51.4 + 0.01 * (n // 2)
    return Outline(
        f"E0500000{n}",
        ["Ashgrove", "=Bank & Bridge", "<Castle>", "Dale"][n],
        "ward",
        (((x, y), (x + 0.01, y), (x + 0.01, y + 0.01), (x, y + 0.01), (x, y)),),
    )


def assessment(*extra):
    trend = Chart(
        "line", "Burglary, month by month", "It falls.", "month", ("offences",)
    )
    funnel = Chart(
        "funnel",
        "Which wards stand out",
        "Dale does.",
        "residents",
        ("rate",),
        "lower",
        "upper",
        reference=(12.0, "Borough"),
    )
    chart_map = Chart(
        "map", "Where it is", "Most in Dale.", "code", ("rate",), area_set="ward"
    )
    whiskers = Chart(
        "intervals", "Rates", "Dale is highest.", "ward", ("rate",), "lower", "upper"
    )
    bars = Chart(
        "bars",
        "Wards in order",
        "Dale is highest.",
        "ward",
        ("rate",),
        highlight="Dale",
        reference=(12.0, "London"),
    )
    wards = Measure("burglary by ward", "Burglary by ward", "offences", "down is good")
    return Assessment(
        area=BOROUGH,
        findings=(
            finding(head="changes", table=monthly(), charts=(trend,)),
            finding(
                measure=wards,
                verdict="level only",
                comparison=None,
                change=None,
                change_interval=None,
                table=by_ward(),
                charts=(funnel, chart_map, whiskers, bars),
            ),
            *extra,
        ),
        gaps=(Gap("delivery", "last year’s plan", "No plan is loaded.", "Load one."),),
        releases=(
            ReleaseCited(
                "r1",
                "mps-ward",
                "Recorded crime by ward",
                "mps",
                "Open Government Licence v3.0",
                date(2026, 4, 2),
                1234,
                5,
            ),
        ),
        saferplan_version="0.1.0",
        outlines=tuple(square(n) for n in range(4)),
    )
