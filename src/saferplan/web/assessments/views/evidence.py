"""The evidence catalogue: what we hold, how fresh it is, what is missing."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from saferplan.errors import StoreError
from saferplan.web.assessments.catalogue import part_in_words, read_catalogue
from saferplan.web.assessments.permissions import (
    check_can_load_evidence,
    check_can_see_quarantine,
)
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only

MOST_RELEASES = 100


@members_only
def catalogue(request: MemberRequest) -> HttpResponse:
    here = request.membership.partnership
    return render(
        request,
        "assessments/evidence.html",
        {
            "catalogue": read_catalogue(),
            "most": MOST_RELEASES,
            "may_load": allows(check_can_load_evidence, request.user, here),
        },
    )


@members_only
def release(request: MemberRequest, release_id: str) -> HttpResponse:
    here = request.membership.partnership
    known = read_catalogue()
    found = next((each for each in known.releases if each.id == release_id), None)
    if found is None:
        raise Http404
    from saferplan.sources.publishers import publisher_name

    return render(
        request,
        "assessments/release.html",
        {
            "release": found,
            "title": known.titles.get(found.source, found.source),
            "publisher": publisher_name(found.publisher),
            "part_in_words": part_in_words,
            "may_see_rows": allows(check_can_see_quarantine, request.user, here),
        },
    )


@members_only
def quarantine(request: MemberRequest, release_id: str, kind: str) -> HttpResponse:
    check_can_see_quarantine(request.user, request.membership.partnership)
    # The engine is slow to import, and the rest of the site does without it.
    from saferplan.store import EvidenceStore, default_place

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
