"""`set_up`: bring the database and the static files up to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Make or bring up to date the database, the shared cache, the static files"

    def handle(self, **options: Any) -> None:
        if connection.vendor == "sqlite":
            place = Path(str(connection.settings_dict["NAME"]))
            place.parent.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if static_files_are_out_of_date():
            self.stdout.write("Collecting styles and scripts")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def static_files_are_out_of_date() -> bool:
    collected = settings.STATIC_ROOT / "staticfiles.json"
    if not collected.exists():
        return True
    newest = max(
        path.stat().st_mtime
        for folder in settings.STATICFILES_DIRS
        for path in folder.rglob("*")
    )
    return bool(newest > collected.stat().st_mtime)
