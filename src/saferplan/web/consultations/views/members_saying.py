"""What the members of a network say: by the link they were sent, or typed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.consultations.joint_forms import SayForm
from saferplan.web.consultations.services import joining
from saferplan.web.consultations.views.joining import joint_in
from saferplan.web.consultations.views.limits import not_too_often
from saferplan.web.partnerships.requests import MemberRequest, members_only


@require_POST
@members_only
def link(request: MemberRequest, pk: int, joint_id: int) -> HttpResponse:
    """Make the link for members. It is shown once: only its digest is kept."""
    found = joint_in(request, pk, joint_id)
    word = joining.make_link(found, by=request.user)
    return render(
        request,
        "consultations/joint_link.html",
        {
            "consultation": found.consultation,
            "joint": found,
            "address": request.build_absolute_uri(
                reverse("consultations:member_says", args=[word])
            ),
        },
    )


@members_only
def say(request: MemberRequest, pk: int, joint_id: int) -> HttpResponse:
    """An officer types in what a member said at an event, on paper, by telephone."""
    found = joint_in(request, pk, joint_id)
    form = SayForm(request.POST or None, consultation=found.consultation)
    context: dict[str, Any] = {"joint": found, "form": form}
    if form.is_valid():
        try:
            joining.say(
                found, form.points, token=form.cleaned_data["token"], by=request.user
            )
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Kept what the member says.")
            return redirect("consultations:joint", pk=pk, joint_id=joint_id)
    context["consultation"] = found.consultation
    status = 422 if form.errors else 200
    return render(request, "consultations/joint_say.html", context, status=status)


@login_not_required
@not_too_often
def member_says(request: HttpRequest, word: str) -> HttpResponse:
    """A member says its points by the link that the network sent it."""
    found = joining.joint_with(word)
    if found is None:
        raise Http404
    context: dict[str, Any] = {"joint": found, "consultation": found.consultation}
    form = SayForm(request.POST or None, consultation=found.consultation)
    status = 200
    if not joining.is_asking(found):
        return private(request, "consultations/member_over.html", context, 410)
    if form.is_valid():
        try:
            joining.say(found, form.points, token=form.cleaned_data["token"])
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            context["said"] = form.points
            context["at"] = timezone.now()
            return private(request, "consultations/member_thanks.html", context, 200)
    if form.errors:
        status = 422
    context |= {"form": form}
    return private(request, "consultations/member_says.html", context, status)


def private(
    request: HttpRequest, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """No search engine lists it and no cache keeps it: the word is a key."""
    answer = render(request, template, context, status=status)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
