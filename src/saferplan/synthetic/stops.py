"""
Stops and searches, as data.police.uk publishes them, for every borough of the city.

For each group, searches per resident are the White rate times a ratio that is known.
Whether a search finds anything has nothing to do with the group. Both are by the
person's own description; an officer's description has no Mixed group.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saferplan.synthetic.city import City
from saferplan.synthetic.months import MONTHS, months_from
from saferplan.synthetic.offences import Offences
from saferplan.synthetic.people import ETHNIC_GROUPS, People

STOP_MONTHS = MONTHS[24:]
WHITE_A_YEAR = 6.0  # searches of White residents per 1,000, where ethnicity is given
# Searches per resident against White residents, in the order of ETHNIC_GROUPS.
RATIOS = dict(zip(ETHNIC_GROUPS, (1.1, 3.0, 1.7, 1.0, 1.2), strict=True))
NOT_STATED = 0.21
LEFT_BLANK = 0.02
FOUND = 0.27  # searches that end in something other than no further action
VEHICLE_ONLY = 0.014
NO_COORDINATES = 0.10
TOWN_TIMES = 6.0

SELF_DEFINED = {
    ETHNIC_GROUPS[0]: (
        "Asian/Asian British - Any other Asian background",
        "Asian/Asian British - Bangladeshi",
        "Asian/Asian British - Indian",
        "Asian/Asian British - Pakistani",
        "Asian/Asian British - Chinese",
    ),
    ETHNIC_GROUPS[1]: (
        "Black/African/Caribbean/Black British - African",
        "Black/African/Caribbean/Black British - Caribbean",
        "Black/African/Caribbean/Black British - "
        "Any other Black/African/Caribbean background",
    ),
    ETHNIC_GROUPS[2]: (
        "Mixed/Multiple ethnic groups - White and Black Caribbean",
        "Mixed/Multiple ethnic groups - White and Black African",
        "Mixed/Multiple ethnic groups - White and Asian",
        "Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background",
    ),
    ETHNIC_GROUPS[3]: (
        "White - English/Welsh/Scottish/Northern Irish/British",
        "White - Any other White background",
        "White - Irish",
    ),
    ETHNIC_GROUPS[4]: (
        "Other ethnic group - Any other ethnic group",
        "Other ethnic group - Arab",
    ),
}
OFFICER_DEFINED = ("Asian", "Black", "Black", "White", "Other")
NO_ANSWER = "Other ethnic group - Not stated"

# Each with its share of searches.
AGES = {"10-17": 0.16, "18-24": 0.27, "25-34": 0.23, "over 34": 0.24, None: 0.10}
GENDERS = {"Male": 0.90, "Female": 0.09, "Other": 0.01}
DRUGS_ACT = "Misuse of Drugs Act 1971 (section 23)"
PACE = "Police and Criminal Evidence Act 1984 (section 1)"
REASONS = {
    (DRUGS_ACT, "Controlled drugs"): 0.55,
    (PACE, "Stolen goods"): 0.19,
    (PACE, "Offensive weapons"): 0.17,
    (PACE, "Evidence of offences under the Act"): 0.06,
    (PACE, "Articles for use in criminal damage"): 0.015,
    ("Firearms Act 1968 (section 47)", "Firearms"): 0.009,
    (
        "Criminal Justice and Public Order Act 1994 (section 60)",
        "Anything to threaten or harm anyone",
    ): 0.006,
}
RESULTS = {
    "Arrest": 0.54,
    "Community resolution": 0.30,
    "Penalty Notice for Disorder": 0.09,
    "Summons / charged by post": 0.06,
    "Caution (simple or conditional)": 0.01,
}
NOTHING = "A no further action disposal"
COLUMNS = (
    "Type",
    "Date",
    "Part of a policing operation",
    "Policing operation",
    "Latitude",
    "Longitude",
    "Gender",
    "Age range",
    "Self-defined ethnicity",
    "Officer-defined ethnicity",
    "Legislation",
    "Object of search",
    "Outcome",
    "Outcome linked to object of search",
    "Removal of more than just outer clothing",
)


def stop_rows(
    rng: np.random.Generator,
    city: City,
    people: People,
    offences: Offences,
    scale: float,
) -> pl.DataFrame:
    """Return every search, a row each, in the publisher's columns and `_month`."""
    counts = searches(rng, city, people, scale)
    where = [axis.ravel() for axis in np.indices(counts.shape)]
    borough, group, month = (np.repeat(at, counts.ravel()) for at in where)
    size = len(borough)
    lsoa = places_of(rng, city, people, offences, borough)
    found = rng.random(size) < FOUND
    linked = found & (rng.random(size) < 0.8)
    rows = pl.DataFrame(
        {
            "_month": pl.Series(STOP_MONTHS)[month],
            "Date": moments(rng, month),
            "Part of a policing operation": pl.repeat("False", size, eager=True),
            "Policing operation": pl.repeat(None, size, dtype=pl.String, eager=True),
            **coordinates(rng, city, lsoa),
            "Gender": pick(rng, GENDERS, size),
            "Age range": pick(rng, AGES, size),
            **ethnicity(rng, group),
            **reasons(rng, size),
            "Outcome": pick(rng, RESULTS, size).set(pl.Series(~found), NOTHING),
            "Outcome linked to object of search": pl.Series(linked),
            "Removal of more than just outer clothing": rng.random(size) < 0.016,
        }
    )
    return with_vehicles(rng, rows).sort("Date", "Longitude", "Latitude", "Type")


