"""The data that is measured: made once and kept in var/benchmarks."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import rmtree

from benchmarks.apart import ROOT, saferplan
from saferplan.synthetic import street_files, write_borough

PLACE = ROOT / "var" / "benchmarks"
FILES = 100


def street(rows: int) -> Path:
    """Return a folder with this many rows of street-level crime in a hundred files."""
    folder = PLACE / f"street-{rows}"

    def make() -> None:
        street_files(folder, rows=rows, files=FILES)

    return once(folder, {"rows": rows, "files": FILES}, make)


@cache
def city(boroughs: int) -> Path:
    """Return a store that holds an invented city of this many boroughs."""
    place = PLACE / f"city-{boroughs}"

    def make() -> None:
        write_borough(place / "files", boroughs=boroughs)

    once(place, {"boroughs": boroughs}, make)
    # Loaded anew in every run: a store of an earlier version may be laid out otherwise.
    rmtree(place / "store", ignore_errors=True)
    saferplan("load", place / "files", SAFERPLAN_STORE=str(place / "store"))
    return place / "store"


def once(folder: Path, what: dict[str, int], make: Callable[[], None]) -> Path:
    """Make the folder unless it was made whole before, of the same things."""
    note = folder / "made.json"
    if not note.exists() or json.loads(note.read_text()) != what:
        rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"Making {folder.relative_to(ROOT)} ...", flush=True)
        make()
        note.write_text(json.dumps(what))
    return folder
