"""Measure, print, and write docs/reference/benchmarks.md and .csv."""

import argparse
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks import (
    answers,
    assess,
    charts,
    consultation,
    count,
    disclosure,
    first_answers,
    load,
    page,
    payment,
    places,
)
from benchmarks.apart import ROOT
from benchmarks.charts import SERIES
from benchmarks.payment import COHORTS
from benchmarks.result import Result, as_csv, read_rows, rows_of, sections

ROWS = 5_000_000
REPORT = ROOT / "docs" / "reference" / "benchmarks.md"

HEADER = """\
# Benchmarks

Written by `make benchmarks`, or a part of it by `python -m benchmarks` and its name;
change the measure in `benchmarks/`, not this page.

Each figure is a median of several turns, taken turn and turn about with its peer in one
run, so that a slow machine slows both. CPU seconds are those of the process and its
children. A limit is kept or it is not; a ratio is worth more than a number of seconds,
which is this machine's. The same as [CSV](benchmarks.csv).

"""


def main() -> int:
    choice = arguments()
    rows = ROWS // 10 if choice.small else ROWS
    boroughs = 7 if choice.small else assess.LONDON
    measures: dict[str, Callable[[], list[Result]]] = {
        "load": lambda: load.measure(rows),
        "count": lambda: count.measure(rows),
        "assess": lambda: assess.measure(boroughs),
        "page": lambda: page.measure(boroughs),
        "places": places.measure,
        "charts": lambda: charts.measure(SERIES // 10 if choice.small else SERIES),
        "payment": lambda: payment.measure(COHORTS // 10 if choice.small else COHORTS),
        "disclosure": lambda: disclosure.measure(
            disclosure.TABLES // 10 if choice.small else disclosure.TABLES
        ),
        "answers": lambda: (
            answers.measure(2, answers.ANSWERS // 10)
            if choice.small
            else answers.measure()
        ),
        "consultation": lambda: consultation.measure(
            consultation.SMALL if choice.small else consultation.WHOLE
        ),
        "first_answers": lambda: first_answers.measure(1 if choice.small else 5),
    }
    kept = True
    for name in choice.names or measures:
        results = measures[name]()
        for result in results:
            print(" | ".join(result.cells), flush=True)
            kept = kept and result.kept
        if not choice.small:
            write(rows_of(name, where(), results), list(measures))
    return int(not kept)


def write(new: list[dict[str, str]], order: list[str]) -> None:
    """Put what was taken now in the place of what was taken of the same before."""
    file = REPORT.with_suffix(".csv")
    old = read_rows(file.read_text(encoding="utf-8")) if file.exists() else []
    rows = [row for row in old if row["measure"] != new[0]["measure"]] + new
    rows.sort(key=lambda row: order.index(row["measure"]))
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_csv(rows), encoding="utf-8")
    REPORT.write_text(HEADER + sections(rows), encoding="utf-8")
    print(f"Written to {REPORT.relative_to(ROOT)}, and as CSV beside it.")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", help="load, count, page, places, ...")
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    return parser.parse_args()


def where() -> str:
    """Say what the figures were taken on."""
    load_now = os.getloadavg()[0]
    return (
        f"Taken on {datetime.now(UTC):%-d %B %Y} with Python "
        f"{platform.python_version()} on {platform.system()}, "
        f"{os.cpu_count()} cores. {busy(load_now)}"
    )


def busy(load_now: float) -> str:
    """Say whether other work got in the way, for which no median makes up."""
    if load_now > 1.5 * (os.cpu_count() or 1):
        return (
            "Other programs were busy on the machine, so seconds by the clock are "
            "longer than they need be."
        )
    return "Little else was running."


if __name__ == "__main__":
    sys.exit(main())
