"""The map that people point at, and where they pointed."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from saferplan.web.assessments.wards import newest_of, wards_of
from saferplan.web.consultations.answering_forms import AnswerForm, PositionField
from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.pin_map import PinMap, pin_map
from saferplan.web.consultations.views.asking import visible_consultation

X, Y = "pin.x", "pin.y"  # as a browser names the two numbers of an image button


def map_of(consultation: Consultation) -> PinMap | None:
    """The wards as anybody may see them: of the newest published assessment."""
    everybody = AnonymousUser()
    newest = newest_of(consultation.partnership, everybody)
    return pin_map(wards_of(newest, everybody).outlines) if newest else None


def pointed_at(request: HttpRequest, drawn: PinMap | None, key: str) -> str | None:
    """
    Where somebody pointed: "51.5, -0.1"; "" if nowhere; None if they did not.

    Enter in a field presses the first button of the page, which is the map: with a
    place typed into the question of this key, it is no pointing.
    """
    if drawn is None or X not in request.POST:
        return None
    try:
        found = drawn.position(float(request.POST[X]), float(request.POST[Y]))
    except (KeyError, ValueError):
        found = None
    if found is not None:
        return f"{found[0]}, {found[1]}"
    typed = (request.POST.get(f"{key}-{name}", "") for name in ("place", "position"))
    return None if any(each.strip() for each in typed) else ""


def pin_of(drawn: PinMap | None, form: AnswerForm) -> dict[str, str]:
    """The position in a form and the ward it is in, for its page; "" where none is."""
    typed = str(form["position"].value() or "") if drawn else ""
    found = position_in(typed)
    ward = drawn.ward_at(*found) if drawn and found else ""
    return {"pin": typed if found else "", "ward": ward}


def position_in(typed: str) -> tuple[float, float] | None:
    """Where a position that was typed is; None if it is no position."""
    try:
        found: tuple[float, float] | None = PositionField().to_python(typed)
    except ValidationError:
        return None
    return found


@login_not_required
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The map of a consultation's wards, with a pin `?at=` a position."""
    drawn = map_of(visible_consultation(request, pk))
    if drawn is None:
        raise Http404
    pin = position_in(request.GET.get("at", ""))
    return HttpResponse(drawn.svg(pin), content_type="image/svg+xml")
