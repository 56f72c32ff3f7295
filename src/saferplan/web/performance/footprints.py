"""How the areas of agencies lie over each other, as pages and files show it."""

from dataclasses import dataclass

from saferplan.web.core.downloads import Cell
from saferplan.web.performance.models import FootprintTable

AGENCIES: tuple[str, ...] = (
    *("One agency", "Another", "Its areas", "The other’s", "The same"),
    *("How they lie", "People in areas that are the same, %"),
)
AREAS: tuple[str, ...] = (
    *("Agency", "Area", "Other agency", "Areas it shares people with"),
    *("Main one", "People in the main one, %"),
)
OVERLAPS: tuple[str, ...] = (
    *("Agency", "Area", "Other agency", "Other area", "People"),
    *("Of the area, %", "Of the other area, %", "The same"),
)
MOST_SHOWN = 60


@dataclass(frozen=True)
class Overlap:
    """
    How the areas lie, in rows of plain cells.

    agencies  one row per pair of agencies
    areas     one row per area and other agency, those with most partners first
    overlaps  one row per pair of areas with people in common
    said      in sentences, a pair of agencies each
    """

    agencies: list[list[Cell]]
    areas: list[list[Cell]]
    overlaps: list[list[Cell]]
    said: list[str]
    people: float
    cautions: tuple[str, ...]


def overlap_of(table: FootprintTable) -> Overlap:
    """Raises MethodError where the table has no answer: two that share nobody."""
    # The engine of statistics is slow to import, and most pages do without it.
    import pandas as pd

    from saferplan.methods.footprints import footprints

    rows = pd.DataFrame(table.rows, columns=["area", "residents", *table.agencies])
    rows = rows.set_index("area")
    within = rows[table.agencies]
    found = footprints(within.where(within != ""), rows["residents"])
    shared = found.areas.sort_values(
        ["partners", "agency", "area"], ascending=[False, True, True]
    )
    return Overlap(
        agencies=[
            [r["one"], r["other"], r["areas"], r["other_areas"], r["same"]]
            + [r["relation"], percent(r["people_same"])]
            for r in found.agencies.to_dict(orient="records")
        ],
        areas=[
            [r["agency"], r["area"], r["other"], r["partners"], r["main"]]
            + [percent(r["main_share"])]
            for r in shared.to_dict(orient="records")
        ],
        overlaps=[
            [r["agency"], r["area"], r["other"], r["other_area"], int(r["people"])]
            + [percent(r["share"]), percent(r["share_of_other"])]
            + ["Yes" if r["same"] else "No"]
            for r in found.overlaps.to_dict(orient="records")
        ],
        said=[
            f"{r['one']} and {r['other']}: {r['relation']}; {r['people_same']:.0%} of "
            f"people live in an area that is the same for both."
            for r in found.agencies.to_dict(orient="records")
        ],
        people=found.people,
        cautions=found.cautions,
    )


def percent(share: float) -> float:
    return round(100 * share, 1)
