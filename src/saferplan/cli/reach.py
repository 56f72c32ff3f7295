"""saferplan reach: who gets to a counter in time, before and after a closure."""

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.travel import Times

PLACE = ("x", "y", "longitude", "latitude")


def reach(
    areas: Annotated[
        Path,
        typer.Argument(
            help="A CSV file of small areas: area, residents, a column for each group "
            "of people, and x and y in metres or longitude and latitude."
        ),
    ],
    sites: Annotated[
        Path,
        typer.Argument(
            help="A CSV file of counters or services: site, x and y or longitude and "
            "latitude, and perhaps hours (Mon-Fri 09:00-17:00)."
        ),
    ],
    group: Annotated[
        list[str] | None, typer.Option(help="A column of AREAS; repeat it.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(help="A column that sorts areas, such as a deprivation fifth."),
    ] = None,
    within: Annotated[float, typer.Option(help="Minutes that are in time.")] = 20,
    mode: Annotated[str, typer.Option(help="walk, cycle or bus.")] = "walk",
    detour: Annotated[
        float, typer.Option(help="The way over the straight line.")
    ] = 1.3,
    times: Annotated[
        Path | None,
        typer.Option(help="A CSV file of routes instead: area, site, minutes."),
    ] = None,
    close: Annotated[
        list[str] | None, typer.Option(help="A site that closes; repeat it.")
    ] = None,
    at: Annotated[
        list[str] | None, typer.Option(help="A day and a time, 'Sat 22:00'; repeat it.")
    ] = None,
    candidates: Annotated[
        Path | None, typer.Option(help="A CSV file of places that could be had.")
    ] = None,
    add: Annotated[int, typer.Option(help="How many of them to choose.")] = 1,
    weigh: Annotated[
        str,
        typer.Option(help="A column of AREAS: whom the new places are to serve."),
    ] = "residents",
    aim: Annotated[
        str, typer.Option(help="time (shortest way) or cover (most people in time).")
    ] = "time",
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Share of people in time of a site; what a closure takes; where the next goes."""
    with errors_in_one_line():
        people = read_table(areas, columns=["area", "residents"], numbers=["residents"])
        people = people.set_index("area")
        groups = group_columns(areas, people, group or [], by)
        where = read_sites(sites)
        more = read_sites(candidates) if candidates else None
        from_to = times_of(people, where, more, times, mode=mode, detour=detour)
        asked: dict[str, Any] = {
            "groups": groups if len(groups.columns) else None,
            "within": within,
        }
        if more is not None:
            shut = close or []
            standing = [site for site in where.index if site not in shut]
            whom = group_columns(areas, people, [weigh], None)
            told = best(from_to, whom, standing, list(more.index), add, aim, within)
        elif at:
            told = by_hour(from_to, people, where, at, within)
        elif close:
            told = closed(from_to, people, list(where.index), close, asked)
        else:
            told = now(from_to, people, list(where.index), asked)
    said, table, numbers = told
    tell(said, table, numbers, as_json=as_json, csv=csv)


Told = tuple[list[str], "pd.DataFrame", dict[str, Any]]


def now(
    times: "Times", people: "pd.DataFrame", sites: list[str], asked: dict[str, Any]
) -> Told:
    from saferplan.methods.reach import reach as reached

    found = reached(times.to(sites), people["residents"], **asked)
    everyone = found.groups.iloc[0]
    low, high = everyone["lower"], everyone["upper"]
    # A table of routes knows its detours.
    detour = f" ({low:.0%} to {high:.0%} by the detour)" if low < high else ""
    said = [
        f"{everyone['share']:.0%} of residents are within {found.limit:g} minutes of "
        f"a site{detour}.",
        found.basis,
        *found.cautions,
    ]
    return said, with_names(found.groups), {"within": found.limit}


def closed(
    times: "Times",
    people: "pd.DataFrame",
    sites: list[str],
    close: list[str],
    asked: dict[str, Any],
) -> Told:
    from saferplan.errors import MethodError
    from saferplan.methods.closures import closure

    if unknown := [site for site in close if site not in sites]:
        raise MethodError(
            f"{', '.join(unknown)} cannot close, for it is not among the sites: "
            f"{', '.join(sites)}."
        )
    left = [site for site in sites if site not in close]
    found = closure(times, people["residents"], before=sites, after=left, **asked)
    everyone = found.groups.iloc[0]
    said = [
        f"If {', '.join(close)} closes, {everyone['lose']:,.0f} residents are no "
        f"longer within {found.limit:g} minutes of a site: {everyone['before']:.0%} "
        f"become {everyone['after']:.0%}.",
        f"The way gets longer for {everyone['longer']:,.0f}, by "
        f"{everyone['more_minutes']:.0f} minutes on average.",
        found.basis,
        *found.cautions,
    ]
    if not left:
        said[1] = "No site is left to go to."
    sites_told = with_names(found.sites, "site").to_dict(orient="records")
    return said, with_names(found.groups), {"within": found.limit, "sites": sites_told}


def by_hour(
    times: "Times",
    people: "pd.DataFrame",
    where: "pd.DataFrame",
    at: list[str],
    within: float,
) -> Told:
    from saferplan.errors import MethodError
    from saferplan.methods.reach_by_hour import reach_by_hour

    if "hours" not in where:
        raise MethodError(
            "The table of sites has no column hours. Write them like 'Mon-Fri "
            "09:00-17:00; Sat 10:00-16:00', and leave empty what nobody knows."
        )
    residents, hours = people["residents"], where["hours"]
    found = reach_by_hour(times.to(where.index), residents, hours, at=at, within=within)
    said = [
        f"At {row.at}, {row.share:.0%} of residents are within {within:g} minutes of "
        f"one of the {row.open} open sites."
        for row in found.itertuples()
    ]
    return [*said, times.basis], found, {"within": within}


def best(
    times: "Times",
    whom: "pd.DataFrame",
    standing: list[str],
    candidates: list[str],
    count: int,
    aim: Any,
    within: float,
) -> Told:
    from saferplan.methods.next_site import next_sites

    found = next_sites(
        times,
        whom.iloc[:, 0],
        candidates=candidates,
        standing=standing,
        count=count,
        aim=aim,
        within=within,
    )
    if aim == "cover":
        change = f"from {found.before:.0%} to {found.after:.0%} in time"
    else:
        start = f"{found.before:.1f}" if isfinite(found.before) else "no way at all"
        change = f"from {start} to {found.after:.1f} minutes on average"
    said = [f"{', '.join(found.chosen)}: {change}.", found.basis, *found.cautions]
    numbers = {
        "chosen": list(found.chosen),
        "before": found.before,
        "after": found.after,
        "proven": found.proven,
    }
    return said, found.alone, numbers


def group_columns(
    file: Path, people: "pd.DataFrame", names: list[str], by: str | None
) -> "pd.DataFrame":
    from saferplan.cli.tables import as_numbers
    from saferplan.errors import SourceChanged
    from saferplan.methods.reach import groups_by

    asked = [*names, *([by] if by else [])]
    if missing := [name for name in asked if name not in people]:
        raise SourceChanged(
            f"{file.name} has no column {', '.join(missing)}. It has: "
            f"{', '.join(people.columns)}."
        )
    for name in names:
        if people[name].dtype != float:
            people[name] = as_numbers(file, name, people[name].astype(str))
    groups = people[names]
    if by:
        labels = people[by].where(people[by] != "")
        sorted_by = groups_by(people["residents"], labels)
        groups = groups.join(sorted_by.add_prefix(f"{by} "))
    return groups


def read_sites(file: Path) -> "pd.DataFrame":
    return read_table(file, columns=["site"]).set_index("site")


def times_of(
    people: "pd.DataFrame",
    sites: "pd.DataFrame",
    more: "pd.DataFrame | None",
    routes: Path | None,
    *,
    mode: str,
    detour: float,
) -> "Times":
    import pandas as pd

    from saferplan.methods.travel import routed_times, straight_times

    if routes is not None:
        table = read_table(
            routes, columns=["area", "site", "minutes"], numbers=["minutes"]
        )
        return routed_times(table, areas=people.index, source=routes.name)
    every = sites if more is None else pd.concat([sites, more])
    return straight_times(on_grid(people), on_grid(every), mode=mode, detour=detour)


def on_grid(table: "pd.DataFrame") -> "pd.DataFrame":
    """The places in metres on the British National Grid."""
    import pandas as pd

    from saferplan.areas.projection import grid_from_degrees
    from saferplan.errors import MethodError

    numbers = {
        name: pd.to_numeric(table[name], errors="coerce")
        for name in PLACE
        if name in table
    }
    told = pd.DataFrame(numbers, index=table.index)
    if {"x", "y"} <= set(told):
        return told[["x", "y"]]
    if not {"longitude", "latitude"} <= set(told):
        raise MethodError(
            "Areas and sites need x and y in metres, or longitude and latitude."
        )
    points = grid_from_degrees(told[["longitude", "latitude"]].to_numpy())
    return pd.DataFrame(points, columns=["x", "y"], index=table.index)


def with_names(table: "pd.DataFrame", name: str = "group") -> "pd.DataFrame":
    return table.rename_axis(name).reset_index()
