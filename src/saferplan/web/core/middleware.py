"""What holds for every request, and the headers that every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

# Nothing on the site needs any of these.
NO_POWERS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

METHODS = ("GET", "HEAD", "POST", "OPTIONS")

Answer = Callable[[HttpRequest], HttpResponseBase]


def headers(get_response: Answer) -> Answer:
    def add_headers(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", NO_POWERS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Pages of people who are signed in stay out of shared machines' caches.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return add_headers


def methods(get_response: Answer) -> Answer:
    def refuse_others(request: HttpRequest) -> HttpResponseBase:
        """Answer what browsers ask in; views would take TRACE or PUT for a GET."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return refuse_others
