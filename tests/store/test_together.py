"""Several people at once: loads take turns, and readers wait for nobody."""

import threading

import pytest
from filelock import FileLock

from saferplan.errors import StoreError
from saferplan.store import EvidenceStore

CRIME = "recorded_crime"
AREAS = ["E09000004", "E09000011", "E09000023"]


def test_loads_from_many_processes_take_turns_and_none_is_lost(
    place, reading, counts, job, apart
):
    months = [f"2024-{number:02}" for number in range(1, 9)]
    jobs = [
        job(place, [[reading((AREAS[0], month, number))]])
        for number, month in enumerate(months)
    ]
    heard = apart(*jobs)

    store = EvidenceStore(place)
    assert [status for status, _ in heard] == [0] * len(jobs)
    expected = [(AREAS[0], month, number) for number, month in enumerate(months)]
    assert counts(store.table(CRIME)) == expected
    releases = store.releases()
    assert {release.id for release in releases} == {said[0].id for _, said in heard}
    versions = [release.table_version for release in releases]
    assert versions == sorted(set(versions))


def test_the_same_file_from_many_processes_is_loaded_once(
    place, reading, counts, job, apart
):
    heard = apart(*[job(place, [[reading((AREAS[0], "2024-01", 10))]])] * 8)

    changed = [release for _, [release] in heard if release.changed]
    assert EvidenceStore(place).releases() == changed
    assert len(changed) == 1
    for _, [release] in heard:
        assert release.rows_read == release.rows_kept + release.rows_known == 1


def test_a_reader_never_sees_a_mixture_of_two_loads(place, reading, job, apart):
    # Every load replaces three months with one number; a mixture would hold two.
    loads = [
        [
            reading(
                *[(area, f"2024-0{m}", load) for area in AREAS for m in (1, 2, 3)],
                published=f"20{10 + load}-01",
            )
        ]
        for load in range(15)
    ]
    seen, done = [], threading.Event()

    def read():
        store = EvidenceStore(place)
        while not done.is_set():
            numbers = store.table(CRIME).offences.to_pyarrow().to_pylist()
            seen.append((len(numbers), len(set(numbers))))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    [(status, _)] = apart(job(place, loads))
    done.set()
    for reader in readers:
        reader.join()

    assert status == 0
    assert set(seen) <= {(0, 0), (9, 1)}
    assert len(seen) > 4


def test_reading_does_not_wait_for_a_load(place, store, reading, counts):
    row = (AREAS[0], "2024-01", 10)
    release = store.load([reading(row)], by="analyst")
    with FileLock(place / ".lock"):
        other = EvidenceStore(place)
        assert counts(other.table(CRIME)) == [row]
        assert other.releases() == [release]
        assert other.compare([reading(row)]) == []


def test_a_load_that_waits_too_long_says_so(place, reading):
    store = EvidenceStore(place, patience=0.05)
    with (
        FileLock(place / ".lock"),
        pytest.raises(StoreError, match="Someone else has been loading"),
    ):
        store.load([reading((AREAS[0], "2024-01", 10))], by="analyst")


def test_threads_of_one_process_may_share_a_store(store, reading, counts):
    row = (AREAS[0], "2024-01", 10)
    store.load([reading(row)], by="analyst")
    answers = []

    def ask():
        for _ in range(5):
            answers.append(counts(store.table(CRIME)))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [[row]] * 20
