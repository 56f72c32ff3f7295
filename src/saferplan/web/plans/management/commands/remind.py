"""`remind`: ask everybody who owes a report on a plan in force; run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from saferplan.web.plans.models import Plan
from saferplan.web.plans.models.version import IN_FORCE
from saferplan.web.plans.services.reminding import remind


class Command(BaseCommand):
    help = "Send links to those who owe a report on an action; run it once a day"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("site", help="where the site is: https://saferplan.example")

    def handle(self, *, site: str, **options: Any) -> None:
        in_force = Plan.objects.filter(versions__state__in=IN_FORCE)
        for plan in in_force.distinct():
            sent = remind(plan, site=site.rstrip("/"), by=None)
            self.stdout.write(f"{plan}: {sent} sent")
