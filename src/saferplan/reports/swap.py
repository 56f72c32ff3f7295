"""
Two folders change places in one step.

Linux can exchange two names atomically, but Python does not offer it, so we ask the C
library. Elsewhere the old folder is moved aside first, and for an instant the name is
free; a crash in that instant leaves both folders beside each other, each of them whole.
"""

import ctypes
import os
import tempfile
from pathlib import Path

# From the kernel's linux/fs.h and fcntl.h.
RENAME_EXCHANGE = 2
AT_FDCWD = -100


def change_places(new: Path, place: Path) -> None:
    """Put the folder `new` at `place`; what was there, if anything, becomes `new`."""
    if not place.exists():
        os.rename(new, place)
    elif not _exchange(new, place):
        _exchange_in_two_steps(new, place)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names atomically. False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done = rename(
        AT_FDCWD,
        os.fsencode(one),
        AT_FDCWD,
        os.fsencode(other),
        ctypes.c_uint(RENAME_EXCHANGE),
    )
    return bool(done == 0)


def _exchange_in_two_steps(new: Path, place: Path) -> None:
    away = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    os.rename(place, away / "old")
    os.rename(new, place)
    os.rename(away / "old", new)
    away.rmdir()
