"""The wards of a partnership's newest assessment, and what it says of each."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from saferplan.assessment.finding import Finding, Outline
from saferplan.web.assessments.models import StrategicAssessment
from saferplan.web.assessments.seen import seen_by
from saferplan.web.partnerships.models import Partnership, Person

RATES = "rate by ward"


@dataclass(frozen=True)
class Place:
    """
    A ward or a borough.

    rate       recorded crime for 1,000 residents; None where it is not known, as are
    residents  and `offences`
    """

    code: str
    name: str
    rate: float | None = None
    residents: float | None = None
    offences: float | None = None


@dataclass(frozen=True)
class Wards:
    """
    outlines  as far as they are known
    finding   with the rates; None where the assessment has none
    """

    wards: tuple[Place, ...]
    outlines: tuple[Outline, ...] = ()
    finding: Finding | None = None


def newest_of(
    partnership: Partnership, person: Person | AnonymousUser
) -> StrategicAssessment | None:
    """The newest assessment that this person may read, those published first."""
    made = StrategicAssessment.objects.visible_to(person).filter(
        partnership=partnership
    )
    return made.listed().order_by("-published_at", "-made_at").first()


def wards_of(assessment: StrategicAssessment, person: Person | AnonymousUser) -> Wards:
    """The wards that an assessment knows of, as far as this person may."""
    content, _ = seen_by(person, assessment)
    outlines = tuple(each for each in content.outlines if each.area_set == "ward")
    wards = {each.code: Place(each.code, each.name) for each in outlines}
    finding = next((e for e in content.findings if e.measure.name == RATES), None)
    if finding is not None:
        wards |= {each.code: each for each in places_in(finding)}
    return Wards(tuple(wards.values()), outlines, finding)


def places_in(finding: Finding) -> list[Place]:
    """The wards of a finding's table; what is hidden there stays unknown here."""
    if finding.table is None:
        return []
    at = [column.name for column in finding.table.columns]
    found = []
    for row in finding.table.rows:
        cells = dict(zip(at, row, strict=True))
        found.append(
            Place(
                str(cells["code"]),
                str(cells["ward"]),
                *(figure(cells[name]) for name in ("rate", "residents", "offences")),
            )
        )
    return found


def figure(cell: str | int | float | None) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
