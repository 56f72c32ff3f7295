"""Questions asked of the evidence, answered with their doubt and their sources."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from saferplan.assessment.assess import assess, assess_all
    from saferplan.assessment.evidence import Evidence

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

# Imported when first asked for. The site reads findings on every page, and would carry
# the engine and the statistics in each of its processes to ask no questions with them.
LATER = {"Evidence": "evidence", "assess": "assess", "assess_all": "assess"}


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"saferplan.assessment has no {name!r}.")
    found = getattr(import_module(f"saferplan.assessment.{LATER[name]}"), name)
    # Kept, because importing the module `assess` put it where the function belongs.
    globals()[name] = found
    return found
