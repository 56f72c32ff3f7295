"""What stands in the navigation, in order, and who sees it. Add a page here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from saferplan.web.assessments.permissions import check_can_see_evidence
from saferplan.web.consultations.permissions import check_can_see_consultations
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.models import Membership, Partnership, Person
from saferplan.web.partnerships.permissions import (
    check_can_see_people,
    check_is_member,
    check_is_staff,
)
from saferplan.web.performance.permissions import check_can_see_indicators
from saferplan.web.plans.permissions import check_can_see_plans


@dataclass(frozen=True)
class Entry:
    """
    A link in the navigation, shown to those whom `check` lets pass.

    page    the name of its URL
    public  whether the page has something for people without a partnership
    """

    title: str
    page: str
    check: Callable[[Person, Partnership], None]
    public: bool = False


ENTRIES = (
    Entry("Home", "home:front", check_is_member),
    Entry("Assessments", "assessments:all", check_is_member, public=True),
    Entry("Plans", "plans:all", check_can_see_plans, public=True),
    Entry("Performance", "performance:all", check_can_see_indicators, public=True),
    Entry(
        "Consultations",
        "consultations:all",
        check_can_see_consultations,
        public=True,
    ),
    Entry("Evidence", "assessments:evidence", check_can_see_evidence),
    Entry("Record", "home:record", check_is_staff),
    Entry("People", "partnerships:people", check_can_see_people),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What the frame of each page shows: who is here, where, and where they may go."""
    membership: Membership | None = getattr(request, "membership", None)
    # A request that is refused early has nobody on it.
    person = getattr(request, "user", None)
    return {
        "membership": membership,
        "has_account": person is not None and person.is_authenticated,
        "navigation_items": items(request.path, membership),
        "demonstration": settings.DEMONSTRATION,
        "contact": settings.CONTACT,
    }


def items(path: str, membership: Membership | None) -> list[dict[str, Any]]:
    shown = []
    for entry in ENTRIES:
        if not is_for(entry, membership):
            continue
        href = reverse(entry.page)
        here = path == href or (href != "/" and path.startswith(href))
        shown.append(
            {"text": entry.title, "href": href, "current": path == href, "active": here}
        )
    return shown


def is_for(entry: Entry, membership: Membership | None) -> bool:
    if membership is None:
        return entry.public
    return allows(entry.check, membership.person, membership.partnership)
