"""
Statistics: pure functions of tables. They touch no disk, network, clock or database.

Data go in by position, choices by keyword; what comes back has named columns, its
doubt, and any caution in words. `cite` gives the name and version that a finding
carries, so that a reader knows which rule made its number.
"""

from saferplan.methods.register import METHODS, cite
from saferplan.methods.registered.method import Method

__all__ = ["METHODS", "Method", "cite"]
