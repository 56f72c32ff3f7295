"""
The documents and pictures of an assessment, as files.

They follow from the assessment, so they can always be made again; only the database
has to be backed up.
"""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from saferplan.assessment.finding import Assessment, Finding

if TYPE_CHECKING:
    from saferplan.web.assessments.models import StrategicAssessment

DRAFT = "draft"
PUBLISHED = "published"
PICTURES = "pictures"
MAP = "areas.geojson"


def draw_pictures(folder: Path, content: Assessment) -> None:
    """Draw every chart, and the outlines that the interactive map needs."""
    from saferplan.reports.charts import draw
    from saferplan.web.assessments.map_areas import map_areas

    pictures = folder / PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    for finding in content.findings:
        for number, chart in enumerate(finding.charts):
            if finding.table is not None:
                drawn = draw(chart, finding.table, content.outlines)
                write_whole(pictures / picture_name(finding, number), drawn)
            if chart.kind == "map":
                collection = map_areas(finding, chart, content.outlines)
                write_whole(pictures / f"{finding.id}-{MAP}", json.dumps(collection))


def picture_name(finding: Finding, number: int) -> str:
    return f"{finding.id}-{number}.svg"


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step: a reader sees the old one or the new one."""
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def edition_of(assessment: "StrategicAssessment") -> Path:
    """
    The folder of an assessment's documents, whether or not they are there yet.

    A published assessment's documents hold the accepted findings only.
    """
    return assessment.folder / (PUBLISHED if assessment.is_published else DRAFT)


def write_edition(assessment: "StrategicAssessment") -> None:
    """Write an assessment's documents, unless they are there and say the same."""
    from saferplan.reports import write_report
    from saferplan.reports.canonical import to_json
    from saferplan.web.assessments.services import accepted

    content = accepted(assessment) if assessment.is_published else assessment.content
    folder = edition_of(assessment)
    there = folder / "assessment.json"
    if not there.exists() or there.read_text(encoding="utf-8") != to_json(content):
        write_report(content, folder)
