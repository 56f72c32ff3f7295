"""
Counts of incidents by place and month.

These functions build Ibis expressions. Nothing is read until the caller executes
the result, so the same function serves a test of six rows and a force of six million.
"""

import ibis
import ibis.expr.types as ir
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
