"""Who may ask, read what was said, and answer it."""

from django.contrib.auth.models import AnonymousUser

from saferplan.web.consultations.models import Consultation
from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.partnerships.permissions import check_has_role, check_is_member

check_can_see_consultations = check_is_member

# Who asks people, types in what came on paper, and reads what they said.
ASKERS = (Role.HEAD, Role.ANALYST, Role.VCSE_OFFICER)


def check_can_ask(person: Person | AnonymousUser, partnership: Partnership) -> None:
    """Set up a consultation."""
    check_has_role(person, partnership, *ASKERS)


def check_can_read(person: Person | AnonymousUser, consultation: Consultation) -> None:
    """Read every response, enter one, split it into points and place them."""
    check_has_role(person, consultation.partnership, *ASKERS)


def check_can_launch(
    person: Person | AnonymousUser, consultation: Consultation
) -> None:
    """Launch it, give it more time, and publish the answer to what was said."""
    check_has_role(person, consultation.partnership, Role.HEAD)
