"""
Who lives in the invented city: how many, how old, of which ethnic group, how poor.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saferplan.synthetic import places
from saferplan.synthetic.city import City

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

PEOPLE_PER_HOUSEHOLD = 2.4
CENSUS_YEAR = 2021
YEARS = range(2019, 2026)  # mid-year estimates

ETHNIC_GROUPS = (
    "Asian, Asian British or Asian Welsh",
    "Black, Black British, Black Welsh, Caribbean or African",
    "Mixed or Multiple ethnic groups",
    "White",
    "Other ethnic group",
)
# The groups under each, as the census names them, and the share of the group.
ETHNIC_DETAIL = {
    ETHNIC_GROUPS[0]: {
        "Bangladeshi": 0.10,
        "Chinese": 0.22,
        "Indian": 0.22,
        "Pakistani": 0.11,
        "Other Asian": 0.35,
    },
    ETHNIC_GROUPS[1]: {"African": 0.50, "Caribbean": 0.36, "Other Black": 0.14},
    ETHNIC_GROUPS[2]: {
        "White and Asian": 0.18,
        "White and Black African": 0.16,
        "White and Black Caribbean": 0.35,
        "Other Mixed or Multiple ethnic groups": 0.31,
    },
    ETHNIC_GROUPS[3]: {
        "English, Welsh, Scottish, Northern Irish or British": 0.71,
        "Irish": 0.04,
        "Gypsy or Irish Traveller": 0.002,
        "Roma": 0.008,
        "Other White": 0.24,
    },
    ETHNIC_GROUPS[4]: {"Arab": 0.15, "Any other ethnic group": 0.85},
}

AGE_BANDS = (
    "Aged 4 years and under",
    *(f"Aged {low} to {low + 4} years" for low in range(5, 85, 5)),
    "Aged 85 years and over",
)
# How a London-like borough of 1,000 people is spread over those bands.
AGE_SHAPE = np.array(
    [64, 61, 58, 52, 62, 92, 102, 91, 79, 69, 67, 62, 45, 30, 24, 17, 13, 12], float
)

# What makes the vulnerable ward vulnerable: its figures against the others'.
VULNERABLE_TIMES = {"income": 2.5, "employment": 2.6, "education": 2.9, "young": 2.3}


@dataclass(frozen=True)
class People:
    """
    Everyone, by LSOA (rows as in `City.lsoas`).

    residents   at the census
    by_age      LSOAs by AGE_BANDS
    by_ethnic   LSOAs by ETHNIC_GROUPS
    by_year     LSOAs by YEARS: mid-year estimates
    households  at the census
    poverty     how poor each is: 1 is usual, 2 is twice as poor
    domains     income (rate), employment (rate), education (score), health (score),
                crime (score), housing (score), environment (score)
    """

    residents: Counts
    by_age: Counts
    by_ethnic: Counts
    by_year: Counts
    households: Counts
    poverty: Numbers
    domains: dict[str, Numbers]


def populate(rng: np.random.Generator, city: City) -> People:
    """Settle the city. The vulnerable ward is poorer and younger than the others."""
    size = len(city.lsoas)
    residents = np.clip(rng.normal(1_720, 230, size), 1_050, 2_950).astype(np.int64)
    poverty = how_poor(rng, city)
    by_age = spread(rng, residents, ages(city, poverty))
    by_ethnic = spread(rng, residents, ethnic_shares(rng, city, poverty))
    growth = 1 + (np.array(YEARS) - CENSUS_YEAR) * 0.006
    jitter = rng.normal(1, 0.004, size=(size, len(YEARS)))
    by_year = np.round(residents[:, None] * growth[None, :] * jitter).astype(np.int64)
    return People(
        residents=residents,
        by_age=by_age,
        by_ethnic=by_ethnic,
        by_year=by_year,
        households=np.round(residents / PEOPLE_PER_HOUSEHOLD).astype(np.int64),
        poverty=poverty,
        domains=deprivation(rng, city, poverty),
    )


def how_poor(rng: np.random.Generator, city: City) -> Numbers:
    """Return a field that varies smoothly over the city, with a mean of about 1."""
    at = city.lsoas.select("easting", "northing").to_numpy()
    middles = at[rng.choice(len(at), size=max(6, len(at) // 45), replace=False)]
    heights = rng.normal(0, 0.30, size=len(middles))
    apart = ((at[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2)
    field = (heights * np.exp(-apart / (2 * 1_300.0**2))).sum(axis=1)
    poverty: Numbers = np.exp(field + rng.normal(0, 0.10, size=len(at)))
    poverty = np.clip(poverty / poverty.mean(), 0.5, 1.5)
    # The demonstration borough is an ordinary one, apart from what is planted in it.
    poverty[city.main] = np.clip(poverty[city.main], 0.55, 1.25)
    poverty[city.main] /= poverty[city.main].mean()
    poverty[city.in_ward(places.QUIET)] = 0.6
    return poverty


def ages(city: City, poverty: Numbers) -> Numbers:
    """Return the share of each LSOA in each age band."""
    young = np.ones(len(poverty))
    young[city.in_ward(places.VULNERABLE)] = VULNERABLE_TIMES["young"]
    share = np.tile(AGE_SHAPE / AGE_SHAPE.sum(), (len(poverty), 1))
    fifteen_to_24 = [3, 4]
    before = share[:, fifteen_to_24].sum(axis=1)
    share[:, fifteen_to_24] *= young[:, None]
    rest = [band for band in range(len(AGE_BANDS)) if band not in fifteen_to_24]
    share[:, rest] *= ((1 - before * young) / (1 - before))[:, None]
    return share


def ethnic_shares(rng: np.random.Generator, city: City, poverty: Numbers) -> Numbers:
    """Return the share of each LSOA in each ethnic group; boroughs differ."""
    boroughs = city.lsoas["borough"].to_numpy()
    usual = np.array([0.13, 0.20, 0.07, 0.53, 0.07])
    typical = rng.dirichlet(usual * 60, size=len(city.boroughs))
    typical[0] = [0.10, 0.24, 0.08, 0.52, 0.06]
    shares: Numbers = np.vstack([rng.dirichlet(row * 90) for row in typical[boroughs]])
    return shares


def spread(rng: np.random.Generator, totals: Counts, shares: Numbers) -> Counts:
    """Return whole people: each total divided by its shares, none lost."""
    counts: Counts = rng.multinomial(totals, shares / shares.sum(axis=1)[:, None])
    return counts


def deprivation(
    rng: np.random.Generator, city: City, poverty: Numbers
) -> dict[str, Numbers]:
    """Return the seven domains of deprivation for each LSOA."""
    size = len(poverty)
    vulnerable = city.in_ward(places.VULNERABLE)

    def domain(usual: float, noise: float, times: float = 1.0) -> Numbers:
        values = usual * poverty * np.exp(rng.normal(0, noise, size))
        values[vulnerable] = (
            usual * times * np.exp(rng.normal(0, 0.03, vulnerable.sum()))
        )
        return values

    times = VULNERABLE_TIMES
    return {
        "income": np.clip(domain(0.19, 0.08, times["income"]), 0.01, 0.85).round(3),
        "employment": np.clip(domain(0.11, 0.08, times["employment"]), 0.01, 0.7).round(
            3
        ),
        "education": domain(13.0, 0.12, times["education"]).round(3),
        "health": (np.log(poverty) + rng.normal(0.1, 0.2, size)).round(3),
        "crime": (np.log(poverty) * 0.8 + rng.normal(0.3, 0.3, size)).round(3),
        "housing": rng.normal(30, 5, size).round(3),
        "environment": rng.normal(28, 8, size).round(3),
    }


def index_of_multiple_deprivation(domains: dict[str, Numbers]) -> Numbers:
    """
    Return one score per LSOA, higher where more deprived.

    A stand-in for the published index: the domains' ranks, weighted as it weights
    them, without its exponential step.
    """
    weights = {
        "income": 22.5,
        "employment": 22.5,
        "education": 13.5,
        "health": 13.5,
        "crime": 9.3,
        "housing": 9.3,
        "environment": 9.3,
    }
    score = np.zeros(len(domains["income"]))
    for name, weight in weights.items():
        place = domains[name].argsort(kind="stable").argsort(kind="stable")
        score += weight * place / len(place)
    return score.round(3)


def by_ward(city: City, values: Counts) -> pl.DataFrame:
    """Return values of LSOAs added up to wards, in the order of `City.wards`."""
    return (
        pl.DataFrame({"ward": city.lsoas["ward"], "value": values})
        .group_by("ward")
        .agg(pl.sum("value"))
        .sort("ward")
    )
