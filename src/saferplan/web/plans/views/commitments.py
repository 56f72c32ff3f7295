"""One commitment of a strategy: its words, what serves it, and every change of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.commitment_forms import CommitmentForm, NewCommitmentForm
from saferplan.web.plans.forms import ReasonForm
from saferplan.web.plans.models import Action, Alignment, Commitment
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services import committing
from saferplan.web.plans.services.outlining import PartChanged
from saferplan.web.plans.views.actions import ask_why, own_plan
from saferplan.web.plans.views.outlines import again, draw


def own_commitment(request: MemberRequest, pk: int, commitment_id: int) -> Commitment:
    plan = own_plan(request, pk)
    rows = plan.commitments.select_related("plan__partnership")
    return get_object_or_404(rows, pk=commitment_id)


@members_only
def show(request: MemberRequest, pk: int, commitment_id: int) -> HttpResponse:
    commitment = own_commitment(request, pk, commitment_id)
    serving = Action.objects.standing().filter(
        alignments__commitment=commitment,
        alignments__verdict=Alignment.Verdict.SERVES,
    )
    return render(
        request,
        "plans/commitment.html",
        {
            "commitment": commitment,
            "plan": commitment.plan,
            "serving": serving.select_related("plan", "strand"),
            "asked_of": commitment.plan.children.exists(),
            "revisions": commitment.revisions.select_related("by"),
            "may_change": allows(check_can_change, request.user, commitment.plan),
        },
    )


@members_only
def add(request: MemberRequest, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    form = NewCommitmentForm(request.POST or None, plan=plan, initial=request.GET)
    if form.is_valid():
        said = form.cleaned_data
        made = committing.add_commitment(
            plan, section=said["heading"], text=said["text"], by=request.user
        )
        messages.success(request, f"Commitment {made.name} was added.")
        return redirect("plans:commitment", pk=pk, commitment_id=made.pk)
    back = (plan.title, reverse("plans:show", args=[pk]))
    return draw(request, plan, form, [], heading="Add a commitment", back=back)


@members_only
def edit(request: MemberRequest, pk: int, commitment_id: int) -> HttpResponse:
    """Change the words of a commitment; if another did meanwhile, show both."""
    commitment = own_commitment(request, pk, commitment_id)
    check_can_change(request.user, commitment.plan)
    known = {"text": commitment.text, "seen": commitment.edition}
    form = CommitmentForm(request.POST or None, initial=known)
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        mine = form.cleaned_data["text"]
        try:
            committing.change_commitment(
                commitment, seen=form.cleaned_data["seen"], text=mine, by=request.user
            )
        except PartChanged as clash:
            form = again(CommitmentForm, request, clash)
            differences = [("What is promised", clash.theirs["text"], mine)]
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The commitment was changed.")
            return redirect("plans:commitment", pk=pk, commitment_id=commitment_id)
    return draw(
        request,
        commitment.plan,
        form,
        differences,
        heading=f"Change commitment {commitment.name}",
        about=commitment.section,
        back=(f"Commitment {commitment.name}", committing.link_to(commitment)),
    )


@members_only
def remove(request: MemberRequest, pk: int, commitment_id: int) -> HttpResponse:
    commitment = own_commitment(request, pk, commitment_id)
    check_can_change(request.user, commitment.plan)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        committing.remove_commitment(
            commitment, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(
            request, f"Commitment {commitment.name} was taken out of the plan."
        )
        return redirect("plans:show", pk=pk)
    what, back = f"commitment {commitment.name}", committing.link_to(commitment)
    return ask_why(request, form, commitment, what=what, back=back)


@require_POST
@members_only
def put_back(request: MemberRequest, pk: int, commitment_id: int) -> HttpResponse:
    commitment = own_commitment(request, pk, commitment_id)
    committing.put_back(commitment, by=request.user)
    messages.success(request, f"Commitment {commitment.name} is in the plan again.")
    return redirect(committing.link_to(commitment))


@require_POST
@members_only
def go_back(
    request: MemberRequest, pk: int, commitment_id: int, number: int
) -> HttpResponse:
    """Give a commitment the words of an earlier edition."""
    commitment = own_commitment(request, pk, commitment_id)
    check_can_change(request.user, commitment.plan)
    get_object_or_404(commitment.revisions, number=number)
    try:
        committing.go_back(commitment, number, seen=commitment.edition, by=request.user)
    except (PartChanged, NotAllowed) as reason:
        messages.error(request, str(reason))
    return redirect(committing.link_to(commitment))
