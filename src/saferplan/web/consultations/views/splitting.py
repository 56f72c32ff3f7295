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
from saferplan.web.consultations.split_parts import parts_of, sentences_of
from saferplan.web.consultations.splitting_forms import PlaceForm
from saferplan.web.consultations.views.deciding import read_consultation
from saferplan.web.consultations.views.numbers import number_in
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
    parts = parts_of(document)
    points = [part for part in parts if part.point]
    waiting = [part for part in points if part.is_open]
    first = max(0, number_in(request.GET.get("from", "0")))
    only_open = request.GET.get("show") == "open"
    shown = waiting if only_open else parts
    return render(
        request,
        "consultations/split.html",
        {
            "consultation": document.response.consultation,
            "response": document.response,
            "document": document,
            "parts": shown[first : first + ON_A_PAGE],
            "first": first,
            "total": len(shown),
            "before": max(0, first - ON_A_PAGE) if first else None,
            "after": first + ON_A_PAGE if first + ON_A_PAGE < len(shown) else None,
            "only_open": only_open,
            "points": len(points),
            "waiting": len(waiting),
            "stretches": len(parts) - len(points),
            "may_undo": document.earlier_splits.exists(),
        },
    )


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
            "sentences": sentences_of(document, found),
            "follows": document.points.filter(removed_at=None, start=found.end).first(),
        },
        status=422 if form.errors else 200,
    )


def address_of(document: ResponseDocument, start: int) -> str:
    """The page of the split that shows what stands at this character."""
    response = document.response
    page = reverse("consultations:split", args=[response.consultation_id, response.pk])
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
    return redirect(address_of(document, number_in(request.POST.get("here", ""))))


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


def confirm(document: ResponseDocument, pk: int, said: QueryDict, by: Person) -> None:
    ticked = [number_in(each) for each in said.getlist("point")]
    points = list(document.points.filter(pk__in=ticked))
    splitting.confirm(document, points, seen=seen_in(said), by=by)


CHANGES: dict[str, Change] = {
    "split": split,
    "merge": merge,
    "none": hold_none,
    "point": make_point,
    "none_right": confirm_none,
    "confirm": confirm,
    "undo": lambda document, _, said, by: splitting.undo(
        document, seen=seen_in(said), by=by
    ),
    "settle": lambda document, _, said, by: splitting.settle(
        document, seen=seen_in(said), by=by
    ),
}
