"""A document beside its points: split, placed, and settled by a person."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    NoPoint,
    Point,
    ResponseDocument,
)
from saferplan.web.consultations.services import splitting
from saferplan.web.consultations.services.layouts import ranges_of
from saferplan.web.consultations.split_parts import (
    chapters_of,
    heading_above,
    parts_of,
    sentences_of,
)
from saferplan.web.consultations.splitting_forms import PlaceForm
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.core.numbers import number_in
from saferplan.web.partnerships.models import Person
from saferplan.web.partnerships.requests import MemberRequest, members_only

ON_A_PAGE = 60


def document_in(request: MemberRequest, pk: int, response_id: int) -> ResponseDocument:
    consultation = read_consultation(request, pk)
    documents = ResponseDocument.objects.filter(response__consultation=consultation)
    related = "response__consultation__partnership"
    return get_object_or_404(
        documents.select_related(related, "settled_by"), response=response_id
    )


@members_only
def show(request: MemberRequest, pk: int, response_id: int) -> HttpResponse:
    """The words on one side, what they are on the other, from the first to the last."""
    document = document_in(request, pk, response_id)
    consultation = document.response.consultation
    parts = parts_of(document)
    points = [part for part in parts if part.point]
    waiting = [part for part in points if part.is_open]
    only_open = request.GET.get("show") == "open"
    shown = waiting if only_open else parts
    first = page_at(number_in(request.GET.get("from", "0")), len(shown))
    return render(
        request,
        "consultations/split.html",
        {
            "consultation": consultation,
            "response": document.response,
            "document": document,
            "parts": shown[first : first + ON_A_PAGE],
            "first": first,
            "total": len(shown),
            "before": max(0, first - ON_A_PAGE) if first else None,
            "after": first + ON_A_PAGE if first + ON_A_PAGE < len(shown) else None,
            "only_open": only_open,
            "ticked": request.GET.get("tick") == "suggested",
            "points": len(points),
            "waiting": len(waiting),
            "stretches": len(parts) - len(points),
            "may_undo": document.earlier_splits.exists(),
            "whole": parts,
            "chapters": chapters_of(document, parts),
            "on_a_page": ON_A_PAGE,
            "next": address_of(document, waiting[0].start) if waiting else "",
            "form": PlaceForm(consultation=consultation),
        },
    )


def page_at(number: int, total: int) -> int:
    """The first part of the page that has this one, or of the last page there is."""
    return max(0, min(number, total - 1)) // ON_A_PAGE * ON_A_PAGE


@members_only
def point(
    request: MemberRequest, pk: int, response_id: int, point_id: int
) -> HttpResponse:
    """One point: say what it is about, split it, join it, or say that it is none."""
    document = document_in(request, pk, response_id)
    found = get_object_or_404(document.points.filter(removed_at=None), pk=point_id)
    consultation = document.response.consultation
    form = PlaceForm(
        request.POST or None,
        consultation=consultation,
        initial={
            "question": found.question_id,
            "passage": found.passage_id,
            "about_whole": found.about_whole,
            "seen": document.edition,
        },
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            splitting.place(document, found, by=request.user, **said)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            following = next_open(document, found)
            if "next" in request.POST and following:
                return redirect("consultations:split_point", pk, response_id, following)
            return redirect(address_of(document, found.start))
    return render(
        request,
        "consultations/point.html",
        {
            "consultation": consultation,
            "response": document.response,
            "document": document,
            "point": found,
            "form": form,
            "under": heading_above(document, found),
            "follows_open": next_open(document, found) is not None,
            "sentences": sentences_of(document, found),
            "follows": document.points.filter(removed_at=None, start=found.end).first(),
        },
        status=422 if form.errors else 200,
    )


def next_open(document: ResponseDocument, point: Point) -> int | None:
    """The key of the point after this one that waits for a place, if one does."""
    after = document.points.filter(removed_at=None, start__gt=point.start)
    waiting = (each for each in after.order_by("start") if not each.is_placed)
    return next((each.pk for each in waiting), None)


def address_of(
    document: ResponseDocument, start: int, *, only_open: int | None = None
) -> str:
    """
    The page of the split that shows what stands at this character.

    only_open  where the page began, of those that show only what waits
    """
    response = document.response
    page = reverse("consultations:split", args=[response.consultation_id, response.pk])
    if only_open is not None:
        return f"{page}?show=open&from={only_open}"
    starts = sorted(each for each, _ in ranges_of(document))
    at = max((n for n, each in enumerate(starts) if each <= start), default=0)
    there = starts[at] if starts else 0
    return f"{page}?from={at // ON_A_PAGE * ON_A_PAGE}#at-{there}"


@require_POST
@members_only
def change(request: MemberRequest, pk: int, response_id: int) -> HttpResponse:
    """One change of the split. What it is, the button says: "merge:12"."""
    document = document_in(request, pk, response_id)
    name, _, number = request.POST.get("do", "").partition(":")
    if name in CHANGES:
        try:
            CHANGES[name](document, number_in(number), request.POST, request.user)
        except NotAllowed as reason:
            messages.error(request, str(reason))
    else:
        messages.error(request, "Choose what to do.")
    document.refresh_from_db()
    ticked = document.points.filter(pk__in=ticked_in(request.POST)).order_by("start")
    first = ticked.first()
    here = first.start if first else number_in(request.POST.get("here", ""))
    began = request.POST.get("open", "")
    only_open = number_in(began) if began else None
    return redirect(address_of(document, here, only_open=only_open))


Change = Callable[[ResponseDocument, int, QueryDict, Person], object]


def seen_in(said: QueryDict) -> int:
    return number_in(said.get("seen", ""))


def point_with(document: ResponseDocument, pk: int) -> Point:
    return get_object_or_404(document.points, pk=pk)


def stretch_with(document: ResponseDocument, pk: int) -> NoPoint:
    return get_object_or_404(document.without_point, pk=pk)


def split(document: ResponseDocument, pk: int, said: QueryDict, by: Person) -> None:
    at = [number_in(each) for each in said.getlist("at")]
    point = point_with(document, pk)
    splitting.split(document, point, at, seen=seen_in(said), by=by)


def merge(document: ResponseDocument, pk: int, said: QueryDict, by: Person) -> None:
    splitting.merge(document, point_with(document, pk), seen=seen_in(said), by=by)


def hold_none(document: ResponseDocument, pk: int, said: QueryDict, by: Person) -> None:
    point, why = point_with(document, pk), said.get("why", "")
    splitting.hold_none(document, point, why=why, seen=seen_in(said), by=by)


def make_point(
    document: ResponseDocument, pk: int, said: QueryDict, by: Person
) -> None:
    empty = stretch_with(document, pk)
    splitting.make_point(document, empty, seen=seen_in(said), by=by)


def confirm_none(
    document: ResponseDocument, pk: int, said: QueryDict, by: Person
) -> None:
    empty = stretch_with(document, pk)
    splitting.confirm_none(document, empty, seen=seen_in(said), by=by)


def ticked_in(said: QueryDict) -> list[int]:
    return [number_in(each) for each in said.getlist("point")]


def confirm(document: ResponseDocument, pk: int, said: QueryDict, by: Person) -> None:
    points = list(document.points.filter(pk__in=ticked_in(said)))
    splitting.confirm(document, points, seen=seen_in(said), by=by)


def place(document: ResponseDocument, pk: int, said: QueryDict, by: Person) -> None:
    form = PlaceForm(said, consultation=document.response.consultation)
    if not form.is_valid():
        raise NotAllowed("Choose a question or a part of the draft that is there.")
    points = list(document.points.filter(pk__in=ticked_in(said)))
    splitting.place_together(document, points, by=by, **form.cleaned_data)


CHANGES: dict[str, Change] = {
    "split": split,
    "merge": merge,
    "none": hold_none,
    "point": make_point,
    "none_right": confirm_none,
    "confirm": confirm,
    "place": place,
    "undo": lambda document, _, said, by: splitting.undo(
        document, seen=seen_in(said), by=by
    ),
    "settle": lambda document, _, said, by: splitting.settle(
        document, seen=seen_in(said), by=by
    ),
}
