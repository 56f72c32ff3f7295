"""
Street-level crime and its outcomes, as data.police.uk publishes them.

Only the demonstration borough's rows are here, as in an extract of one area, for the
36 months an archive holds. Its force sent nothing for one of them.
"""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saferplan.synthetic import places
from saferplan.synthetic.categories import CATEGORIES
from saferplan.synthetic.city import City
from saferplan.synthetic.months import MONTHS
from saferplan.synthetic.offences import Offences
from saferplan.synthetic.people import People

STREET_MONTHS = MONTHS[24:]
MISSING_MONTH = date(2025, 2, 1)
ASB = "Anti-social behaviour"
ASB_A_YEAR = 26.0  # per 1,000 residents
NO_LOCATION = 0.012  # of rows
POINTS_IN_LSOA = 7  # places an offence can be snapped to

# The police's categories by what data.police.uk calls them.
BY_MAJOR = {
    "ARSON AND CRIMINAL DAMAGE": "Criminal damage and arson",
    "BURGLARY": "Burglary",
    "DRUG OFFENCES": "Drugs",
    "MISCELLANEOUS CRIMES AGAINST SOCIETY": "Other crime",
    "POSSESSION OF WEAPONS": "Possession of weapons",
    "PUBLIC ORDER OFFENCES": "Public order",
    "ROBBERY": "Robbery",
    "SEXUAL OFFENCES": "Violence and sexual offences",
    "VEHICLE OFFENCES": "Vehicle crime",
    "VIOLENCE AGAINST THE PERSON": "Violence and sexual offences",
}
BY_MINOR = {
    "BICYCLE THEFT": "Bicycle theft",
    "OTHER THEFT": "Other theft",
    "SHOPLIFTING": "Shoplifting",
    "THEFT FROM THE PERSON": "Theft from the person",
}
TYPES = sorted({ASB, *BY_MAJOR.values(), *BY_MINOR.values()})

# What becomes of a crime in the end, as its street row and its outcome row say it.
ENDINGS = (
    ("Investigation complete; no suspect identified", None, 0.58),
    ("Unable to prosecute suspect", None, 0.24),
    ("Awaiting court outcome", "Suspect charged", 0.07),
    ("Local resolution", None, 0.03),
    ("Offender given a caution", None, 0.02),
    ("Status update unavailable", None, 0.04),
    ("Further investigation is not in the public interest", None, 0.02),
)
UNDER_INVESTIGATION = "Under investigation"
LONGEST_WAIT = 5  # months until a crime that will have an outcome has one


def street_rows(
    rng: np.random.Generator,
    city: City,
    people: People,
    offences: Offences,
    scale: float,
) -> pl.DataFrame:
    """
    Return every incident of the demonstration borough, a row each.

    The columns are the publisher's, with `_month` (the first day), `_ending` (which of
    ENDINGS) and `_ended` (its month; null while under investigation) besides.
    """
    counts = by_type(rng, city, people, offences, scale)
    lsoa, kind, month = (np.repeat(at, counts.ravel()) for at in cell_of_each(counts))
    size = len(lsoa)
    rows = pl.DataFrame(
        {
            "_month": pl.Series(STREET_MONTHS)[month],
            "Crime type": pl.Series(TYPES)[kind],
            **points_of(rng, city, lsoa),
        }
    )
    ending = rng.choice(len(ENDINGS), size=size, p=[share for _, _, share in ENDINGS])
    ended = month + rng.integers(0, LONGEST_WAIT, size=size)
    open_still = ended >= len(STREET_MONTHS)
    is_asb = pl.col("Crime type") == ASB
    ended_in = pl.Series(STREET_MONTHS)[np.minimum(ended, len(STREET_MONTHS) - 1)]
    return (
        rows.with_columns(
            crime_ids(rng, size).alias("Crime ID"),
            pl.col("_month").dt.strftime("%Y-%m").alias("Month"),
            pl.lit(places.FORCE_NAME).alias("Reported by"),
            pl.lit(places.FORCE_NAME).alias("Falls within"),
            pl.Series("_ending", ending),
            pl.Series("_ended", ended_in.set(pl.Series(open_still), None)),
            pl.lit(None, pl.String).alias("Context"),
        )
        .with_columns(
            pl.when(is_asb).then(None).otherwise("Crime ID").alias("Crime ID"),
            pl.when(is_asb).then(None).otherwise("_ended").alias("_ended"),
        )
        .with_columns(last_outcome(is_asb).alias("Last outcome category"))
    )


