"""`demo`: the demonstration's partnership and a sign-in for each role."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saferplan.errors import SaferplanError
from saferplan.web.partnerships.demonstration import PASSWORD, make_people, sign_ins


class Command(BaseCommand):
    help = "Make the demonstration's people, and say how to sign in as each"

    def handle(self, **options: Any) -> None:
        try:
            partnership = make_people()
        except SaferplanError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{partnership}. The password of each is: {PASSWORD}")
        for role, email, code in sign_ins():
            second_step = f"code now {code}" if code else "no code"
            self.stdout.write(f"  {role:<26} {email:<28} {second_step}")
        self.stdout.write(
            "Codes last half a minute. The page that asks for one shows it, "
            "or: python -m saferplan.web demo_code EMAIL"
        )
