"""Pages for whoever has the word in the link: one response, and nobody else's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from saferplan.web.consultations.models import Response
from saferplan.web.consultations.services.tokens import response_with

View = Callable[..., HttpResponse]
# What is told where a form was changed on its way, or belongs to something else.
OUT_OF_DATE = (
    "The form was not one of ours, or is of another consultation. Nothing you typed is "
    "lost: send it again."
)


def with_word(view: View) -> View:
    """
    Give the view the response that the word in its address leads to.

    No search engine may list the page, and no other site learns its address: the word
    is as good as the response itself.
    """

    @login_not_required
    @wraps(view)
    def found(request: HttpRequest, word: str, **options: Any) -> HttpResponse:
        response = response_with(word)
        if response is None:
            raise Http404
        answer = view(request, response, word=word, **options)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers["Cache-Control"] = "no-store, private"
        return answer

    return found


def site_of(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def everything_of(response: Response, word: str) -> dict[str, Any]:
    """What each of these pages shows."""
    return {
        "consultation": response.consultation,
        "response": response,
        "word": word,
        "private": True,
    }
