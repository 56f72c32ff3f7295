"""
Install what the tests need and Python packages cannot bring: a browser, and Java.

Does nothing where they are there. Where they are not, installs Debian's packages if
this person may, and otherwise says what to install.
"""

import os
import shutil
import subprocess
import sys

# What we look for on the path, and Debian's package for it.
NEEDED = {
    "chromium": "chromium",
    "java": "default-jre-headless",
}


def install(packages: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def main() -> int:
    missing = [package for name, package in NEEDED.items() if not shutil.which(name)]
    if not missing:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing", ", ".join(missing))
        install(missing)
        return 0
    print(
        f"The tests need {' and '.join(missing)}. On Debian or Ubuntu: "
        f"sudo apt-get install {' '.join(missing)}",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
