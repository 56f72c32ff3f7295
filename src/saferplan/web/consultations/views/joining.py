"""Putting several voices together into one response, and asking members for theirs."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.consultations.joint_document import (
    joint_to_docx,
    joint_to_text,
    whose,
)
from saferplan.web.consultations.joint_forms import AnswerForm, JointForm, SayForm
from saferplan.web.consultations.models import (
    Joint,
    JointAnswer,
    MemberPoint,
    Point,
    Question,
)
from saferplan.web.consultations.services import joining
from saferplan.web.consultations.views.deciding import read_consultation
from saferplan.web.consultations.views.limits import not_too_often
from saferplan.web.consultations.views.splitting import number_in
from saferplan.web.partnerships.requests import MemberRequest, members_only

WHOLE = "whole"  # in an address, what is said of no question
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Asked:
    """
    One question of the workspace, and what there is on it.

    points  with whose each is, and whether the joint words rest on it
    """

    key: str
    question: Question | None
    answer: JointAnswer | None
    points: list[tuple[Point, str, bool]]
    said: list[MemberPoint]


def joint_in(request: MemberRequest, pk: int, joint_id: int) -> Joint:
    consultation = read_consultation(request, pk)
    joints = consultation.joints.select_related("consultation__partnership", "response")
    return get_object_or_404(joints, pk=joint_id)


@members_only
def joints(request: MemberRequest, pk: int) -> HttpResponse:
    """Those being put together, and beginning another."""
    consultation = read_consultation(request, pk)
    form = JointForm(request.POST or None, consultation=consultation)
    if form.is_valid():
        made = joining.begin_joint(consultation, by=request.user, **form.cleaned_data)
        return redirect("consultations:joint", pk=pk, joint_id=made.pk)
    return render(
        request,
        "consultations/joints.html",
        {
            "consultation": consultation,
            "joints": consultation.joints.select_related("response"),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@members_only
def joint(request: MemberRequest, pk: int, joint_id: int) -> HttpResponse:
    """The workspace: each question, whose points there are on it, the joint words."""
    found = joint_in(request, pk, joint_id)
    asked = asked_in(found)
    return render(
        request,
        "consultations/joint.html",
        {
            "consultation": found.consultation,
            "joint": found,
            "asked": asked,
            "written": sum(bool(each.answer and each.answer.text) for each in asked),
            "dissent": [each for each in found.said.all() if each.dissents],
            "asking": joining.is_asking(found),
        },
    )


def asked_in(found: Joint) -> list[Asked]:
    answers = {
        each.question_id: each
        for each in found.answers.prefetch_related("points__response__voice", "said")
    }
    points = list(joining.sources_of(found))
    said = list(found.said.all())
    questions: list[Question | None] = [
        *found.consultation.questions.filter(apart=False),
        None,
    ]
    found_on = []
    for question in questions:
        pk = question.pk if question else None
        known = answers.get(pk)
        rests_on = {each.pk for each in known.points.all()} if known else set()
        found_on.append(
            Asked(
                question.key if question else WHOLE,
                question,
                known,
                [
                    (point, whose(point.response), point.pk in rests_on)
                    for point in points
                    if point.pk in rests_on or (pk and point.question_id == pk)
                ],
                [each for each in said if each.question_id == pk],
            )
        )
    return found_on


def elsewhere(found: Joint, asked: Asked) -> list[tuple[Point, str]]:
    """Points of the bodies that are on another question, on a passage, or on none."""
    here = {point.pk for point, _, _ in asked.points}
    points = joining.sources_of(found).exclude(pk__in=here)
    return [(point, whose(point.response)) for point in points]


@members_only
def change(request: MemberRequest, pk: int, joint_id: int) -> HttpResponse:
    found = joint_in(request, pk, joint_id)
    form = JointForm(
        request.POST or None, instance=found, consultation=found.consultation
    )
    if request.method == "POST" and form.is_valid():
        try:
            joining.change_joint(found, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("consultations:joint", pk=pk, joint_id=joint_id)
    return render(
        request,
        "consultations/joint_change.html",
        {"consultation": found.consultation, "joint": found, "form": form},
        status=422 if form.errors else 200,
    )


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


@require_POST
@members_only
def send(request: MemberRequest, pk: int, joint_id: int) -> HttpResponse:
    found = joint_in(request, pk, joint_id)
    try:
        response = joining.send_joint(found, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
        return redirect("consultations:joint", pk=pk, joint_id=joint_id)
    stands = response.get_standing_display().lower()
    messages.success(request, f"Sent as {response}: {stands}.")
    return redirect("consultations:response", pk=pk, response_id=response.pk)


@members_only
def document(request: MemberRequest, pk: int, joint_id: int, kind: str) -> HttpResponse:
    """The joint response as it stands, to be sent elsewhere."""
    found = joint_in(request, pk, joint_id)
    if kind not in KINDS:
        raise Http404
    body = joint_to_docx(found) if kind == "docx" else joint_to_text(found)
    return HttpResponse(
        body,
        content_type=KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="response.{kind}"'},
    )


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
