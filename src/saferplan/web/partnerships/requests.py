"""Requests of people who are signed in, and pages for people who have a role."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse

from saferplan.errors import NotAllowed
from saferplan.web.partnerships.models import Membership, Person

P = ParamSpec("P")


class UserRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person


class MemberRequest(UserRequest):
    """A request of somebody who has a role in a partnership."""

    membership: Membership


def members_only(
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in people who have a role; in the view, `request.membership` says which."""

    @wraps(view)
    def for_members(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        member = cast(MemberRequest, request)
        if member.membership is None:
            raise NotAllowed(
                "Your account has no role in a partnership at present. "
                "Ask an administrator of your partnership to invite you again."
            )
        return view(member, *args, **kwargs)

    return for_members
