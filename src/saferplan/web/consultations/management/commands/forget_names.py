"""`forget_names`: delete names, addresses and exports left lying; run once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from saferplan.web.consultations.services.bringing_in import (
    discard_left,
    left_lying,
)
from saferplan.web.consultations.services.forgetting import due_to_forget, forget_names


class Command(BaseCommand):
    help = "Delete names and addresses of respondents once they were kept long enough"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would go, change nothing"
        )

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        today = timezone.localdate()
        for consultation, rows in due_to_forget(today):
            count = len(rows) if dry_run else forget_names(consultation, on=today)
            verb = "would go" if dry_run else "gone"
            self.stdout.write(f"{consultation}: names of {count} {verb}")
        for file in left_lying(today):
            if not dry_run:
                discard_left(file)
            verb = "would go" if dry_run else "gone"
            self.stdout.write(f"{file.consultation}: an export left lying {verb}")
