"""
Counts of incidents by place and month.

These functions build Ibis expressions. Nothing is read until the caller executes
the result, so the same function serves a test of six rows and a force of six million.
"""

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

KEYS = ["area_code", "force", "month"]


def submissions(incidents: ir.Table) -> ir.Table:
    """
    Return the months for which each force sent any incident: force, month.

    A force that sent a file with nothing in it looks like one that sent no file. Where
    the store knows which files arrived, use that instead.
    """
    return incidents.select("force", "month").distinct()


def monthly_counts(
    incidents: ir.Table, sent: ir.Table, *, by: tuple[str, ...] = ()
) -> ir.Table:
    """
    Count incidents for each area and month for which the force sent data.

    incidents  one row per incident: area_code, force, month (first of the month), and
               the columns of `by`, such as crime_type; rows without an area_code are
               left out
    sent       one row per force and month it sent data: force, month

    Returns area_code, force, the columns of `by`, month and incidents. A month with
    data but no incidents counts zero. A month the force never sent is absent, because
    a gap in the records is not a fall in crime.
    """
    placed = incidents.filter(_.area_code.notnull())
    what = ["area_code", "force", *by]
    expected = placed.select(*what).distinct().join(sent, "force")
    counted = placed.group_by([*what, "month"]).agg(incidents=_.count())
    return (
        expected.select(*what, "month")
        .left_join(counted, [*what, "month"])
        .select(*what, "month", "incidents")
        .mutate(incidents=ibis.coalesce(_.incidents, 0))
        .order_by([*what, "month"])
    )


def missing_months(sent: ir.Table) -> ir.Table:
    """
    Return the months a force skipped between its first and last: force, month.

    sent  one row per force and month it sent data: force, month
    """
    spans = sent.group_by("force").agg(first=_.month.min(), last=_.month.max())
    months = sent.select("month").distinct()
    expected = spans.cross_join(months).filter(
        (_.month >= _.first) & (_.month <= _.last)
    )
    return (
        expected.select("force", "month")
        .anti_join(sent, ["force", "month"])
        .order_by(["force", "month"])
    )


def in_every_month(
    counts: "pd.Series[float]", sent: pd.PeriodIndex
) -> "pd.Series[float]":
    """
    Return counts already made for every month from the first that was sent to the last.

    counts  incidents in each month that has any; by month
    sent    the months for which data was sent, in any order

    A sent month without a count is zero; one that was never sent is missing.

    >>> sent = pd.PeriodIndex(["2026-01", "2026-02", "2026-04"], freq="M")
    >>> counts = pd.Series([5.0, 7.0], index=sent[[0, 2]])
    >>> in_every_month(counts, sent).tolist()
    [5.0, 0.0, nan, 7.0]
    """
    every = pd.period_range(sent.min(), sent.max(), freq="M")
    filled = counts.reindex(sent.unique().sort_values(), fill_value=0)
    return filled.reindex(every).astype(float)
