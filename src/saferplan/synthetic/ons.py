"""
Population, the census, deprivation and look-ups, laid out as their publishers do.
"""

from pathlib import Path

import numpy as np
import polars as pl

from saferplan.synthetic import places
from saferplan.synthetic.city import City
from saferplan.synthetic.people import (
    AGE_BANDS,
    CENSUS_YEAR,
    ETHNIC_DETAIL,
    ETHNIC_GROUPS,
    YEARS,
    People,
    index_of_multiple_deprivation,
)
from saferplan.synthetic.written import write_csv

# The published index covers 33,755 LSOAs; ours are ranked as if spread among them.
LSOAS_OF_ENGLAND = 33_755


def write_lookups(folder: Path, city: City) -> None:
    """Write which ward, borough, partnership and force each area is in."""
    lsoas, boroughs = city.lsoas, city.boroughs
    write_csv(
        folder / "LSOA21_WD24_LAD24_EW_LU.csv",
        lsoas.select(
            LSOA21CD="code",
            LSOA21NM="name",
            LSOA21NMW=pl.lit(None, pl.String),
            WD24CD="ward_code",
            WD24NM="ward_name",
            WD24NMW=pl.lit(None, pl.String),
            LAD24CD="borough_code",
            LAD24NM="borough_name",
            LAD24NMW=pl.lit(None, pl.String),
            ObjectId=pl.int_range(1, pl.len() + 1),
        ),
        line_end="\n",
        bom=True,
    )
    write_csv(
        folder / "LAD24_CSP24_PFA24_EW_LU.csv",
        boroughs.select(
            ltla24_code="code",
            ltla24_name="name",
            csp24_code="partnership_code",
            csp24_name="name",
            pfa24_code=pl.lit(places.FORCE_CODE),
            pfa24_name=pl.lit(places.FORCE_AREA),
        ),
        line_end="\n",
    )
    write_csv(
        folder / "LSOA11_LSOA21_LAD22_EW_LU.csv",
        older_lsoas(city),
        line_end="\n",
        bom=True,
    )


def older_lsoas(city: City) -> pl.DataFrame:
    """
    Return the LSOAs of 2011 and what became of them.

    Nearly all are unchanged. In each borough the second LSOA was cut in two in 2021
    (its other half is the third), as growing places are.
    """
    place = pl.int_range(pl.len()).over("borough")
    split = place.is_in([1, 2])
    before = pl.when(place == 2).then(pl.col("code").shift(1)).otherwise("code")
    name = pl.when(place == 2).then(pl.col("name").shift(1)).otherwise("name")
    return city.lsoas.select(
        LSOA11CD=before,
        LSOA11NM=name,
        LSOA21CD="code",
        LSOA21NM="name",
        CHGIND=pl.when(split).then(pl.lit("S")).otherwise(pl.lit("U")),
        LAD22CD="borough_code",
        LAD22NM="borough_name",
        LAD22NMW=pl.lit(None, pl.String),
        ObjectId=pl.int_range(1, pl.len() + 1),
    )


def write_population(folder: Path, city: City, people: People) -> None:
    """Write mid-year estimates and households by LSOA."""
    table = city.lsoas.select(
        pl.col("code").alias("LSOA 2021 Code"),
        pl.col("name").alias("LSOA 2021 Name"),
        pl.col("square_km").alias("Area Sq Km"),
    )
    size = table["Area Sq Km"].to_numpy()
    columns = {}
    for number, year in enumerate(YEARS):
        living = people.by_year[:, number]
        columns[f"Mid-{year}: Population"] = living
        columns[f"Mid-{year}: People per Sq Km"] = (living / size).round(4)
    write_csv(
        folder / "land-area-population-density-lsoa21.csv",
        table.hstack(pl.DataFrame(columns)),
        line_end="\n",
    )
    write_csv(
        folder / "census2021-ts041-lsoa.csv",
        census_places(city.lsoas).hstack(
            pl.DataFrame({"Number of households": people.households})
        ),
        line_end="\n",
    )


def census_places(areas: pl.DataFrame) -> pl.DataFrame:
    """Return the first three columns of a census bulk file."""
    return areas.select(
        pl.lit(CENSUS_YEAR).alias("date"),
        pl.col("name").alias("geography"),
        pl.col("code").alias("geography code"),
    )


