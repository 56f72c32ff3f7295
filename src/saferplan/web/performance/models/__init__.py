"""Indicators, the figures returned for them, and targets."""

from saferplan.web.performance.models.indicator import Indicator
from saferplan.web.performance.models.returns import Return
from saferplan.web.performance.models.target import Target, TargetVerdict

__all__ = ["Indicator", "Return", "Target", "TargetVerdict"]
