"""
Add smaller areas up to larger ones, where the publisher's figures allow it.

A publisher's LSOA, ward and borough files need not nest. The Metropolitan Police leave
sexual offences out of the LSOA file, offences that they cannot place in a ward stay out
of the ward file, and yet a few LSOA counts exceed their ward's. Their sum is a number
that nobody published. Refusing is the default: a kind of evidence is added up only if
it is named here as one that can be.
"""

from dataclasses import dataclass

import pandas as pd

from saferplan.areas.vintages import carry, shares_of
from saferplan.errors import AreaError


@dataclass(frozen=True)
class Refusal:
    """Why figures do not add up, and what to use instead."""

    why: str
    instead: str


# Counts of people, of census answers, and of incidents that we place ourselves.
SUMMABLE = {"population", "census", "street_crime", "crime_outcome", "stop_search"}

# By dataset and publisher; "" stands for every publisher.
REFUSALS = {
    ("recorded_crime", "mps"): Refusal(
        "the Metropolitan Police leave some offences out of their LSOA and ward files "
        "(sexual offences have no LSOA), so the sum is less than they recorded",
        "their own file for the larger area",
    ),
    ("flagged_crime", "mps"): Refusal(
        "the Metropolitan Police count an offence in the borough file that they "
        "cannot place in a ward",
        "their own file for the larger area",
    ),
    ("survey", ""): Refusal(
        "a survey's shares are of different numbers of people, with weights that are "
        "not published",
        "the survey's own figure for the larger area",
    ),
    ("deprivation", ""): Refusal(
        "scores, ranks and deciles are not counts",
        "an average of scores weighted by residents, or the summary for the larger "
        "area that was published",
    ),
}


def check_can_sum(dataset: str, publisher: str) -> None:
    """
    Raise AreaError if areas of this dataset do not add up to larger ones.

    The message says why, and what to use instead.
    """
    refusal = REFUSALS.get((dataset, publisher)) or REFUSALS.get((dataset, ""))
    if refusal:
        raise AreaError(
            f"{dataset} of {publisher} cannot be added up to larger areas: "
            f"{refusal.why}. Use {refusal.instead}."
        )
    if dataset not in SUMMABLE:
        raise AreaError(
            f"Nobody has checked that {dataset} of {publisher} adds up to larger "
            f"areas. Use the publisher's own figure for the larger area."
        )


def sum_up(
    counts: pd.Series, lookup: pd.DataFrame, *, dataset: str, publisher: str
) -> pd.DataFrame:
    """
    Return counts of larger areas as sums of the smaller ones in them.

    counts  one number per smaller area, indexed by its code
    lookup  from_code (smaller), to_code (larger) and fit

    The result is as of `saferplan.areas.vintages.carry`: `count`, `fit`, `exact_part`.
    A sum by a best-fit look-up (LSOA to ward) is a best fit and says so. A larger area
    is the sum of what `counts` holds of it: check that it holds all of it.

    Raises AreaError if the publisher's areas do not nest (see `check_can_sum`), or a
    smaller area falls in several larger ones.

    >>> homes = pd.Series({"E01003189": 700, "E01003190": 650})
    >>> within = pd.DataFrame({"from_code": homes.index, "to_code": "E09000023"})
    >>> within["fit"] = "exact"
    >>> sum_up(homes, within, dataset="population", publisher="ons")["count"].to_dict()
    {'E09000023': 1350.0}
    """
    check_can_sum(dataset, publisher)
    used = lookup[lookup["from_code"].isin(counts.index)]
    places = used.groupby("from_code")["to_code"].nunique()
    if (places > 1).any():
        raise AreaError(
            f"{places[places > 1].index[0]} falls in {places.max()} larger areas, so "
            f"it cannot be added up. Use a look-up with one larger area for each."
        )
    return carry(counts, shares_of(used))
