"""The evidence as it was."""

from datetime import UTC, datetime, timedelta

import pytest

from saferplan.errors import StoreError
from saferplan.store.datasets import DATASETS

CRIME = "recorded_crime"
TEN = ("E09000023", "2024-01", 10)
ELEVEN = ("E09000023", "2024-01", 11)


@pytest.fixture
def releases(store, reading):
    return [
        store.load([reading(row, published=published)], by="analyst")
        for row, published in ((TEN, "2024-06"), (ELEVEN, "2024-07"))
    ]


def test_by_release(store, releases, counts):
    first, second = releases
    assert counts(store.table(CRIME, as_of=first.id)) == [TEN]
    assert counts(store.table(CRIME, as_of=second.id)) == [ELEVEN]


def test_by_version(store, releases, counts):
    for release, row in zip(releases, [TEN, ELEVEN], strict=True):
        assert counts(store.table(CRIME, as_of=release.table_version)) == [row]


def test_by_moment(store, releases, counts):
    first, second = (release.loaded_at for release in releases)
    instant = timedelta(microseconds=1)
    assert counts(store.table(CRIME, as_of=first - instant)) == []
    assert counts(store.table(CRIME, as_of=first)) == [TEN]
    assert counts(store.table(CRIME, as_of=second - instant)) == [TEN]
    assert counts(store.table(CRIME, as_of=second)) == [ELEVEN]


def test_a_release_of_another_dataset_is_a_moment(store, releases):
    assert store.table("population", as_of=releases[0].id).count().execute() == 0


def test_slices_as_they_were(store, releases):
    first, _ = releases
    assert store.slices(CRIME, as_of=first.id)["release"].to_list() == [first.id]


def test_releases_are_in_order_even_if_the_clock_goes_back(store, reading, monkeypatch):
    class Clock(datetime):
        hours = iter([12, 9, 10])

        @classmethod
        def now(cls, zone):
            return datetime(2024, 10, 27, next(cls.hours), tzinfo=zone)

    monkeypatch.setattr("saferplan.store.evidence.datetime", Clock)
    loaded = [
        store.load([reading(("E09000023", f"2024-0{n}", n))], by="analyst")
        for n in (1, 2, 3)
    ]
    assert store.releases() == loaded
    times = [release.loaded_at for release in loaded]
    assert times == sorted(set(times))


def test_a_dataset_with_nothing_in_it_is_a_table_with_no_rows(store):
    for name, dataset in DATASETS.items():
        table = store.table(name)
        assert table.columns == tuple(dataset.schema.names)
        assert table.count().execute() == 0
        assert store.slices(name).rows() == []


def test_a_table_keeps_the_rows_it_was_opened_with(store, reading, counts):
    store.load([reading(TEN)], by="analyst")
    opened = store.table(CRIME)
    store.load([reading(ELEVEN, published="2024-07")], by="analyst")
    assert counts(opened) == [TEN]
    assert counts(store.table(CRIME)) == [ELEVEN]


def test_what_the_store_does_not_have_is_said(store, releases):
    with pytest.raises(StoreError, match="no release 0123"):
        store.table(CRIME, as_of="0123")
    with pytest.raises(StoreError, match="no version 7"):
        store.table(CRIME, as_of=7)
    with pytest.raises(StoreError, match="no dataset called crimes"):
        store.table("crimes")
    with pytest.raises(StoreError, match="time zone"):
        store.table(CRIME, as_of=datetime(2024, 1, 1))


def test_before_everything_there_is_nothing(store, releases, counts):
    assert counts(store.table(CRIME, as_of=datetime(2000, 1, 1, tzinfo=UTC))) == []
