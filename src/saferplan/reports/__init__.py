"""Reports: an assessment in words, pictures and tables. Nothing is computed here."""

from typing import TYPE_CHECKING, Any

from saferplan.reports.canonical import read_json

if TYPE_CHECKING:
    from saferplan.reports.write import write_report

__all__ = ["read_json", "write_report"]


def __getattr__(name: str) -> Any:
    # The site takes words from here on every page; only what writes needs to draw.
    if name == "write_report":
        from saferplan.reports.write import write_report

        return write_report
    raise AttributeError(f"saferplan.reports has no {name!r}.")
