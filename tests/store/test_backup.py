"""A backup is one moment of a store; put back, it is that store, or nothing is."""

import json
import os
import signal
import subprocess
import sys
import threading
from zipfile import ZIP_STORED, ZipFile

import pytest

from saferplan.errors import StoreError
from saferplan.store import EvidenceStore
from saferplan.store.backup import MANIFEST, back_up
from saferplan.store.faults import BACKUP_POINTS, RESTORE_POINTS
from saferplan.store.restore import restore

CRIME = "recorded_crime"
LEWISHAM, BEXLEY = "E09000023", "E09000004"


@pytest.fixture
def loaded(reading, tmp_path):
    """A store with a month, its revision, and a row in quarantine."""
    store = EvidenceStore(tmp_path / "store")
    store.load([reading((LEWISHAM, "2024-01", 10), (BEXLEY, "2024-02", 5))], by="a")
    refusal = (7, "no month", "Lewisham,,Theft,12")
    revised = reading((LEWISHAM, "2024-01", 11), published="2024-07", refused=[refusal])
    store.load([revised], by="b")
    return store


@pytest.fixture
def backup(loaded, tmp_path):
    file = tmp_path / "evidence.zip"
    back_up(loaded.place, file)
    return file


def all_of(place):
    """Everything that a store can be asked."""
    store = EvidenceStore(place)
    return [
        (
            release.id,
            release.loaded_at,
            store.quarantine(release.id).rows(),
            sorted(
                store.table(CRIME, as_of=release.id)
                .select("area_code", "month", "offences")
                .execute()
                .itertuples(index=False, name=None)
            ),
        )
        for release in store.releases()
    ]


def test_what_is_put_back_answers_as_the_store_did(loaded, backup, tmp_path):
    held = restore(backup, tmp_path / "again")
    assert held.releases == 2
    assert all_of(tmp_path / "again") == all_of(loaded.place)


def test_one_can_load_on_where_it_was_put_back(backup, reading, tmp_path):
    restore(backup, tmp_path / "again")
    store = EvidenceStore(tmp_path / "again")
    new = store.load([reading((BEXLEY, "2024-03", 6), published="2024-08")], by="c")
    assert (new.changed, len(store.releases())) == (True, 3)


def test_the_same_store_gives_the_same_bytes(loaded, backup, tmp_path):
    back_up(loaded.place, tmp_path / "second.zip")
    assert (tmp_path / "second.zip").read_bytes() == backup.read_bytes()


def test_what_a_killed_load_left_is_not_in_it(loaded, backup, tmp_path):
    stray = loaded.place / CRIME / "slice=stray" / "stray.parquet"
    stray.parent.mkdir()
    stray.write_bytes(b"half")
    back_up(loaded.place, tmp_path / "second.zip")
    assert (tmp_path / "second.zip").read_bytes() == backup.read_bytes()


def test_others_load_while_it_is_made(loaded, reading, tmp_path):
    def load():
        for number in range(1, 13):
            month = f"2023-{number:02d}"
            published = f"2025-{number:02d}"
            each = reading((BEXLEY, month, number), published=published)
            EvidenceStore(loaded.place).load([each], by="d")

    loading = threading.Thread(target=load)
    loading.start()
    for turn in range(4):
        file, place = tmp_path / f"{turn}.zip", tmp_path / f"again-{turn}"
        made = back_up(loaded.place, file)
        assert restore(file, place).releases == made.releases
        assert len(all_of(place)) == made.releases
    loading.join()
    assert len(loaded.releases()) == 14


def test_a_store_without_evidence_is_not_backed_up(tmp_path):
    with pytest.raises(StoreError, match="nothing to back up"):
        back_up(tmp_path / "none", tmp_path / "evidence.zip")
    assert not (tmp_path / "none").exists()


def test_a_store_that_lacks_a_file_is_not_backed_up(loaded, backup):
    before = backup.read_bytes()
    next(loaded.place.glob(f"{CRIME}/slice=*/*.parquet")).unlink()
    with pytest.raises(StoreError, match="damaged, and was not backed up"):
        back_up(loaded.place, backup)
    assert backup.read_bytes() == before


