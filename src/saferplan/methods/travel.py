"""
How long people need to a counter or a service, on foot, by cycle or by bus.

Without a table of routes it is a model: the straight line, made longer by a detour, at
a usual speed. Both are named, and every answer says how far it hangs on the detour.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError

DETOUR = 1.3
DETOURS = (1.2, 1.4)
WHY_DETOUR = (
    "1.2 in towns (Newell 1980), 1.4 on the roads of England (Ballou and others 2002, "
    "doi:10.1016/S0965-8564(01)00044-1); a square grid of streets has 1.27"
)


@dataclass(frozen=True)
class Mode:
    """
    A way to travel. `more` is minutes besides the way itself: to park, walk and wait.
    """

    name: str
    kilometres_an_hour: float
    more: float
    source: str


MODES = {
    "walk": Mode(
        "walk", 4.8, 0, "80 metres a minute: Transport for London, PTAL; DfT."
    ),
    "cycle": Mode(
        "cycle",
        16,
        5,
        "Department for Transport, Journey time statistics: 16 km an hour, and five "
        "minutes to park.",
    ),
    "bus": Mode(
        "bus",
        15,
        10,
        "A bus of London averages some 15 km an hour, stops included (Transport for "
        "London); ten minutes to walk and wait are our assumption.",
    ),
}


@dataclass(frozen=True)
class Times:
    """
    minutes      one row per area, one column per site: minutes to get there; infinite
                 where there is no way
    least, most  the same with the shortest and the longest detour thought likely; equal
                 to `minutes` where they come from a table of routes
    basis        how they were found, for the note under a table
    """

    minutes: pd.DataFrame
    least: pd.DataFrame
    most: pd.DataFrame
    basis: str

    def to(self, sites: Iterable[str]) -> "Times":
        """The same to some of the sites; raises MethodError for one that is unknown."""
        wanted = list(dict.fromkeys(sites))
        if unknown := [site for site in wanted if site not in self.minutes]:
            raise MethodError(
                f"There is no time to {', '.join(unknown)}. There are times to: "
                f"{', '.join(map(str, self.minutes.columns))}."
            )
        return Times(
            self.minutes[wanted], self.least[wanted], self.most[wanted], self.basis
        )


def straight_times(
    areas: pd.DataFrame,
    sites: pd.DataFrame,
    *,
    mode: str = "walk",
    detour: float = DETOUR,
    detours: tuple[float, float] = DETOURS,
) -> Times:
    """
    Return the minutes from each area to each site, from the straight line between them.

    areas    `x` and `y` of where its people live (a population-weighted centre), in
             metres on a plane; index: its code
    sites    `x` and `y` of each counter or service; index: its name
    mode     "walk", "cycle" or "bus"; nobody waits for a bus who is quicker on foot
    detour   how much longer the way is than the straight line
    detours  the shortest and the longest that is likely

    Raises MethodError if there is no area or no site, a place or the mode is unknown,
    or a detour is under 1.

    All people of an area are taken to live at one point, so use small areas. Rivers,
    railways and hills are not known: across the Thames the way is far longer.

    Source: the speeds of MODES; the detours of WHY_DETOUR.

    >>> areas = pd.DataFrame({"x": [0], "y": [0]}, index=["E01003189"])
    >>> sites = pd.DataFrame({"x": [640.0], "y": [0.0]}, index=["Counter"])
    >>> straight_times(areas, sites, detour=1).minutes.loc["E01003189", "Counter"]
    np.float64(8.0)
    """
    if mode not in MODES:
        raise MethodError(
            f"There is no way to travel called {mode!r}. Choose: {', '.join(MODES)}."
        )
    if not all(1 <= each < np.inf for each in (detour, *detours)):
        raise MethodError("No way beats the straight line: a detour is 1 or more.")
    metres = distances(areas, sites)
    least = min(detour, *detours)
    most = max(detour, *detours)
    how = MODES[mode]
    return Times(
        minutes=minutes_by(how, metres * detour),
        least=minutes_by(how, metres * least),
        most=minutes_by(how, metres * most),
        basis=(
            f"By {mode}: the straight line times {detour:g} ({least:g} to {most:g}), "
            f"at {how.kilometres_an_hour:g} km an hour"
            + (f" and {how.more:g} minutes more" if how.more else "")
            + ". It knows of no river, railway or hill."
        ),
    )


def minutes_by(mode: Mode, metres: pd.DataFrame) -> pd.DataFrame:
    """The minutes of a way of so many metres; on foot where that is quicker."""
    minutes = metres * 60 / (mode.kilometres_an_hour * 1_000) + mode.more
    on_foot = metres * 60 / (MODES["walk"].kilometres_an_hour * 1_000)
    return minutes.where(minutes < on_foot, on_foot)


def distances(areas: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the metres from each area to each site as the crow flies."""
    for what, table in [("areas", areas), ("sites", sites)]:
        check_places(what, table)
    metres = np.hypot(
        areas["x"].to_numpy()[:, None] - sites["x"].to_numpy(),
        areas["y"].to_numpy()[:, None] - sites["y"].to_numpy(),
    )
    return pd.DataFrame(metres, index=areas.index, columns=sites.index)


