"""
Which areas stand out from the rest by more than their size explains.

A funnel plot draws limits round the reference: wide for small areas, narrow for large.
Inside them an area's rank means little.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import bdtrik, betaincc, ndtri, pdtr, pdtrik

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.rates import same_areas

WINSORISED = 0.1  # of the areas at each end, before the spread is measured
LIMITS = {"95": 0.95, "998": 0.998}


@dataclass(frozen=True)
class Funnel:
    """
    areas       per area: value, size, lower_95, upper_95, lower_998, upper_998 (in the
                unit of value), position, caution
    reference   the centre line, in the unit of value
    dispersion  1 for chance alone; more where areas differ anyway
    basis       how the limits were drawn, for the note under the chart
    """

    areas: pd.DataFrame
    reference: float
    dispersion: float
    basis: str


def rate_funnel(
    offences: pd.Series,
    residents: pd.Series,
    *,
    per: int = 1_000,
    overdispersed: bool = False,
) -> Funnel:
    """
    Set each area's rate against limits round the rate of all areas together.

    offences   whole numbers per area
    residents  people (or households) per area; same index. An area where nobody
               lives has no place in the funnel: its row is missing

    Limits are exact Poisson ones. With `overdispersed` they are normal ones widened by
    the spread of the areas themselves (multiplicative, 10% winsorised): use it where
    nearly every area falls outside, as town centres and suburbs do.

    Raises MethodError if the indexes differ, a number is negative, or fewer than two
    areas have residents.

    Standing out is a reason to look, not a verdict on those who work there.

    Source: Spiegelhalter (2005), doi:10.1002/sim.1970.

    >>> offences = pd.Series({"A": 100, "B": 100, "C": 200})
    >>> residents = pd.Series({"A": 10_000, "B": 10_000, "C": 10_000})
    >>> funnel = rate_funnel(offences, residents)
    >>> round(funnel.reference, 2), funnel.areas["position"].tolist()
    (13.33, ['below 95%', 'below 95%', 'above 99.8%'])
    """
    same_areas("offences", offences, "residents", residents)
    if (offences < 0).any() or (residents < 0).any():
        raise MethodError("A count of offences or residents cannot be negative.")
    size = residents.where(residents > 0).astype(float)
    seen = offences.where(size.notna()).astype(float)
    check_something_to_compare(size)
    reference = float(seen.sum() / size[seen.notna()].sum())
    expected = np.asarray(reference * size, dtype=np.float64)
    dispersion = 1.0
    if overdispersed:
        with np.errstate(invalid="ignore"):
            dispersion = spread((seen - expected) / np.sqrt(expected))

    def limit(chance: float) -> Numbers:
        if overdispersed:
            z = ndtri(chance)
            counts = np.clip(expected + z * np.sqrt(dispersion * expected), 0, None)
        else:
            counts = smooth_quantile(chance, Poisson(expected))
        return np.asarray(counts / size.to_numpy() * per)

    return Funnel(
        areas=placed(seen / size * per, size, limit),
        reference=reference * per,
        dispersion=dispersion,
        basis=basis("Poisson", overdispersed, dispersion),
    )


def share_funnel(
    part: pd.Series, whole: pd.Series, *, overdispersed: bool = False
) -> Funnel:
    """
    Set each area's share against limits round the share of all areas together.

    part, whole  cases with the quality, and all cases, per area; same index

    As rate_funnel, with exact binomial limits; values and limits are 0 to 1.

    >>> found = pd.Series({"A": 20, "B": 20, "C": 50})
    >>> stops = pd.Series({"A": 100, "B": 100, "C": 100})
    >>> share_funnel(found, stops).areas["position"].tolist()
    ['below 95%', 'below 95%', 'above 99.8%']
    """
    same_areas("part", part, "whole", whole)
    if ((part < 0) | (part > whole)).any():
        raise MethodError("A part must be between zero and its whole.")
    size = whole.where(whole > 0).astype(float)
    seen = part.where(size.notna()).astype(float)
    check_something_to_compare(size)
    reference = float(seen.sum() / size[seen.notna()].sum())
    n = np.asarray(size, dtype=np.float64)
    error = np.sqrt(reference * (1 - reference) / n)
    dispersion = 1.0
    if overdispersed and 0 < reference < 1:
        dispersion = spread((seen / size - reference) / error)

    def limit(chance: float) -> Numbers:
        if overdispersed:
            shares = reference + ndtri(chance) * np.sqrt(dispersion) * error
        else:
            shares = smooth_quantile(chance, Binomial(n, reference)) / n
        return np.asarray(np.clip(shares, 0, 1))

    return Funnel(
        areas=placed(seen / size, size, limit),
        reference=reference,
        dispersion=dispersion,
        basis=basis("binomial", overdispersed, dispersion),
    )


def met_bands(values: pd.Series) -> pd.DataFrame:
    """
    Place each area by standard deviations from the mean, as the Met's map does.

    values  one figure per area, usually offences

    Columns `value`, `deviations` and `band`. Small areas swing most, so this flags
    them most; prefer a funnel. The result's attrs hold `mean` and `deviation`.

    Source: the convention of the Metropolitan Police Service's public crime map:
    average is within one standard deviation of the mean of the areas.

    >>> bands = met_bands(pd.Series([6, 8, 9, 11, 12, 14]))
    >>> bands.attrs["mean"], round(bands.attrs["deviation"], 3)
    (10.0, 2.898)
    >>> bands["band"].tolist()[-2:]
    ['average', 'above average']
    """
    mean, deviation = float(values.mean()), float(values.std(ddof=1))
    if not deviation > 0:
        raise MethodError(
            "A standard deviation needs at least two areas that differ. "
            "Compare with the reference area instead."
        )
    deviations = (values - mean) / deviation
    bands = pd.DataFrame({"value": values, "deviations": deviations})
    bands["band"] = np.select(
        [
            deviations.isna(),
            deviations > 2,
            deviations > 1,
            deviations < -2,
            deviations < -1,
        ],
        [
            "not known",
            "well above average",
            "above average",
            "well below average",
            "below average",
        ],
        default="average",
    )
    bands.attrs.update(mean=mean, deviation=deviation)
    return bands


@dataclass(frozen=True)
class Poisson:
    """Counts around a mean. The whole of scipy.stats takes two seconds to bring in."""

    mean: Numbers

    def below(self, count: Numbers) -> Numbers:
        """The chance of at most `count`."""
        return np.where(count < 0, 0.0, pdtr(np.maximum(count, 0), self.mean))

    def near(self, chance: float) -> Numbers:
        """A number that the smallest count of at least `chance` is close above."""
        return np.asarray(pdtrik(chance, self.mean))


@dataclass(frozen=True)
class Binomial:
    """Counts of `tries`, each with the same `share` of coming off."""

    tries: Numbers
    share: float

    def below(self, count: Numbers) -> Numbers:
        """The chance of at most `count`."""
        more = self.tries - count  # NaN where an area has no cases at all
        some = np.where(more <= 0, 1.0, more)
        known = betaincc(np.maximum(count, 0) + 1, some, self.share)
        return np.where(count < 0, 0.0, np.where(more <= 0, 1.0, known))

    def near(self, chance: float) -> Numbers:
        """A number that the smallest count of at least `chance` is close above."""
        return np.asarray(bdtrik(chance, self.tries, self.share))


def smooth_quantile(chance: float, law: Poisson | Binomial) -> Numbers:
    """
    Return the quantile of a count, made smooth between the whole numbers.

    With r the smallest whole number whose cumulative chance is at least `chance`, the
    limit lies between r - 1 and r, in proportion (Spiegelhalter 2005, appendix A.1).
    """
    r = np.ceil(law.near(chance))
    r = np.where(law.below(r - 1) >= chance, r - 1, r)
    at, before = law.below(r), law.below(r - 1)
    # Counts without end leave no chance between two of them.
    part = np.divide(at - chance, at - before, out=0 * at, where=at > before)
    return np.asarray(np.clip(r - part, 0, None))


def spread(z: pd.Series) -> float:
    """Return the mean square of scores, the outer tenths drawn in; 1 or more."""
    known = z.dropna()
    drawn_in = known.clip(
        float(known.quantile(WINSORISED)), float(known.quantile(1 - WINSORISED))
    )
    return max(1.0, float((drawn_in**2).mean()))


def placed(
    value: pd.Series, size: pd.Series, limit: Callable[[float], Numbers]
) -> pd.DataFrame:
    areas = pd.DataFrame({"value": value, "size": size})
    for name, confidence in LIMITS.items():
        tail = (1 - confidence) / 2
        areas[f"lower_{name}"] = limit(tail)
        areas[f"upper_{name}"] = limit(1 - tail)
    areas["position"] = np.select(
        [
            areas["value"].isna(),
            areas["value"] > areas["upper_998"],
            areas["value"] > areas["upper_95"],
            areas["value"] < areas["lower_998"],
            areas["value"] < areas["lower_95"],
        ],
        ["not known", "above 99.8%", "above 95%", "below 99.8%", "below 95%"],
        default="within",
    )
    areas["caution"] = np.where(
        areas["value"].isna(), "No residents or no count, so no place here.", ""
    )
    return areas


def basis(law: str, overdispersed: bool, dispersion: float) -> str:
    if overdispersed:
        return (
            f"Limits widened for areas that differ anyway: multiplicative dispersion "
            f"{dispersion:.1f}, from scores with a tenth winsorised at each end."
        )
    return f"Exact {law} limits: they allow for chance alone."


def check_something_to_compare(size: pd.Series) -> None:
    if size.notna().sum() < 2:
        raise MethodError(
            "A funnel needs at least two areas with residents or cases to compare."
        )
