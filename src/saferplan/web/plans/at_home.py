"""Of plans, what somebody finds on the home page: theirs to read, theirs to do."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from saferplan.plans.delivery import Standing
from saferplan.web.partnerships.models import Membership, Partnership, Role
from saferplan.web.plans.contents import contents_of
from saferplan.web.plans.models import Action, BoardPack, Version
from saferplan.web.plans.models.version import IN_FORCE
from saferplan.web.plans.services.reminding import AHEAD
from saferplan.web.plans.shown import delivery_of

REPORTERS = frozenset({Role.PARTNER_LEAD, Role.VCSE_OFFICER})
MOST = 5


@dataclass(frozen=True)
class ToRead:
    """
    version  of a plan, in force
    pack     the newest for its board; None if there is none, or it has no actions
    """

    version: Version
    pack: BoardPack | None


def to_read(partnership: Partnership) -> list[ToRead]:
    """The versions in force, the newest first."""
    versions = Version.objects.filter(
        plan__partnership=partnership, state__in=IN_FORCE
    ).select_related("plan")
    return [
        ToRead(version, version.plan.packs.first())
        for version in versions.order_by("-on", "-pk")[:MOST]
    ]


def owed_by(membership: Membership) -> list[tuple[Action, Standing]]:
    """
    The actions led by somebody's organisation that wait for a report, longest first.

    Of plans in force alone; for those who do not report on actions, none.
    """
    if membership.role not in REPORTERS:
        return []
    today = timezone.localdate()
    owed = []
    for each in to_read(membership.partnership):
        plan = each.version.plan
        standing = delivery_of(plan, contents_of(plan), on=today).each
        owed += [
            (action, standing[action.pk])
            for action in plan.actions.standing()
            .with_all()
            .filter(lead=membership.organisation_id)
            if is_owed(standing[action.pk], today)
        ]
    return sorted(owed, key=lambda one: one[1].report_by or today)


def is_owed(standing: Standing, today: date) -> bool:
    """Whether it is overdue, or a report is late or due within a week."""
    soon = standing.report_by is not None and standing.report_by <= today + AHEAD
    return soon or standing.state == "overdue"
