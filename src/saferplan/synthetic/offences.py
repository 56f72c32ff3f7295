"""
The offences of the invented city, and what is planted among them.

Every count is drawn from a Poisson distribution round what is expected of its area,
category and month, so a difference that is not planted is chance.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from saferplan.synthetic import places
from saferplan.synthetic.categories import (
    BUSINESS_ROBBERY,
    CATEGORIES,
    CRIMINAL_DAMAGE,
    DRUG_POSSESSION,
    HOME_BURGLARY,
    PERSONAL_ROBBERY,
    PLACE,
    WITHOUT_INJURY,
)
from saferplan.synthetic.city import City
from saferplan.synthetic.months import MONTHS, place_of
from saferplan.synthetic.people import People

Counts = NDArray[np.int64]  # areas by CATEGORIES by MONTHS
Numbers = NDArray[np.float64]

CHANGE_MONTH = date(2025, 4, 1)  # when each planted change begins
RECORDING_RISE = 1.22  # violence without injury, everywhere: a rule changed
BURGLARY_FALL = 0.76  # homes in the demonstration borough: a real fall
SEARCHES_RISE = 1.40  # drug possession there: more searches, not more drugs
VULNERABLE_RISK = 2.9  # burglary and damage in the vulnerable ward
QUIET_RISK = 0.42  # everything in the quiet ward
NEVER_IN_QUIET = (BUSINESS_ROBBERY, PERSONAL_ROBBERY, "VIOLENT DISORDER", "HOMICIDE")

AT_HOME = (HOME_BURGLARY, CRIMINAL_DAMAGE)  # hardly follow how busy a place is
BUSY = 0.42  # how unequal LSOAs are in all offences together
TOWN_TIMES = 1.5
TOWN_LSOAS = 4  # LSOAs that make up a borough's town centre
# Offences the police can place in a ward but not an LSOA, or a borough but not a ward.
UNPLACED_IN_LSOA = 0.012
UNPLACED_IN_WARD = 0.018


@dataclass(frozen=True)
class Offences:
    """
    Recorded offences, as the police's three files would count them.

    by_lsoa, by_ward, by_borough   each area, category and month; an offence that
                                   could not be placed is missing from the smaller
    unplaced                       categories by months, in no borough
    town                           which LSOAs are town centres
    """

    by_lsoa: Counts
    by_ward: Counts
    by_borough: Counts
    unplaced: Counts
    town: NDArray[np.bool_]


def commit(
    rng: np.random.Generator, city: City, people: People, scale: float
) -> Offences:
    """Draw five years of offences; `scale` multiplies how many are expected."""
    town = town_centres(city)
    expected = (
        people.residents[:, None, None]
        / 1_000
        * risks(rng, city, people, town)[:, :, None]
        * seasons()[None, :, :]
        * changes(city)
        / 12
        * scale
    )
    by_lsoa: Counts = rng.poisson(expected)
    ward, borough = city.lsoas["ward"].to_numpy(), city.wards["borough"].to_numpy()
    in_wards = add_up(by_lsoa, ward, len(city.wards))
    by_ward = in_wards + rng.poisson(in_wards * UNPLACED_IN_LSOA)
    in_boroughs = add_up(by_ward, borough, len(city.boroughs))
    by_borough = in_boroughs + rng.poisson(in_boroughs * UNPLACED_IN_WARD)
    unplaced: Counts = rng.poisson(by_borough.sum(axis=0) * 0.004)
    return Offences(by_lsoa, by_ward, by_borough, unplaced, town)


def add_up(counts: Counts, group: NDArray[np.int64], groups: int) -> Counts:
    """Return counts of areas added up to the areas they are in."""
    total = np.zeros((groups, *counts.shape[1:]), dtype=np.int64)
    np.add.at(total, group, counts)
    return total


def town_centres(city: City) -> NDArray[np.bool_]:
    """Return which LSOAs are town centres: the few nearest each borough's middle."""
    at = city.lsoas.select("easting", "northing").to_numpy()
    borough = city.lsoas["borough"].to_numpy()
    town = np.zeros(len(at), dtype=np.bool_)
    for number in range(len(city.boroughs)):
        inside = borough == number
        middle = at[inside].mean(axis=0)
        if number == 0:
            inside = city.in_ward(places.TOWN_CENTRE)
            middle = at[inside].mean(axis=0)
        away = np.where(inside, np.hypot(*(at - middle).T), np.inf)
        town[np.argsort(away, kind="stable")[:TOWN_LSOAS]] = True
    return town


