"""Not too much at once from one address."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse

from saferplan.web.core.errors import too_many_from_here

View = Callable[..., HttpResponse]


def at_most(action: str) -> Callable[[View], View]:
    """
    Refuse what is sent once an address has sent too much of it within a minute.

    action  as the settings name it, with how often; reading is not counted, and what
            was typed is shown again
    """

    def limited(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *place: Any, **options: Any) -> HttpResponse:
            sent = request.method == "POST" and not is_from_this_machine(request)
            if sent and not ratelimit.consume(request, action=action):
                return too_many_from_here(request)
            return view(request, *place, **options)

        return counted

    return limited


# A response costs nobody an account, so a machine could send them by the thousand.
not_too_often = at_most("answer")
# Nor may anybody write to strangers in our name, as fast as a machine can.
few_letters = at_most("letter")


def is_from_this_machine(request: HttpRequest) -> bool:
    """
    Whether it comes from here, as everybody does behind a proxy that was not counted.

    Then all people have one address, and a limit would shut them all out.
    """
    return ip_address(get_adapter().get_client_ip(request)).is_loopback
