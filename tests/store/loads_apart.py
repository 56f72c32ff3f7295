"""
Runs loads in processes of their own, so that a test can kill them.

Started once, it imports what a load needs and then makes a child for every load asked
of it: a child is ready in milliseconds. It is told what to do on its standard input,
and answers on its standard output: pickles both ways.

    told      a list of jobs, to run at the same time
    answers   a list of (exit status, what the child said), in the same order
"""

import os
import pickle
import resource
import signal
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from saferplan.errors import SaferplanError
from saferplan.store import EvidenceStore


@dataclass(frozen=True)
class Job:
    """
    One load, in a process of its own.

    loads      lists of readings, loaded one after the other
    fault      the fault point at which it is killed
    seconds    it is killed this long after it starts
    file_size  no file it writes may be larger than this many bytes
    """

    place: Path
    loads: list = field(default_factory=list)
    fault: str | None = None
    seconds: float | None = None
    file_size: int | None = None


def work(job, say):
    """The child: load, and say how it went."""
    if job.fault:
        os.environ["SAFERPLAN_FAULT"] = job.fault
    if job.file_size is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.file_size, job.file_size))
    if job.seconds is not None:
        kill = (os.getpid(), signal.SIGKILL)
        threading.Timer(job.seconds, os.kill, kill).start()
    try:
        store = EvidenceStore(job.place)
        said = [store.load(readings, by="analyst") for readings in job.loads]
    except SaferplanError as error:
        said = str(error)
    with os.fdopen(say, "wb") as out:
        pickle.dump(said, out)


def start(job):
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        try:
            work(job, say)
            os._exit(0)
        finally:  # an error that is a bug must not go on as a second parent
            os._exit(1)
    os.close(say)
    return child, hear


def finish(child, hear):
    with os.fdopen(hear, "rb") as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), pickle.loads(text) if text else None


def main():
    # Pickles name this module as the tests know it.
    sys.modules["loads_apart"] = sys.modules["__main__"]
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            jobs = pickle.load(asked)
        except EOFError:
            return
        started = [start(job) for job in jobs]
        pickle.dump([finish(*child) for child in started], answers)
        answers.flush()


if __name__ == "__main__":
    main()
