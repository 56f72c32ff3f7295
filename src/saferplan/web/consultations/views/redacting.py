"""Taking words of a response out for good: those suggested, selected, or typed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Response
from saferplan.web.consultations.private_forms import RedactForm
from saferplan.web.consultations.selecting import (
    own_places,
    pieces_of,
    selected_in,
    still_selected,
    suggestions_in,
    ticked_in,
)
from saferplan.web.consultations.services.redacting import (
    Chosen,
    redact_words,
    with_words,
)
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.consultations.views.taking_in import response_in
from saferplan.web.core.pages import plural
from saferplan.web.partnerships.requests import MemberRequest, members_only


@members_only
def redact(request: MemberRequest, pk: int, response_id: int) -> HttpResponse:
    """Choose what to take out, and say why."""
    consultation = read_consultation(request, pk)
    found = response_in(consultation, response_id)
    form = RedactForm(request.POST or None, consultation=consultation)
    if form.is_valid():
        try:
            count = redact_words(
                found,
                chosen_in(request, found, words=form.cleaned_data["words"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except NotAllowed as reason:
            form.add_error("words", str(reason))
        else:
            messages.success(request, f"Taken out in {plural(count, 'place')}.")
            return redirect("consultations:redact", pk=pk, response_id=response_id)
    return render(
        request,
        "consultations/redact.html",
        {
            "consultation": consultation,
            "response": found,
            "form": form,
            "suggested": suggestions_in(found),
            "ticked": request.POST.getlist("run"),
            "texts": [(each, pieces_of(each.text)) for each in own_places(found)],
            "selected": list(still_selected(found, request.POST.getlist("selected"))),
            "gone": found.redactions.select_related("by"),
        },
        status=422 if form.errors else 200,
    )


def chosen_in(request: MemberRequest, response: Response, words: str) -> list[Chosen]:
    """
    What was ticked, selected and typed. Raises NotAllowed for what is not there now.
    """
    typed = with_words(response, words) if words else []
    if words and not typed:
        raise NotAllowed(
            f"“{words}” does not stand in this response. Give the words as they stand "
            f"there, whole."
        )
    return [
        *ticked_in(response, request.POST.getlist("run")),
        *selected_in(response, request.POST.getlist("selected")),
        *typed,
    ]
