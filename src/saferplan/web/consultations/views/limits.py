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


def not_too_often(view: View) -> View:
    """
    Refuse what is sent once an address has sent too much of it within a minute.

    A response costs nobody an account, so a machine could send them by the thousand.
    Reading is not counted, and what was typed is shown again.
    """

    @wraps(view)
    def counted(request: HttpRequest, *place: Any, **options: Any) -> HttpResponse:
        sent = request.method == "POST" and not is_from_this_machine(request)
        if sent and not ratelimit.consume(request, action="answer"):
            return too_many_from_here(request)
        return view(request, *place, **options)

    return counted


def is_from_this_machine(request: HttpRequest) -> bool:
    """
    Whether it comes from here, as everybody does behind a proxy that was not counted.

    Then all people have one address, and a limit would shut them all out.
    """
    return ip_address(get_adapter().get_client_ip(request)).is_loopback
