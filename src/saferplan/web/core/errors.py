"""Pages for when something is wrong. Each says what happened and what to do."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from saferplan.errors import NotAllowed

Answer = Callable[[HttpRequest], HttpResponseBase]

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
    return render(request, "core/403.html", {"reason": reason}, status=403)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/400.html", status=400)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "core/429.html", status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Nothing here may need the database: it may be what is broken."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return unavailable(request)
    return render(None, "core/500.html", {"contact": settings.CONTACT}, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is busy or away: nothing was saved, and nothing typed is lost."""
    context = {"typed": typed_by_person(request), "contact": settings.CONTACT}
    response = render(None, "core/503.html", context, status=503)
    response["Retry-After"] = "30"
    return response


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: nothing was saved, and nothing is lost."""
    context = {"typed": typed_by_person(request), "back": request.get_full_path()}
    return render(request, "core/csrf.html", context, status=403)


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
