"""The map that people point at, and where they pointed."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from saferplan.web.assessments.wards import newest_of, wards_of
from saferplan.web.consultations.answering_forms import PositionField
from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.pin_map import PinMap, pin_map
from saferplan.web.consultations.views.asking import visible_consultation

X, Y = "pin.x", "pin.y"  # as a browser names the two numbers of an image button


def map_of(consultation: Consultation) -> PinMap | None:
    """The wards as anybody may see them: of the newest published assessment."""
    everybody = AnonymousUser()
    newest = newest_of(consultation.partnership, everybody)
    return pin_map(wards_of(newest, everybody).outlines) if newest else None


def pointed_at(request: HttpRequest, drawn: PinMap | None) -> str | None:
    """Where somebody pointed: "51.5, -0.1"; "" if nowhere; None if they did not."""
    if drawn is None or X not in request.POST:
        return None
    try:
        found = drawn.position(float(request.POST[X]), float(request.POST[Y]))
    except (KeyError, ValueError):
        return ""
    return f"{found[0]}, {found[1]}" if found else ""


@login_not_required
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The map of a consultation's wards, with a pin `?at=` a position."""
    drawn = map_of(visible_consultation(request, pk))
    if drawn is None:
        raise Http404
    try:
        pin = PositionField().to_python(request.GET.get("at", ""))
    except ValidationError:
        pin = None
    return HttpResponse(drawn.svg(pin), content_type="image/svg+xml")
