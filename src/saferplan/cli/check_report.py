"""
A plugin for pytest that tells each test, and the methods it checks, as a line of JSON.

`saferplan check methods` runs pytest with it and reads those lines. It takes the place
of pytest's own report.
"""

import json
import sys
from typing import Any

import pytest

from saferplan.cli.check import KINDS


def pytest_configure(config: Any) -> None:
    # Where several processes share the tests, one of them hears from all, and tells.
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Teller(), "saferplan-check-report")


def pytest_collection_modifyitems(items: list[Any]) -> None:
    for item in items:
        item.user_properties += [
            (kind, [name for mark in item.iter_markers(kind) for name in mark.args])
            for kind in KINDS
        ]


class Teller:
    """Remembers what a test has told so far, until it is over."""

    def __init__(self) -> None:
        self.reports: dict[str, list[Any]] = {}

    def pytest_collection_finish(self, session: Any) -> None:
        if session.items:
            say(tests=len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        say(tests=len(ids))

    def pytest_collectreport(self, report: Any) -> None:
        if report.outcome == "failed":
            say(test=report.nodeid, outcome="failed", why=why(report), seconds=0.0)

    def pytest_runtest_logreport(self, report: Any) -> None:
        reports = self.reports.setdefault(report.nodeid, [])
        reports.append(report)
        if report.when != "teardown":
            return
        told = [each for each in reports if each.outcome != "passed"]
        say(
            test=report.nodeid,
            **dict(report.user_properties),
            outcome=told[0].outcome if told else "passed",
            why=why(told[0]) if told else "",
            seconds=sum(each.duration for each in reports),
        )


def why(report: Any) -> str:
    """The line that tells why a test failed or was skipped."""
    if isinstance(report.longrepr, tuple):  # (file, line, reason) of one skipped
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash:
        return str(crash.message).strip().partition("\n")[0]
    # A file that cannot be read: its own error stands last.
    return str(report.longreprtext).strip().rpartition("\n")[2].removeprefix("E ")


def say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
