"""The HTML edition: one file that asks nothing of the network and runs no script."""

from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from saferplan.assessment.finding import Assessment
from saferplan.reports import wording
from saferplan.reports.arrangement import real_changes, release_of, sections

TEMPLATES = Path(__file__).parent / "templates"


def to_html(assessment: Assessment, pictures: dict[str, list[str]]) -> str:
    """
    Write the page. `pictures` holds each finding's charts as SVG, by finding id.

    Everything from the evidence is escaped; only our own SVG goes in as it is.
    """
    return (
        _environment()
        .get_template("assessment.html")
        .render(
            assessment=assessment,
            sections=sections(assessment),
            changes=real_changes(assessment),
            pictures={
                finding: [Markup(svg) for svg in drawn]
                for finding, drawn in pictures.items()
            },
            style=Markup((TEMPLATES / "assessment.css").read_text()),
            release_of=lambda release_id: release_of(assessment, release_id),
            wording=wording,
        )
    )


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
