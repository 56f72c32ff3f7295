"""Drawing the figures of an indicator from the evidence store."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from saferplan.web.partnerships.models import Partnership
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.periods import MONTHS, period_of

if TYPE_CHECKING:
    from saferplan.assessment.beside_boroughs import Beside
    from saferplan.assessment.similar import WardsAlike

ALL = "All"
COUNTED = {"method": "Rows of the store counted, and whole months added up"}


@dataclass(frozen=True)
class Dataset:
    """
    A dataset of the store from which months can be counted.

    measure  the column that says what is counted
    counted  the column of counts
    adds_up  whether its measures leave none out and count none twice
    """

    title: str
    measure: str
    counted: str
    adds_up: bool = True


DATASETS = {
    "recorded_crime": Dataset("Recorded crime", "major", "offences"),
    "flagged_crime": Dataset(
        "Crime with a flag, such as knife", "category", "count", adds_up=False
    ),
}


CRIME = {"dataset": "recorded_crime", "measure": ALL}


@dataclass(frozen=True)
class Drawn:
    """
    What evidence says of one period.

    releases  it says it by
    how       the method, and the finding if it is from one: see Return.drawn_how
    """

    period: date
    value: float
    releases: tuple[str, ...]
    how: dict[str, Any] = field(default_factory=dict)


def draw(indicator: Indicator) -> list[Drawn]:
    """
    Return the figures of whole periods, oldest first.

    A period with a month that was never published is left out, not counted low.
    """
    # The engine is slow to import, and the rest of the site does without it.
    import pandas as pd

    from saferplan.assessment.evidence import Evidence
    from saferplan.store import EvidenceStore, default_place

    where = indicator.evidence
    dataset = DATASETS[where["dataset"]]
    held = Evidence(EvidenceStore(default_place()))
    if not held.has(where["dataset"]):
        return []
    table = held.table(where["dataset"])
    rows = table.filter(table.area_code == where["area"])
    if where["dataset"] == "flagged_crime":
        rows = rows.filter(rows.unit == "offences")
    wanted = (
        None if where["measure"] == ALL else rows[dataset.measure] == where["measure"]
    )
    # A month in which the area has rows, and none of this measure, counts zero.
    counted = rows.group_by("month").agg(
        counted=rows[dataset.counted].sum(where=wanted).fill_null(0)
    )
    months = {
        pd.Timestamp(month).date(): float(count)
        for month, count in counted.execute().itertuples(index=False)
    }
    return whole_periods(
        indicator.frequency,
        months,
        lambda used: held.releases(where["dataset"], month=used),
    )


def draw_beside(
    partnership: Partnership, indicator: Indicator | None
) -> "Beside | None":
    """The same measure in other boroughs; all recorded crime without an indicator."""
    from saferplan.assessment.beside_boroughs import beside_boroughs
    from saferplan.assessment.evidence import Evidence
    from saferplan.assessment.finding import Area
    from saferplan.store import EvidenceStore, default_place

    where = indicator.evidence if indicator else CRIME
    dataset = DATASETS[where["dataset"]]
    held = Evidence(EvidenceStore(default_place()))
    code = where.get("area") or partnership.area_code
    if not held.has(where["dataset"]) or code not in held.boroughs:
        return None
    return beside_boroughs(
        held,
        Area(code, held.boroughs[code], "borough"),
        dataset=where["dataset"],
        column="" if where["measure"] == ALL else dataset.measure,
        counted=dataset.counted,
        of=where["measure"],
    )


def draw_wards(partnership: Partnership) -> "WardsAlike | None":
    """Which wards of the borough are most like each; None without its crime."""
    from saferplan.assessment.evidence import Evidence
    from saferplan.assessment.finding import Area
    from saferplan.assessment.similar import similar_wards
    from saferplan.store import EvidenceStore, default_place

    held = Evidence(EvidenceStore(default_place()))
    code = partnership.area_code
    if code not in held.boroughs:
        return None
    return similar_wards(held, Area(code, held.boroughs[code], "borough"))


def whole_periods(
    frequency: str,
    months: dict[date, float],
    releases: Callable[[list[date]], tuple[str, ...]],
) -> list[Drawn]:
    """Months added up to periods, those left out that lack a month."""
    periods: dict[date, list[date]] = {}
    for month in sorted(months):
        periods.setdefault(period_of(frequency, month), []).append(month)
    return [
        Drawn(period, sum(months[each] for each in used), releases(used), COUNTED)
        for period, used in periods.items()
        if len(used) == MONTHS[frequency]
    ]
