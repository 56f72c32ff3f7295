"""
The field's other programs, in an environment of their own outside the project.

Name a Python that has them in SAFERPLAN_PEERS, or uv makes one for the run and it is
thrown away after. Without a network there are none, and the report has none.
"""

import atexit
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

# esda compiles its permutations with numba, if it is there; so it is given it.
PROGRAMS = [
    *("esda==2.9.0", "libpysal==4.14.1", "numba"),
    *("KDEpy==1.1.12", "pointpats==2.5.5"),
]


@cache
def python() -> str:
    """Return a Python that has the peers, or nothing if they cannot be had."""
    if named := os.environ.get("SAFERPLAN_PEERS", ""):
        return named
    uv = shutil.which("uv")
    if uv is None:
        return without("uv is not here to fetch them")
    folder = mkdtemp(prefix="saferplan-peers-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Path(folder) / "peers"
    binary = str(made / "bin" / "python")
    try:
        for words in (
            ["venv", "--python", sys.executable, str(made)],
            ["pip", "install", "--python", binary, *PROGRAMS],
        ):
            subprocess.run([uv, *words, "--quiet"], check=True, timeout=600)
    except (subprocess.SubprocessError, OSError) as error:
        return without(str(error))
    return binary


def without(reason: str) -> str:
    print(f"Measured without {', '.join(PROGRAMS)}: {reason}")
    return ""
