"""
Street-level crime in any amount, quickly: for measuring speed, and for nothing else.

Nothing is planted here and places have no shape; see saferplan.synthetic.borough for
data to assess. What speed depends on is as in the published files of a force like
London's: how long a row is, how often each type comes, how unequal LSOAs are, and that
rows come in order of LSOA and type.
"""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from saferplan.synthetic import places
from saferplan.synthetic.months import months_from
from saferplan.synthetic.street import (
    ASB,
    ENDINGS,
    STREET_COLUMNS,
    TYPES,
    UNDER_INVESTIGATION,
    crime_ids,
)

FIRST_MONTH = date(2017, 12, 1)
# As close together as London's: about 92,000 rows a month in 5,000 LSOAs, so this many
# for the 50,000 rows a month of the benchmark.
LSOAS = 2_700
POINTS_IN_LSOA = 30
# The spread of the logarithm of offences in London's LSOAs, 2024 to 2026.
UNEVEN = 0.72
SHARES = {
    "Anti-social behaviour": 0.245,
    "Bicycle theft": 0.016,
    "Burglary": 0.052,
    "Criminal damage and arson": 0.052,
    "Drugs": 0.042,
    "Other crime": 0.011,
    "Other theft": 0.100,
    "Possession of weapons": 0.006,
    "Public order": 0.048,
    "Robbery": 0.030,
    "Shoplifting": 0.058,
    "Theft from the person": 0.056,
    "Vehicle crime": 0.090,
    "Violence and sexual offences": 0.194,
}


def street_files(
    folder: Path, *, rows: int = 5_000_000, files: int = 100, seed: int = 1
) -> list[Path]:
    """
    Write this many rows of street-level crime, spread over one file a month.

    Five million rows in a hundred files are about 1.1 GB. Returns the files in order of
    month. The same arguments give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    points = make_points(rng)
    busy = np.exp(rng.normal(0, UNEVEN, size=LSOAS))
    lsoas = busy / busy.sum()
    paths = []
    for number, month in enumerate(months_from(FIRST_MONTH, files)):
        size = rows // files + (number < rows % files)
        table = month_of_rows(rng, points, lsoas, month, size)
        path = folder / f"{month:%Y-%m}-{places.FORCE_SLUG}-street.csv"
        table.write_csv(path)
        paths.append(path)
    return paths


def make_points(rng: np.random.Generator) -> pl.DataFrame:
    """Return the places an incident can be snapped to, a row each, and nowhere."""
    lsoa = np.repeat(np.arange(LSOAS), POINTS_IN_LSOA)
    size = len(lsoa)
    codes = pl.Series([places.lsoa_code(number) for number in range(LSOAS)])
    names = pl.Series(
        [
            f"{places.BOROUGHS[n % 33]} {n // 165 + 1:03}{'ABCDE'[n // 33 % 5]}"
            for n in range(LSOAS)
        ]
    )
    streets = pl.Series([f"On or near {street}" for street in places.STREETS])
    somewhere = pl.DataFrame(
        {
            "Longitude": rng.uniform(-0.5, 0.3, size).round(6),
            "Latitude": rng.uniform(51.3, 51.7, size).round(6),
            "Location": streets[rng.integers(0, len(streets), size)],
            "LSOA code": codes[lsoa],
            "LSOA name": names[lsoa],
        }
    )
    nowhere = pl.DataFrame(
        {name: [None] for name in somewhere.columns}, schema=somewhere.schema
    ).with_columns(pl.lit("No Location").alias("Location"))
    return pl.concat([somewhere, nowhere])


def month_of_rows(
    rng: np.random.Generator,
    points: pl.DataFrame,
    lsoas: np.ndarray,
    month: date,
    size: int,
) -> pl.DataFrame:
    """Return one month's incidents in the publisher's columns."""
    kind = rng.choice(len(TYPES), size=size, p=[SHARES[each] for each in TYPES])
    endings = [street for street, _, _ in ENDINGS] + [UNDER_INVESTIGATION]
    at = rng.choice(LSOAS, size=size, p=lsoas) * POINTS_IN_LSOA
    at += rng.integers(0, POINTS_IN_LSOA, size)
    # The last row of the points is nowhere; a row in a hundred has no place.
    at[rng.random(size) < 0.01] = len(points) - 1
    order = np.lexsort((kind, at // POINTS_IN_LSOA))
    at, kind = at[order], kind[order]
    is_asb = pl.Series(kind == TYPES.index(ASB))
    return (
        points[at]
        .with_columns(
            crime_ids(rng, size).set(is_asb, None).alias("Crime ID"),
            pl.lit(f"{month:%Y-%m}").alias("Month"),
            pl.lit(places.FORCE_NAME).alias("Reported by"),
            pl.lit(places.FORCE_NAME).alias("Falls within"),
            pl.Series(TYPES)[kind].alias("Crime type"),
            pl.Series(endings)[rng.integers(0, len(endings), size)]
            .set(is_asb, None)
            .alias("Last outcome category"),
            pl.lit(None, pl.String).alias("Context"),
        )
        .select(STREET_COLUMNS)
    )
