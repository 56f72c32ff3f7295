"""Rates of recorded crime, with their uncertainty."""

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import count_limits

FEW = 10


def crime_rate(
    offences: pd.Series,
    residents: pd.Series,
    *,
    per: int = 1_000,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return offences per `per` residents in each area, with an interval.

    offences    recorded in the period; one whole number per area
    residents   people living there (people, not thousands), or households for
                burglary; same index as offences
    confidence  the share of such intervals that should hold the true rate

    The result has the index of `offences` and columns `rate`, `lower`, `upper` and
    `caution`. An area where nobody lives has no rate: its row is missing, not zero,
    and so is that of an area whose count is missing.

    Raises MethodError if the indexes differ or a count is negative.

    The interval allows for chance alone. It says nothing of crime that was never
    reported, nor of the visitors who make a town centre busier than its residents.

    Method: Byar's limits from 10 offences up, exact ones below
    (see saferplan.methods.intervals).

    >>> offences = pd.Series({"E07000196": 10})
    >>> residents = pd.Series({"E07000196": 2_000})
    >>> crime_rate(offences, residents)[["rate", "lower", "upper"]].round(2).values
    array([[5.  , 2.39, 9.2 ]])
    """
    same_areas("offences", offences, "residents", residents)
    if (offences < 0).any():
        raise MethodError("A count of offences cannot be negative.")

    lower, upper = count_limits(offences.astype(float), confidence=confidence)
    counts = pd.DataFrame(
        {"rate": offences.astype(float), "lower": lower, "upper": upper},
        index=offences.index,
    )
    lived_in = residents.where(residents > 0).astype(float)
    rates = counts.mul(per).div(lived_in, axis="index")
    rates["caution"] = np.select(
        [lived_in.isna(), offences.isna(), offences < FEW],
        [
            "Nobody is known to live here, so there is no rate.",
            "The number of offences is not known.",
            f"Fewer than {FEW} offences: one more or less moves this rate a lot.",
        ],
        default="",
    )
    return rates


def annualise(rate: float, *, months: int) -> float:
    """
    Return a rate seen over some months as a rate for a year.

    rate    offences per residents or households over those months
    months  how many, 1 to 12

    It assumes the rest of the year is like these months. Most crime has a season, so
    compare a part-year only with the same months of another.

    Source: Home Office toolkit: 3 burglaries in 8 months among 200 households are 15
    per 1,000 households in those months, and 22.5 in a year.

    >>> annualise(15.0, months=8)
    22.5
    """
    if not 1 <= months <= 12:
        raise MethodError(
            f"A part of a year has 1 to 12 months, not {months}. "
            f"Use whole months that have been published."
        )
    return rate * 12 / months


def same_areas(
    one_name: str, one: pd.Series, other_name: str, other: pd.Series
) -> None:
    """Raise MethodError, naming the strays, unless two series have the same rows."""
    if one.index.equals(other.index):
        return
    strays = sorted(map(str, one.index.symmetric_difference(other.index)))
    raise MethodError(
        f"{one_name} and {other_name} must have the same rows in the same order. "
        f"In one but not the other: {', '.join(strays) or 'none, only the order'}."
    )
