"""Reports: an assessment in words, pictures and tables. Nothing is computed here."""

from saferplan.reports.canonical import read_json
from saferplan.reports.write import write_report

__all__ = ["read_json", "write_report"]
