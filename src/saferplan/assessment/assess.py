"""
Ask every question of the evidence about one borough.

    assessment = assess(store, "E09000023")

The same releases give the same assessment, byte for byte: nothing here looks at a
clock, and every list has an order of its own.
"""

from collections.abc import Callable, Iterator

import saferplan
from saferplan.areas.places import known_boroughs
from saferplan.assessment.cautions import with_cautions
from saferplan.assessment.cited import cited
from saferplan.assessment.confidence import confidence
from saferplan.assessment.counters import counters
from saferplan.assessment.courts import courts
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Assessment, Finding, Gap, Outline
from saferplan.assessment.flags import flags
from saferplan.assessment.harm import harm
from saferplan.assessment.homicide import homicide
from saferplan.assessment.households import households
from saferplan.assessment.partners import partners
from saferplan.assessment.places import picture_of, shapes
from saferplan.assessment.plan import plan
from saferplan.assessment.priorities import priorities
from saferplan.assessment.protection import protect
from saferplan.assessment.rates import rates
from saferplan.assessment.reasons import reasons
from saferplan.assessment.recorded_crime import recorded_crime
from saferplan.assessment.small_areas import small_areas
from saferplan.assessment.stops import stops
from saferplan.assessment.street import monthly_incidents, street
from saferplan.assessment.vulnerability import vulnerability
from saferplan.assessment.wards import wards
from saferplan.errors import AreaError
from saferplan.store import EvidenceStore

# A question: it looks at the evidence for an area, and says what it finds or cannot.
Topic = Callable[[Evidence, Area], list[Finding | Gap]]

# In the order that a reader meets them under each head.
TOPICS: tuple[Topic, ...] = (
    recorded_crime,
    rates,
    households,
    wards,
    small_areas,
    flags,
    homicide,
    street,
    partners,
    stops,
    courts,
    counters,
    reasons,
    priorities,
    harm,
    vulnerability,
    confidence,
    plan,
)


def assess(store: EvidenceStore | Evidence, area_code: str) -> Assessment:
    """
    Return the strategic assessment of one borough.

    store      the evidence; give an Evidence to share its tables between boroughs
    area_code  a borough's ONS code, such as E09000023

    Small numbers that could point to a person are hidden already. Raises AreaError if
    the evidence holds no recorded crime for the borough.
    """
    evidence = store if isinstance(store, Evidence) else Evidence(store)
    area = borough(evidence, area_code)
    said = [each for topic in TOPICS for each in topic(evidence, area)]
    found = (each for each in said if isinstance(each, Finding))
    findings = tuple(map(protect, with_cautions(evidence, area, found)))
    releases = sorted({release for each in findings for release in each.releases})
    return Assessment(
        area=area,
        findings=findings,
        gaps=tuple(each for each in said if isinstance(each, Gap)),
        releases=tuple(cited(evidence.store, release) for release in releases),
        saferplan_version=saferplan.__version__,
        outlines=_outlines(evidence, area),
    )


def assess_all(store: EvidenceStore | Evidence) -> Iterator[Assessment]:
    """Assess every borough that has recorded crime, in the order of their codes."""
    evidence = store if isinstance(store, Evidence) else Evidence(store)
    for code in evidence.boroughs:
        yield assess(evidence, code)


def _outlines(evidence: Evidence, area: Area) -> tuple[Outline, ...]:
    """The shapes of the borough's wards, for its maps."""
    found = shapes(evidence, "ward", evidence.children("ward", area.code))
    return picture_of(found, "ward") if found else ()


def borough(evidence: Evidence, code: str) -> Area:
    """Return the borough of a code, by the name its publisher gives it."""
    names = evidence.boroughs
    if code not in names and code in known_boroughs():
        # The City of London has its own police, who publish no table by borough.
        city = Area(code, known_boroughs()[code], "borough")
        if monthly_incidents(evidence, city) is not None:
            return city
    if not names:
        raise AreaError(
            "There is no recorded crime in the evidence yet. Load some first: "
            "saferplan load FOLDER"
        )
    if code not in names:
        some = ", ".join(f"{code} {name}" for code, name in list(names.items())[:3])
        raise AreaError(
            f"{code} is not a borough in the evidence. There are {len(names)}, for "
            f"example {some}."
        )
    return Area(code, names[code], "borough")
