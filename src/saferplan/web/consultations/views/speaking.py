"""The step of the form in which an organisation says for whom it speaks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Response, Voice
from saferplan.web.consultations.services.responding import check_can_still_change
from saferplan.web.consultations.services.speaking import GROUPS, keep_voice
from saferplan.web.consultations.views.private import everything_of, with_word
from saferplan.web.consultations.voice_forms import VoiceForm


@with_word
def for_whom(request: HttpRequest, response: Response, word: str) -> HttpResponse:
    """For whom they speak, whom they asked, how far those agree. An individual: 404."""
    if response.kind not in GROUPS:
        raise Http404
    kept = Voice.objects.filter(response=response).first()
    sent = request.POST if request.method == "POST" else None
    first = {} if kept else {"body": response.name}
    form = VoiceForm(sent, instance=kept, initial=first, kind=response.kind)
    failed = None
    if form.is_valid():
        try:
            check_can_still_change(response)
            keep_voice(response, **form.cleaned_data)
        except NotAllowed as reason:
            failed = str(reason)
        else:
            return redirect("consultations:answer_check", word=word)
    return render(
        request,
        "consultations/for_whom.html",
        {**everything_of(response, word), "form": form, "failed": failed},
        status=422 if failed or form.errors else 200,
    )
