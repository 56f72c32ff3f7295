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


def write_documents(folder: Path, content: Assessment) -> None:
    """Write every edition into `folder`."""
    from saferplan.reports import write_report

    write_report(content, folder)


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


def document_of(assessment: "StrategicAssessment", kind: str) -> Path:
    """
    Where one edition of an assessment is; it is made if it is not there yet.

    A published assessment's documents hold the accepted findings only.
    """
    from saferplan.web.assessments.services import accepted

    edition = PUBLISHED if assessment.is_published else DRAFT
    path = assessment.folder / edition / f"assessment.{kind}"
    if not path.exists():
        content = (
            accepted(assessment) if assessment.is_published else assessment.content
        )
        write_documents(assessment.folder / edition, content)
    return path
