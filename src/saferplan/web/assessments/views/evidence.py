"""The evidence catalogue: what we hold, how fresh it is, what is missing."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from saferplan.errors import StoreError
from saferplan.store import EvidenceStore, default_place
from saferplan.web.assessments.catalogue import read_catalogue
from saferplan.web.assessments.permissions import (
    check_can_load_evidence,
    check_can_see_refused_rows,
)
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only


@members_only
def catalogue(request: MemberRequest) -> HttpResponse:
    here = request.membership.partnership
    return render(
        request,
        "assessments/evidence.html",
        {
            "catalogue": read_catalogue(default_place()),
            "may_load": allows(check_can_load_evidence, request.user, here),
        },
    )


@members_only
def release(request: MemberRequest, release_id: str) -> HttpResponse:
    here = request.membership.partnership
    found = next(
        (
            release
            for release in read_catalogue(default_place()).releases
            if release.id == release_id
        ),
        None,
    )
    if found is None:
        raise Http404
    return render(
        request,
        "assessments/release.html",
        {
            "release": found,
            "may_see_rows": allows(check_can_see_refused_rows, request.user, here),
        },
    )


@members_only
def quarantine(request: MemberRequest, release_id: str, kind: str) -> HttpResponse:
    check_can_see_refused_rows(request.user, request.membership.partnership)
    try:
        rows = EvidenceStore(default_place()).quarantine(release_id)
    except StoreError as error:
        raise Http404 from error
    return table_response(
        f"quarantine-{release_id}",
        kind,
        ["Release", "File", "Line", "Reason", "Row as it was"],
        rows.select("release", "file", "line", "reason", "text").rows(),
    )
