"""`check_events`: has anybody tampered with the record?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saferplan.web.core.record import check_record


class Command(BaseCommand):
    help = "Check that no event was changed, removed or put in between"

    def handle(self, **options: Any) -> None:
        check = check_record()
        if check.fault:
            raise CommandError(
                f"{check.fault} The {check.events:,} before it are right. "
                f"Restore the record from a backup, and find out who could write to it."
            )
        self.stdout.write(
            f"All {check.events:,} events are as they were recorded. "
            f"Note this somewhere else: {check.events} {check.digest}"
        )
