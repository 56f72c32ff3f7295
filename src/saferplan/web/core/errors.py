"""Pages for when something is wrong. Each says what happened and what to do."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from saferplan.errors import NotAllowed

Answer = Callable[[HttpRequest], HttpResponseBase]

# Below this address people answer who may not be safe: there an error, too, has a way
# to leave in a hurry.
ANSWERING = "/consultations/"

# What a form sends besides what a person typed.
MACHINERY = frozenset({"csrfmiddlewaretoken", "next"})
# Never shown again, not even to the person who typed them.
SECRETS = frozenset({"password", "code", "oldpassword", "password1", "password2"})


def explain(get_response: Answer) -> Answer:
    """Turn a refusal into a page that gives the reason."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(
        request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return refused(request, exception)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) if isinstance(exception, NotAllowed) else ""
    context = {"reason": reason, **way_out(request)}
    return render(request, "core/403.html", context, status=403)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/400.html", way_out(request), status=400)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/404.html", way_out(request), status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "core/429.html", way_out(request), status=429)


def too_many_from_here(request: HttpRequest) -> HttpResponse:
    """Too much at once from one address. Nothing was saved, nothing typed is lost."""
    context = {"typed": typed_by_person(request), **way_out(request)}
    response = render(request, "core/wait.html", context, status=429)
    response["Retry-After"] = "60"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Nothing here may need the database: it may be what is broken."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return unavailable(request)
    context = {"contact": settings.CONTACT, **way_out(request)}
    return render(None, "core/500.html", context, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is busy or away: nothing was saved, and nothing typed is lost."""
    context = {
        "typed": typed_by_person(request),
        "contact": settings.CONTACT,
        **way_out(request),
    }
    response = render(None, "core/503.html", context, status=503)
    response["Retry-After"] = "30"
    return response


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: nothing was saved, and nothing is lost."""
    context = {
        "typed": typed_by_person(request),
        "back": request.get_full_path(),
        **way_out(request),
    }
    return render(request, "core/csrf.html", context, status=403)


def way_out(request: HttpRequest) -> dict[str, bool]:
    return {"way_out": request.path.startswith(ANSWERING)}


def typed_by_person(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the name and text of each field that a person may have typed."""
    if request.method != "POST":
        return []
    return [
        (name.replace("_", " ").capitalize(), text)
        for name, texts in request.POST.lists()
        if name not in MACHINERY | SECRETS
        for text in texts
        if text.strip()
    ]
