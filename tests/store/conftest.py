"""Readings small enough to add up in the head, and a store to put them in."""

from datetime import date
from hashlib import sha256

import polars as pl
import pytest

from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import REFUSED_COLUMNS, FileFacts, Reading
from saferplan.store.slices import polars_schema

CRIME = "recorded_crime"


def month(text):
    year, number = text.split("-")
    return date(int(year), int(number), 1)


def the_counts(table):
    """The rows of a recorded_crime table as sorted (area, month, offences)."""
    rows = table.select("area_code", "month", "offences").to_pyarrow().to_pylist()
    return sorted(
        (row["area_code"], f"{row['month']:%Y-%m}", row["offences"]) for row in rows
    )


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
    return Reading(
        **{
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
            "refused": pl.DataFrame(
                list(refused), schema=REFUSED_COLUMNS, orient="row"
            ),
        }
        | changes
    )


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path / "evidence")


@pytest.fixture
def reading():
    return make_reading


@pytest.fixture
def counts():
    return the_counts
