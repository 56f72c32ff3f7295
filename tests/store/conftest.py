"""Readings small enough to add up in the head, and a store to put them in."""

import importlib.util
import pickle
import subprocess
import sys
import tempfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import REFUSED_COLUMNS, FileFacts, Reading
from saferplan.store.slices import polars_schema

CRIME = "recorded_crime"
MEMORY = Path("/dev/shm")
LOADS_APART = Path(__file__).with_name("loads_apart.py")


def month(text):
    year, number = text.split("-")
    return date(int(year), int(number), 1)


def crime_rows(*rows):
    """Rows of recorded_crime from (area, "2024-01", offences)."""
    return pl.DataFrame(
        [
            {
                "publisher": "mps",
                "area_set": "borough",
                "vintage": 2024,
                "area_code": area,
                "month": month(text),
                "scheme": "mps",
                "major": "Theft",
                "minor": "Shoplifting",
                "offences": offences,
            }
            for area, text, offences in rows
        ],
        schema=polars_schema(DATASETS[CRIME]),
    )


def make_reading(*rows, published="2024-06", refused=(), name=None, **changes):
    """A reading of rows (area, month, offences); `refused` has (line, reason, text)."""
    kept = crime_rows(*rows)
    said = repr((rows, published, refused, name))
    sayings = {
        "source": "mps_recorded_crime",
        "dataset": CRIME,
        "file": FileFacts(
            name or f"crime-{published}.csv",
            sha256(said.encode()).hexdigest(),
            len(said),
        ),
        "kept": kept,
        "rows_read": len(kept) + len(refused),
        "published": month(published),
        "refused": pl.DataFrame(list(refused), schema=REFUSED_COLUMNS, orient="row"),
    }
    return Reading(**sayings | changes)


def counts_of(table):
    """The rows of a recorded_crime table as sorted (area, month, offences)."""
    rows = table.select("area_code", "month", "offences").to_pyarrow().to_pylist()
    return sorted(
        (row["area_code"], f"{row['month']:%Y-%m}", row["offences"]) for row in rows
    )


@pytest.fixture
def folder(tmp_path):
    """A folder in memory where there is one, for a thousand syncs take a while."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def place(folder):
    return folder / "evidence"


@pytest.fixture
def store(place):
    return EvidenceStore(place)


@pytest.fixture(scope="session")
def reading():
    return make_reading


@pytest.fixture(scope="session")
def counts():
    return counts_of


@pytest.fixture(scope="session")
def job():
    """Makes a load for `apart` to run."""
    found = importlib.util.spec_from_file_location("loads_apart", LOADS_APART)
    module = importlib.util.module_from_spec(found)
    sys.modules["loads_apart"] = module
    found.loader.exec_module(module)
    return module.Job


@pytest.fixture(scope="session")
def apart(job):
    """Runs jobs at once, each in a process of its own; returns how each went."""
    with subprocess.Popen(
        [sys.executable, LOADS_APART], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:

        def run(*jobs):
            pickle.dump(list(jobs), process.stdin)
            process.stdin.flush()
            return pickle.load(process.stdout)

        yield run
        process.stdin.close()
