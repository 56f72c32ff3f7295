"""
Build the site's styles, scripts and typefaces with Node.

Node comes from the machine if it is new enough, otherwise from a Python package.
Nothing is rebuilt while what it is built from has not changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
STAMP = ROOT / "src/saferplan/web/static/built/stamp"
FONTS = ROOT / "src/saferplan/reports/fonts"
OLDEST_NODE = 20


def inputs() -> list[Path]:
    """Every file the build reads, but for what npm installs from the lock."""
    ours = [path for path in FRONTEND.rglob("*") if "node_modules" not in path.parts]
    scripts = (ROOT / "src/saferplan/web/static/src").rglob("*")
    return sorted(path for path in [*ours, *scripts] if path.is_file())


def fingerprint() -> str:
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def node_is_new_enough() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True)
    return int(said.stdout.lstrip("v").split(".")[0] or 0) >= OLDEST_NODE


def path_with_node() -> str:
    """Return a PATH on which `node` and `npm` are found, installing them if need be."""
    here = Path(sys.executable).parent
    path = f"{here}{os.pathsep}{os.environ['PATH']}"
    if not node_is_new_enough() and not (here / "npm").exists():
        subprocess.run(
            [here / "uv", "pip", "install", "--quiet", "--python", sys.executable]
            + ["--require-hashes", "-r", ROOT / "requirements/node.txt"],
            check=True,
        )
    return os.environ["PATH"] if node_is_new_enough() else path


def main() -> None:
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted and FONTS.exists():
        return
    environment = os.environ | {"PATH": path_with_node()}
    for command in (["npm", "ci", "--silent"], ["npm", "run", "--silent", "build"]):
        subprocess.run(command, cwd=FRONTEND, check=True, env=environment)
    STAMP.write_text(wanted)


if __name__ == "__main__":
    main()
