"""Write the reports of many boroughs, several at once where there are several cores."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from saferplan.assessment.finding import Assessment
from saferplan.reports.write import write_report

MOST_AT_ONCE = 4  # each process holds some hundreds of MiB


def write_reports(
    wanted: Iterable[tuple[Assessment, Path]], *, at_once: int | None = None
) -> Iterator[tuple[Assessment, Path]]:
    """
    Write each assessment into its folder; yield them in order as they are done.

    wanted   assessments and folders; taken only a little ahead of the writing
    at_once  how many processes write, by default one for each core, four at most

    Raises ReportError as `write_report` does, at the first that cannot be written.
    """
    workers = at_once or min(os.cpu_count() or 1, MOST_AT_ONCE)
    if workers == 1:
        for assessment, folder in wanted:
            write_report(assessment, folder)
            yield assessment, folder
        return
    # A fresh process, not a fork: the engine's threads do not survive a fork.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: list[tuple[Assessment, Path, Future[dict[str, Path]]]] = []
        for assessment, folder in wanted:
            done = pool.submit(write_report, assessment, folder)
            waiting.append((assessment, folder, done))
            if len(waiting) > 2 * workers:
                yield finished(waiting.pop(0))
        while waiting:
            yield finished(waiting.pop(0))


def finished(
    waiting: tuple[Assessment, Path, "Future[dict[str, Path]]"],
) -> tuple[Assessment, Path]:
    assessment, folder, done = waiting
    done.result()
    return assessment, folder