def check_places(what: str, table: pd.DataFrame) -> None:
    if table.empty:
        raise MethodError(f"There are no {what}. Give one or more.")
    if not {"x", "y"} <= set(table.columns):
        raise MethodError(
            f"The {what} need columns x and y: metres on the British National Grid."
        )
    if not table.index.is_unique:
        twice = table.index[table.index.duplicated()][0]
        raise MethodError(f"{twice} stands twice among the {what}. Keep one of them.")
    known = np.isfinite(table[["x", "y"]].to_numpy(dtype=float)).all(axis=1)
    if not known.all():
        lost = ", ".join(map(str, table.index[~known][:5]))
        raise MethodError(f"No place is known of the {what} {lost}. Leave them out.")
    # On the grid these would be far out in the Atlantic.
    if table["y"].between(49, 61).all() and table["x"].between(-9, 2).all():
        raise MethodError(f"The {what} look like degrees. Turn them into metres first.")


def routed_times(
    routes: pd.DataFrame, *, areas: pd.Index, source: str = "a table of routes"
) -> Times:
    """
    Return the minutes of a table of routes that a router or timetable gave.

    routes  one row per area and site: `area`, `site`, `minutes`
    areas   the areas that are asked about

    A pair that is not in the table, or has no minutes, has no way: it is infinite.
    Routers leave out what lies beyond their limit.

    Raises MethodError if a column is missing, a pair stands twice, minutes are under 0,
    or none of the areas is in the table.

    >>> routes = pd.DataFrame({"area": ["A", "B"], "site": "Desk", "minutes": [5, 30]})
    >>> routed_times(routes, areas=pd.Index(["A", "B", "C"])).minutes["Desk"].tolist()
    [5.0, 30.0, inf]
    """
    if missing := {"area", "site", "minutes"} - set(routes.columns):
        raise MethodError(
            f"The table of routes has no {', '.join(sorted(missing))}. It needs a row "
            f"per area and site, with minutes."
        )
    twice = routes.duplicated(["area", "site"])
    if twice.any():
        row = routes[twice].iloc[0]
        raise MethodError(
            f"The way from {row['area']} to {row['site']} stands twice in the table of "
            f"routes. Keep the one for the hour you ask about."
        )
    if (routes["minutes"] < 0).any():
        raise MethodError("A way cannot take less than no time. Mend the table.")
    if not routes["area"].isin(areas).any():
        raise MethodError(
            "None of the areas is in the table of routes. Use the same codes in both."
        )
    minutes = (
        routes.pivot(index="area", columns="site", values="minutes")
        .reindex(areas)
        .astype(float)
        .fillna(np.inf)
    )
    minutes.columns.name = minutes.index.name = None
    return Times(minutes, minutes, minutes, f"Minutes from {source}.")
