"""Two years of months, one beside the other: the table and the chart of a change."""

import pandas as pd

from saferplan.assessment.finding import Chart, Column, Table
from saferplan.assessment.sentences import known, month, period
from saferplan.methods.spans import Spans

NOW, BEFORE = "now", "before"


def table_of(
    what: str,
    unit: str,
    monthly: "pd.Series[float]",
    spans: Spans,
    *,
    sensitive: bool = False,
) -> Table:
    """
    Each month with the same month a year before; what is missing stays missing.

    what       such as "Knife crime in Lewisham"
    sensitive  whether small counts are to be hidden, each year's by itself, because
               each year's total is told
    """
    pairs = zip(spans.after, spans.before, strict=True)
    return Table(
        f"{what} in each month",
        (
            Column("month", "Month", "month"),
            Column(NOW, f"The year to {month(spans.after[-1])}", unit),
            Column(BEFORE, "Same month a year before", unit),
        ),
        tuple(
            (str(at), known(monthly.get(at)), known(monthly.get(before)))
            for at, before in pairs
        ),
        sensitive=(NOW, BEFORE) if sensitive else (),
    )


def chart_of(what: str, unit: str, spans: Spans) -> Chart:
    """The table's two lines."""
    return Chart(
        "line",
        f"{what}, each month and the same month a year before",
        f"Two lines of {unit}: {period(spans.after).label} and the year before.",
        "month",
        (NOW, BEFORE),
    )
