"""What differs between places, read from the environment or from a `.env` file."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Waiting writers queue, nothing that was acknowledged is lost in a power cut, and
# readers are never blocked. NORMAL would pass every test but the power cut. What is
# deleted is overwritten: words taken out of a response are not left in the file.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364; "
        "PRAGMA cache_size=-20000; PRAGMA secure_delete=ON;"
    ),
}


def read_dotenv(path: Path) -> None:
    """Take from `path`, if it is there, each NAME=value that is not set already."""
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def env(name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise ImproperlyConfigured(
            f"{name} is not set. Copy dotenv-sample to .env and fill it in, or run "
            f"`make demo`, which makes one for the demonstration."
        ) from None


def switch(name: str) -> bool:
    """Return whether a setting says yes; anything but yes or no is an error."""
    value = env(name)
    if value not in ("yes", "no"):
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value == "yes"


def database(url: str) -> dict[str, Any]:
    """
    Return Django's settings for `sqlite:///path` or `postgresql://user:word@host/name`.

    A host that is a folder (a Unix socket) goes in the query: `?host=/run/postgresql`.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            # Three slashes: a path from here. Four: from the root of the machine.
            "NAME": parts.path.removeprefix("/"),
            "OPTIONS": SQLITE_OPTIONS,
        }
    if parts.scheme in ("postgresql", "postgres"):
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.removeprefix("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host") or parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme!r}. "
        f"Give sqlite:///var/saferplan.sqlite3 or postgresql://user:word@host/name."
    )


def mail(url: str) -> dict[str, Any]:
    """
    Return Django's settings for `console:`, `folder:path` or `smtp://user:word@host`.

    `smtp` always uses TLS: what we send includes links that set a password.
    """
    parts = urlsplit(url)
    backends = "django.core.mail.backends"
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{backends}.console.EmailBackend"}
    if parts.scheme == "folder":
        return {
            "EMAIL_BACKEND": f"{backends}.filebased.EmailBackend",
            "EMAIL_FILE_PATH": parts.path,
        }
    if parts.scheme == "smtp":
        return {
            "EMAIL_BACKEND": f"{backends}.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname or "",
            "EMAIL_PORT": parts.port or 587,
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": True,
            "EMAIL_TIMEOUT": 10,
        }
    raise ImproperlyConfigured(
        f"MAIL_URL is {url!r}. Give console:, folder:var/mail or smtp://user:word@host."
    )
