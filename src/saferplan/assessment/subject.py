"""What topics need of a borough's recorded crime: a year, and who lives there."""

from dataclasses import dataclass

import pandas as pd

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.places import Residents, residents
from saferplan.assessment.sentences import month


@dataclass(frozen=True)
class Year:
    """
    Twelve published months of recorded crime in areas of one kind.

    months     the twelve, in order
    offences   area by major category; nothing missing
    residents  of those areas; None where not known for all of them
    releases   of the crimes and the residents
    """

    months: pd.PeriodIndex
    offences: pd.DataFrame
    residents: Residents | None
    releases: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"the year to {month(self.months[-1])}"

    @property
    def total(self) -> "pd.Series[float]":
        return self.offences.sum(axis="columns")


def newest_year(
    evidence: Evidence, area_set: str, codes: list[str] | None = None
) -> Year | None:
    """
    Return the newest twelve months of some areas, or None if one was not published.

    codes  the areas; by default every borough
    """
    key = ("newest year", area_set, tuple(codes) if codes else None)
    return evidence.once(key, lambda: _newest_year(evidence, area_set, codes))


def _newest_year(
    evidence: Evidence, area_set: str, codes: list[str] | None
) -> Year | None:
    held = evidence.slices("recorded_crime")
    days = held.loc[held["area_set"] == area_set, "month"]
    if days.empty:
        return None
    sent = pd.DatetimeIndex(pd.to_datetime(days)).to_period("M")
    months = pd.period_range(end=sent.max(), periods=12, freq="M")
    if not months.isin(sent).all():
        return None
    counted = evidence.crime_in_year(area_set, months[-1])
    wanted = sorted(codes) if codes is not None else list(evidence.boroughs)
    wide = counted[counted["area_code"].isin(wanted)].pivot_table(
        index="area_code", columns="major", values="offences", aggfunc="sum"
    )
    wide = wide.reindex(wanted).fillna(0.0)
    people = residents(evidence, area_set, wanted)
    cited = evidence.crime_releases(area_set, months)
    return Year(
        months,
        wide,
        people,
        tuple(sorted({*cited, *(people.releases if people else ())})),
    )
