"""What every answer carries, and what the site is not allowed to look like."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from web.conftest import PASSWORD

from saferplan.web import settings as real_settings

WEB = Path(real_settings.__file__).parent
BUILT = WEB / "static/built"


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/no-such-page/"])
def test_the_policy_allows_our_own_files_and_nothing_else(client, db, address):
    policy = client.get(address)["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["worker-src"] == "'self'"
    assert set(rules.values()) == {"'none'", "'self'"}


def test_other_headers(client, db):
    page = client.get("/")
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"
    assert "camera=()" in page["Permissions-Policy"]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PROPFIND"])
def test_what_no_browser_asks_in_is_not_answered(client, db, method):
    page = client.generic(method, "/")
    assert page.status_code == 405
    assert page["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert "default-src" in page["Content-Security-Policy"]


def test_templates_hold_nothing_inline():
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:"
    )
    for path in WEB.rglob("templates/**/*.html"):
        assert not inline.search(path.read_text()), path


def test_security_txt_says_whom_to_tell(client, db):
    text = client.get(reverse("home:security")).text
    assert "Contact: mailto:security@example.org" in text
    assert re.search(r"Expires: \d{4}-\d\d-\d\dT", text)


def test_the_session_cookie_is_not_for_scripts(client, councillor):
    typed = {"login": councillor.email, "password": PASSWORD}
    client.post(reverse("account_login"), typed)
    assert client.cookies["session"]["httponly"]
    assert client.cookies["session"]["samesite"] == "Lax"


def in_another_process(*command, **changes):
    """Run a command of the site with settings of its own."""
    environment = os.environ | changes
    environment["DJANGO_SETTINGS_MODULE"] = "saferplan.web.settings"
    return subprocess.run(
        [sys.executable, "-m", "saferplan.web", *command],
        env=environment,
        capture_output=True,
        text=True,
    )


def test_django_finds_nothing_to_warn_of_in_a_real_deployment():
    checked = in_another_process(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        HTTPS="yes",
        SECRET_KEY="a long enough key, with many different letters: qwertzuiop",
        ALLOWED_HOSTS="saferplan.example.org",
    )
    assert checked.returncode == 0, checked.stderr


def test_a_setting_that_is_missing_stops_the_program_and_says_what_to_do(tmp_path):
    environment = {
        name: value for name, value in os.environ.items() if name != "RECORD_KEY"
    }
    environment["DJANGO_SETTINGS_MODULE"] = "saferplan.web.settings"
    checked = subprocess.run(
        [sys.executable, "-m", "saferplan.web", "check"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert checked.returncode != 0
    assert "RECORD_KEY is not set. Copy dotenv-sample to .env" in checked.stderr


@pytest.mark.skipif(not BUILT.exists(), reason="run `make assets` first")
def test_nothing_makes_us_look_like_a_government_s_own_site():
    for path in BUILT.rglob("*"):
        if path.suffix in {".css", ".js"}:
            assert "GDS Transport" not in path.read_text(), path
        assert "crest" not in path.name
        assert "crown" not in path.name


@pytest.mark.skipif(not BUILT.exists(), reason="run `make assets` first")
def test_styles_ask_only_our_own_site_for_anything():
    for path in BUILT.rglob("*.css"):
        asked = re.findall(r"url\(['\"]?([^'\")]+)", path.read_text())
        assert not [url for url in asked if "//" in url.replace("data:", "")[:12]]


def test_the_sample_names_every_setting_that_is_needed():
    source = (WEB / "settings.py").read_text()
    needed = set(re.findall(r'(?:env|switch)\("(\w+)"\)', source))
    sample = (WEB.parents[2] / "dotenv-sample").read_text()
    named = set(re.findall(r"^(\w+)=", sample, re.MULTILINE))
    assert needed <= named


def test_a_demonstration_s_settings_name_every_setting_too():
    from saferplan.web.demonstration import SETTINGS

    source = (WEB / "settings.py").read_text()
    needed = set(re.findall(r'(?:env|switch)\("(\w+)"\)', source))
    assert needed <= set(re.findall(r"^(\w+)=", SETTINGS, re.MULTILINE))


def test_sqlite_keeps_what_it_acknowledged():
    from saferplan.web.environment import SQLITE_OPTIONS

    assert "journal_mode=WAL" in SQLITE_OPTIONS["init_command"]
    assert "synchronous=FULL" in SQLITE_OPTIONS["init_command"]
    assert "secure_delete=ON" in SQLITE_OPTIONS["init_command"]
    assert SQLITE_OPTIONS["transaction_mode"] == "IMMEDIATE"
    assert settings.DATABASES["default"]["ENGINE"].startswith("django.db.backends.")
