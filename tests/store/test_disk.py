"""When the disk is full, fails or loses its power."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from saferplan.errors import StoreError
from saferplan.store import EvidenceStore

CRIME = "recorded_crime"
TEN = ("E09000023", "2024-01", 10)
ELEVEN = ("E09000023", "2024-01", 11)
FIVE = ("E09000004", "2024-02", 5)
REFUSAL = (7, "no month", "Lewisham,,Theft,12")


@pytest.fixture
def revision(reading):
    return [reading(ELEVEN, FIVE, published="2024-07", refused=[REFUSAL])]


@pytest.fixture
def loaded(store, reading):
    store.load([reading(TEN)], by="analyst")
    return store


def files_of(place):
    return {path for path in place.rglob("*") if path.is_file()}


def test_a_full_disk_leaves_everything_as_it_was(
    loaded, place, reading, counts, job, apart
):
    """No file may grow beyond a size; each size stops the load at another write."""
    before = files_of(place)
    # Enough slices for the commit to be larger than any of the files it names.
    rows = [("E09000004", f"2024-{month:02}", 5) for month in range(1, 13)]
    load = [reading(*rows, published="2024-07", refused=[REFUSAL])]
    for size in range(0, 20_000, 1_500):
        [(status, said)] = apart(job(place, [load], file_size=size))
        assert status == 0
        if not isinstance(said, str):
            break
        assert said.startswith("There is no room left on the disk for the evidence")
        assert said.endswith("Make room and load again.")
        assert files_of(place) == before
        assert counts(loaded.table(CRIME)) == [TEN]

    assert size > max(path.stat().st_size for path in place.rglob("*.parquet")) + 1_500
    assert counts(loaded.table(CRIME)) == rows
    assert len(loaded.releases()) == 2


def refused(store, revision):
    """Whether the disk refused the load; then its words are in the message."""
    try:
        store.load(revision, by="analyst")
    except StoreError as error:
        said = str(error)
    else:
        return False
    assert "Input/output error): nothing of this load was kept" in said
    return True


def test_a_failed_sync_is_never_taken_for_a_load(
    loaded, place, revision, counts, monkeypatch
):
    before = files_of(place)
    real_sync = os.fsync
    for chosen in range(1, 100):
        calls = iter(range(1, 1_000))

        def fails(file, chosen=chosen, calls=calls):
            if next(calls) == chosen:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            real_sync(file)

        monkeypatch.setattr(os, "fsync", fails)
        if not refused(loaded, revision):
            break
        assert counts(loaded.table(CRIME)) == [TEN]
        assert files_of(place) == before

    assert chosen > 8, "every file and folder should have been synced"
    assert len(counts(loaded.table(CRIME))) == 2


def test_nothing_is_named_before_it_lasts_nor_acknowledged_before(
    store, place, revision, monkeypatch
):
    """What is synced, in order: data, then the commit, then their folders' names."""
    synced = []
    real_sync = os.fsync

    def watched(file):
        path = Path(os.readlink(f"/proc/self/fd/{file}"))
        entry = place / CRIME / "_delta_log" / f"{1:020}.json"
        synced.append((path.relative_to(place.parent).as_posix(), entry.exists()))
        real_sync(file)

    monkeypatch.setattr(os, "fsync", watched)
    release = store.load(revision, by="analyst")

    before = [path for path, committed in synced if not committed]
    after = [path for path, committed in synced if committed]
    data = [path.relative_to(place.parent) for path in place.rglob("*.parquet")]
    assert len(data) == 3
    for path in data:
        assert path.as_posix() in before
        assert path.parent.as_posix() in before
    assert f"evidence/{CRIME}" in before
    log = f"evidence/{CRIME}/_delta_log"
    assert after[:2] == [f"{log}/{release.table_version:020}.json", log]


def test_a_commit_torn_by_a_power_cut_never_was(loaded, place, revision, counts):
    before = files_of(place)
    whole = place.with_name("whole")
    shutil.copytree(place, whole)
    release = EvidenceStore(whole).load(revision, by="analyst")
    entry = Path(CRIME, "_delta_log", f"{release.table_version:020}.json")
    text = (whole / entry).read_bytes()
    # A cut between two lines leaves what looks like a commit; one is too short.
    ends = [n for n, byte in enumerate(text) if byte == ord("\n")]
    for length in {0, 1, len(text) // 2, len(text) - 2, *ends[:-1]}:
        for rest in (b"", b"\0" * 64):
            (place / entry).write_bytes(text[:length] + rest)
            assert counts(loaded.table(CRIME)) == [TEN]
            assert len(loaded.releases()) == 1
            EvidenceStore(place)
            assert files_of(place) == before

    loaded.load(revision, by="analyst")
    assert len(counts(loaded.table(CRIME))) == 2


def test_a_damaged_older_commit_is_said_and_not_passed_over(loaded, place, revision):
    loaded.load(revision, by="analyst")
    damaged = place / CRIME / "_delta_log" / f"{1:020}.json"
    damaged.write_bytes(damaged.read_bytes()[:50])
    with pytest.raises(StoreError, match="Put back .* from a backup"):
        EvidenceStore(place).releases()


@pytest.fixture
def read_only(loaded, folder, place):
    """The folder is there to be read and no more; the superuser becomes nobody."""
    us = os.geteuid()
    for path in [folder, *place.rglob("*")]:
        path.chmod(0o755)
    place.chmod(0o555)
    if us == 0:
        os.seteuid(65_534)
    yield
    os.seteuid(us)
    place.chmod(0o755)


def test_a_store_that_may_only_be_read_is_read(place, counts, revision, read_only):
    store = EvidenceStore(place)
    assert counts(store.table(CRIME)) == [TEN]
    with pytest.raises(StoreError, match="You may not write to the evidence store"):
        store.load(revision, by="analyst")


def test_the_first_load_of_all_survives_a_failed_sync_too(
    store, place, revision, counts, monkeypatch
):
    real_sync = os.fsync

    def fails(file):
        if "_delta_log" in os.readlink(f"/proc/self/fd/{file}"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real_sync(file)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        assert refused(store, revision)
    assert list(place.rglob("*.json")) == []
    store.load(revision, by="analyst")
    assert counts(store.table(CRIME)) == [FIVE, ELEVEN]
