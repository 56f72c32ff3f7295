"""Rates of boroughs with their intervals: the table, the chart, and the words."""

from collections.abc import Mapping

import pandas as pd

from saferplan.assessment.finding import Chart, Column, Table
from saferplan.assessment.rows import Row, highest_first
from saferplan.assessment.sentences import known

LIMITS = ("rate", "lower", "upper")


def rate_table(
    title: str,
    names: Mapping[str, str],
    rates: dict[str, Row],
    unit: str,
    *,
    beside: "Mapping[Column, pd.Series[float]] | None" = None,
    notes: tuple[str, ...] = (),
) -> Table:
    """
    A row for each borough, the highest rate first.

    names   each borough's name by its code
    rates   by code: rate, lower and upper
    beside  columns to stand before the rate, by code
    """
    beside = beside or {}
    return Table(
        title,
        (
            Column("borough", "Borough"),
            *beside,
            Column("rate", "Rate", unit, 1),
            Column("lower", "Rate, lower limit", unit, 1),
            Column("upper", "Rate, upper limit", unit, 1),
        ),
        tuple(
            (
                names[code],
                *(known(counts[code]) for counts in beside.values()),
                *(known(rates[code][each]) for each in LIMITS),
            )
            for code in highest_first(rates, "rate")
        ),
        notes=notes,
    )


def rate_chart(
    title: str, sentence: str, borough: str, reference: tuple[float, str]
) -> Chart:
    """The table's rates as dots, the borough's own picked out."""
    return Chart(
        "intervals",
        title,
        f"A dot for each borough, highest first, with its 95% interval. {sentence}",
        "borough",
        ("rate",),
        "lower",
        "upper",
        highlight=borough,
        reference=reference,
    )