def risks(
    rng: np.random.Generator, city: City, people: People, town: NDArray[np.bool_]
) -> Numbers:
    """Return offences a year per 1,000 residents, for each LSOA and category."""
    size = len(city.lsoas)
    rates = np.empty((size, len(CATEGORIES)))
    busy = log_normal(rng, BUSY, size)
    for number, each in enumerate(CATEGORIES):
        here = busy**0.3 if each.minor in AT_HOME else busy
        chance = log_normal(rng, each.uneven, size) * here
        rates[:, number] = each.a_year * chance * people.poverty**each.poverty
        rates[town, number] = each.a_year * each.in_town * TOWN_TIMES
    quiet, vulnerable = city.in_ward(places.QUIET), city.in_ward(places.VULNERABLE)
    rates[quiet] *= QUIET_RISK
    for minor in NEVER_IN_QUIET:
        rates[quiet, PLACE[minor]] = 0
    for minor in AT_HOME:
        usual = CATEGORIES[PLACE[minor]].a_year
        rates[vulnerable, PLACE[minor]] = usual * VULNERABLE_RISK
    return rates


def log_normal(rng: np.random.Generator, spread: float, size: int) -> Numbers:
    """Return positive numbers with a mean of 1, spread by this much in logarithm."""
    return np.exp(rng.normal(-(spread**2) / 2, spread, size))


def seasons() -> Numbers:
    """Return how each category swings with the month: CATEGORIES by MONTHS."""
    turn = np.array([np.cos(2 * np.pi * (month.month - 1) / 12) for month in MONTHS])
    winter = np.array([each.winter for each in CATEGORIES])
    swing: Numbers = 1 + winter[:, None] * turn[None, :]
    return swing


def changes(city: City) -> Numbers:
    """Return what is planted: LSOAs by CATEGORIES by MONTHS, 1 where nothing is."""
    change = np.ones((len(city.lsoas), len(CATEGORIES), len(MONTHS)))
    # Shop theft climbed everywhere for three years, then stopped.
    climb = np.array([min(0, n - 36) for n in range(len(MONTHS))])
    change[:, PLACE["SHOPLIFTING"], :] = 1.006**climb
    since = place_of(CHANGE_MONTH)
    change[:, PLACE[WITHOUT_INJURY], since:] = RECORDING_RISE
    for minor, times in (
        (HOME_BURGLARY, BURGLARY_FALL),
        (DRUG_POSSESSION, SEARCHES_RISE),
    ):
        change[city.main, PLACE[minor], since:] = times
    return change


def in_older_categories(
    rng: np.random.Generator, counts: Counts
) -> dict[tuple[str, str], Counts]:
    """
    Return counts (areas by CATEGORIES by months) under the categories used before.

    A category that has since been merged is split by its usual shares.
    """
    older: dict[tuple[str, str], Counts] = {}
    for number, each in enumerate(CATEGORIES):
        shares = [share for _, _, share in each.older]
        parts = rng.multinomial(counts[:, number, :], shares)
        for place, (major, minor, _) in enumerate(each.older):
            before = older.get((major, minor), np.zeros_like(counts[:, 0, :]))
            older[major, minor] = before + parts[..., place]
    return dict(sorted(older.items()))
