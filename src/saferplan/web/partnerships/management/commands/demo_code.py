"""`demo_code EMAIL`: the six digits that a demonstration account's phone would show."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from saferplan.errors import SaferplanError
from saferplan.web.partnerships.demonstration import code_now
from saferplan.web.partnerships.models import Person


class Command(BaseCommand):
    help = "Print the six-digit code of a demonstration account"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **options: Any) -> None:
        person = Person.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise CommandError(f"Nobody has the address {email}. See them with: demo")
        try:
            self.stdout.write(code_now(person))
        except SaferplanError as error:
            raise CommandError(str(error)) from error
