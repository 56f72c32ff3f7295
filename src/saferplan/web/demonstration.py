"""The settings of a demonstration, which only this machine can reach."""

import secrets
from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "localhost", "testserver"})

SETTINGS = """\
# Made for the demonstration. To run Saferplan for real, start from dotenv-sample.
SECRET_KEY={secret_key}
RECORD_KEY={record_key}
DEBUG=no
DEMONSTRATION=yes
ALLOWED_HOSTS=127.0.0.1 localhost
HTTPS=no
PROXIES=0
DATABASE_URL=sqlite:///var/saferplan.sqlite3
STATIC_ROOT=var/static
FILES=var/files
MAIL_URL=folder:var/mail
MAIL_FROM=Saferplan <saferplan@example.org>
CONTACT=security@example.org
SAFERPLAN_STORE=var/evidence
"""


def write_settings(path: Path) -> None:
    """Write the demonstration's settings to `path`, unless there are some already."""
    if path.exists():
        return
    text = SETTINGS.format(
        secret_key=secrets.token_urlsafe(50), record_key=secrets.token_urlsafe(50)
    )
    path.touch(mode=0o600)
    path.write_text(text)
