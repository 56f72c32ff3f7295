"""
Orders made by courts and police, beside the days on which they were law.

An order that is not law yet cannot be made more often, whatever the plan says. The days
in force come from a register that is handed in; nothing of the law is written here.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import count_limits
from saferplan.methods.proportions import LEAST_PEOPLE
from saferplan.methods.spans import as_month

Day = pd.Timestamp | None


def orders_in_use(
    made: pd.DataFrame,
    law: pd.DataFrame,
    *,
    first: str,
    last: str,
    least: int = LEAST_PEOPLE,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return how often each order was made, and how often in a month that it was law.

    made         one row per order and month: `order`, `month` (2026-02), `made` (a
                 whole number). Months without a row had none, but of an order without
                 any row nothing is known
    law          one row per order, named as in `made`: `order`, `start`, `end` (the
                 days between which it is law; no end if it still is)
    first, last  months of the period
    least        fewer orders than this, and not none, are not told

    The result has a row per order of either table and columns `made`, `months` (of the
    period in which it was law for the whole of it or a part), `a_year` (made for each
    twelve such months) with `lower` and `upper`, `start`, `end`, `status` ("law
    throughout", "law for a part", "not law yet", "no longer law", "not in the
    register") and `caution`.

    Raises MethodError for a column that is not there, a month that is none, a count
    that is missing or negative, an order twice in the register, or a period that ends
    before it begins.

    More orders can be more harm, more courage to report, or more use of a new power:
    the number alone does not say which. Orders applied for and refused are not here.

    Source: exact limits of a count (Garwood 1936).

    >>> law = pd.DataFrame({"order": ["Stalking Protection Order"],
    ...                     "start": ["2020-01-20"], "end": [None]})
    >>> made = pd.DataFrame({"order": ["Stalking Protection Order"],
    ...                      "month": ["2020-06"], "made": [12]})
    >>> found = orders_in_use(made, law, first="2019-04", last="2020-12")
    >>> found[["made", "months", "a_year", "status"]].values.tolist()
    [[12.0, 12, 12.0, 'law for a part']]
    """
    opens, closes = as_month(first), as_month(last)
    if closes < opens:
        raise MethodError(f"The period ends in {last}, before it begins in {first}.")
    counts, register = check_made(made), check_law(law)
    names = list(dict.fromkeys([*counts["order"], *register]))
    rows = {}
    for name in names:
        mine = counts[counts["order"] == name]
        inside = mine[(mine["month"] >= opens) & (mine["month"] <= closes)]
        number = float(inside["made"].sum()) if len(mine) else np.nan
        start, end = register.get(name, (None, None))
        months = months_of_law(start, end, opens, closes)
        outside = mine.loc[~of_law(mine["month"], start, end), "made"].sum()
        hidden = 0 < number < least
        lower, upper = count_limits(number, confidence=confidence)
        year = 12 / months if months and not hidden else np.nan
        status = status_of(name in register, start, end, opens, closes)
        rows[name] = {
            "made": np.nan if hidden else number,
            "months": months,
            "a_year": number * year,
            "lower": float(lower) * year,
            "upper": float(upper) * year,
            "start": start,
            "end": end,
            "status": status,
            "caution": caution(status, start, number, least, float(outside)),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("order")


def could_be_used(orders: Sequence[str], law: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """
    Return whether each order of a plan was law before the month it was promised for.

    orders  named as in the register
    law     as in orders_in_use
    by      the month of the promise: 2018-03

    Columns `order`, `start`, `possible` (true, false, or missing where the register
    does not know the order) and `caution`.

    >>> law = pd.DataFrame({"order": ["Stalking Protection Order"],
    ...                     "start": ["2020-01-20"], "end": [None]})
    >>> found = could_be_used(["Stalking Protection Order"], law, by="2018-03")
    >>> found.loc[0, "caution"]
    'Not law before 2020-01-20: it could not be used more by 2018-03.'
    """
    month, register = as_month(by), check_law(law)
    rows = []
    for name in orders:
        known = name in register
        start, end = register.get(name, (None, None))
        possible, why = True, ""
        if known and start is not None and start > month.end_time:
            possible = False
            why = f"Not law before {start:%Y-%m-%d}: it could not be used more by {by}."
        elif known and end is not None and end < month.start_time:
            possible, why = False, f"No longer law after {end:%Y-%m-%d}."
        elif not known:
            why = "Not in the register of orders: add it with its days in force."
        rows.append(
            {
                "order": name,
                "start": start,
                "possible": possible if known else None,
                "caution": why,
            }
        )
    return pd.DataFrame(rows)


def months_of_law(start: Day, end: Day, opens: pd.Period, closes: pd.Period) -> int:
    """How many of the months had a day on which it was law."""
    since = opens if start is None else max(opens, start.to_period("M"))
    until = closes if end is None else min(closes, end.to_period("M"))
    return max(0, (until - since).n + 1)


def of_law(months: pd.Series, start: Day, end: Day) -> pd.Series:
    inside = pd.Series(True, index=months.index)
    if start is not None:
        inside &= months >= start.to_period("M")
    if end is not None:
        inside &= months <= end.to_period("M")
    return inside


def status_of(
    known: bool, start: Day, end: Day, opens: pd.Period, closes: pd.Period
) -> str:
    if not known:
        return "not in the register"
    if start is not None and start > closes.end_time:
        return "not law yet"
    if end is not None and end < opens.start_time:
        return "no longer law"
    late = start is not None and start > opens.start_time
    early = end is not None and end < closes.end_time.normalize()
    return "law for a part" if late or early else "law throughout"


def caution(status: str, start: Day, number: float, least: int, outside: float) -> str:
    words = []
    if status == "not law yet" and start is not None:
        words.append(f"Not law before {start:%Y-%m-%d}.")
    if status == "not in the register":
        words.append("Add it to the register with its days in force.")
    if np.isnan(number):
        words.append("No number is given.")
    if 0 < number < least:
        words.append(f"Fewer than {least} were made.")
    if outside:
        words.append("Some are dated when it was not law: check the months.")
    return " ".join(words)


def check_made(made: pd.DataFrame) -> pd.DataFrame:
    if missing := [name for name in ("order", "month", "made") if name not in made]:
        raise MethodError(
            f"The orders have no column {', '.join(missing)}. They need order, month "
            f"and made."
        )
    months = pd.PeriodIndex([as_month(month) for month in made["month"]], freq="M")
    table = pd.DataFrame(
        {
            "order": made["order"].astype(str).to_numpy(),
            "month": months,
            "made": made["made"].to_numpy(dtype=float),
        }
    )
    if not (table["made"] >= 0).all():
        raise MethodError("Every month needs a number of orders of zero or more.")
    return table


def check_law(law: pd.DataFrame) -> dict[str, tuple[Day, Day]]:
    """The register by order: its first and last day, None where there is none."""
    if missing := [name for name in ("order", "start", "end") if name not in law]:
        raise MethodError(
            f"The register has no column {', '.join(missing)}. It needs order, start "
            f"and end."
        )
    twice = law["order"][law["order"].duplicated()]
    if len(twice):
        raise MethodError(f"{twice.iloc[0]} is in the register twice. Keep one line.")
    days = (
        [None if pd.isna(told) else pd.Timestamp(told) for told in law[name]]
        for name in ("start", "end")
    )
    return dict(zip(map(str, law["order"]), zip(*days, strict=True), strict=True))
