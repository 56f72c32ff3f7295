"""
A load that is killed, at any step, leaves the old evidence or the new.

After each kill the store is opened again, as a person would, and must hold exactly what
it held before or exactly what the load would have left; no file that no commit names;
and the same load, done again, must end as if nothing had happened.
"""

import json
import random
import shutil
import signal
from pathlib import Path

import pytest

from saferplan.store import EvidenceStore
from saferplan.store.faults import FAULT_POINTS

CRIME = "recorded_crime"
LEWISHAM, BEXLEY = "E09000023", "E09000004"
BEFORE_COMMIT = FAULT_POINTS[: FAULT_POINTS.index("committed")]
KILLED = -signal.SIGKILL


def orphans(place):
    """The files that neither Delta's log nor a release in it names."""
    named = {place / ".lock"}
    for entry in place.glob("*/_delta_log/*.json"):
        named.add(entry)
        for line in entry.read_text().splitlines():
            action = json.loads(line)
            folder = entry.parents[1]
            if "add" in action:
                named.add(folder / action["add"]["path"])
            release = action.get("commitInfo", {}).get("saferplan", {})
            named.update(folder / name for name in release.get("quarantine", []))
    return {path for path in place.rglob("*") if path.is_file()} - named


@pytest.fixture(scope="module")
def scene(reading, counts, tmp_path_factory):
    """Two stores, empty and not, with the load to be killed and what each step left."""
    refusal = (7, "no month", "Lewisham,,Theft,12")
    first = reading((LEWISHAM, "2024-01", 10), (BEXLEY, "2024-02", 5))
    load = [
        reading(
            (LEWISHAM, "2024-01", 11),  # revised
            (BEXLEY, "2024-02", 5),  # known
            (LEWISHAM, "2024-03", 12),  # new
            (LEWISHAM, "2024-04", 13),
            published="2024-07",
            refused=[refusal],
        ),
        reading((BEXLEY, "2024-05", 6), published="2024-08", refused=[refusal]),
    ]
    place = tmp_path_factory.mktemp("scene")
    scenes = []
    for name, loads in (("empty", []), ("loaded", [[first]])):
        store = EvidenceStore(place / name)
        for readings in loads:
            store.load(readings, by="analyst")
        old = counts(store.table(CRIME))
        shutil.copytree(place / name, place / f"{name}-after")
        after = EvidenceStore(place / f"{name}-after")
        release = after.load(load, by="analyst")
        new = counts(after.table(CRIME))
        assert old != new
        scenes.append((place / name, load, old, new, release))
    return scenes


def check_after_a_kill(place, load, old, new, release, counts):
    """The assertions of every trial; returns whether the load was kept."""
    store = EvidenceStore(place)
    found = counts(store.table(CRIME))
    kept = release.id in [known.id for known in store.releases()]
    assert found == (new if kept else old)
    assert orphans(place) == set()
    if kept:
        assert len(store.quarantine(release.id)) == 2

    again = store.load(load, by="analyst")
    assert (again.id, again.changed) == (release.id, not kept)
    assert counts(store.table(CRIME)) == new
    assert len(store.quarantine(release.id)) == 2
    assert orphans(place) == set()
    return kept


@pytest.mark.parametrize("point", FAULT_POINTS)
def test_a_load_killed_at(point, scene, job, apart, counts, folder):
    for trial in range(10):
        start, load, old, new, release = scene[trial % 2]
        place = folder / str(trial)
        shutil.copytree(start, place)
        # Some points are passed more than once; the later times are tried, too.
        time = trial // 2 % 2 + 1 if point in MANY_TIMES else 1
        [(status, _)] = apart(job(place, [load], fault=f"{point}:{time}"))
        assert status == (0 if never_there(point, start) else KILLED)
        kept = check_after_a_kill(place, load, old, new, release, counts)
        assert kept == (point not in BEFORE_COMMIT or status == 0)


MANY_TIMES = {"reading judged", "slice written", "quarantine written"}


def never_there(point, start):
    """A store with a table in it does not make another."""
    return point == "table made" and (start / CRIME).exists()


def test_a_load_killed_at_any_moment(scene, job, apart, counts, folder):
    chance = random.Random(20240601)
    outcomes = set()
    for trial in range(30):
        start, load, old, new, release = scene[trial % 2]
        place = folder / str(trial)
        shutil.copytree(start, place)
        apart(job(place, [load], seconds=chance.uniform(0.005, 0.2)))
        outcomes.add(check_after_a_kill(place, load, old, new, release, counts))
    assert outcomes <= {True, False}


def test_every_fault_point_is_in_the_code():
    package = Path(EvidenceStore.__init__.__code__.co_filename).parent
    code = "".join(path.read_text() for path in package.glob("*.py"))
    assert [p for p in FAULT_POINTS if f'faultpoint("{p}")' not in code] == []
