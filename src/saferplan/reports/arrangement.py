"""The order of a report: heads of regulation 6, topics in each, findings in those."""

from dataclasses import dataclass

from saferplan.assessment.finding import Assessment, Finding, Gap, Head, ReleaseCited
from saferplan.reports.wording import HEADS


@dataclass(frozen=True)
class Topic:
    title: str
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Section:
    head: Head
    title: str
    topics: tuple[Topic, ...]


def sections(assessment: Assessment) -> list[Section]:
    """Every head has a section, even if all it can say is that nothing is known."""
    return [Section(head, HEADS[head], _topics(assessment, head)) for head in HEADS]


def _topics(assessment: Assessment, head: Head) -> tuple[Topic, ...]:
    said: list[Finding | Gap] = [*assessment.findings, *assessment.gaps]
    names = dict.fromkeys(each.topic for each in said if each.head == head)
    return tuple(
        Topic(
            title=name[:1].upper() + name[1:],
            findings=tuple(
                finding
                for finding in assessment.findings
                if (finding.head, finding.topic) == (head, name)
            ),
            gaps=tuple(
                gap for gap in assessment.gaps if (gap.head, gap.topic) == (head, name)
            ),
        )
        for name in names
    )


def real_changes(assessment: Assessment) -> dict[str, list[Finding]]:
    """
    The changes that chance does not explain, by what they mean, in a fixed order.

    A meaning without any is left out.
    """
    grouped = {
        meaning: [
            finding
            for finding in assessment.findings
            if finding.verdict == "real change" and finding.meaning == meaning
        ]
        for meaning in ("worse", "better", "it depends")
    }
    return {meaning: found for meaning, found in grouped.items() if found}


def release_of(assessment: Assessment, release_id: str) -> ReleaseCited | None:
    """The release that a finding cites, if the assessment describes it."""
    cited = {release.id: release for release in assessment.releases}
    return cited.get(release_id)
