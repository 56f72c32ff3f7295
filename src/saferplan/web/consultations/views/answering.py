"""Answering step by step: the list, a question, who, check, send, the receipt."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.consultations.answering_forms import (
    AnswerForm,
    KeepForm,
    WhoForm,
    initial_of,
    sheet_of,
)
from saferplan.web.consultations.models import Question, Response
from saferplan.web.consultations.routing import asked_of, chosen_in
from saferplan.web.consultations.services.moderating import told_of
from saferplan.web.consultations.services.outcomes import outcomes_of
from saferplan.web.consultations.services.receipts import (
    WHAT_BECOMES_OF_IT,
    about_oneself,
    as_read,
    lines_of,
    link_back,
    mail_link,
    mail_receipt,
    receipt_text,
    said_in,
)
from saferplan.web.consultations.services.responding import (
    save,
    save_who,
    send,
    take_back,
)
from saferplan.web.consultations.services.speaking import GROUPS
from saferplan.web.consultations.views.limits import few_letters
from saferplan.web.consultations.views.pins import map_of, pin_of, pointed_at
from saferplan.web.consultations.views.private import (
    everything_of,
    site_of,
    with_word,
)


def asked(response: Response) -> list[Question]:
    """The questions that this person is asked, those about themselves left out."""
    questions = response.consultation.questions.filter(apart=False)
    return asked_of(questions, chosen_in(response))


def about_questions(response: Response) -> list[Question]:
    return list(response.consultation.questions.filter(apart=True))


def answers_of(response: Response) -> list[dict[str, Any]]:
    """Each question with what was said to it, for a list."""
    said = {each.question_id: each for each in response.answers.all()}
    return [
        {
            "question": question,
            "text": question.text_in(response.language),
            "language": question.language_in(response.language),
            "lines": lines_of(
                as_read(question, answer.chosen, response.language),
                answer.text,
                answer.place,
            )
            if (answer := said.get(question.pk))
            else [],
        }
        for question in asked(response)
    ]


def comments_of(response: Response) -> list[Any]:
    rows = response.answers.exclude(passage=None).select_related("passage__draft")
    return list(rows.order_by("passage__draft", "passage__order"))


@with_word
def overview(request: HttpRequest, response: Response, word: str) -> HttpResponse:
    """What there is to answer and what is answered; once sent, the receipt."""
    if response.sent_at is not None or response.withdrawn_at is not None:
        return redirect("consultations:answer_receipt", word=word)
    return render(
        request,
        "consultations/answer.html",
        {
            **everything_of(response, word),
            "answers": answers_of(response),
            "comments": comments_of(response),
            "drafts": response.consultation.drafts.defer("text"),
            "about": about_questions(response),
            "about_said": len(about_oneself(response)),
            "link": link_back(response, word, site_of(request)),
        },
    )


@with_word
def question(
    request: HttpRequest, response: Response, word: str, key: str
) -> HttpResponse:
    """One question. Saving goes on to the next one, or back to where it came from."""
    here = get_object_or_404(response.consultation.questions, key=key, apart=False)
    drawn = map_of(response.consultation) if here.kind == here.Kind.PLACE else None
    pointed = pointed_at(request, drawn, key)
    form = answer_form(request, response, here, pointed)
    failed = "Point at a place on the map, or name it." if pointed == "" else None
    if form.is_valid():
        try:
            save(response, [form.said])
        except NotAllowed as reason:
            failed = str(reason)
        else:
            return redirect(after(request, response, word, here))
    questions = asked(response)
    place = questions.index(here) + 1 if here in questions else 0
    return render(
        request,
        "consultations/question.html",
        {
            **everything_of(response, word),
            "form": form,
            "failed": failed,
            "question": here,
            "place": place,
            "of": len(questions),
            "back": address_before(response, word, questions, here),
            "then": request.GET.get("then") or request.POST.get("then", ""),
            "map": drawn,
            **pin_of(drawn, form),
        },
        status=422 if failed or form.errors else 200,
    )


def answer_form(
    request: HttpRequest, response: Response, here: Question, pointed: str | None
) -> AnswerForm:
    """The form of a question; after pointing at its map, with all that was typed."""
    before = response.answers.filter(question=here).first()
    sent = request.POST if request.method == "POST" and pointed is None else None
    form = AnswerForm(
        here, sent, language=response.language, initial=initial_of(before)
    )
    if pointed is not None:
        for name in form.fields:
            form.initial[name] = request.POST.get(form.add_prefix(name), "")
        form.initial["position"] = pointed
    return form


def after(request: HttpRequest, response: Response, word: str, here: Question) -> str:
    if request.POST.get("then") == "check":
        return reverse("consultations:answer_check", args=[word])
    later = [each for each in asked(response) if each.order > here.order]
    if later:
        return reverse("consultations:answer_question", args=[word, later[0].key])
    name = "answer_about" if about_questions(response) else "answer_who"
    return reverse(f"consultations:{name}", args=[word])


def address_before(
    response: Response, word: str, questions: list[Question], here: Question
) -> str:
    earlier = [each for each in questions if each.order < here.order]
    if earlier:
        return reverse("consultations:answer_question", args=[word, earlier[-1].key])
    return reverse("consultations:answer", args=[word])


@with_word
def about(request: HttpRequest, response: Response, word: str) -> HttpResponse:
    """Who somebody is, if they like. Kept apart from everything else they say."""
    before = about_oneself(response)
    sent = request.POST if request.method == "POST" else None
    sheet = sheet_of(about_questions(response), sent, language=response.language)
    for form in sheet.forms:
        form.initial = initial_of(before.get(form.question.pk))
    failed = None
    if sent is not None and sheet.is_valid():
        try:
            save(response, sheet.said)
        except NotAllowed as reason:
            failed = str(reason)
        else:
            then = "check" if request.POST.get("then") == "check" else "who"
            return redirect(f"consultations:answer_{then}", word=word)
    return render(
        request,
        "consultations/about_you.html",
        {
            **everything_of(response, word),
            "sheet": sheet,
            "failed": failed,
            "then": request.GET.get("then") or request.POST.get("then", ""),
        },
        status=422 if failed or sheet.wrong else 200,
    )


@with_word
def who(request: HttpRequest, response: Response, word: str) -> HttpResponse:
    """Whether they answer for themselves, and a name and address if they like."""
    sent = request.POST if request.method == "POST" else None
    first = {name: getattr(response, name) for name in WhoForm.Meta.fields}
    form = WhoForm(sent, initial=first)
    failed = None
    if form.is_valid():
        try:
            response = save_who(response, **form.cleaned_data)
        except NotAllowed as reason:
            failed = str(reason)
        else:
            group = response.kind in GROUPS
            then = "answer_for_whom" if group else "answer_check"
            return redirect(f"consultations:{then}", word=word)
    return render(
        request,
        "consultations/who.html",
        {**everything_of(response, word), "form": form, "failed": failed},
        status=422 if failed or form.errors else 200,
    )


@with_word
def check(request: HttpRequest, response: Response, word: str) -> HttpResponse:
    """Everything they said, with a way to change each; POST sends it."""
    answers = answers_of(response)
    missing = [
        each for each in answers if each["question"].required and not each["lines"]
    ]
    comments = comments_of(response)
    nothing = not comments and not any(each["lines"] for each in answers)
    sending = request.method == "POST"
    if sending and not missing and not nothing:
        newly = response.sent_at is None
        sent = send(response)
        if newly and sent.email:
            mail_receipt(sent, word, site_of(request))
        return redirect("consultations:answer_receipt", word=word)
    return render(
        request,
        "consultations/check.html",
        {
            **everything_of(response, word),
            "answers": answers,
            "comments": comments,
            "about_said": len(about_oneself(response)),
            "about": about_questions(response),
            "missing": missing if sending else [],
            "nothing": nothing if sending else False,
        },
        status=422 if sending else 200,
    )


@with_word
def receipt(request: HttpRequest, response: Response, word: str) -> HttpResponse:
    """The reference, what becomes of it, and everything they said."""
    return render(
        request,
        "consultations/receipt.html",
        {
            **everything_of(response, word),
            "becomes": WHAT_BECOMES_OF_IT[response.standing],
            "said": said_in(response),
            "link": link_back(response, word, site_of(request)),
            "told": told_of(response),
            "outcomes": outcomes_of(response),
            "may_change": response.consultation.state in ("open", "not open yet")
            and response.withdrawn_at is None,
        },
    )


@with_word
def receipt_file(request: HttpRequest, response: Response, word: str) -> HttpResponse:
    """The receipt to keep, as plain text."""
    name = f"response-{response.reference}.txt"
    return HttpResponse(
        receipt_text(response),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@with_word
@few_letters
def keep(request: HttpRequest, response: Response, word: str) -> HttpResponse:
    """The link with which to come back; POST sends it to an address."""
    form = KeepForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address = form.cleaned_data["email"]
        mail_link(response, word, site_of(request), address)
        messages.success(request, f"The link is on its way to {address}.")
        return redirect("consultations:answer_keep", word=word)
    return render(
        request,
        "consultations/keep.html",
        {
            **everything_of(response, word),
            "form": form,
            "link": link_back(response, word, site_of(request)),
        },
        status=422 if form.errors else 200,
    )


@with_word
def withdraw(request: HttpRequest, response: Response, word: str) -> HttpResponse:
    """Ask whether they are sure; POST takes the response back."""
    failed = None
    if request.method == "POST":
        try:
            take_back(response)
        except NotAllowed as reason:
            failed = str(reason)
        else:
            return redirect("consultations:answer_receipt", word=word)
    return render(
        request,
        "consultations/take_back.html",
        {**everything_of(response, word), "failed": failed},
        status=422 if failed else 200,
    )
