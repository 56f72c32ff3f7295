"""Cautions that need the whole assessment: evidence grown old, and few residents."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Finding
from saferplan.assessment.places import residents
from saferplan.definitions.undated import UNDATED
from saferplan.definitions.words import caveat
from saferplan.methods import cite

OLD = 12  # months behind the newest evidence
FEW = 20_000  # residents; the smallest borough of homes has many times more
PER_RESIDENT = {
    cite(name) for name in ("rates", "comparison", "funnel", "disproportionality")
}


def with_cautions(
    evidence: Evidence, area: Area, findings: Iterable[Finding]
) -> list[Finding]:
    """The same findings, each with the cautions that others of them give rise to."""
    findings = list(findings)
    dated = [each.period.end for each in findings if each.period.end != UNDATED]
    few = _few_live_here(evidence, area)
    cautious = []
    for each in findings:
        behind = 0
        if each.period.end in dated:
            behind = months_of(max(dated)) - months_of(each.period.end)
        extra = [
            *([_old(each, behind)] if behind > OLD else []),
            *([caveat("few-residents")] if few and is_per_resident(each) else []),
        ]
        cautious.append(replace(each, caveats=(*extra, *each.caveats)))
    return cautious


def is_per_resident(finding: Finding) -> bool:
    return finding.method in PER_RESIDENT and finding.measure.unit != "share"


def _few_live_here(evidence: Evidence, area: Area) -> bool:
    people = residents(evidence, "borough", [area.code])
    return people is not None and people.counts[area.code] < FEW


def months_of(day: date) -> int:
    return day.year * 12 + day.month


def _old(finding: Finding, behind: int) -> str:
    end = finding.period.end
    return (
        f"This is old: it ends in {end:%B %Y}, {behind} months before the newest "
        f"evidence here. Look for a newer publication."
    )
