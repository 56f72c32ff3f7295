"""Exposure to crime and service received, ward by ward, for a page."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from saferplan.plans.kept_promises import Kept
from saferplan.web.performance.served import Served
from saferplan.web.performance.standing import Promise

if TYPE_CHECKING:
    from saferplan.assessment.postcode_lottery import Exposure, Service

MET: dict[Kept, bool | None] = {"met": True, "not met": False, "unknown": None}
Figures = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Lottery:
    """
    exposure  how unevenly crime falls; None where too little is known of it
    services  the standards that wards are promised, and whether each is met as often
              where there is more crime
    """

    exposure: "Exposure | None"
    services: tuple[tuple[str, "Service"], ...]


def lottery_of(places: Served, found: list[Promise]) -> Lottery | None:
    """None where no rate of crime is known: then there is nothing to set apart."""
    rates = tuple((e.code, e.rate) for e in places.wards if e.rate is not None)
    if not rates:
        return None
    offences = tuple(
        (e.code, e.offences) for e in places.wards if e.offences is not None
    )
    residents = tuple((e.code, e.residents) for e in places.wards if e.residents)
    return Lottery(
        exposure=exposure_of(offences, residents),
        services=tuple(
            (
                each.standard.title,
                service_of(tuple((s.area, MET[s.kept]) for s in each.standings), rates),
            )
            for each in found
        ),
    )


@lru_cache(maxsize=64)  # the engine of statistics is slow, and the figures are the same
def exposure_of(offences: Figures, residents: Figures) -> "Exposure | None":
    from saferplan.assessment.postcode_lottery import exposure

    return exposure(dict(offences), dict(residents))


@lru_cache(maxsize=64)
def service_of(met: tuple[tuple[str, bool | None], ...], rates: Figures) -> "Service":
    from saferplan.assessment.postcode_lottery import service

    return service(dict(met), dict(rates))