def write_ages(folder: Path, city: City, people: People) -> None:
    """Write census ages by LSOA and by borough (TS007A)."""
    ages = pl.DataFrame(
        {
            "Age: Total": people.residents,
            **{f"Age: {band}": people.by_age[:, n] for n, band in enumerate(AGE_BANDS)},
        }
    )
    write_csv(
        folder / "census2021-ts007a-lsoa.csv",
        census_places(city.lsoas).hstack(ages),
        line_end="\n",
    )
    of_boroughs = (
        ages.hstack(city.lsoas.select("borough"))
        .group_by("borough")
        .sum()
        .sort("borough")
        .drop("borough")
    )
    write_csv(
        folder / "census2021-ts007a-ltla.csv",
        census_places(city.boroughs).hstack(of_boroughs),
        line_end="\n",
    )


def write_ethnicity(
    rng: np.random.Generator, folder: Path, city: City, people: People
) -> None:
    """Write five ethnic groups by LSOA and nineteen by borough."""
    size, groups = people.by_ethnic.shape
    residents = np.repeat(people.residents, groups).astype(float)
    counts = people.by_ethnic.reshape(-1).astype(float)
    write_csv(
        folder / "census2021-ethnicity-lsoa21.csv",
        pl.DataFrame(
            {
                "lsoa21_code": np.repeat(city.lsoas["code"].to_numpy(), groups),
                "total_residents": residents,
                "ethnic_group": list(ETHNIC_GROUPS) * size,
                "n": counts,
                "prop": counts / residents,
            }
        ),
        line_end="\n",
    )
    write_csv(
        folder / "census2021-ethnicity-ltla21.csv",
        detailed_ethnicity(rng, city, people),
        line_end="\n",
    )


def detailed_ethnicity(
    rng: np.random.Generator, city: City, people: People
) -> pl.DataFrame:
    """Return nineteen groups by borough, as counts and then as percentages."""
    borough = city.lsoas["borough"].to_numpy()
    rows = []
    for number, code, name in (
        city.boroughs.with_row_index().select("index", "code", "name").rows()
    ):
        totals = people.by_ethnic[borough == number].sum(axis=0)
        named = {
            f"{group}: {part}": count
            for group, total in zip(ETHNIC_GROUPS, totals, strict=True)
            for part, count in zip(
                ETHNIC_DETAIL[group],
                rng.multinomial(total, list(ETHNIC_DETAIL[group].values())),
                strict=True,
            )
        }
        everyone = totals.sum()
        rows += [(code, name, f"{k} (number)", float(n)) for k, n in named.items()]
        rows += [
            (code, name, f"{k} (percent)", round(100 * float(n) / everyone, 1))
            for k, n in named.items()
        ]
    columns = ["ltla21_code", "ltla21_name", "ethnic_group", "value"]
    return pl.DataFrame(rows, schema=columns, orient="row")


# Our domains on the left; on the right what the file of 2025 calls them.
DOMAIN_NAMES = {
    "income": "Income",
    "employment": "Employment",
    "education": "Education",
    "health": "Health",
    "crime": "Crime",
    "housing": "Housing_and_Services",
    "environment": "Environment",
}


def write_deprivation(folder: Path, city: City, people: People) -> None:
    """Write deciles, ranks and scores of each domain by LSOA (IoD 2025)."""
    scores = {"IMD": index_of_multiple_deprivation(people.domains)} | {
        DOMAIN_NAMES[name]: values for name, values in people.domains.items()
    }
    columns: dict[str, object] = {"lsoa21_code": city.lsoas["code"]}
    ranks = {name: rank_among_all(values) for name, values in scores.items()}
    for name, rank in ranks.items():
        columns[f"{name}_decile"] = np.ceil(rank * 10 / LSOAS_OF_ENGLAND)
    columns |= {f"{name}_rank": rank for name, rank in ranks.items()}
    columns |= {f"{name}_score": values for name, values in scores.items()}
    folder.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(columns).write_parquet(folder / "iod2025-lsoa21.parquet")


def rank_among_all(scores: np.ndarray) -> np.ndarray:
    """Return ranks from 1, the most deprived, as if ours were spread over England."""
    place = (-scores).argsort(kind="stable").argsort(kind="stable")
    return np.floor(1 + place * (LSOAS_OF_ENGLAND - 1) / len(scores)).astype(float)
