"""Lewisham from the Metropolitan Police's own tables, against a plain reading."""

from pathlib import Path

import polars as pl
import pytest

from saferplan.assessment import assess
from saferplan.sources import load_paths
from saferplan.store import EvidenceStore

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = [
    "mps_datastore/recorded-crime-borough.parquet",
    "mps_datastore/recorded-crime-ward.parquet",
    "mopac/PAS_Dashboard_Borough.csv.gz",
]
LEWISHAM = "E09000023"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not here"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    store = EvidenceStore(tmp_path_factory.mktemp("store"))
    load_paths([DATA / name for name in FILES], store, by="test")
    report = assess(store, LEWISHAM)
    return {finding.measure.name: finding for finding in report.findings}


def months(table, year):
    """The names of the twelve columns of a year that ends in February."""
    names = [f"{year - 1}{month:02d}" for month in range(3, 13)]
    return [*names, f"{year}01", f"{year}02"]


def published(name):
    return pl.read_parquet(DATA / "mps_datastore" / f"{name}.parquet")


def test_all_recorded_crime_is_the_sum_of_the_publishers_columns(found):
    table = published("recorded-crime-borough")
    mine = table.filter(
        (pl.col("boroughname") == "Lewisham") & (pl.col("majortext") != "NFIB FRAUD")
    )
    total = found["recorded crime: all recorded crime"]
    now = mine.select(months(mine, 2026)).sum().sum_horizontal().item()
    before = mine.select(months(mine, 2025)).sum().sum_horizontal().item()
    assert total.value == now == 29_277
    assert total.change == pytest.approx(now / before - 1)


def test_wards_are_the_publishers_rows(found):
    table = published("recorded-crime-ward")
    mine = table.filter(pl.col("lookup_boroughname") == "Lewisham")
    mine = mine.filter(pl.col("majortext") != "NFIB FRAUD")
    by_ward = mine.group_by("wardname").agg(pl.sum(*months(mine, 2026)))
    totals = dict(
        zip(
            by_ward["wardname"],
            by_ward.select(months(mine, 2026)).sum_horizontal(),
            strict=True,
        )
    )
    rows = found["categories by ward"].table.rows
    assert {row[0]: sum(row[1:]) for row in rows} == totals
    assert len(rows) == 19


def test_confidence_is_the_last_line_of_the_survey(found):
    good_job = found['survey: "Good Job" local']
    assert good_job.value == pytest.approx(0.45)
    assert (good_job.period.end.year, good_job.period.end.month) == (2023, 12)
