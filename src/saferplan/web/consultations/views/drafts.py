"""The draft as a page, and a comment on one of its passages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.consultations.answering_forms import CommentForm
from saferplan.web.consultations.models import Consultation, Passage, Response
from saferplan.web.consultations.reading_a_draft import beside, contents_of, shown
from saferplan.web.consultations.services.responding import Said, begin, save
from saferplan.web.consultations.services.tokens import opened, sign
from saferplan.web.consultations.views.asking import visible_consultation
from saferplan.web.consultations.views.limits import not_too_often
from saferplan.web.consultations.views.private import (
    OUT_OF_DATE,
    everything_of,
    with_word,
)


@login_not_required
def read(request: HttpRequest, pk: int, draft_id: int) -> HttpResponse:
    """A draft, for all to read before, during and after."""
    return draw(request, visible_consultation(request, pk), draft_id)


@with_word
def read_mine(
    request: HttpRequest, response: Response, word: str, draft_id: int
) -> HttpResponse:
    """The same with one's own comments in it."""
    return draw(request, response.consultation, draft_id, response, word)


def draw(
    request: HttpRequest,
    consultation: Consultation,
    draft_id: int,
    response: Response | None = None,
    word: str = "",
) -> HttpResponse:
    draft = get_object_or_404(
        consultation.drafts.select_related("version__plan"), pk=draft_id
    )
    comments: dict[int, str] = {}
    if response is not None:
        rows = response.answers.exclude(passage=None)
        comments = {each.passage_id: each.text for each in rows if each.passage_id}
    passages = shown(draft, comments)
    return render(
        request,
        "consultations/draft.html",
        {
            **(everything_of(response, word) if response else {}),
            "consultation": consultation,
            "draft": draft,
            "others": consultation.drafts.exclude(pk=draft.pk).defer("text"),
            "passages": passages,
            "contents": contents_of(passages),
            "beside": beside(draft),
            "how_many": len(comments),
            "may_comment": consultation.state == "open"
            and (response is None or response.withdrawn_at is None),
        },
    )


@login_not_required
@not_too_often
def comment(request: HttpRequest, pk: int, draft_id: int, key: str) -> HttpResponse:
    """A comment on one passage. Saving it begins a response."""
    consultation = visible_consultation(request, pk)
    passage = passage_of(consultation, draft_id, key)
    sent = request.POST if request.method == "POST" else None
    form = CommentForm(sent)
    carried = opened(consultation, request.POST.get("token", "")) if sent else None
    failed = why_not(consultation)
    if sent is not None and carried is None:
        failed = failed or OUT_OF_DATE
    if sent is not None and not (request.POST.get("text") or "").strip():
        form.add_error("text", "Write your comment.")
    if carried and form.is_valid() and not failed:
        response = begin(
            consultation, token=carried.token, word=carried.word, begun_at=carried.at
        )
        try:
            save(response, [Said(passage=passage, text=form.cleaned_data["text"])])
        except NotAllowed as reason:
            failed = str(reason)
        else:
            return back_to(request, response, carried.word, passage)
    return render(
        request,
        "consultations/comment.html",
        {
            "consultation": consultation,
            "draft": passage.draft,
            "passage": passage,
            "form": form,
            "failed": failed,
            "token": request.POST.get("token") if carried else sign(consultation),
            "back": reverse("consultations:draft", args=[pk, draft_id]),
        },
        status=422 if sent is not None else 200,
    )


@with_word
def comment_mine(
    request: HttpRequest, response: Response, word: str, draft_id: int, key: str
) -> HttpResponse:
    """Add, change or take out a comment of a response that was begun."""
    passage = passage_of(response.consultation, draft_id, key)
    before = response.answers.filter(passage=passage).first()
    sent = request.POST if request.method == "POST" else None
    form = CommentForm(sent, initial={"text": before.text if before else ""})
    then = request.GET.get("then") or request.POST.get("then", "")
    failed = None
    if form.is_valid():
        try:
            save(response, [Said(passage=passage, text=form.cleaned_data["text"])])
        except NotAllowed as reason:
            failed = str(reason)
        else:
            if then == "check":
                return redirect("consultations:answer_check", word=word)
            return back_to(request, response, word, passage)
    return render(
        request,
        "consultations/comment.html",
        {
            **everything_of(response, word),
            "then": then,
            "draft": passage.draft,
            "passage": passage,
            "form": form,
            "failed": failed,
            "back": reverse("consultations:answer_draft", args=[word, draft_id]),
        },
        status=422 if failed or form.errors else 200,
    )


def passage_of(consultation: Consultation, draft_id: int, key: str) -> Passage:
    rows = Passage.objects.select_related("draft").exclude(kind="page")
    return get_object_or_404(
        rows, draft__consultation=consultation, draft_id=draft_id, key=key
    )


def why_not(consultation: Consultation) -> str:
    """Why a first comment cannot be made now; "" if it can."""
    if consultation.launched_at is None:
        return "The consultation is still being set up."
    if consultation.state == "not open yet":
        return "The consultation is not open yet."
    return ""


def back_to(
    request: HttpRequest, response: Response, word: str, passage: Passage
) -> HttpResponse:
    sent = response.sent_at is not None
    stands = "Your response has it now." if sent else "It is not sent yet."
    messages.success(request, f"Your comment is kept. {stands}")
    address = reverse("consultations:answer_draft", args=[word, passage.draft_id])
    return redirect(f"{address}#{passage.key}")