def by_type(
    rng: np.random.Generator,
    city: City,
    people: People,
    offences: Offences,
    scale: float,
) -> NDArray[np.int64]:
    """Return the demonstration borough's LSOAs by TYPES by STREET_MONTHS."""
    crimes = offences.by_lsoa[city.main][..., -len(STREET_MONTHS) :]
    counts = np.zeros((len(crimes), len(TYPES), len(STREET_MONTHS)), dtype=np.int64)
    for number, each in enumerate(CATEGORIES):
        kind = BY_MINOR.get(each.minor) or BY_MAJOR[each.major]
        counts[:, TYPES.index(kind)] += crimes[:, number]
    usual = people.residents[city.main] / 1_000 * ASB_A_YEAR / 12 * scale
    usual = usual * people.poverty[city.main] * np.where(offences.town[city.main], 5, 1)
    months = np.ones(len(STREET_MONTHS))
    counts[:, TYPES.index(ASB)] = rng.poisson(usual[:, None] * months)
    counts[..., STREET_MONTHS.index(MISSING_MONTH)] = 0
    return counts


def cell_of_each(counts: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    return [axis.ravel() for axis in np.indices(counts.shape)]


def points_of(
    rng: np.random.Generator, city: City, lsoa: NDArray[np.int64]
) -> dict[str, pl.Series]:
    """Return where each incident was snapped to: one of a few points of its LSOA."""
    main = city.lsoas.filter(city.main)
    shape = (len(main), POINTS_IN_LSOA)
    aside = rng.normal(0, 0.0011, size=(2, *shape))
    longitude = main["longitude"].to_numpy()[:, None] + aside[0] * 1.6
    latitude = main["latitude"].to_numpy()[:, None] + aside[1]
    street = rng.integers(0, len(places.STREETS), size=shape)
    names = [f"On or near {name}" for name in places.STREETS]
    names[0] += ", " + places.TOWN_CENTRE  # a comma, so the publisher quotes it
    point = rng.integers(0, POINTS_IN_LSOA, size=len(lsoa))
    nowhere = pl.Series(rng.random(len(lsoa)) < NO_LOCATION)

    def placed(values: pl.Series) -> pl.Series:
        return values.set(nowhere, None)

    location = pl.Series(names)[street[lsoa, point]]
    return {
        "Longitude": placed(pl.Series(np.round(longitude[lsoa, point], 6))),
        "Latitude": placed(pl.Series(np.round(latitude[lsoa, point], 6))),
        "Location": location.set(nowhere, "No location"),
        "LSOA code": placed(main["code"][lsoa]),
        "LSOA name": placed(main["name"][lsoa]),
    }


def crime_ids(rng: np.random.Generator, how_many: int) -> pl.Series:
    """Return this many different ids, each 64 letters of 0 to 9 and a to f."""
    raw = rng.bytes(32 * how_many)
    text = np.frombuffer(raw.hex().encode(), dtype="S64")
    return pl.Series(text.astype("U64")) if how_many else pl.Series([], dtype=pl.String)


def last_outcome(is_asb: pl.Expr) -> pl.Expr:
    words = [street for street, _, _ in ENDINGS]
    ending = pl.col("_ending").replace_strict(
        dict(enumerate(words)), return_dtype=pl.String
    )
    return (
        pl.when(is_asb)
        .then(None)
        .when(pl.col("_ended").is_null())
        .then(pl.lit(UNDER_INVESTIGATION))
        .otherwise(ending)
    )


STREET_COLUMNS = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)
OUTCOME_COLUMNS = (*STREET_COLUMNS[:9], "Outcome type")


def month_files(rows: pl.DataFrame) -> dict[date, tuple[pl.DataFrame, pl.DataFrame]]:
    """Return, for each month the force sent, its street and its outcomes table."""
    words = {n: after or street for n, (street, after, _) in enumerate(ENDINGS)}
    outcomes = rows.filter(pl.col("_ended").is_not_null()).with_columns(
        pl.col("_ended").dt.strftime("%Y-%m").alias("Month"),
        pl.col("_ending")
        .replace_strict(words, default=None, return_dtype=pl.String)
        .alias("Outcome type"),
    )
    sent = [month for month in STREET_MONTHS if month != MISSING_MONTH]
    return {
        month: (
            rows.filter(pl.col("_month") == month)
            .sort("LSOA code", "Crime type", "Crime ID")
            .select(STREET_COLUMNS),
            outcomes.filter(pl.col("_ended") == month)
            .sort("Crime ID")
            .select(OUTCOME_COLUMNS),
        )
        for month in sent
    }
