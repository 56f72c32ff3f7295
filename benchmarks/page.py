"""Serve an assessment and a plan with two workers, as gunicorn serves the site."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import rmtree
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.apart import ROOT, run, run_module
from benchmarks.client import Answers
from benchmarks.made import PLACE, city
from benchmarks.result import Result
from saferplan.web.demonstration import write_settings

TURNS = 3
CONNECTIONS = 8
SECONDS = 12
LEAST_PER_SECOND = 60
MOST_MILLISECONDS = 400
SECONDS_TO_START = 60


def measure(boroughs: int) -> list[Result]:
    """Ask for each page as a resident reads it and as the head of the service does."""
    settings = settings_of_site(boroughs)
    readers = prepare(settings)
    port = free_port()
    results = []
    with serving(port, settings):
        for what, reader in readers.items():
            turns = [asked(port, **reader) for _turn in range(TURNS)]
            results += results_of(what, sorted(turns, key=lambda a: a.per_second))
    return results


def settings_of_site(boroughs: int) -> dict[str, str]:
    """Return the settings of a demonstration, with places of their own."""
    place = PLACE / "site"
    rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    write_settings(place / "env")
    lines = (place / "env").read_text().splitlines()
    settings = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    return settings | {
        "DJANGO_SETTINGS_MODULE": "saferplan.web.settings",
        "DATABASE_URL": f"sqlite:///{place / 'site.sqlite3'}",
        "STATIC_ROOT": str(place / "static"),
        "FILES": str(place / "files"),
        "SAFERPLAN_STORE": str(city(boroughs)),
    }


def prepare(settings: dict[str, str]) -> dict[str, dict[str, str]]:
    run([sys.executable, "-m", "saferplan.web", "set_up"], **settings)
    said = run_module("site", **settings).said
    readers: dict[str, dict[str, str]] = json.loads(said.splitlines()[-1])
    return readers


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(port: int, settings: dict[str, str]) -> Iterator[None]:
    """Serve the site on this machine while it is measured."""
    command = [
        *(sys.executable, "-m", "gunicorn", "saferplan.web.wsgi"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "2"),
        *("--worker-class", "gthread", "--threads", "4", "--log-level", "warning"),
    ]
    site = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings)
    try:
        wait_for(f"http://127.0.0.1:{port}/health/", site)
        yield
    finally:
        site.terminate()
        site.wait(30)


def wait_for(address: str, site: "subprocess.Popen[bytes]") -> None:
    for _turn in range(SECONDS_TO_START * 10):
        if site.poll() is not None:
            raise RuntimeError("The site stopped as it started.")
        try:
            urlopen(address, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The site did not answer within {SECONDS_TO_START} seconds.")


def asked(port: int, *, path: str, cookie: str) -> Answers:
    # The first answers of a worker are slow, and no reader of ours is the first.
    run_module("client", port, path, CONNECTIONS, 2, cookie)
    said = run_module("client", port, path, CONNECTIONS, SECONDS, cookie).said
    return Answers(**json.loads(said))


def results_of(which: str, turns: list[Answers]) -> list[Result]:
    """Return two results of the median turn."""
    answers = turns[len(turns) // 2]
    size = f"{answers.size / 1024:,.0f} KiB"
    what = f"{which} ({size}), two workers"
    return [
        Result(
            what=what,
            ours=f"{answers.per_second:.0f} answers a second",
            figure=answers.per_second,
            limit=LEAST_PER_SECOND,
            unit="a second",
            most=False,
        ),
        Result(
            what=f"{what}, {CONNECTIONS} readers at once",
            ours=f"half within {answers.p50:.0f} ms",
            figure=answers.p95,
            limit=MOST_MILLISECONDS,
            unit="ms for 19 in 20",
        ),
    ]
