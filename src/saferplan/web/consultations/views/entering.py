"""Officers type in what came on paper or was said, and accept what came late."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.consultations.answering_forms import WhoForm, sheet_of
from saferplan.web.consultations.asking_forms import (
    EnteredForm,
    TypedCommentForm,
    WhyForm,
    places_in,
)
from saferplan.web.consultations.models import Consultation, Passage, Response
from saferplan.web.consultations.permissions import check_can_launch, check_can_read
from saferplan.web.consultations.services.entering import enter
from saferplan.web.consultations.services.responding import Said, accept_late
from saferplan.web.consultations.services.speaking import GROUPS
from saferplan.web.consultations.services.tokens import Opened, opened, sign
from saferplan.web.consultations.views.asking import visible_consultation
from saferplan.web.consultations.views.private import OUT_OF_DATE
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only

COMMENTS = 3  # on parts of the draft that one page takes


@members_only
def type_in(request: MemberRequest, pk: int) -> HttpResponse:
    """Type in a response for somebody who did not use the site."""
    consultation = visible_consultation(request, pk)
    check_can_read(request.user, consultation)
    sent = request.POST if request.method == "POST" else None
    sheet = sheet_of(consultation.questions.all(), sent)
    for each in sheet.forms:
        each.must = False
    who = WhoForm(sent, initial={"kind": "individual"})
    how = EnteredForm(sent)
    comments = comment_forms(consultation, sent)
    carried = opened(consultation, request.POST.get("token", "")) if sent else None
    failed = OUT_OF_DATE if sent is not None and carried is None else ""
    # Each says what is wrong with it, so all are asked.
    right = [sheet.is_valid(), *(form.is_valid() for form in (who, how, *comments))]
    said = [*sheet.said, *said_on(comments)] if all(right) else []
    if carried and all(right) and not any(each.answers_something for each in said):
        failed = "Nothing is typed in. Write an answer, or what they said."
    elif carried and all(right):
        try:
            kept = keep_typed(request, consultation, carried, said, who, how)
        except NotAllowed as reason:
            failed = str(reason)
        else:
            messages.success(request, f"It is in, as response {kept}.")
            return redirect(after(kept))
    return render(
        request,
        "consultations/enter.html",
        {
            "consultation": consultation,
            "sheet": sheet,
            "who": who,
            "how": how,
            "comments": comments,
            "failed": failed,
            "token": request.POST.get("token") if carried else sign(consultation),
        },
        status=422 if sent is not None else 200,
    )


def comment_forms(
    consultation: Consultation, sent: QueryDict | None
) -> list[TypedCommentForm]:
    places = places_in(consultation)
    return [
        TypedCommentForm(places, sent, prefix=f"comment-{at}") for at in range(COMMENTS)
    ]


def after(kept: Response) -> str:
    """The next page to type in; of an organisation, first for whom it speaks."""
    here = [kept.consultation_id]
    if kept.kind in GROUPS:
        return reverse("consultations:voice", args=[*here, kept.pk])
    return reverse("consultations:enter", args=here)


def said_on(comments: list[TypedCommentForm]) -> list[Said]:
    """What was typed on parts of a draft; twice on one part is one comment."""
    texts: dict[Passage, list[str]] = {}
    for form in comments:
        if form.passage:
            texts.setdefault(form.passage, []).append(form.cleaned_data["said"])
    return [Said(passage=each, text="\n".join(said)) for each, said in texts.items()]


def keep_typed(
    request: MemberRequest,
    consultation: Consultation,
    carried: Opened,
    said: list[Said],
    who: WhoForm,
    how: EnteredForm,
) -> Response:
    return enter(
        consultation,
        said,
        token=carried.token,
        begun_at=carried.at,
        by=request.user,
        **how.cleaned_data,
        **who.cleaned_data,
    )


@members_only
def late(request: MemberRequest, pk: int) -> HttpResponse:
    """What came after the close, and was not accepted."""
    consultation = visible_consultation(request, pk)
    check_can_read(request.user, consultation)
    rows = consultation.responses.filter(standing=Response.Standing.LATE)
    return render(
        request,
        "consultations/late.html",
        {
            "consultation": consultation,
            "responses": rows.filter(withdrawn_at=None),
            "may_accept": allows(check_can_launch, request.user, consultation),
        },
    )


@members_only
def accept(request: MemberRequest, pk: int, response_id: int) -> HttpResponse:
    """Take a late response in, with the reason."""
    consultation = visible_consultation(request, pk)
    check_can_launch(request.user, consultation)
    found = get_object_or_404(consultation.responses, pk=response_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            accept_late(found, why=form.cleaned_data["why"], by=request.user)
        except NotAllowed as reason:
            form.add_error("why", str(reason))
        else:
            messages.success(request, f"Response {found} is accepted and counts.")
            return redirect("consultations:late", pk=pk)
    return render(
        request,
        "consultations/accept_late.html",
        {"consultation": consultation, "found": found, "form": form},
        status=422 if form.errors else 200,
    )
