"""A document beside its points: split, placed, and settled by a person."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    Consultation,
    NoPoint,
    Passage,
    Point,
    Question,
    ResponseDocument,
)
from saferplan.web.consultations.services import splitting
from saferplan.web.consultations.services.first_reading import passages_of
from saferplan.web.consultations.views.deciding import read_consultation
from saferplan.web.partnerships.models import Person
from saferplan.web.partnerships.requests import MemberRequest, members_only

SENTENCE = re.compile(r"(?<=[.!?;:])[\s’”\"']+(?=[\w“‘\"'(])|\n\s*")
PARAGRAPH = re.compile(r"\n\s*\n")
ON_A_PAGE = 60


@dataclass(frozen=True)
class Part:
    """
    One stretch of the document on the page: a point, or words that hold none.

    number  of the point among the document's points; 0 of a stretch without one
    refers  the places of the draft that its words name: "pg. 17"
    heads   of a heading, the passage of the draft that it seems to stand for
    """

    text: str
    start: int
    number: int
    point: Point | None = None
    empty: NoPoint | None = None
    refers: tuple[str, ...] = ()
    heads: Passage | None = None

    @property
    def paragraphs(self) -> list[str]:
        """A line that was only broken to fit a page goes on; an empty one ends it."""
        return [each for each in PARAGRAPH.split(self.text.strip()) if each]

    @property
    def is_open(self) -> bool:
        return self.point is not None and not self.point.is_placed


class PassageField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """How it is numbered, and its first words."""
        numbered = f"{obj.label}: " if obj.label and obj.label not in obj.text else ""
        return f"{numbered}{obj.text[:90]}"


class PlaceForm(forms.Form):
    """What a point is about."""

    question = forms.ModelChoiceField(
        Question.objects.none(),
        required=False,
        empty_label="None",
        label="The question it answers",
    )
    passage = PassageField(
        Passage.objects.none(),
        required=False,
        empty_label="None",
        label="The part of the draft it is about",
    )
    about_whole = forms.BooleanField(
        required=False, label="It is about the whole, not about a part"
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: object, consultation: Consultation, **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        questions = consultation.questions.filter(apart=False)
        draft = consultation.drafts.filter(kind="full").first()
        kinds = ("section", "heading", "commitment", "action", "paragraph")
        passages = draft.passages.filter(kind__in=kinds) if draft else ()
        self.fields["question"].queryset = questions  # type: ignore[attr-defined]
        self.fields["passage"].queryset = passages  # type: ignore[attr-defined]


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


def number_in(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 7 else 0


def parts_of(document: ResponseDocument) -> list[Part]:
    """Every stretch of the text, in its order; together they are the whole of it."""
    points = document.points.filter(removed_at=None)
    rows: list[Point | NoPoint] = [
        *points.select_related("question", "passage", "placed_by"),
        *document.without_point.select_related("by"),
    ]
    refers, heads = references_in(document), headings_in(document)
    parts, number = [], 0
    for row in sorted(rows, key=lambda row: row.start):
        text = document.text[row.start : row.end]
        if isinstance(row, Point):
            number += 1
            said = tuple(words for at, words in refers if row.start <= at < row.end)
            parts.append(Part(text, row.start, number, point=row, refers=said))
        else:
            head = heads.get(row.start)
            parts.append(Part(text, row.start, 0, empty=row, heads=head))
    return parts


def references_in(document: ResponseDocument) -> list[tuple[int, str]]:
    """Where the text names a place of the draft, and how."""
    return [
        (each["start"], document.text[each["start"] : each["end"]])
        for each in document.reading.get("references", [])
        if each["whose"] == "draft"
    ]


def headings_in(document: ResponseDocument) -> dict[int, Passage]:
    """The passage that each heading seems to stand for, by where the heading begins."""
    keys = {
        each["start"]: each["place"][0]
        for each in document.reading.get("headings", [])
        if each["place"]
    }
    known = {each.key: each for each in passages_of(document.response.consultation)}
    return {start: known[key] for start, key in keys.items() if key in known}


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


def sentences_of(document: ResponseDocument, point: Point) -> list[tuple[int, str]]:
    """Where each sentence of a point begins, and its words."""
    text = document.text[point.start : point.end]
    starts = [0, *(found.end() for found in SENTENCE.finditer(text.rstrip()))]
    ends = [*starts[1:], len(text)]
    return [
        (point.start + start, text[start:end].strip())
        for start, end in zip(starts, ends, strict=True)
        if text[start:end].strip()
    ]


def address_of(document: ResponseDocument, start: int) -> str:
    """The page of the split that shows what stands at this character."""
    response = document.response
    page = reverse("consultations:split", args=[response.consultation_id, response.pk])
    starts = sorted(each for each, _ in splitting.ranges_of(document))
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
