"""
From Home Office offence codes, which have harm weights, to a publisher's categories.

A publisher's category often holds several offences whose weights differ, and does not
say how many of each. So most weights here are approximate, and come as a pair.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from saferplan.definitions.definition import FOLDER
from saferplan.errors import SourceChanged

# The commonest offence of a category is professional knowledge, not yet checked.
SOURCE = (
    "Offence codes: Home Office counting rules. Shares: charges in England and Wales, "
    "January to December 2023, by offence code (Home Office outcomes data)."
)
NOT_ALIKE = 1.05  # weights within 5% count as one weight


@dataclass(frozen=True)
class BridgePart:
    """
    One offence code within a category.

    commonest     the offence most often recorded in the category; one in each
    charge_share  its share of the category's charges: serious offences are charged
                  more often, so this overstates them
    """

    scheme: str
    minor: str
    offence_code: str
    commonest: bool
    charge_share: float


@dataclass(frozen=True)
class BridgedWeight:
    """
    The weight of one offence in a category.

    weight     that of the commonest offence in it: a cautious figure
    high       the mean over its charges: a high figure
    exact      True where all its offences weigh the same, and the two agree
    """

    minor: str
    weight: float
    high: float
    exact: bool


@cache
def bridge_parts(scheme: str) -> tuple[BridgePart, ...]:
    """Return the offence codes of each category; raises SourceChanged if none known."""
    with (FOLDER / "severity_bridge.csv").open(encoding="utf-8", newline="") as file:
        parts = tuple(
            BridgePart(
                row["scheme"],
                row["minor"],
                row["offence_code"],
                row["commonest"] == "yes",
                float(row["charge_share"]),
            )
            for row in csv.DictReader(file)
            if row["scheme"] == scheme
        )
    if not parts:
        raise SourceChanged(
            f"There is no bridge from offence codes to the scheme {scheme}. "
            f"Weigh figures of mps-2024, or add a bridge."
        )
    return parts


def bridge_weights(
    weights: Mapping[str, float], *, scheme: str = "mps-2024"
) -> dict[str, BridgedWeight]:
    """
    Return a weight for each category of a scheme, from weights by offence code.

    weights  offence code -> weight, as in the evidence store's `severity_weight`

    A category without its commonest offence among the weights has none. Fraud has
    none anywhere: it is recorded nationally.

    >>> found = bridge_weights({"46": 13.1, "8N": 203.1, "5D": 2_087.9})
    >>> found["Shoplifting"].exact, found["Violence with injury"].exact
    (True, False)
    """
    minors: dict[str, list[BridgePart]] = {}
    for part in bridge_parts(scheme):
        minors.setdefault(part.minor, []).append(part)
    found = {}
    for minor, parts in minors.items():
        known = [part for part in parts if part.offence_code in weights]
        common = next((part for part in known if part.commonest), None)
        if common is None:
            continue
        share = sum(part.charge_share for part in known)
        mean = sum(p.charge_share * weights[p.offence_code] for p in known) / share
        each = [weights[part.offence_code] for part in known]
        exact = max(each) <= min(each) * NOT_ALIKE
        weight = weights[common.offence_code]
        found[minor] = BridgedWeight(minor, weight, max(mean, weight), exact)
    return found
