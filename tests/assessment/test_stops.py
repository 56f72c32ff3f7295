"""Whose searches are counted, where two forces search in one borough."""

from datetime import date

import polars as pl
import pytest
import shapely

from saferplan.assessment import Evidence
from saferplan.assessment.places import shapes
from saferplan.assessment.stops import stops
from saferplan.sources import load_paths
from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading


@pytest.fixture
def store(city, tmp_path):
    """The invented places and people, without the searches."""
    whole, _truths = city
    files = whole.place.parent / "files"
    store = EvidenceStore(tmp_path / "store")
    wanted = [files / name for name in ("boundaries", "census", "lookups")]
    load_paths(wanted, store, by="test")
    return store


def searched(force, year, each_month, point):
    rows = [
        {
            "publisher": "police-uk",
            "force": force,
            "month": date(year, month, 1),
            "kind": "person",
            "longitude": point.x,
            "latitude": point.y,
            "outcome": "Arrest",
            "officer_defined_group": "White",
            "self_defined_group": "White",
        }
        for month in range(1, 13)
        for _each in range(each_month)
    ]
    schema = pl.from_arrow(DATASETS["stop_search"].schema.empty_table()).schema
    kept = pl.concat(
        [pl.DataFrame(schema=schema), pl.DataFrame(rows)], how="diagonal_relaxed"
    )
    return Reading(
        source="police-uk-stop-search",
        dataset="stop_search",
        file=FileFacts(f"{force}.csv", force.ljust(64, "0"), 1),
        kept=kept.cast(dict(schema)),
        rows_read=len(kept),
        published=date(year, 12, 31),
    )


def test_the_year_is_that_of_the_force_that_searches_there_most(store, assessment):
    outlines = shapes(Evidence(store), "borough", [assessment.area.code]).outlines
    inside = shapely.from_wkb(outlines[assessment.area.code]).representative_point()
    own = searched("city-of-london", 2023, 10, inside)
    later = searched("metropolitan", 2025, 2, inside)
    store.load([own, later], by="test")
    first = stops(Evidence(store), assessment.area)[0]
    assert first.sentence.startswith("120 searches of people")
    assert "December 2023" in first.sentence
