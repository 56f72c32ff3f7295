"""
Who can reach a counter or a service in time, on foot or by bus.

The groups are counts of residents: everyone, and as many as you like of the old, of
those who speak little English, of those in the most deprived fifth.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.rates import same_areas
from saferplan.methods.travel import Times

Which = npt.NDArray[np.bool_]

EVERYONE = "Everyone"
FEW = 100
NOT_MEANT = (
    "Being within reach is not going there, nor being understood or helped there.",
    "A group that is further away lives where sites are fewer; that does not say that "
    "the sites were put there because of it.",
)


@dataclass(frozen=True)
class Reach:
    """
    groups    per group, Everyone first: `people`, `within` (people in time), `share`
              (0 to 1) with `lower` and `upper` (by the longest and the shortest likely
              detour), `gap` (its share less everyone's), `gap_lower`, `gap_upper` (the
              gap at each detour), `middle` (minutes that half of its people need at
              most) and `caution`
    areas     per area: `nearest` (the site; missing if there is no way) and `minutes`
    limit     the minutes that count as in time
    basis     how the times were found
    cautions  what the figures do not mean
    """

    groups: pd.DataFrame
    areas: pd.DataFrame
    limit: float
    basis: str
    cautions: tuple[str, ...] = NOT_MEANT


def reach(
    times: Times,
    residents: pd.Series,
    *,
    within: float,
    groups: pd.DataFrame | None = None,
) -> Reach:
    """
    Return the share of each group that gets to the nearest site in time.

    times      minutes from each area to each site that is open
    residents  people per area; same index as the times
    within     minutes; someone just that far is within
    groups     people of each group per area, a column each; a person may be in several

    Everyone of a small area is in time, or nobody is. The limits allow for the detour
    and for nothing else; they are no interval of chance.

    Raises MethodError if the areas differ, a count is negative or missing, nobody lives
    there, or the limit is below 0.

    >>> from saferplan.methods.travel import routed_times
    >>> routes = pd.DataFrame({"area": ["A", "B"], "site": "Desk", "minutes": [5, 30]})
    >>> residents = pd.Series({"A": 600, "B": 400})
    >>> found = reach(routed_times(routes, areas=residents.index), residents, within=20,
    ...               groups=pd.DataFrame({"Over 65": [60, 140]}, index=["A", "B"]))
    >>> found.groups[["within", "share", "gap"]].round(2).values.tolist()
    [[600.0, 0.6, 0.0], [60.0, 0.3, -0.3]]
    """
    if not within >= 0:
        raise MethodError(f"A limit is so many minutes from 0 up, not {within}.")
    people = people_of(times, residents, groups)
    nearest = nearest_minutes(times.minutes)
    share = covered(people, nearest <= within)
    low = covered(people, nearest_minutes(times.most) <= within)
    high = covered(people, nearest_minutes(times.least) <= within)
    # A group may gain on everyone as the way gets longer, so neither end is the lower.
    gaps = np.sort(np.column_stack([low - low[0], share - share[0], high - high[0]]))
    table = pd.DataFrame(
        {
            "people": people.sum(),
            "within": share * people.sum(),
            "share": share,
            "lower": low,
            "upper": high,
            "gap": share - share[0],
            "gap_lower": gaps[:, 0],
            "gap_upper": gaps[:, -1],
            "middle": [middle(nearest, people[name].to_numpy()) for name in people],
            "caution": caution(people.sum()),
        },
        index=people.columns,
    )
    return Reach(
        groups=table,
        areas=pd.DataFrame(
            {"nearest": nearest_site(times.minutes), "minutes": nearest}
        ),
        limit=within,
        basis=times.basis,
    )


def groups_by(
    residents: pd.Series, labels: pd.Series, names: Mapping[object, str] | None = None
) -> pd.DataFrame:
    """
    Return residents by the label of their area, a column for each: a deprivation fifth.

    names  what to call a label; the label itself if it has none

    All of an area count with it, deprived or not. An area without a label is in none.

    >>> residents = pd.Series({"A": 600, "B": 400})
    >>> groups_by(residents, pd.Series({"A": 1, "B": 5}), {1: "Most deprived"}).T
                       A      B
    Most deprived  600.0    0.0
    5                0.0  400.0
    """
    same_areas("residents", residents, "labels", labels)
    called = names or {}
    return pd.DataFrame(
        {
            called.get(label, plain(label)): residents.where(labels == label, 0.0)
            for label in sorted(labels.dropna().unique())
        },
        index=residents.index,
    ).astype(float)


def plain(label: object) -> str:
    """A label as a name; a gap among whole numbers makes them 2.0, which is 2."""
    whole = isinstance(label, float) and label.is_integer()
    return str(int(label)) if whole and isinstance(label, float) else str(label)


def people_of(
    times: Times, residents: pd.Series, groups: pd.DataFrame | None
) -> pd.DataFrame:
    """Everyone and each group, per area, as numbers; or a MethodError."""
    areas = pd.Series(0, index=times.minutes.index)
    same_areas("the times", areas, "residents", residents)
    people = pd.DataFrame({EVERYONE: residents.astype(float)})
    if groups is not None:
        same_areas("residents", residents, "groups", groups.iloc[:, 0])
        people = people.join(groups.astype(float))
    if not people.index.is_unique:
        twice = people.index[people.index.duplicated()][0]
        raise MethodError(f"The area {twice} stands twice. Keep one row for each.")
    bad = people.isna() | (people < 0)
    if bad.any(axis=None):
        name = people.columns[bad.any()][0]
        area = people.index[bad[name]][0]
        raise MethodError(
            f"{area} has no number of people for {name}, or one below 0. Write 0 where "
            f"nobody lives, and leave out areas that are not known."
        )
    if not people[EVERYONE].sum() > 0:
        raise MethodError("Nobody lives in these areas. Give the residents of each.")
    return people


def nearest_minutes(minutes: pd.DataFrame) -> Numbers:
    if not len(minutes.columns):
        return np.full(len(minutes), np.inf)
    return np.asarray(minutes.to_numpy(dtype=float).min(axis=1))


def nearest_site(minutes: pd.DataFrame) -> pd.Series:
    """The nearest of each area; of two as near, the one that stands first."""
    found = pd.Series(None, index=minutes.index, dtype=object)
    if len(minutes.columns):
        best = minutes.to_numpy(dtype=float).argmin(axis=1)
        there = np.isfinite(nearest_minutes(minutes))
        found[there] = minutes.columns.to_numpy(dtype=object)[best[there]]
    return found


def covered(people: pd.DataFrame, in_time: Which) -> Numbers:
    """The share of each group in areas that are in time; none for a group of nobody."""
    each = people.to_numpy()
    whole = each.sum(axis=0)
    inside = (each * in_time[:, None]).sum(axis=0)
    return np.where(whole > 0, inside / np.where(whole > 0, whole, 1), np.nan)


def middle(minutes: Numbers, people: Numbers) -> float:
    """The minutes within which half of the people are."""
    order = np.argsort(minutes, kind="stable")
    reached = people[order].cumsum()
    if not len(reached) or reached[-1] == 0:
        return float("nan")
    return float(minutes[order][np.searchsorted(reached, reached[-1] / 2)])


def caution(whole: pd.Series) -> list[str]:
    return [
        "Nobody of this group lives here."
        if not number > 0
        else f"Fewer than {FEW} people: the share moves with a household."
        if number < FEW
        else ""
        for number in whole
    ]
