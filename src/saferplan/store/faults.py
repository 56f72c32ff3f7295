"""
The points of a load at which the tests end the process.

A load must leave the old evidence or the new, wherever it stops. Each step of a load
passes a named point; with SAFERPLAN_FAULT set to a name, the process is killed there,
as by `kill -9`. `name:3` means the third time it passes. In ordinary use the variable
is not set, and a point does nothing.
"""

import os
import signal
from collections import Counter

FAULT_POINTS = (
    "lock taken",
    "swept",
    "reading judged",
    "slice written",
    "quarantine written",
    "reading written",
    "difference known",
    "files synced",
    "folders synced",
    "table made",
    "table synced",
    "before commit",
    "committed",
    "entry synced",
    "done",
)

# Those of a backup and of putting it back.
BACKUP_POINTS = ("backup copied", "backup synced")
RESTORE_POINTS = ("restore copied", "restore synced")

_passed: Counter[str] = Counter()


def faultpoint(name: str) -> None:
    """Pass the point `name`; does not return if the process is to end here."""
    assert name in (*FAULT_POINTS, *BACKUP_POINTS, *RESTORE_POINTS), name
    armed = os.environ.get("SAFERPLAN_FAULT")
    if armed is None:
        return
    _passed[name] += 1
    at, _, time = armed.partition(":")
    if name == at and _passed[name] == int(time or 1):
        os.kill(os.getpid(), signal.SIGKILL)