def test_a_backup_does_not_go_into_the_store_itself(loaded):
    with pytest.raises(StoreError, match="inside the evidence store"):
        back_up(loaded.place, loaded.place / "evidence.zip")


def test_nothing_is_put_back_over_evidence(loaded, backup):
    before = all_of(loaded.place)
    with pytest.raises(StoreError, match="not empty"):
        restore(backup, loaded.place)
    assert all_of(loaded.place) == before


def test_a_place_opened_and_never_loaded_is_empty(backup, tmp_path):
    EvidenceStore(tmp_path / "opened")
    restore(backup, tmp_path / "opened")
    assert len(all_of(tmp_path / "opened")) == 2


def rewritten(backup, change):
    """The backup with its members, by name, passed through `change`."""
    with ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with ZipFile(backup, "w", ZIP_STORED) as archive:
        for name, contents in members.items():
            archive.writestr(name, contents)


def data_of(members):
    return next(name for name in members if name.endswith(".parquet"))


def bend(members):
    name = data_of(members)
    members[name] = bytes([members[name][0] ^ 1]) + members[name][1:]


def lose(members):
    del members[data_of(members)]


def smuggle(members):
    manifest = json.loads(members[MANIFEST])
    name = data_of(members)
    members["../outside"] = members[name]
    manifest["files"]["../outside"] = manifest["files"][name]
    members[MANIFEST] = json.dumps(manifest).encode()


def come_from_the_future(members):
    manifest = json.loads(members[MANIFEST])
    members[MANIFEST] = json.dumps({**manifest, "format": 9}).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (bend, "is not what it was"),
        (lose, "not those it lists"),
        (smuggle, "which no evidence store has"),
        (come_from_the_future, "newer Saferplan"),
        (lambda members: members.pop(MANIFEST), "is not a backup"),
    ],
)
def test_what_is_not_a_whole_backup_leaves_nothing(backup, tmp_path, change, said):
    rewritten(backup, change)
    with pytest.raises(StoreError, match=said):
        restore(backup, tmp_path / "again")
    assert {path.name for path in tmp_path.iterdir()} == {"store", "evidence.zip"}


@pytest.mark.parametrize("length", [0, 100, -30])
def test_a_backup_cut_short_is_refused(backup, tmp_path, length):
    backup.write_bytes(backup.read_bytes()[:length])
    with pytest.raises(StoreError, match="cannot be read as a backup"):
        restore(backup, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def killed_at(point, verb, file, place):
    """Run a verb in a process that is killed at a point; return its exit status."""
    words = {"backup": "backup import back_up", "restore": "restore import restore"}
    call = {"backup": "back_up(place, file)", "restore": "restore(file, place)"}
    program = (
        f"import sys; from pathlib import Path; "
        f"from saferplan.store.{words[verb]}; "
        f"file, place = map(Path, sys.argv[1:]); {call[verb]}"
    )
    return subprocess.run(
        [sys.executable, "-c", program, file, place],
        env=os.environ | {"SAFERPLAN_FAULT": point},
        check=False,
    ).returncode


@pytest.mark.parametrize("point", BACKUP_POINTS)
def test_a_backup_that_is_killed_leaves_the_earlier_one(loaded, backup, point):
    before = backup.read_bytes()
    assert killed_at(point, "backup", backup, loaded.place) == -signal.SIGKILL
    assert backup.read_bytes() == before


@pytest.mark.parametrize("point", RESTORE_POINTS)
def test_a_restore_that_is_killed_leaves_nothing_and_can_be_done_again(
    loaded, backup, tmp_path, point
):
    place = tmp_path / "again"
    assert killed_at(point, "restore", backup, place) == -signal.SIGKILL
    assert not place.exists()
    restore(backup, place)
    assert all_of(place) == all_of(loaded.place)
    assert not list(tmp_path.glob(".again*"))
