"""One measure in a borough and in those beside it: the newest year all of them have."""

from datetime import date

import pandas as pd
import polars as pl
import pytest

from saferplan.assessment import beside_boroughs as module
from saferplan.assessment.beside_boroughs import beside_boroughs
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area
from saferplan.assessment.similar import Group
from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading
from saferplan.store.slices import polars_schema

OWN = Area("E09000001", "Own", "borough")
NAMES = {"E09000001": "Own", "E09000002": "Alike", "E09000003": "Near"}
BURGLARY = {"dataset": "recorded_crime", "column": "major", "counted": "offences"}


def crimes():
    """Thirteen months for all, but the last of them only for two."""
    dataset = DATASETS["recorded_crime"]
    known = {"publisher": "Example", "area_set": "borough", "scheme": "mps-2024"}
    empty = {name: None for name in dataset.schema.names}
    rows = []
    for at, month in enumerate(pd.period_range("2025-01", periods=13, freq="M")):
        for code, name in NAMES.items():
            if at == 12 and code == "E09000003":
                continue
            said = {"area_code": code, "area_name": name, "month": month.to_timestamp()}
            for major, count in (("Burglary", 10), ("Robbery", 90)):
                offences = count * (2 if code == "E09000002" else 1)
                rows.append(
                    {**empty, **known, **said, "major": major}
                    | {
                        "month": said["month"].date(),
                        "offences": offences,
                    }
                )
    return pl.DataFrame(rows, polars_schema(dataset))


@pytest.fixture
def evidence(tmp_path, monkeypatch):
    store = EvidenceStore(tmp_path / "store")
    kept = crimes()
    store.load(
        [
            Reading(
                source="mps-monthly",
                dataset="recorded_crime",
                file=FileFacts("crime.csv", "0" * 64, 100),
                kept=kept,
                rows_read=len(kept),
                published=date(2026, 7, 1),
            )
        ],
        by="analyst",
    )
    monkeypatch.setattr(
        module,
        "similar_boroughs",
        lambda evidence, area: Group(("E09000002",), "most like", "By age.", ("r1",)),
    )
    return Evidence(store)


def test_the_newest_twelve_months_that_all_have_are_added_up(evidence):
    found = beside_boroughs(evidence, OWN, **BURGLARY, of="Burglary")
    own, alike = found.boroughs
    assert (own.count, alike.count) == (130 - 10, 260 - 20)
    assert (own.is_own, alike.like, alike.borders) == (True, True, False)
    assert (found.begins, found.ends) == ("2025-02", "2026-01")
    assert "r1" in found.releases


def test_every_row_counts_where_nothing_is_chosen(evidence):
    found = beside_boroughs(
        evidence, OWN, dataset="recorded_crime", column="", counted="offences", of=""
    )
    assert found.boroughs[0].count == 12 * 100


def test_without_residents_there_is_a_count_and_no_rate(evidence):
    found = beside_boroughs(evidence, OWN, **BURGLARY, of="Burglary")
    assert found.boroughs[0].rate is None


def test_a_borough_of_which_nothing_is_known_is_beside_none(evidence):
    nowhere = Area("E09000009", "Nowhere", "borough")
    assert beside_boroughs(evidence, nowhere, **BURGLARY, of="Burglary") is None


def test_a_month_that_one_lacks_is_in_no_ones_year(evidence, monkeypatch):
    monkeypatch.setattr(
        module,
        "similar_boroughs",
        lambda evidence, area: Group(("E09000003",), "most like", "By age.", ()),
    )
    found = beside_boroughs(evidence, OWN, **BURGLARY, of="Burglary")
    assert (found.begins, found.ends) == ("2025-01", "2025-12")
    assert date.fromisoformat(f"{found.ends}-01") == date(2025, 12, 1)
