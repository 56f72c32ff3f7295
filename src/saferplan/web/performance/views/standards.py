"""Pages of standards of service."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from saferplan.errors import NotAllowed, SourceChanged
from saferplan.web.core.downloads import table_response
from saferplan.web.core.pages import plural
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.models import Partnership
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.performance.beside import exposure_of, services_of
from saferplan.web.performance.borough_picture import picture_of as boroughs_picture
from saferplan.web.performance.lottery import lottery_of
from saferplan.web.performance.models.standard import Observation
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.served import Served, served_by
from saferplan.web.performance.services.standards import check_can_observe, observe
from saferplan.web.performance.standard_forms import LookForm, SheetForm
from saferplan.web.performance.standard_sheet import COLUMNS, looks_in, read_sheet
from saferplan.web.performance.standing import (
    COLOURS,
    HEADINGS,
    Promise,
    promises,
    rows_of,
    seen_in,
)
from saferplan.web.performance.ward_maps import RATE, exposure_map, promise_map
from saferplan.web.performance.ward_picture import WardPicture
from saferplan.web.performance.wards_beside import wards_beside

SEEN_HEADINGS = (
    *("Standard", "Area", "Area code", "Seen", "On", "Source", "Entered by"),
    "Entered on",
)


def found_for(
    request: HttpRequest, partnership: Partnership
) -> tuple[Served, dict[str, list[Promise]]]:
    places = served_by(partnership, request.user)
    seen = seen_in(partnership)
    return places, promises(places, seen, today=timezone.localdate())


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    """The partnerships that somebody has looked at standards in."""
    membership = getattr(request.user, "membership", None)
    found = Partnership.objects.filter(observations__isnull=False).distinct()
    if membership is not None:
        return redirect("performance:standards_of", membership.partnership_id)
    if found.count() == 1:
        return redirect("performance:standards_of", found.get().pk)
    return render(request, "performance/standards_all.html", {"partnerships": found})


@login_not_required
def show(request: HttpRequest, partnership_id: int) -> HttpResponse:
    partnership = get_object_or_404(Partnership, pk=partnership_id)
    places, found = found_for(request, partnership)
    made = partnership.comparisons.filter(indicator=None).first()
    exposure = exposure_of(made) if made else None
    return render(
        request,
        "performance/standards.html",
        {
            "partnership": partnership,
            "places": places,
            "ward": found["ward"],
            "borough": found["borough"],
            "colours": COLOURS,
            "pictures": [
                (each, promise_map(each, places.outlines)) for each in found["ward"]
            ],
            "exposure_map": exposure_map(places.wards, places.outlines),
            "lottery": lottery_of(places, found["ward"]),
            "exposure": exposure,
            "boroughs_picture": boroughs_picture(exposure) if exposure else None,
            "services": services_of(made, found["borough"], today=timezone.localdate())
            if made
            else [],
            "may_compare": allows(check_can_keep, request.user, partnership),
            "may_observe": allows(check_can_observe, request.user, partnership),
        },
    )


@login_not_required
def table(request: HttpRequest, partnership_id: int, kind: str) -> HttpResponse:
    partnership = get_object_or_404(Partnership, pk=partnership_id)
    _, found = found_for(request, partnership)
    rows = rows_of([*found["ward"], *found["borough"]])
    return table_response("standards-of-service", kind, HEADINGS, rows)


@login_not_required
def ward(request: HttpRequest, partnership_id: int, code: str) -> HttpResponse:
    """A ward, beside its neighbours and those with about as much crime."""
    partnership = get_object_or_404(Partnership, pk=partnership_id)
    places, found = found_for(request, partnership)
    wards = {each.code: each for each in places.wards}
    here = wards.get(code)
    if here is None:
        raise Http404
    return render(
        request,
        "performance/standard_ward.html",
        {
            "partnership": partnership,
            "ward": here,
            "period": places.period,
            "promises": found["ward"],
            "colours": COLOURS,
            "maps": maps_about(code, places, found["ward"]),
            "beside": wards_beside(partnership, places, code),
            "seen": Observation.objects.filter(
                partnership=partnership, area=code
            ).select_related("by"),
        },
    )


def maps_about(
    code: str, places: Served, found: list[Promise]
) -> list[tuple[str, WardPicture]]:
    """A ward among the others: its promises, and how much crime there is."""
    maps = [
        *(
            (each.standard.title, promise_map(each, places.outlines, here=code))
            for each in found
        ),
        (RATE.title, exposure_map(places.wards, places.outlines, here=code)),
    ]
    return [(title, picture) for title, picture in maps if picture is not None]


@members_only
def observations(request: MemberRequest, kind: str) -> HttpResponse:
    """Everything that was entered, newest first, for officers to take away."""
    partnership = request.membership.partnership
    check_can_observe(request.user, partnership)
    rows = Observation.objects.filter(partnership=partnership).select_related("by")
    return table_response(
        "observations",
        kind,
        SEEN_HEADINGS,
        [
            [
                *(each.standard, each.area_name, each.area, each.value),
                *(each.day.isoformat(), each.source, str(each.by)),
                timezone.localtime(each.at).isoformat(timespec="minutes"),
            ]
            for each in rows
        ],
    )


@members_only
def enter(request: MemberRequest) -> HttpResponse:
    """Enter what somebody saw."""
    partnership = request.membership.partnership
    check_can_observe(request.user, partnership)
    places = served_by(partnership, request.user)
    first = {name: request.GET[name] for name in request.GET}
    form = LookForm(request.POST or None, places=places, initial=first or None)
    if form.is_valid():
        observe(partnership, [form.look], by=request.user)
        messages.success(request, "What was seen is in. Everybody can read it.")
        return redirect("performance:standards_of", partnership.pk)
    return render(
        request,
        "performance/standard_enter.html",
        {"form": form, "partnership": partnership},
        status=422 if form.errors else 200,
    )


@members_only
def sheet(request: MemberRequest) -> HttpResponse:
    """Enter a table: all of it, or none with the reason beside each row."""
    partnership = request.membership.partnership
    check_can_observe(request.user, partnership)
    form = SheetForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    lines = []
    if form.is_valid():
        text = form.cleaned_data["text"]
        places = served_by(partnership, request.user)
        try:
            lines = read_sheet(text, places, today=timezone.localdate())
            if wrong := [line for line in lines if line.problem]:
                raise SourceChanged(
                    f"{plural(len(wrong), 'row')} of {len(lines):,} could not be read. "
                    f"Nothing was entered. Put them right below and send it again."
                )
            observe(partnership, looks_in(lines), by=request.user)
        except (SourceChanged, NotAllowed) as reason:
            # What was in a file is shown in the box, where it can be put right.
            form.data = {**request.POST.dict(), "text": text}
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"{plural(len(lines), 'observation')} entered.")
            return redirect("performance:standards_of", partnership.pk)
    return render(
        request,
        "performance/standard_sheet.html",
        {
            "form": form,
            "partnership": partnership,
            "columns": ",".join(COLUMNS),
            "wrong": [line for line in lines if line.problem],
        },
        status=422 if form.errors else 200,
    )
