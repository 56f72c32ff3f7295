"""Indicators and their figures, targets, journeys, standards, and whose areas match."""

from saferplan.web.performance.models.comparison import Comparison
from saferplan.web.performance.models.footprint import FootprintTable
from saferplan.web.performance.models.indicator import Indicator
from saferplan.web.performance.models.journey import (
    JourneyAnswer,
    JourneyMap,
    JourneyStep,
    StepIndicator,
)
from saferplan.web.performance.models.returns import Return
from saferplan.web.performance.models.standard import Observation
from saferplan.web.performance.models.target import Target, TargetVerdict

__all__ = [
    "Comparison",
    "FootprintTable",
    "Indicator",
    "JourneyAnswer",
    "JourneyMap",
    "JourneyStep",
    "Observation",
    "Return",
    "StepIndicator",
    "Target",
    "TargetVerdict",
]
