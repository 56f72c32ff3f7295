"""
Stops and searches, tallied by what the comparison of groups needs.

Builds Ibis expressions over the evidence store's `stop_search` table; nothing is read
until the caller executes them. Vehicle-only searches carry no ethnicity worth the name
and are left out; road-traffic stops are not in the data at all.
"""

import ibis.expr.types as ir
from ibis import _

TALLIED_BY = [
    "month",
    "self_defined_group",
    "officer_defined_group",
    "gender",
    "age_range",
    "section_60",
    "positive",
    "linked",
]


def search_tally(stops: ir.Table) -> ir.Table:
    """
    Count searches of people: TALLIED_BY, and `searches`.

    stops  columns of `stop_search` in the evidence store

    `section_60` is a search without suspicion under an authorised area; `positive`
    is any outcome but "no further action", missing where there is none; `linked` says
    whether the outcome was about the object searched for, missing for most forces and
    years. Groups are missing where not stated.
    """
    people = stops.filter(_.kind.isin(["person", "person and vehicle"]))
    return (
        told_apart(people)
        .group_by(TALLIED_BY)
        .agg(searches=_.count())
        .order_by(TALLIED_BY)
    )


def told_apart(stops: ir.Table) -> ir.Table:
    """Add `section_60`, `positive` and `linked`, which search_tally explains."""
    return stops.mutate(
        section_60=_.legislation.lower().contains("section 60").fill_null(False),
        positive=~_.outcome.lower().contains("no further action"),
        linked=_.outcome_linked,
    )
