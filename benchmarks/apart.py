"""Run one piece of work in a process of its own, and measure that process."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Cost:
    """
    What a process took.

    cpu     seconds of processor time, its own and that of processes it waited for
    clock   seconds that went by
    memory  the most it held at once, in MiB
    said    what it printed
    """

    cpu: float
    clock: float
    memory: float
    said: str = ""


class Failed(Exception):
    """The work measured did not succeed, so its time means nothing."""


def run(command: Sequence[str], *, at: Path = ROOT, **environment: str) -> Cost:
    """Run a command in a folder. Raises Failed with what it said if it fails."""
    start = perf_counter()
    process = subprocess.Popen(
        command,
        cwd=at,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = process.stdout.read()
    # wait4, and not wait, because it alone tells what this one process took.
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != 0:
        raise Failed(f"{' '.join(command)} failed:\n{said}")
    return Cost(
        cpu=used.ru_utime + used.ru_stime,
        clock=perf_counter() - start,
        memory=used.ru_maxrss / 1024,
        said=said.strip(),
    )


def run_module(module: str, *arguments: object, **environment: str) -> Cost:
    """Run `python -m benchmarks.<module>` with these arguments."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    return run(command, **environment)


def saferplan(*arguments: object, at: Path = ROOT, **environment: str) -> Cost:
    """Run the `saferplan` command that was installed beside this Python."""
    command = Path(sys.executable).with_name("saferplan")
    return run([str(command), *map(str, arguments)], at=at, **environment)


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(
        cpu=median(cost.cpu for cost in costs),
        clock=median(cost.clock for cost in costs),
        memory=median(cost.memory for cost in costs),
    )
