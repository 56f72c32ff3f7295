"""Beginning to answer: what is asked and kept, step by step or on one page."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from saferplan.web.consultations.answering_forms import Sheet, WhoForm, sheet_of
from saferplan.web.consultations.languages import OWN, languages_in
from saferplan.web.consultations.models import Consultation, Draft, Response
from saferplan.web.consultations.services.receipts import mail_receipt
from saferplan.web.consultations.services.responding import begin, send_whole
from saferplan.web.consultations.services.tokens import Opened, opened, sign
from saferplan.web.consultations.views.asking import visible_consultation
from saferplan.web.consultations.views.limits import not_too_often
from saferplan.web.consultations.views.private import OUT_OF_DATE, site_of


def languages_of(consultation: Consultation) -> list[tuple[str, str]]:
    """The languages in which it can be answered, each by its own name."""
    return languages_in(each.words for each in consultation.questions.all())


def language_asked(request: HttpRequest, consultation: Consultation) -> str:
    said = request.POST.get("language") or request.GET.get("language") or OWN
    return said if said in dict(languages_of(consultation)) else OWN


@login_not_required
@not_too_often
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, how long it takes, what is kept. POST begins."""
    consultation = visible_consultation(request, pk)
    language = language_asked(request, consultation)
    begun = request.method == "POST" and consultation.state != "being set up"
    if begun:
        form = opened(consultation, request.POST.get("token", ""))
        if form is not None:
            begin(
                consultation,
                token=form.token,
                word=form.word,
                begun_at=form.at,
                language=language,
            )
            return redirect("consultations:answer", word=form.word)
    return render(
        request,
        "consultations/start.html",
        {
            "consultation": consultation,
            "state": consultation.state,
            # What was begun was sent on above, unless its form was not one of ours.
            "failed": OUT_OF_DATE if begun else "",
            "token": sign(consultation),
            "languages": languages_of(consultation),
            "language": language,
            "draft": consultation.drafts.filter(kind=Draft.Kind.FULL).first(),
            "how_many": consultation.questions.count(),
            "minutes": max(5, 3 * consultation.questions.filter(apart=False).count()),
        },
        status=422 if begun else 200,
    )


@login_not_required
@not_too_often
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """Every question on one page, sent at once."""
    consultation = visible_consultation(request, pk)
    # Looked at more than once: for the form itself and for the languages it is in.
    prefetch_related_objects([consultation], "questions")
    sent = request.POST if request.method == "POST" else None
    form = opened(consultation, request.POST.get("token", "")) if sent else None
    if form and is_sent(form.token):  # a double click, or back and sent again
        return redirect("consultations:answer_receipt", word=form.word)
    language = language_asked(request, consultation)
    sheet = sheet_of(consultation.questions.all(), sent, language=language)
    who = WhoForm(sent, initial={"kind": "individual"})
    # Each says what is wrong with it, so both are asked.
    right = all([sheet.is_valid(), who.is_valid()])
    failed = OUT_OF_DATE if sent is not None and form is None else ""
    if form and right and not any(each.answers_something for each in sheet.said):
        failed = "You have not answered anything yet."
    elif form and right and consultation.launched_at:
        kept = keep_whole(consultation, sheet, who, form, language)
        if kept.email:
            mail_receipt(kept, form.word, site_of(request))
        return redirect("consultations:answer_receipt", word=form.word)
    return render(
        request,
        "consultations/whole.html",
        {
            "consultation": consultation,
            "sheet": sheet,
            "who": who,
            "language": language,
            "languages": languages_of(consultation),
            # A form that comes back keeps its token, or it would be another response.
            "token": request.POST["token"] if form else sign(consultation),
            "failed": failed,
            "state": consultation.state,
            "preview": consultation.launched_at is None,
        },
        status=422 if sent is not None else 200,
    )


def is_sent(token: UUID) -> bool:
    return Response.objects.filter(token=token, sent_at__isnull=False).exists()


def keep_whole(
    consultation: Consultation,
    sheet: Sheet,
    who: WhoForm,
    form: Opened,
    language: str,
) -> Response:
    return send_whole(
        consultation,
        sheet.said,
        token=form.token,
        word=form.word,
        begun_at=form.at,
        language=language,
        **who.cleaned_data,
    )
