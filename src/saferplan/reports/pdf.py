"""
The PDF edition, accessible by construction.

Typst refuses to make a PDF/UA-1 file in which a picture has no description. Everything
from the evidence goes in as JSON, never as Typst source, so that no text in it can act.
"""

from typing import Any

from saferplan.assessment.finding import Assessment, Finding, ReleaseCited, Table
from saferplan.reports import wording
from saferplan.reports.arrangement import real_changes, release_of, sections
from saferplan.reports.typeset import typeset

LONGEST, SHOWN = 40, 24  # rows of a printed table, and of one cut short


def to_pdf(assessment: Assessment, pictures: dict[str, list[str]]) -> bytes:
    """Typeset the assessment. `pictures` holds each finding's charts, by finding id."""
    return typeset("assessment", _as_read(assessment, pictures))


def _as_read(assessment: Assessment, pictures: dict[str, list[str]]) -> dict[str, Any]:
    """The assessment in the words a reader sees, in the order they are read."""
    return {
        "area": assessment.area.name,
        "version": assessment.saferplan_version,
        "sections": [
            {
                "title": section.title,
                "topics": [
                    {
                        "title": topic.title,
                        "findings": [
                            _finding(assessment, finding, pictures[finding.id])
                            for finding in topic.findings
                        ],
                        "gaps": [
                            {"sentence": gap.sentence, "remedy": gap.remedy}
                            for gap in topic.gaps
                        ],
                    }
                    for topic in section.topics
                ],
            }
            for section in sections(assessment)
        ],
        "changes": [
            {
                "meaning": wording.MEANINGS[meaning],
                "findings": [
                    {
                        "title": finding.measure.title,
                        "change": wording.change(finding) or "see the counts",
                        "period": finding.period.label,
                    }
                    for finding in found
                ],
            }
            for meaning, found in real_changes(assessment).items()
        ],
        "counts": (
            f"{wording.plural(len(assessment.findings), 'finding')} and "
            f"{wording.plural(len(assessment.gaps), 'gap')} in the evidence, from "
            f"{wording.plural(len(assessment.releases), 'published release')}."
        ),
        "releases": [_release(release) for release in assessment.releases],
        "attribution": wording.attribution(assessment),
    }


def _finding(
    assessment: Assessment, finding: Finding, drawn: list[str]
) -> dict[str, Any]:
    return {
        "id": finding.id,
        "title": finding.measure.title,
        "sentence": finding.sentence,
        "value": wording.value(finding),
        "interval": wording.interval(finding.interval, finding.measure.unit),
        "change": wording.change(finding) or "Not given",
        "comparison": finding.comparison or "",
        "verdict": wording.VERDICTS[finding.verdict],
        "meaning": finding.meaning.capitalize()
        if finding.verdict == "real change"
        else "",
        "period": finding.period.label,
        "caveats": list(finding.caveats),
        "definition": finding.definition,
        "method": finding.method,
        "releases": [
            _citation(release_of(assessment, cited), cited)
            for cited in finding.releases
        ],
        "charts": [
            {"title": chart.title, "description": chart.description, "svg": svg}
            for chart, svg in zip(finding.charts, drawn, strict=True)
        ],
        "table": _table(finding.table) if finding.table else None,
    }


def _citation(release: ReleaseCited | None, cited: str) -> str:
    if release is None:
        return cited
    published = wording.day(release.published)
    return f"{release.title}, {release.publisher}, {published}"


def _table(table: Table) -> dict[str, Any]:
    rows, notes = table.rows, table.notes
    if len(rows) > LONGEST:
        rows = rows[-SHOWN:]
        notes = (
            f"The last {SHOWN} of {len(table.rows)} rows. The table book has them all.",
            *notes,
        )
    return {
        "title": table.title,
        "headings": [wording.heading(column) for column in table.columns],
        "numeric": [column.unit not in ("", "month") for column in table.columns],
        "rows": [
            [
                wording.cell(value, column)
                for value, column in zip(row, table.columns, strict=True)
            ]
            for row in rows
        ],
        "notes": list(notes),
    }


def _release(release: ReleaseCited) -> dict[str, Any]:
    return {
        "id": release.id,
        "title": release.title,
        "words": (
            f"{release.publisher}, {wording.day(release.published)}. "
            f"{release.licence}. {wording.number(release.rows_kept)} rows used, "
            f"{wording.number(release.rows_quarantined)} quarantined."
        ),
        "notes": list(release.notes),
    }
