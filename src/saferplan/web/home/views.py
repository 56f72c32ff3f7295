"""What is new and what is due for this person; the record; pages about the site."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from saferplan import definitions
from saferplan.web.consultations.at_home import newly_answered, open_now, waiting_for
from saferplan.web.core.downloads import table_response
from saferplan.web.core.models import Event, Job
from saferplan.web.core.permissions import allows
from saferplan.web.core.record import check_record
from saferplan.web.home.due import duties_by_area, how_often, what_is_due
from saferplan.web.partnerships.models import Person, Role
from saferplan.web.partnerships.permissions import (
    check_can_check_record,
    check_is_staff,
)
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.performance.asked import asked_of
from saferplan.web.plans.at_home import MOST, owed_by, to_read
from saferplan.web.plans.duties import COLOURS, counted, register_of

NEWS = 8
EVENTS_ON_A_PAGE = 50


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """A plain public page for strangers; for people, what is new and what is due."""
    person = request.user
    if not isinstance(person, Person):
        public = {"open": open_now(), "answered": newly_answered()}
        return render(request, "home/welcome.html", public)
    if person.membership is None:
        return render(request, "home/no_role.html")
    events = Event.objects.visible_to(person).select_related("by", "about")
    today = timezone.localdate()
    # Keeping the register is a head's first job; others look it up.
    is_head = person.membership.role == Role.HEAD
    lines = register_of(person.membership.partnership, today) if is_head else []
    return render(
        request,
        "home/home.html",
        {
            "lines": lines,
            "pressing": [line for line in lines if line.is_pressing],
            "unrecorded": [line for line in lines if line.state == "not recorded"],
            "counts": counted(lines),
            "colours": COLOURS,
            "events": events[:NEWS],
            "jobs": Job.objects.visible_to(person).unfinished()[:NEWS],
            "due": what_is_due(today),
            "asked": asked_of(person.membership),
            "owed": owed_by(person.membership),
            "most": MOST,
            "to_read": to_read(person.membership.partnership),
            "open": open_now(person.membership.partnership),
            "answered": newly_answered(person.membership.partnership),
            "waiting": waiting_for(person.membership),
            "may_read_record": allows(
                check_is_staff, person, person.membership.partnership
            ),
        },
    )


@members_only
def record(request: MemberRequest) -> HttpResponse:
    partnership = request.membership.partnership
    check_is_staff(request.user, partnership)
    events = Event.objects.visible_to(request.user).select_related("by", "about")
    return render(
        request,
        "home/record.html",
        {
            "page": Paginator(events, EVENTS_ON_A_PAGE).get_page(
                request.GET.get("page")
            ),
            "may_check": allows(check_can_check_record, request.user, partnership),
        },
    )


@members_only
def record_table(request: MemberRequest, kind: str) -> HttpResponse:
    check_is_staff(request.user, request.membership.partnership)
    events = Event.objects.visible_to(request.user).select_related("by", "about")
    return table_response(
        "record",
        kind,
        ["Number", "When", "Who", "What", "To what", "About whom", "Why", "Digest"],
        [
            (
                event.number,
                timezone.localtime(event.at).isoformat(timespec="seconds"),
                str(event.by or "Saferplan"),
                event.what,
                event.subject,
                str(event.about or ""),
                event.detail.get("reason", ""),
                event.digest,
            )
            for event in events
        ],
    )


@members_only
def check(request: MemberRequest) -> HttpResponse:
    check_can_check_record(request.user, request.membership.partnership)
    return render(request, "home/check.html", {"check": check_record()})


@members_only
def job(request: MemberRequest, job_id: int) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=job_id)
    return render(request, "home/job.html", {"job": job})


@members_only
def job_progress(request: MemberRequest, job_id: int) -> HttpResponse:
    """The same in JSON, for the page's own script."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=job_id)
    return JsonResponse(
        {
            "state": job.state,
            "title": job.get_state_display(),
            "percent": job.percent,
            "message": job.message,
            "over": job.is_over,
        }
    )


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")


@login_not_required
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "home/cookies.html")


@login_not_required
def glossary(request: HttpRequest) -> HttpResponse:
    terms = sorted(definitions.glossary().values(), key=lambda t: t.title.lower())
    return render(request, "home/glossary.html", {"terms": terms})


@login_not_required
def duties(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "home/duties.html",
        {"areas": duties_by_area(timezone.localdate()), "how_often": how_often},
    )


@login_not_required
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a fault, in the form of RFC 9116."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT}",
        f"Expires: {(expires + timedelta(days=180)).isoformat()}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Whether the site answers and its database does; for whoever keeps it running."""
    Person.objects.exists()
    return HttpResponse("well\n", content_type="text/plain")
