"""
What the figures say of the level at which to take up a problem.

Where do its areas differ: between neighbourhoods, boroughs or parts of the city? How
often does it cross a border? And are there events enough at a level to tell a change?
"""

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers, normal_point, share_limits
from saferplan.methods.rates import same_areas

DRAWS = 400


def variance_by_level(
    counts: pd.Series,
    residents: pd.Series,
    levels: pd.DataFrame,
    *,
    dispersion: float = 1.0,
    draws: int = DRAWS,
    seed: int = 1,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return at which level the areas' rates differ, chance taken out.

    counts      whole numbers per neighbourhood
    residents   people there, above zero; same index
    levels      the borough, and what is wider, that each lies in: a column each, the
                narrowest first; same index
    dispersion  how many times more a count varies than chance
    draws, seed  how often the counts are drawn again for the limits

    One row per level, neighbourhoods first: `level`, `areas`, `share` (the part of the
    differences that lies between areas of this level within one of the next; they add
    to 1), `lower`, `upper`. Missing where areas do not differ by more than chance.

    Raises MethodError if the rows differ, somewhere nobody lives, a level is missing or
    areas of a level are split between areas of the next.

    The limits allow for chance in the counts, and not for other areas than these. A
    person weighs as much everywhere, so a large borough counts more; and a level with
    more areas has more room to differ.

    Source: the law of total variance, with the Poisson part of each level taken out as
    in Marshall (1991), doi:10.2307/2347593.

    >>> counts = pd.Series([100, 300, 110, 290])
    >>> borough = pd.DataFrame({"borough": ["A", "A", "B", "B"]})
    >>> found = variance_by_level(counts, pd.Series([10_000] * 4), borough)
    >>> found[["level", "share"]].values.tolist()
    [['neighbourhood', 1.0], ['borough', 0.0]]
    """
    y, people = check_counts(counts, residents, levels)
    if dispersion < 1:
        raise MethodError("A dispersion is 1 or more: 1 for independent events.")
    sums = [np.eye(len(y)), *(belongs(levels[name]) for name in levels)]
    shares = shares_of(level_parts(y[None, :], people, sums, dispersion))[0]
    random = np.random.default_rng(seed)
    again = draw_again(y, dispersion, (draws, len(y)), random)
    # The counts hold chance already, and drawing them again adds as much once more.
    drawn = shares_of(level_parts(again, people, sums, 2 * dispersion))
    tail = (1 - confidence) / 2
    known = drawn[np.isfinite(drawn).all(axis=1)]
    if not np.isfinite(shares).all() or not len(known):
        known = np.full((1, len(sums)), np.nan)
    return pd.DataFrame(
        {
            "level": ["neighbourhood", *map(str, levels.columns)],
            "areas": [each.shape[1] for each in sums],
            "share": shares,
            "lower": np.quantile(known, tail, axis=0),
            "upper": np.quantile(known, 1 - tail, axis=0),
        }
    )


def level_parts(
    y: Numbers, people: Numbers, sums: list[Numbers], dispersion: float
) -> Numbers:
    """
    The variance between areas of each level within the next, chance taken out.

    y  one row per set of counts; the result has a row for each and a column per level
    """
    everyone = people.sum()
    mean = y.sum(axis=1) / everyone
    found = []
    for each in sums:
        size = people @ each
        rates = (y @ each) / size
        spread = (size * (rates - mean[:, None]) ** 2).sum(axis=1)
        chance = dispersion * mean * (each.shape[1] - 1)
        found.append((spread - chance) / everyone)
    parts = np.column_stack(found)
    parts[:, :-1] -= parts[:, 1:].copy()
    return np.asarray(np.maximum(parts, 0))


def shares_of(parts: Numbers) -> Numbers:
    whole = parts.sum(axis=1, keepdims=True)
    return np.asarray(
        np.where(whole > 0, parts / np.where(whole > 0, whole, 1), np.nan)
    )


def draw_again(
    y: Numbers, dispersion: float, shape: tuple[int, int], random: np.random.Generator
) -> Numbers:
    """Counts with these means and the variance that the dispersion says."""
    if dispersion == 1:
        return random.poisson(y, shape).astype(float)
    means = random.gamma(np.maximum(y, 1e-9) / (dispersion - 1), dispersion - 1, shape)
    return random.poisson(means).astype(float)


def belongs(labels: pd.Series) -> Numbers:
    """One row per small area, one column per area of the level: 1 where it belongs."""
    codes, names = pd.factorize(labels, sort=True)
    return np.eye(len(names))[codes]


def cross_boundary(
    flows: pd.DataFrame, levels: pd.DataFrame, *, confidence: float = 0.95
) -> pd.DataFrame:
    """
    Return the share of cases that cross a border of each level.

    flows   one row per pair: `home` (the area where the suspect, victim or user lives),
            `place` (where it happened or is given) and `cases`. A home that is not in
            `levels` is elsewhere, and crosses every border; an empty one is not known
    levels  per area, the neighbourhood, borough and what is wider: a column each

    One row per level: `level`, `cases` (with a known home), `crossing`, `share` with
    Wilson's `lower` and `upper`, and `unknown` (cases without a home).

    Raises MethodError if a column is missing, cases are negative, or a place is not in
    `levels`.

    Only cases with a known person are in it: for burglary that may be one in ten, and
    those who are caught live nearer.

    >>> levels = pd.DataFrame({"borough": ["A", "A", "B"]}, index=["A1", "A2", "B1"])
    >>> flows = pd.DataFrame({"home": ["A2", "B1"], "place": "A1", "cases": [60, 40]})
    >>> cross_boundary(flows, levels)[["level", "share"]].values.tolist()
    [['borough', 0.4]]
    """
    if missing := {"home", "place", "cases"} - set(flows.columns):
        raise MethodError(
            f"The flows have no {', '.join(sorted(missing))}. They need home, place "
            f"and cases."
        )
    if (flows["cases"] < 0).any():
        raise MethodError("A number of cases cannot be negative.")
    lost = flows["place"][~flows["place"].isin(levels.index)].astype(str).unique()
    if len(lost):
        raise MethodError(f"It is not known where {', '.join(lost[:5])} lies. Add it.")
    home = flows["home"].where(flows["home"].astype(str).str.strip() != "")
    known = home.notna()
    cases = flows["cases"].where(known, 0).astype(float)
    rows = []
    for name in levels:
        there, from_where = flows["place"].map(levels[name]), home.map(levels[name])
        crossing = float(cases[from_where.isna() | (from_where != there)].sum())
        total = float(cases.sum())
        lower, upper = share_limits([crossing], [total], confidence=confidence)
        rows.append(
            {
                "level": str(name),
                "cases": total,
                "crossing": crossing,
                "share": crossing / total if total else np.nan,
                "lower": lower[0],
                "upper": upper[0],
                "unknown": float(flows["cases"][~known].sum()),
            }
        )
    return pd.DataFrame(rows)


def events_to_tell(
    change: float = -0.2,
    *,
    power: float = 0.8,
    dispersion: float = 1.0,
    confidence: float = 0.95,
) -> float:
    """
    Return how many events a year there must be to tell a change from chance.

    change  as a share: -0.2 is a fall by a fifth
    power   how often the change should show

    One year is compared with the next. Raises MethodError for no change, a fall by more
    than all, a power that is none or a dispersion under 1.

    Source: van Belle (2008), Statistical Rules of Thumb, 2.6: on the scale of square
    roots counts vary alike.

    >>> round(events_to_tell(-0.2))
    352
    """
    if not change >= -1 or change == 0:
        raise MethodError("A change is a share other than 0, such as -0.2 for a fifth.")
    if dispersion < 1:
        raise MethodError("A dispersion is 1 or more: 1 for independent events.")
    if not 0.5 <= power < 1:
        raise MethodError("Power is how often a change shows: from 0.5 to under 1.")
    reach = normal_point(confidence) + normal_point(2 * power - 1)
    return float(dispersion * (reach / (1 - np.sqrt(1 + change))) ** 2 / 2)


def events_by_level(
    counts: pd.Series, levels: pd.DataFrame, *, needed: float
) -> pd.DataFrame:
    """
    Return at which levels there are events enough in a year to tell a change.

    counts  events in a year per neighbourhood
    levels  as in variance_by_level
    needed  how many, from events_to_tell

    One row per level, and one for all together: `level`, `areas`, `middle` (events of
    the area in the middle), `enough` (the share of areas with that many).

    >>> counts = pd.Series([100, 300, 110, 290])
    >>> borough = pd.DataFrame({"borough": ["A", "A", "B", "B"]})
    >>> events_by_level(counts, borough, needed=352)["enough"].tolist()
    [0.0, 1.0, 1.0]
    """
    same_areas("counts", counts, "levels", pd.Series(0, levels.index))
    every = [("neighbourhood", counts)]
    every += [(str(name), counts.groupby(levels[name]).sum()) for name in levels]
    every += [("all", pd.Series([counts.sum()]))]
    return pd.DataFrame(
        [
            {
                "level": name,
                "areas": len(each),
                "middle": float(each.median()),
                "enough": float((each >= needed).mean()),
            }
            for name, each in every
        ]
    )


def check_counts(
    counts: pd.Series, residents: pd.Series, levels: pd.DataFrame
) -> tuple[Numbers, Numbers]:
    same_areas("counts", counts, "residents", residents)
    same_areas("counts", counts, "levels", pd.Series(0, levels.index))
    y, people = counts.to_numpy(dtype=float), residents.to_numpy(dtype=float)
    if not (y >= 0).all() or not (people > 0).all() or not y.sum() > 0:
        raise MethodError(
            "Every neighbourhood needs a count of 0 or more and residents above 0, and "
            "there must be some events. Leave out those that are not known."
        )
    if not len(levels.columns) or levels.isna().any(axis=None):
        raise MethodError(
            "Say for every neighbourhood in which borough, and what is wider, it lies."
        )
    for narrow, wide in zip(levels.columns, levels.columns[1:], strict=False):
        split = levels.groupby(narrow)[wide].nunique()
        if (split > 1).any():
            raise MethodError(
                f"{split[split > 1].index[0]} lies in {split.max()} of {wide}: each "
                f"{narrow} must lie in one. Put the narrowest level first."
            )
    return y, people
