"""Rules that no type or linter knows: what the project's files may and may not hold."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def text_of(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # a picture
        return ""


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_hashes_and_names_no_host(lock):
    text = lock.read_text()
    pins = re.findall(r"^[a-z0-9._-]+(?:\[.*\])?==.*$", text, flags=re.MULTILINE)
    assert pins
    assert all(pin.rstrip("\\").strip() for pin in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text


def test_the_npm_lock_says_what_but_not_where_from():
    lock = (ROOT / "frontend/package-lock.json").read_text()
    assert '"integrity"' in lock
    assert '"resolved"' not in lock


def test_no_file_names_a_package_registry():
    # Put together here so that this file does not name them either.
    words = [("pypi", ".org"), ("python", "hosted"), ("registry.npm", "js")]
    hosts = [first + second for first, second in words]
    naming = [
        (path.relative_to(ROOT).as_posix(), host)
        for path in tracked_files()
        for host in hosts
        if host in text_of(path)
    ]
    assert naming == []


def test_no_file_knows_somebodys_machine():
    places = re.compile("/" + r"(home|root|Users|work)/[a-z]")
    knowing = [path for path in tracked_files() if places.search(text_of(path))]
    assert knowing == []


def test_every_dependency_has_its_reason_beside_it():
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    wanted = [*project["dependencies"]]
    for extra in ("web", "spark"):
        wanted += project["optional-dependencies"][extra]
    lines = text.splitlines()
    without = [
        name
        for name in wanted
        if not any(f'"{name}"' in line and "#" in line for line in lines)
    ]
    assert without == []


def test_links_between_our_pages_lead_somewhere():
    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_the_public_data_is_not_in_the_project():
    heavy = [path for path in tracked_files() if path.stat().st_size > 1_500_000]
    data = [path for path in tracked_files() if path.suffix in {".parquet", ".gz"}]
    assert heavy == []
    assert data == []
