"""Who is asking, in which role, and whether they have taken the second step."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from saferplan.web.partnerships.models import Membership, Person

Answer = Callable[[HttpRequest], HttpResponseBase]

# What an officer reaches before the second step is set up, and nothing else.
WITHOUT_SECOND_STEP = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_reauthenticate",
    }
)


def membership(get_response: Answer) -> Answer:
    """Put this person's role on the request, as `request.membership`, or None."""

    def add_membership(request: HttpRequest) -> HttpResponseBase:
        person = request.user
        request.membership = (  # type: ignore[attr-defined]
            person.membership if isinstance(person, Person) else None
        )
        return get_response(request)

    return add_membership


def second_step(get_response: Answer) -> Answer:
    """Send officers who have not set up the second step to where they can."""

    def require_second_step(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        role: Membership | None = request.membership  # type: ignore[attr-defined]
        if role is None or not role.is_staff:
            return None
        page = request.resolver_match and request.resolver_match.url_name
        if page in WITHOUT_SECOND_STEP or is_mfa_enabled(request.user):
            return None
        return redirect("mfa_activate_totp")

    require_second_step.process_view = process_view  # type: ignore[attr-defined]
    return require_second_step
