"""Indicators, and the figures returned for them."""

from saferplan.web.performance.models.indicator import Indicator
from saferplan.web.performance.models.returns import Return

__all__ = ["Indicator", "Return"]
