"""Writing the joint words on one question beside what each voice says on it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.consultations.joint_asked import WHOLE, asked_in, elsewhere
from saferplan.web.consultations.joint_forms import AnswerForm
from saferplan.web.consultations.models import (
    Joint,
    JointAnswer,
    MemberPoint,
    Point,
)
from saferplan.web.consultations.services import joining
from saferplan.web.consultations.views.joining import joint_in
from saferplan.web.core.numbers import number_in
from saferplan.web.partnerships.requests import MemberRequest, members_only


@members_only
def answer(request: MemberRequest, pk: int, joint_id: int, key: str) -> HttpResponse:
    """Write the joint words on one question beside what each voice says on it."""
    found = joint_in(request, pk, joint_id)
    asked = next((each for each in asked_in(found) if each.key == key), None)
    if asked is None:
        raise Http404
    known = asked.answer
    form = AnswerForm(
        request.POST or None,
        initial={
            "text": known.text if known else "",
            "seen": known.edition if known else 0,
        },
    )
    if request.method == "POST" and form.is_valid():
        points, said = chosen_in(request, found)
        try:
            joining.write_answer(
                found,
                asked.question,
                points=points,
                said=said,
                by=request.user,
                **form.cleaned_data,
            )
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            address = reverse("consultations:joint", args=[pk, joint_id])
            return redirect(f"{address}#{key}")
    return render(
        request,
        "consultations/joint_answer.html",
        {
            "consultation": found.consultation,
            "joint": found,
            "asked": asked,
            "form": form,
            "elsewhere": elsewhere(found, asked),
            "chosen": chosen_before(request, known),
        },
        status=422 if form.errors else 200,
    )


def chosen_in(
    request: MemberRequest, found: Joint
) -> tuple[list[Point], list[MemberPoint]]:
    points = [number_in(each) for each in request.POST.getlist("point")]
    said = [number_in(each) for each in request.POST.getlist("said")]
    return (
        list(joining.sources_of(found).filter(pk__in=points)),
        list(found.said.filter(pk__in=said)),
    )


def chosen_before(
    request: MemberRequest, known: JointAnswer | None
) -> dict[str, set[int]]:
    """What is ticked: what was just sent, or what was kept."""
    if request.method == "POST":
        return {
            name: {number_in(each) for each in request.POST.getlist(name)}
            for name in ("point", "said")
        }
    if known is None:
        return {"point": set(), "said": set()}
    return {
        "point": {each.pk for each in known.points.all()},
        "said": {each.pk for each in known.said.all()},
    }


@require_POST
@members_only
def weigh(request: MemberRequest, pk: int, joint_id: int) -> HttpResponse:
    found = joint_in(request, pk, joint_id)
    address = reverse("consultations:joint", args=[pk, joint_id])
    pk_said = number_in(request.POST.get("said", ""))
    said = found.said.select_related("joint", "question").filter(pk=pk_said).first()
    if said is None:
        messages.error(request, "That point is no longer there. The member changed it.")
        return redirect(address)
    try:
        weight = number_in(request.POST.get("weight", ""))
        joining.weigh(said, weight=weight, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    key = said.question.key if said.question else WHOLE
    return redirect(f"{address}#{key}")
