"""
Baskets: sets of offences that somebody counted together, and set targets on.

A basket is made of bridged series, so the same basket can be counted in each scheme
that all of its series reach.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from saferplan.definitions.definition import Definition, load_all
from saferplan.definitions.schemes import bridged, bridges
from saferplan.errors import SourceChanged


@dataclass(frozen=True, kw_only=True)
class Basket(Definition):
    """
    series  names of bridges, see saferplan.definitions.schemes
    note    what it leaves out, and how near today's categories come to it
    """

    title: str
    series: tuple[str, ...]
    note: str


def baskets() -> dict[str, Basket]:
    return load_all("baskets.toml", Basket)


def schemes_of(basket: Basket) -> set[str]:
    """Return the schemes in which every series of the basket can be counted."""
    reach = [set(bridges()[name].parts) for name in basket.series]
    return set.intersection(*reach)


def basket_count(
    basket: Basket, counts: Mapping[str, int | None], scheme: str
) -> int | None:
    """
    Return the offences of a basket, from counts by category; missing if any part is.

    Raises SourceChanged if the basket cannot be counted in that scheme.

    >>> counts = {"Res burglary of a home": 3, "Robbery of personal property": 4,
    ...           "Theft or unauth taking of a motor veh": 1, "Theft from a vehicle": 5,
    ...           "Theft from the person": 2, "Rape": 2}
    >>> basket_count(baskets()["neighbourhood-crime"], counts, "mps-2024")
    15
    """
    if scheme not in schemes_of(basket):
        raise SourceChanged(
            f"{basket.title} cannot be counted in the scheme {scheme}. "
            f"It can in: {', '.join(sorted(schemes_of(basket))) or 'none'}."
        )
    totals = bridged(counts, scheme)
    parts = [totals[name] for name in basket.series]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
