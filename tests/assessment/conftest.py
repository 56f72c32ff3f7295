"""The invented borough, loaded once; and stores small enough to add up in the head."""

from datetime import date

import polars as pl
import pytest

from saferplan.assessment import Evidence, assess
from saferplan.sources import load_paths
from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading
from saferplan.synthetic import write_borough

HERE, THERE = "E09000023", "E09000011"


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    """A store with all that the invented publishers put out, and what was planted."""
    folder = tmp_path_factory.mktemp("city")
    truths = write_borough(folder / "files")
    store = EvidenceStore(folder / "store")
    report = load_paths([folder / "files"], store, by="test")
    assert not report.refused
    return store, truths


@pytest.fixture(scope="session")
def evidence(city):
    store, _truths = city
    return Evidence(store)


@pytest.fixture(scope="session")
def assessment(city, evidence):
    _store, truths = city
    return assess(evidence, truths.borough.code)


@pytest.fixture
def small_store(tmp_path):
    """Make a store of recorded crime by borough from (code, month, major, offences)."""

    def make(rows):
        store = EvidenceStore(tmp_path / "store")
        store.load([recorded(rows)], by="test")
        return store

    return make


def recorded(rows):
    names = {HERE: "Lewisham", THERE: "Greenwich"}
    kept = pl.DataFrame(
        [
            {
                "publisher": "mps",
                "area_set": "borough",
                "area_code": code,
                "area_name": names[code],
                "month": month,
                "scheme": "mps-2024",
                "major": major,
                "minor": major,
                "offences": offences,
            }
            for code, month, major, offences in rows
        ]
    )
    schema = pl.from_arrow(DATASETS["recorded_crime"].schema.empty_table()).schema
    kept = pl.concat([pl.DataFrame(schema=schema), kept], how="diagonal_relaxed")
    return Reading(
        source="mps-recorded-crime",
        dataset="recorded_crime",
        file=FileFacts("made.csv", "0" * 64, 1),
        kept=kept.cast(dict(schema)),
        rows_read=len(kept),
        published=date(2026, 4, 1),
    )


def two_years(code, major, before, after, *, without=()):
    """24 months to February 2026: the same count each month, before and after."""
    months = [date(2024 + (m + 2) // 12, (m + 2) % 12 + 1, 1) for m in range(24)]
    return [
        (code, month, major, before if at < 12 else after)
        for at, month in enumerate(months)
        if month not in without
    ]
