from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships import services
from saferplan.web.partnerships.forms import InvitationForm, RoleForm
from saferplan.web.partnerships.models import Membership, Role
from saferplan.web.partnerships.permissions import (
    check_can_manage_people,
    check_can_see_people,
)
from saferplan.web.partnerships.requests import MemberRequest, members_only


@members_only
def people(request: MemberRequest) -> HttpResponse:
    partnership = request.membership.partnership
    check_can_see_people(request.user, partnership)
    memberships = Membership.objects.current().filter(partnership=partnership)
    return render(
        request,
        "partnerships/people.html",
        {
            "memberships": memberships.select_related("person", "organisation"),
            "may_manage": allows(check_can_manage_people, request.user, partnership),
        },
    )


@members_only
def people_table(request: MemberRequest, kind: str) -> HttpResponse:
    partnership = request.membership.partnership
    check_can_see_people(request.user, partnership)
    memberships = Membership.objects.current().filter(partnership=partnership)
    return table_response(
        "people",
        kind,
        ["Name", "E-mail address", "Role", "Organisation", "Since"],
        [
            (
                str(membership.person),
                membership.person.email,
                membership.get_role_display(),
                str(membership.organisation),
                membership.since.date().isoformat(),
            )
            for membership in memberships.select_related("person", "organisation")
        ],
    )


@members_only
def invite(request: MemberRequest) -> HttpResponse:
    partnership = request.membership.partnership
    check_can_manage_people(request.user, partnership)
    typed = request.POST if request.method == "POST" else None
    form = InvitationForm(typed, partnership=partnership)
    if form.is_valid():
        try:
            membership = services.invite_person(
                partnership,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                role=Role(form.cleaned_data["role"]),
                organisation=form.cleaned_data["organisation"],
                site=request.build_absolute_uri("/").rstrip("/"),
                by=request.user,
            )
        except NotAllowed as reason:
            form.add_error("email", str(reason))
        else:
            messages.success(request, f"We sent an invitation to {membership.person}.")
            return redirect("partnerships:people")
    return render(request, "partnerships/invite.html", {"form": form})


@members_only
def person(request: MemberRequest, membership_id: int) -> HttpResponse:
    membership = membership_seen_by(request, membership_id)
    may_manage = allows(check_can_manage_people, request.user, membership.partnership)
    form = RoleForm(initial={"role": membership.role})
    return render(
        request,
        "partnerships/person.html",
        {"subject": membership, "form": form, "may_manage": may_manage},
    )


@require_POST
@members_only
def change_role(request: MemberRequest, membership_id: int) -> HttpResponse:
    membership = membership_seen_by(request, membership_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the roles.")
        return redirect("partnerships:person", membership.pk)
    role = Role(form.cleaned_data["role"])
    try:
        membership = services.change_role(membership, role=role, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{membership.person} is now {role.label.lower()}.")
    return redirect("partnerships:person", membership.pk)


@members_only
def reset_second_step(request: MemberRequest, membership_id: int) -> HttpResponse:
    membership = membership_seen_by(request, membership_id)
    check_can_manage_people(request.user, membership.partnership)
    if request.method == "POST":
        services.reset_second_step(membership, by=request.user)
        messages.success(
            request, f"{membership.person} sets up a second step at the next sign-in."
        )
        return redirect("partnerships:person", membership.pk)
    return render(request, "partnerships/reset.html", {"subject": membership})


@members_only
def remove(request: MemberRequest, membership_id: int) -> HttpResponse:
    membership = membership_seen_by(request, membership_id)
    check_can_manage_people(request.user, membership.partnership)
    if request.method == "POST":
        try:
            services.remove_person(membership, by=request.user)
        except NotAllowed as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, f"{membership.person} no longer has access.")
        return redirect("partnerships:people")
    return render(request, "partnerships/remove.html", {"subject": membership})


def membership_seen_by(request: MemberRequest, membership_id: int) -> Membership:
    """Find a role in this person's own partnership; of others they know nothing."""
    partnership = request.membership.partnership
    check_can_see_people(request.user, partnership)
    current = Membership.objects.current().select_related("person", "organisation")
    return get_object_or_404(current, pk=membership_id, partnership=partnership)