def searches(
    rng: np.random.Generator, city: City, people: People, scale: float
) -> NDArray[np.int64]:
    """Return how many: boroughs by ETHNIC_GROUPS by STOP_MONTHS."""
    borough = city.lsoas["borough"].to_numpy()
    residents = np.zeros((len(city.boroughs), len(ETHNIC_GROUPS)))
    np.add.at(residents, borough, people.by_ethnic)
    ratios = np.array(list(RATIOS.values()))
    stated = 1 - NOT_STATED - LEFT_BLANK
    a_month = residents / 1_000 * WHITE_A_YEAR * ratios / 12 / stated * scale
    months = np.ones(len(STOP_MONTHS))
    counts: NDArray[np.int64] = rng.poisson(a_month[:, :, None] * months)
    return counts


def places_of(
    rng: np.random.Generator,
    city: City,
    people: People,
    offences: Offences,
    borough: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the LSOA of each search: mostly town centres and poorer places."""
    weight = people.residents * people.poverty * np.where(offences.town, TOWN_TIMES, 1)
    lsoa = np.empty(len(borough), dtype=np.int64)
    inside = city.lsoas["borough"].to_numpy()
    for number in range(len(city.boroughs)):
        rows = np.flatnonzero(inside == number)
        here = borough == number
        share = weight[rows] / weight[rows].sum()
        lsoa[here] = rng.choice(rows, size=int(here.sum()), p=share)
    return lsoa


def coordinates(
    rng: np.random.Generator, city: City, lsoa: NDArray[np.int64]
) -> dict[str, pl.Series]:
    """Return where each search was; a tenth have no place."""
    aside = rng.normal(0, 0.0009, size=(2, len(lsoa)))
    nowhere = pl.Series(rng.random(len(lsoa)) < NO_COORDINATES)
    longitude = city.lsoas["longitude"].to_numpy()[lsoa] + aside[0]
    latitude = city.lsoas["latitude"].to_numpy()[lsoa] + aside[1]
    return {
        "Latitude": pl.Series(np.round(latitude, 6)).set(nowhere, None),
        "Longitude": pl.Series(np.round(longitude, 6)).set(nowhere, None),
    }


def ethnicity(
    rng: np.random.Generator, group: NDArray[np.int64]
) -> dict[str, pl.Series]:
    """Return what the person said and what the officer saw."""
    size = len(group)
    said = pl.Series([""] * size, dtype=pl.String)
    for number, names in enumerate(SELF_DEFINED.values()):
        chosen = pl.Series(names)[rng.integers(0, len(names), size=size)]
        said = chosen.zip_with(pl.Series(group == number), said)
    chance = rng.random(size)
    said = said.set(pl.Series(chance < NOT_STATED), NO_ANSWER)
    said = said.set(pl.Series(chance > 1 - LEFT_BLANK), None)
    seen = pl.Series(OFFICER_DEFINED)[group]
    return {
        "Self-defined ethnicity": said,
        "Officer-defined ethnicity": seen.set(pl.Series(rng.random(size) < 0.02), None),
    }


def reasons(rng: np.random.Generator, size: int) -> dict[str, pl.Series]:
    """Return the power used and what was looked for."""
    which = rng.choice(len(REASONS), size=size, p=list(REASONS.values()))
    return {
        "Legislation": pl.Series([power for power, _ in REASONS])[which],
        "Object of search": pl.Series([thing for _, thing in REASONS])[which],
    }


def pick(
    rng: np.random.Generator,
    shares: dict[str, float] | dict[str | None, float],
    size: int,
) -> pl.Series:
    which = rng.choice(len(shares), size=size, p=list(shares.values()))
    return pl.Series(list(shares), dtype=pl.String)[which]


def moments(rng: np.random.Generator, month: NDArray[np.int64]) -> pl.Series:
    """
    Return a minute of each month by the clock in London, as the publisher writes it.

    The publisher writes UTC, so the first hour of a summer month is in the one before.
    """
    days = [*STOP_MONTHS, months_from(STOP_MONTHS[-1], 2)[1]]
    edges = np.array([minutes_to(day) for day in days])
    minute = rng.integers(edges[month], edges[month + 1])
    return (
        pl.Series(minute * 60_000_000)
        .cast(pl.Datetime("us"))
        .dt.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    )


def minutes_to(day: date) -> int:
    """Return minutes from the start of 1970 to the start of a day in London."""
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo("Europe/London"))
    return int(midnight.timestamp()) // 60


def with_vehicles(rng: np.random.Generator, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with their type; a vehicle alone has no age or ethnicity."""
    chance = rng.random(len(rows))
    types = ["Vehicle search", "Person and Vehicle search", "Person search"]
    which = np.where(chance < VEHICLE_ONLY, 0, np.where(chance < 0.2, 1, 2))
    typed = rows.with_columns(pl.Series(types)[which].alias("Type"))
    personal = (
        "Gender",
        "Age range",
        "Self-defined ethnicity",
        "Officer-defined ethnicity",
    )
    alone = pl.col("Type") == "Vehicle search"
    return typed.with_columns(
        pl.when(alone).then(None).otherwise(pl.col(name)).alias(name)
        for name in personal
    ).with_columns(
        pl.col(name).replace_strict({True: "True", False: "False"}).alias(name)
        for name in COLUMNS[-2:]
    )
