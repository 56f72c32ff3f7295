"""Serve the site, and kill what serves it every now and then, as a machine might."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from benchmarks.apart import ROOT
from benchmarks.page import wait_for

SECONDS_TO_STOP = 30
MASTER_TOO = 0.3  # how often the master goes with its workers


@dataclass
class Served:
    """
    A site of ours that is killed and started again.

    kills  how many times a worker, or the master with its workers, was killed
    """

    port: int
    settings: dict[str, str]
    kills: int = 0
    master: "subprocess.Popen[bytes] | None" = field(default=None)

    def start(self) -> None:
        command = [
            *(sys.executable, "-m", "gunicorn", "saferplan.web.wsgi"),
            *("--bind", f"127.0.0.1:{self.port}", "--workers", "2"),
            *("--worker-class", "gthread", "--threads", "4"),
            # Loaded once by the master, so that a worker that died is soon replaced.
            *("--preload", "--log-level", "critical"),
        ]
        # A session of its own: the master's group is the site and nothing else.
        self.master = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | self.settings,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> None:
        assert self.master is not None
        wait_for(f"http://127.0.0.1:{self.port}/health/", self.master)

    def workers(self) -> list[int]:
        assert self.master is not None
        pid = self.master.pid
        children = Path(f"/proc/{pid}/task/{pid}/children")
        try:
            return [int(each) for each in children.read_text().split()]
        except OSError:
            return []

    def kill(self, chance: random.Random) -> None:
        """Kill one worker, or all of it, as they are: no time to finish anything."""
        assert self.master is not None
        workers = self.workers()
        if chance.random() < MASTER_TOO or not workers:
            os.killpg(self.master.pid, signal.SIGKILL)
            self.master.wait()
            self.start()
            self.wait()
        else:
            try:
                os.kill(chance.choice(workers), signal.SIGKILL)
            except ProcessLookupError:
                return
        self.kills += 1

    def stop(self) -> None:
        if self.master is None or self.master.poll() is not None:
            return
        self.master.terminate()
        try:
            self.master.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self.master.pid, signal.SIGKILL)
            self.master.wait()


@contextmanager
def served(port: int, settings: dict[str, str]) -> Iterator[Served]:
    """Serve the site until the block is left."""
    site = Served(port, settings)
    site.start()
    try:
        site.wait()
        yield site
    finally:
        site.stop()


@contextmanager
def killed(
    site: Served, *, every: float, seed: int, most: int | None = None
) -> Iterator[None]:
    """
    Kill a part of the site after every so many seconds that it was up.

    most  how often at most; otherwise for as long as the block runs
    """
    over, chance = Event(), random.Random(seed)

    def keep_killing() -> None:
        while not over.wait(every) and (most is None or site.kills < most):
            site.kill(chance)

    killer = Thread(target=keep_killing)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()
        site.wait()
