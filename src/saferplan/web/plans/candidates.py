"""Candidates for priority, drawn from the newest published assessment."""

from dataclasses import dataclass, field
from typing import Any

from saferplan.assessment.finding import Assessment, Finding
from saferplan.definitions import categories, schemes
from saferplan.web.assessments.models import StrategicAssessment
from saferplan.web.assessments.services import accepted

# What is no problem of its own: sums of others, and what is said of the police.
NO_PROBLEM = frozenset({"all recorded crime", "confidence in the police"})
COUNTED = frozenset({"offences", "incidents"})
WEIGHED = "harm by category"


@dataclass(frozen=True)
class Drawn:
    """A candidate as the assessment has it."""

    title: str
    finding: dict[str, Any]
    values: dict[str, dict[str, Any]] = field(default_factory=dict)


def drawn_from(assessment: StrategicAssessment) -> list[Drawn]:
    """
    Return what its accepted findings count a year of, one for each topic.

    Volume and trend come from the finding itself, harm from the finding that weighs
    each category. A trend that chance could explain, or that nobody can tell, is not
    known. The rest is for people to add.
    """
    found = accepted(assessment)
    harm = harm_of(found)
    drawn = {}
    for finding in found.findings:
        name = finding.topic
        if not counts_a_problem(finding) or name in drawn:
            continue
        values = {"volume": kept(finding.value, finding)}
        if finding.change is not None and finding.verdict != "cannot tell":
            values["trend"] = kept(round(100 * finding.change, 1), finding)
        if name in harm:
            values["harm"] = harm[name]
        drawn[name] = Drawn(
            name[0].upper() + name[1:], reference(finding, assessment), values
        )
    return list(drawn.values())


def counts_a_problem(finding: Finding) -> bool:
    return (
        finding.head == "changes"
        and finding.measure.unit in COUNTED
        and finding.topic not in NO_PROBLEM
        and finding.value is not None
    )


def kept(value: float | None, finding: Finding) -> dict[str, Any]:
    source = f"{finding.measure.title}, {finding.period.label}"
    return {"value": value, "source": source, "drawn": True}


def reference(finding: Finding, assessment: StrategicAssessment) -> dict[str, Any]:
    """A finding as a priority keeps it."""
    return {
        "assessment": assessment.pk,
        "finding": finding.id,
        "title": finding.measure.title,
        "sentence": finding.sentence,
    }


def harm_of(found: Assessment) -> dict[str, dict[str, Any]]:
    """
    The harm of each topic, added up from the finding that weighs each category.

    Categories that we cannot place under a topic are in none.
    """
    weighed = next((f for f in found.findings if f.measure.name == WEIGHED), None)
    if weighed is None or weighed.table is None:
        return {}
    at = [column.name for column in weighed.table.columns].index("harm")
    sums: dict[str, float] = {}
    for row in weighed.table.rows:
        topic, harm = topic_of().get(str(row[0]).lower()), row[at]
        if topic and isinstance(harm, int | float):
            sums[topic] = sums.get(topic, 0.0) + harm
    return {topic: kept(round(harm), weighed) for topic, harm in sums.items()}


def topic_of() -> dict[str, str]:
    """The topic of each category that the police publish, the newest scheme's last."""
    return {
        category.minor.lower(): category.major.lower()
        for name in schemes()
        if name.startswith("mps-")
        for category in categories(name)
        if category.minor
    }
