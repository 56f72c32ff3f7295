"""saferplan check: run the checks of the project, and say what each method rests on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, tell

if TYPE_CHECKING:
    import pandas as pd

CHECKOUT = Path(__file__).parents[3]
BENCHMARKS = "docs/reference/benchmarks.csv"
KINDS = ("published", "second_road", "property_of")  # as pyproject.toml has the marks
IN_WORDS = {
    "published": "a published value",
    "second_road": "a second road",
    "property_of": "a property",
}

check = typer.Typer(help="Check what the answers rest on.", no_args_is_help=True)


@check.callback()
def main() -> None:
    """Check what the answers rest on."""


@check.command()
def methods(
    csv: CsvOption = None,
    as_json: JsonOption = False,
    at_once: Annotated[
        int, typer.Option(help="Tests at once; 0 for as many as the machine has cores.")
    ] = 0,
) -> None:
    """
    Run the tests of the methods, and say how many checks of each kind each passed.

    It leaves with 1 if a check failed or was skipped, or if a method has no published
    value, no second road or no property. The tests are in the project's checkout.
    """
    with errors_in_one_line():
        results = in_a_bar(
            run_tests(checkout(), at_once=at_once or os.cpu_count() or 1)
        )
        checks = checks_by_method(results)
        said = list(summary(checks, results))
        wrong = problems(checks, results)
        table = table_of(checks, read_benchmarks(CHECKOUT / BENCHMARKS))
        tell([*said, *wrong], table, as_json=as_json, csv=csv)
    raise typer.Exit(int(bool(wrong)))


@dataclass
class Checks:
    """What a method rests on: for each kind how many tests, and how many passed."""

    tests: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    passed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    seconds: float = 0.0


def checkout() -> Path:
    from saferplan.errors import SourceMissing

    if not (CHECKOUT / "tests/methods").is_dir():
        raise SourceMissing(
            "The checks of the methods are not installed with the package. They are "
            "in the project's checkout: run `saferplan check methods` from there, "
            "after `make test` has set it up."
        )
    return CHECKOUT


def run_tests(root: Path, *, at_once: int = 1) -> Iterator[dict[str, Any]]:
    """Run every test that is marked as a check of a method. Yield what each told."""
    from saferplan.errors import SourceChanged

    with subprocess.Popen(
        [
            *(sys.executable, "-m", "pytest", "tests/methods"),
            *("-m", " or ".join(KINDS)),
            *("-p", "saferplan.cli.check_report", "-p", "no:terminal"),
            *(("-n", str(at_once)) if at_once > 1 and find_spec("xdist") else ()),
        ],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as tests:
        assert tests.stdout is not None
        complaint = ""
        told = 0
        for line in tests.stdout:
            if line.startswith("{"):
                told += 1
                yield json.loads(line)
            else:
                complaint += line
    # It leaves with more than 2 where it was called wrongly, or found no test.
    if told == 0 or tests.returncode > 2:
        raise SourceChanged(
            f"The tests of the methods did not run. Run `make test` to install what "
            f"they need, then try again. {complaint.strip()[-500:]}"
        )


def in_a_bar(told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Collect what the tests tell, with a bar for a person who waits."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    results = []
    with Progress(
        TextColumn("Checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("", total=None)
        for each in told:
            if "tests" in each:
                bar.update(task, total=each["tests"])
                continue
            results.append(each)
            name = each["test"].rpartition("::")[2].replace("_", " ")
            bar.update(task, advance=1, description=name[:50])
    return results


def checks_by_method(results: Iterable[dict[str, Any]]) -> dict[str, Checks]:
    from saferplan.methods import METHODS

    checks = {name: Checks() for name in METHODS}
    for each in results:
        for kind in KINDS:
            for name in each.get(kind, ()):
                of_method = checks.setdefault(name, Checks())
                of_method.tests[kind] += 1
                of_method.passed[kind] += each["outcome"] == "passed"
        for name in {name for kind in KINDS for name in each.get(kind, ())}:
            checks[name].seconds += each["seconds"]
    return checks


def summary(checks: dict[str, Checks], results: list[dict[str, Any]]) -> Iterator[str]:
    passed = sum(each["outcome"] == "passed" for each in results)
    skipped = sum(each["outcome"] == "skipped" for each in results)
    yield (
        f"{len(checks):,} methods, {len(results):,} checks: {passed:,} passed, "
        f"{len(results) - passed - skipped:,} failed, {skipped:,} skipped."
    )


def problems(checks: dict[str, Checks], results: list[dict[str, Any]]) -> list[str]:
    """Say everything that keeps the answer from being: all is checked."""
    from saferplan.methods import METHODS

    lacking = [
        f"{name} lacks {', '.join(none)}."
        for name, of_method in checks.items()
        if (none := [IN_WORDS[kind] for kind in KINDS if not of_method.tests[kind]])
    ]
    unknown = [
        f"A test names {name}, and no method is called that."
        for name in checks
        if name not in METHODS
    ]
    amiss = [
        f"{each['test']} {each['outcome']}: {each['why']}"
        for each in results
        if each["outcome"] != "passed"
    ]
    return [*lacking, *unknown, *amiss]


def table_of(checks: dict[str, Checks], benchmarks: dict[str, str]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(
        {"method": name}
        | {kind: f"{c.passed[kind]} of {c.tests[kind]}" for kind in KINDS}
        | {"seconds": round(c.seconds, 2), "benchmark": benchmarks.get(name, "")}
        for name, c in checks.items()
    ).rename(columns={"property_of": "properties"})


def read_benchmarks(file: Path) -> dict[str, str]:
    """Return what was last measured of each method, in words."""
    import csv

    if not file.is_file():
        return {}
    measured: dict[str, list[str]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["method"]:
                times = row["times"] and f"{row['times']} times less than the peer"
                found = times or f"{row['figure']} {row['unit']}"
                measured.setdefault(row["method"], []).append(found)
    return {name: "; ".join(dict.fromkeys(each)) for name, each in measured.items()}
