"""The responses there are, one of them, and taking in what came as a document."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode

from saferplan.consultations.redaction import suggest_redactions
from saferplan.errors import SaferplanError
from saferplan.web.consultations.models import Consultation, Response, Voice
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.services.speaking import (
    GROUPS,
    heard_in,
    keep_voice,
)
from saferplan.web.consultations.services.taking_in import take_in_document
from saferplan.web.consultations.taking_in_forms import FindForm, TakeInForm
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.consultations.voice_forms import VoiceForm
from saferplan.web.consultations.words_of import places_of
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.core.pages import day
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only

ON_A_PAGE = 50
COLUMNS = (
    *("Response", "Who speaks", "Name, where it is public", "How it came", "Sent on"),
    *("Whether it counts", "Members asked, never added", "Points", "Wholly split"),
)


def response_in(consultation: Consultation, response_id: int) -> Response:
    found = consultation.responses.select_related(
        "consultation__partnership", "document", "voice", "erasure", "entered_by"
    )
    return get_object_or_404(found, pk=response_id)


@members_only
def responses(request: MemberRequest, pk: int) -> HttpResponse:
    """Every response, and what is left to do with it."""
    consultation = read_consultation(request, pk)
    form = FindForm(request.GET, auto_id="by_%s")
    related = ("document", "voice", "erasure")
    everything = consultation.responses.select_related(*related)
    page = Paginator(form.narrowed(everything).order_by("-pk"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    kept = [(name, request.GET[name]) for name in form.fields if request.GET.get(name)]
    return render(
        request,
        "consultations/responses.html",
        {
            "consultation": consultation,
            "form": form,
            "page": page,
            "kept": urlencode(kept),
            "heard": heard_in(consultation),
            "any": consultation.responses.exists(),
        },
    )


@members_only
def table(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """
    The responses as a table. Nobody is named in it who did not agree to be, and no
    e-mail address is in it at all.
    """
    consultation = read_consultation(request, pk)
    found = consultation.responses.exclude(sent_at=None)
    rows: list[list[Cell]] = [
        row_of(each) for each in found.select_related("document", "voice", "erasure")
    ]
    return table_response("responses", kind, COLUMNS, rows)


def row_of(response: Response) -> list[Cell]:
    voice = getattr(response, "voice", None)
    document = getattr(response, "document", None)
    named = (voice.body if voice else response.name) if response.public else ""
    split = "" if document is None else "yes" if document.settled_at else "no"
    return [
        response.reference,
        response.get_kind_display(),
        named,
        response.get_channel_display(),
        day(response.sent_at),
        "yes" if response.is_counted else "no",
        voice.asked if voice else "",
        response.points.filter(removed_at=None).count(),
        split,
    ]


@members_only
def take_in(request: MemberRequest, pk: int) -> HttpResponse:
    consultation = read_consultation(request, pk)
    form = TakeInForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content, name = form.document
        try:
            response = take_in_document(
                consultation,
                content,
                name,
                form.said,
                token=form.cleaned_data["token"],
                by=request.user,
            )
        except SaferplanError as reason:
            form.refuse(str(reason))
        else:
            messages.success(request, f"Taken in as {response}.")
            then = "voice" if response.kind in GROUPS else "split"
            return redirect(f"consultations:{then}", pk=pk, response_id=response.pk)
    return render(
        request,
        "consultations/take_in.html",
        {"consultation": consultation, "form": form},
        status=422 if form.errors else 200,
    )


@members_only
def response(request: MemberRequest, pk: int, response_id: int) -> HttpResponse:
    """One response, whole, for those who read them."""
    consultation = read_consultation(request, pk)
    found = response_in(consultation, response_id)
    document = getattr(found, "document", None)
    points = list(found.points.filter(removed_at=None)) if document else []
    return render(
        request,
        "consultations/response.html",
        {
            "consultation": consultation,
            "response": found,
            "answers": found.answers.select_related("question", "passage", "hidden"),
            "document": document,
            "voice": getattr(found, "voice", None),
            "erasure": getattr(found, "erasure", None),
            "redactions": found.redactions.select_related("by"),
            "may_have_voice": found.kind in GROUPS,
            "may_erase": allows(check_can_launch, request.user, consultation),
            "suggested": sum(
                len(suggest_redactions(place.text))
                for place in places_of(found)
                if place.own
            ),
            "points": len(points),
            "open_points": sum(not point.is_placed for point in points),
        },
    )


@members_only
def voice(request: MemberRequest, pk: int, response_id: int) -> HttpResponse:
    """For whom a response speaks, whom it asked, and how it was agreed."""
    consultation = read_consultation(request, pk)
    found = response_in(consultation, response_id)
    kept = Voice.objects.filter(response=found).first()
    form = VoiceForm(request.POST or None, instance=kept, kind=found.kind)
    if request.method == "POST" and form.is_valid():
        try:
            keep_voice(found, by=request.user, **form.cleaned_data)
        except SaferplanError as reason:
            form.add_error(None, str(reason))
        else:
            then = "split" if is_not_yet_split(found) else "response"
            return redirect(f"consultations:{then}", pk=pk, response_id=found.pk)
    return render(
        request,
        "consultations/voice.html",
        {"consultation": consultation, "response": found, "form": form},
        status=422 if form.errors else 200,
    )


def is_not_yet_split(response: Response) -> bool:
    """Whether it is a document that was just taken in: its split is the next step."""
    document = getattr(response, "document", None)
    return document is not None and document.edition == 0
