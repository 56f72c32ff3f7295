"""
Assess one borough, and all of a city as large as London, from a loaded store.

The limits are in seconds by the clock: other work on the machine lengthens them.
"""

from pathlib import Path
from shutil import rmtree

from benchmarks.apart import Cost, middle, saferplan
from benchmarks.made import PLACE, city
from benchmarks.result import Result

TURNS = 3
MOST_FOR_ONE = 10
MOST_FOR_ALL = 120
LONDON = 33


def measure(boroughs: int = LONDON) -> list[Result]:
    """Write every report: JSON, HTML, PDF, ODS and XLSX."""
    store = city(boroughs)
    one = [report(store, "--area", "E09000901") for _turn in range(TURNS)]
    every = report(store, "--all-boroughs")
    first = middle(one)
    return [
        Result(
            what="Assess one borough and write its report",
            ours=f"{first.cpu:.1f} s CPU, {first.memory:,.0f} MiB",
            figure=first.clock,
            limit=MOST_FOR_ONE,
            unit="s",
        ),
        Result(
            what=f"Assess all {boroughs} boroughs and write their reports",
            ours=f"{every.cpu:.1f} s CPU, {every.memory:,.0f} MiB",
            figure=every.clock,
            limit=MOST_FOR_ALL,
            unit="s",
        ),
    ]


def report(store: Path, *what: str) -> Cost:
    out = PLACE / "reports"
    rmtree(out, ignore_errors=True)
    return saferplan("assess", *what, "--out", out, SAFERPLAN_STORE=str(store))
