"""Who can reach a site that is open, at this hour of the week and that."""

from collections.abc import Iterable

import pandas as pd

from saferplan.methods.opening_hours import open_at
from saferplan.methods.reach import reach
from saferplan.methods.travel import Times


def reach_by_hour(
    times: Times,
    residents: pd.Series,
    hours: pd.Series,
    *,
    at: Iterable[str],
    within: float,
) -> pd.DataFrame:
    """
    Return the share of everyone in time of a site that is open, at some times.

    hours   the opening hours of each site in words (see opening_hours), empty where
            nobody knows them
    at      days and times: "Tue 11:00", "Sat 22:00"
    within  minutes

    One row per time: `at`, `open` (sites known to be open), `share`, `share_if_open`
    (if those of unknown hours were open too) and `caution`, which names them.

    Bank holidays are not known, nor whether anyone is behind the desk.

    >>> from saferplan.methods.travel import routed_times
    >>> routes = pd.DataFrame({"area": ["A"], "site": "Desk", "minutes": [5]})
    >>> one = pd.Series({"A": 600})
    >>> by_hour = reach_by_hour(routed_times(routes, areas=one.index), one,
    ...     pd.Series({"Desk": "Mon-Fri 09:00-17:00"}), at=["Mon 09:00", "Mon 17:00"],
    ...     within=20)
    >>> by_hour["share"].tolist()
    [1.0, 0.0]
    """
    known = hours.reindex(times.minutes.columns)
    rows = []
    for when in at:
        opened = open_at(known, when)
        sure = opened.index[opened.eq(True)]
        perhaps = opened.index[opened.isna()]
        shares = [
            reach(times.to(sites), residents, within=within).groups["share"].iloc[0]
            for sites in (sure, sure.append(perhaps))
        ]
        unknown = ", ".join(map(str, perhaps))
        rows.append(
            {
                "at": when,
                "open": len(sure),
                "share": shares[0],
                "share_if_open": shares[1],
                "caution": f"Hours not known: {unknown}." if unknown else "",
            }
        )
    columns = ["at", "open", "share", "share_if_open", "caution"]
    return pd.DataFrame(rows, columns=columns)
