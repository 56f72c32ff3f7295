"""Questions asked of the evidence, answered with their doubt and their sources."""

from saferplan.assessment.assess import assess, assess_all
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import (
    Area,
    Assessment,
    Chart,
    Column,
    Finding,
    Gap,
    Interval,
    Measure,
    Outline,
    Period,
    ReleaseCited,
    Table,
)

__all__ = [
    "Area",
    "Assessment",
    "Chart",
    "Column",
    "Evidence",
    "Finding",
    "Gap",
    "Interval",
    "Measure",
    "Outline",
    "Period",
    "ReleaseCited",
    "Table",
    "assess",
    "assess_all",
]
