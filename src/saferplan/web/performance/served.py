"""The areas that standards are promised to, and what is known of each."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from saferplan.assessment.finding import Finding, Outline
from saferplan.web.assessments.wards import Place, newest_of, wards_of
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.models.standard import Observation


@dataclass(frozen=True)
class Served:
    """
    wards       by name
    outlines    of the wards, as far as they are known
    period      that the rates are of, in words
    assessment  and `finding`: where the rates are from
    others      boroughs that ours was set beside
    """

    boroughs: tuple[Place, ...]
    wards: tuple[Place, ...]
    outlines: tuple[Outline, ...] = ()
    period: str = ""
    assessment: int | None = None
    finding: str = ""
    names: dict[str, str] = field(default_factory=dict)
    others: tuple[Place, ...] = ()

    def enterable(self, level: str) -> tuple[Place, ...]:
        """Where something can be entered: boroughs set beside ours too."""
        return (*self.at(level), *self.others) if level == "borough" else self.wards

    def at(self, level: str) -> tuple[Place, ...]:
        return self.wards if level == "ward" else self.boroughs


def served_by(partnership: Partnership, person: Person | AnonymousUser) -> Served:
    """
    The areas of a partnership, as far as this person may know them.

    Wards, their shapes and their crime are from its newest assessment; where there is
    none, the wards are those that somebody entered something about.
    """
    newest = newest_of(partnership, person)
    entered = dict(
        Observation.objects.filter(partnership=partnership)
        .order_by("pk")
        .values_list("area", "area_name")
    )
    boroughs = {
        code: Place(code, entered.get(code, code)) for code in partnership.area_codes
    }
    others = others_of(partnership)
    wards = {
        code: Place(code, name)
        for code, name in entered.items()
        if code not in boroughs and code not in {each.code for each in others}
    }
    if newest is None:
        return served(boroughs, wards, others=others)
    boroughs[newest.area_code] = Place(newest.area_code, newest.area_name)
    known = wards_of(newest, person)
    wards |= {each.code: each for each in known.wards}
    if known.finding is None:
        return served(boroughs, wards, known.outlines, others=others)
    return served(
        boroughs, wards, known.outlines, newest.pk, known.finding, others=others
    )


def others_of(partnership: Partnership) -> tuple[Place, ...]:
    """The boroughs that this one was set beside last."""
    made = partnership.comparisons.filter(indicator=None).first()
    rows = made.rows if made else []
    found = [Place(row["code"], row["name"]) for row in rows if not row["is_own"]]
    return tuple(sorted(found, key=lambda each: each.name))


def served(
    boroughs: dict[str, Place],
    wards: dict[str, Place],
    outlines: tuple[Outline, ...] = (),
    assessment: int | None = None,
    finding: Finding | None = None,
    *,
    others: tuple[Place, ...] = (),
) -> Served:
    everywhere = [*boroughs.values(), *wards.values(), *others]
    return Served(
        boroughs=tuple(boroughs.values()),
        wards=tuple(sorted(wards.values(), key=lambda each: each.name)),
        outlines=outlines,
        period=finding.period.label if finding else "",
        assessment=assessment,
        finding=finding.id if finding else "",
        names={each.code: each.name for each in everywhere},
        others=others,
    )
