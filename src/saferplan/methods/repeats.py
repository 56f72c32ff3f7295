"""
Who suffers crime again: three measures that are often called by one name.

Each answers another question, and on the same events they differ by half. So each comes
with its name, its base and its limits, and nothing of any one person comes out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from saferplan.errors import MethodError
from saferplan.methods.intervals import share_limits
from saferplan.methods.proportions import LEAST_ASKED, LEAST_PEOPLE
from saferplan.methods.snapped import days
from saferplan.methods.weighted_answers import variance_of_total

YEAR = 365
TOP = (0.05, 0.1, 0.2)

OFFENCES_AGAIN = "repeat offence share"
VICTIMS_AGAIN = "repeat victim share"
FOLLOWED = "followed forward"


@dataclass(frozen=True)
class Repeats:
    """
    offences       in the window, of known victims
    unknown        in the window, of victims not known: in no measure
    measures       a row per measure, by name: `part`, `whole`, `share`, `lower`,
                   `upper`, `caution`
    concentration  `victims` (the most victimised share of them), `offences` (the share
                   they suffered), `evenest` (the least it could be), `caution`
    times          `offences` suffered ("1", "2", "3 or more") and `victims`; the last
                   row takes in all that would be too few
    each           offences per victim, or missing where that would tell of too few
    cautions       in words
    """

    offences: int
    unknown: int
    measures: pd.DataFrame
    concentration: pd.DataFrame
    times: pd.DataFrame
    each: float
    cautions: tuple[str, ...]


def repeat_victimisation(
    events: pd.DataFrame,
    *,
    first: str,
    last: str,
    within: int = YEAR,
    same_type: bool = False,
    same_day: bool = False,
    since: str | None = None,
    until: str | None = None,
    top: Sequence[float] = TOP,
    least: int = LEAST_PEOPLE,
    base: int = LEAST_ASKED,
    confidence: float = 0.95,
) -> Repeats:
    """
    Return how much crime falls on people who suffered it before, by three measures.

    events       one row per offence and victim, without copies: `victim` (a pseudonym,
                 missing if not known), `date` with its day, and `type` if `same_type`
    first, last  days of the window, both within it
    within       days that the look back and the look forward reach
    same_type    only an offence of the same type makes a repeat
    same_day     a second offence of one day is a repeat in the look back
    since,until  days between which the extract is whole; by default its first and last
    top          shares of victims for the concentration
    least, base  people below which, and not none, a number is withheld; and offences
                 or victims below which there is no share

    The measures: "repeat offence share", of the window's offences those whose victim
    had another in the `within` days before (what "a victim in the last year" asks);
    "repeat victim share", of the window's victims those with two or more in it; and
    the concentration. Beside them "followed forward": of the victims whose first
    offence in the window can be followed for `within` days, those with another.

    Raises MethodError if only months are known, the window holds fewer than `least`
    known victims, or its last day comes before its first.

    A repeat of what was recorded: most crime is not reported, and those hurt at home
    report last. A rise may be trust. Dates recorded late put offences in wrong order.
    The most victimised tenth holds more than a tenth even if chance chose: set it
    against `evenest`, and against the year before. Publish one set of choices only: two
    side by side can tell what each withholds.

    Source: JDiBrief, Repeat victimisation (UCL Jill Dando Institute); Pease (1998),
    Repeat Victimisation: Taking Stock. Limits allow for several offences of one victim.

    >>> rows = [("A", "2016-02-01"), ("A", "2016-12-15"), ("B", "2016-11-20")]
    >>> events = pd.DataFrame(rows, columns=["victim", "date"])
    >>> found = repeat_victimisation(
    ...     events, first="2016-04-01", last="2017-03-31", least=1, base=1)
    >>> found.measures["share"].tolist()[:2]
    [0.5, 0.0]
    """
    table = numbered(events, same_type=same_type)
    start, end = table.attrs["first"], table.attrs["last"]
    opens, closes = day_of(first), day_of(last)
    if within < 1:
        raise MethodError("The look back and forward reaches a day or more: 365.")
    if closes < opens:
        raise MethodError(f"The window ends on {last}, before it begins on {first}.")
    begun = opens - (start if since is None else day_of(since))
    ended = (end if until is None else day_of(until)) - start
    table["inside"] = table["day"].between((opens - start).days, (closes - start).days)
    unknown = int((table["inside"] & table["victim"].isna()).sum())
    table = table[table["victim"].notna()]
    inside = table[table["inside"]]
    number = inside.groupby("victim").size()
    if len(number) < max(least, 1):
        raise MethodError(
            f"Fewer than {least} victims are known in the window, and every number "
            f"would tell of them. Choose a longer window."
        )
    again = looked_back(table, within, same_day=same_day)[inside.index]
    alike = inside.groupby(["victim", "kind"]).size().groupby(level=0).max() >= 2
    followed = looked_forward(table, inside, within, ended.days)
    measures = {
        name: measured(hit, who, least=least, base=base, confidence=confidence)
        for name, hit, who in [
            (OFFENCES_AGAIN, again, inside["victim"].to_numpy()),
            (VICTIMS_AGAIN, alike, alike.index.to_numpy()),
            (FOLLOWED, followed, followed.index.to_numpy()),
        ]
    }
    extra = len(inside) - len(number)
    tells = 0 < extra < least
    return Repeats(
        offences=len(inside),
        unknown=unknown,
        measures=pd.DataFrame.from_dict(measures, orient="index"),
        concentration=most_victimised(number, top, least),
        times=by_times(number, least),
        each=float("nan") if tells else len(inside) / len(number),
        cautions=said(
            begun.days,
            within,
            unknown,
            len(inside),
            short=until is not None and day_of(until) < closes,
            same_type=same_type,
        ),
    )


def numbered(events: pd.DataFrame, *, same_type: bool) -> pd.DataFrame:
    """Victim, kind and day number of each event; with the first and last date."""
    needed = ["victim", "date", *(["type"] if same_type else [])]
    if missing := [name for name in needed if name not in events]:
        raise MethodError(
            f"The events have no column {', '.join(missing)}. They need "
            f"{', '.join(needed)}: see saferplan.methods.pseudonyms."
        )
    if events.empty:
        raise MethodError("The extract has no offences. Ask for a longer period.")
    events = events.reset_index(drop=True)
    day = days(events["date"])
    kind = events["type"] if same_type else pd.Series("any", index=events.index)
    table = pd.DataFrame({"victim": events["victim"], "kind": kind, "day": day})
    dates = pd.to_datetime(events["date"], format="ISO8601").dt.normalize()
    table.attrs = {"first": dates.min(), "last": dates.max()}
    return table


def day_of(told: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(told).normalize()
    except ValueError:
        raise MethodError(f"{told!r} is not a day. Write it as 2026-03-31.") from None


def looked_back(table: pd.DataFrame, within: int, *, same_day: bool) -> pd.Series:
    """Whether the victim of each event had another in the days before it."""
    keys = ["victim", "kind", "day"]
    days_hit = table[keys].drop_duplicates().sort_values(keys)
    gap = days_hit.groupby(["victim", "kind"])["day"].diff()
    days_hit["again"] = gap <= within  # missing for a first day, and so false
    again = table[keys].merge(days_hit, on=keys, how="left")["again"].to_numpy()
    if same_day:
        again = again | table.duplicated(keys).to_numpy()
    return pd.Series(again.astype(float), index=table.index)


def looked_forward(
    table: pd.DataFrame, inside: pd.DataFrame, within: int, ended: int
) -> pd.Series:
    """Whether victims had another offence after their first in the window, by victim.

    Only of those whose days to come the extract holds to the last.
    """
    order = inside.sort_values("day", kind="stable")
    initial = order.drop_duplicates("victim").set_index("victim")
    initial = initial[initial["day"] + within <= ended]
    later = table.drop(index=order.drop_duplicates("victim").index)
    later = later[later["victim"].isin(initial.index)]
    begun = initial.loc[later["victim"]].set_axis(later.index)
    after = later["day"] - begun["day"]
    hit = after.between(0, within) & (later["kind"] == begun["kind"])
    again = initial.index.isin(later.loc[hit, "victim"])
    return pd.Series(again.astype(float), index=initial.index)


def measured(
    again: pd.Series,
    victims: ArrayLike,
    *,
    least: int,
    base: int,
    confidence: float,
) -> dict[str, float | str]:
    """A share with limits that allow for several events of one victim; or withheld."""
    part, whole = float(again.sum()), len(again)
    people = pd.Series(np.asarray(victims))
    shown = whole if whole == 0 or people.nunique() >= least else np.nan
    hidden = {"part": np.nan, "whole": shown, "share": np.nan}
    hidden |= {"lower": np.nan, "upper": np.nan}
    if whole < base:
        return hidden | {"caution": f"Fewer than {base}: too few for a percentage."}
    # Ten offences can be one person's: what counts is the people behind them.
    behind = people.groupby(again.to_numpy()).nunique()
    if (behind < least).any():
        return hidden | {
            "caution": f"Withheld: fewer than {least} people could be told from it."
        }
    share = part / whole
    plain = share * (1 - share) / (whole - 1) if whole > 1 else 0.0
    effect = 1.0
    if plain > 0 and people.nunique() > 1:
        parts = pd.Series((again.to_numpy() - share) / whole)
        one = pd.Series("all", index=parts.index)
        by_victim = variance_of_total(parts, one, people)
        effect = max(1.0, by_victim / plain)
    lower, upper = share_limits(part / effect, whole / effect, confidence=confidence)
    found: dict[str, float | str] = {"part": part, "whole": whole, "share": share}
    return found | {"lower": float(lower), "upper": float(upper), "caution": ""}


def most_victimised(
    number: pd.Series, top: Sequence[float], least: int
) -> pd.DataFrame:
    """The share of offences that the most victimised shares of victims suffered."""
    counts = np.sort(number.to_numpy())[::-1]
    victims, offences = len(counts), counts.sum()
    every, over = divmod(int(offences), victims)
    even = np.where(np.arange(victims) < over, every + 1, every)
    place = np.arange(victims + 1) / victims
    rows = []
    for share in top:
        if not 0 < share < 1:
            raise MethodError(
                f"A share of victims lies between 0 and 1; {share} does not."
            )
        shown = share * victims >= least
        held, least_held = (
            float(np.interp(share, place, np.append(0, each.cumsum()) / offences))
            for each in (counts, even)
        )
        few = f"Withheld: {share:.0%} of the victims are fewer than {least} people."
        rows.append(
            {
                "victims": share,
                "offences": held if shown else np.nan,
                "evenest": least_held if shown else np.nan,
                "caution": "" if shown else few,
            }
        )
    return pd.DataFrame(rows)


def by_times(number: pd.Series, least: int) -> pd.DataFrame:
    """How many victims suffered how often; too few go with those who suffered less."""
    often, victims_each = np.unique(number.to_numpy(), return_counts=True)
    rows = [(int(n), int(k)) for n, k in zip(often, victims_each, strict=True)]
    while len(rows) > 1 and rows[-1][1] < least:
        (_, tail), (times, victims) = rows.pop(), rows.pop()
        rows.append((times, victims + tail))
    # Any row in between that is too few is joined upwards with the next.
    joined: list[tuple[int, int]] = []
    for times, victims in rows:
        if joined and joined[-1][1] < least:
            before = joined.pop()
            times, victims = before[0], before[1] + victims
        joined.append((times, victims))
    most = int(often[-1])
    names = []
    for at, (times, _) in enumerate(joined):
        end = joined[at + 1][0] - 1 if at + 1 < len(joined) else most
        if end == times:
            names.append(str(times))
        else:
            final = at + 1 == len(joined)
            names.append(f"{times} or more" if final else f"{times} to {end}")
    return pd.DataFrame({"offences": names, "victims": [row[1] for row in joined]})


def said(
    begun: int,
    within: int,
    unknown: int,
    known: int,
    *,
    short: bool,
    same_type: bool,
) -> tuple[str, ...]:
    words = []
    if begun < within:
        words.append(
            f"The extract begins {max(begun, 0)} days before the window and the look "
            f"back needs {within}: the repeat offence share is too low."
        )
    if short:
        words.append("The extract ends before the window: every measure is too low.")
    if unknown:
        words.append(
            f"{unknown / (known + unknown):.0%} of the window's offences have no known "
            f"victim and are in no measure."
        )
    if not same_type:
        words.append("An offence of any type makes a repeat.")
    return tuple(words)
