"""Counting a basket of offences month by month from the evidence store."""

from saferplan.definitions.baskets import basket_count, baskets, schemes_of


def months_of_basket(area_code: str, name: str) -> dict[str, float]:
    """
    Return the offences of a basket in a borough by month, "2026-03"; none if none is
    loaded. A month that lacks a part of the basket is left out, not counted low.
    """
    # The engine is slow to import, and the rest of the site does without it.
    from saferplan.assessment.evidence import Evidence
    from saferplan.store import EvidenceStore, default_place

    held = Evidence(EvidenceStore(default_place()))
    if not held.has("recorded_crime"):
        return {}
    table = held.table("recorded_crime")
    rows = table.filter(table.area_set == "borough", table.area_code == area_code)
    counted = (
        rows.group_by("month", "scheme", "minor")
        .agg(offences=rows.offences.sum(), unknown=rows.offences.isnull().sum())
        .order_by("month", "scheme", "minor")
        .execute()
    )
    basket = baskets()[name]
    found: dict[str, float] = {}
    for (month, scheme), part in counted.groupby(["month", "scheme"]):
        if scheme not in schemes_of(basket):
            continue
        parts = {
            row.minor: None if row.unknown else int(row.offences)
            for row in part.itertuples()
        }
        total = basket_count(basket, parts, scheme)
        if total is not None:
            found[f"{month:%Y-%m}"] = float(total)
    return found
