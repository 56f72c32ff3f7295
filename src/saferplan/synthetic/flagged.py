"""
Offences that carry a flag: knives, and violence against women and girls.

Knife injuries stay level while violence without injury rises: what tells a change of
recording from a change in violence.
"""

from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saferplan.synthetic.categories import PLACE, WITH_INJURY
from saferplan.synthetic.city import City
from saferplan.synthetic.months import MONTHS
from saferplan.synthetic.offences import Offences

Counts = NDArray[np.int64]

FLAG_MONTHS = MONTHS[12:]  # 48 months, as the dashboard holds
REFRESHED = datetime(2026, 4, 15)
KNIFE, KNIFE_INJURY = "Knife Crime", "Knife Crime with Injury"
KNIFE_ROBBERY = "Knife Crime with Injury (Personal Robbery)"
KNIFE_VICTIMS = "Knife Injury Victims (1-24)"
# Offences a month for each 100 offences of violence with injury.
KNIFE_RATES = {KNIFE: 19.0, KNIFE_INJURY: 5.5, KNIFE_ROBBERY: 0.9, KNIFE_VICTIMS: 1.8}
VAWG_RATE = 85.0
DASHBOARD = "MPS_MonthlyCrimeDashboard_Other"


def write_knife_crime(
    rng: np.random.Generator, folder: Path, city: City, offences: Offences
) -> None:
    """Write knife crime by borough and neighbourhood team, one row per count."""
    usual = usual_injuries(offences.by_ward)
    names = city.wards.select(
        pl.lit("Safer Neighbourhood Teams").alias("area_type"),
        (pl.col("borough_name") + " " + pl.col("name")).alias("borough_snt"),
        pl.col("name").alias("area_name"),
        pl.col("code").alias("area_code"),
    )
    of_boroughs = city.boroughs.select(
        pl.lit("Borough").alias("area_type"),
        pl.col("name").alias("borough_snt"),
        pl.col("name").alias("area_name"),
        pl.col("code").alias("area_code"),
    )
    borough = city.wards["borough"].to_numpy()
    tables = []
    for subtype, rate in KNIFE_RATES.items():
        by_ward = rng.poisson(usual * rate / 100)
        by_borough = np.zeros((len(city.boroughs), len(FLAG_MONTHS)), dtype=np.int64)
        np.add.at(by_borough, borough, by_ward)
        for areas, counts in ((of_boroughs, by_borough), (names, by_ward)):
            tables.append(knife_rows(areas, counts, subtype, "Offences"))
        outcomes = rng.binomial(by_borough, 0.12)
        tables.append(knife_rows(of_boroughs, outcomes, subtype, "Positive Outcomes"))
    folder.mkdir(parents=True, exist_ok=True)
    table = pl.concat(tables).sort("month_year", "area_type", "borough_snt")
    table.write_parquet(folder / "monthly-crime-dashboard.parquet")


def usual_injuries(by_ward: Counts) -> NDArray[np.float64]:
    """Return what a month of violence with injury usually is, in every month."""
    injuries = by_ward[:, PLACE[WITH_INJURY], :]
    return np.repeat(injuries.mean(axis=1)[:, None], len(FLAG_MONTHS), axis=1)


def knife_rows(
    areas: pl.DataFrame, counts: Counts, subtype: str, measure: str
) -> pl.DataFrame:
    """Return a row for each area and month that has any."""
    months = len(FLAG_MONTHS)
    year = [financial_year(month) for month in FLAG_MONTHS]
    repeated = areas[np.repeat(np.arange(len(areas)), months)]
    return (
        repeated.with_columns(
            month_year=pl.Series(at_midnight(FLAG_MONTHS) * len(areas)),
            crime_type=pl.lit(KNIFE),
            crime_subtype=pl.lit(subtype),
            measure=pl.lit(measure),
            financial_year=pl.Series([f"fy{text}" for text in year] * len(areas)),
            fy_fyindex=pl.Series([f"{text}_01" for text in year] * len(areas)),
            count=pl.Series(counts.reshape(-1)),
            refresh_date=pl.lit(REFRESHED),
            sheet=pl.lit(DASHBOARD),
        )
        .filter(pl.col("count") > 0)
        .select(
            "month_year",
            "area_type",
            "borough_snt",
            "area_name",
            "area_code",
            "crime_type",
            "crime_subtype",
            "measure",
            "financial_year",
            "fy_fyindex",
            "count",
            "refresh_date",
            "sheet",
        )
    )


def financial_year(month: date) -> str:
    """
    Return the financial year of a month, from April.

    >>> financial_year(date(2025, 3, 1))
    '24-25'
    """
    start = month.year - (month.month < 4)
    return f"{start % 100}-{(start + 1) % 100}"


def at_midnight(months: list[date]) -> list[datetime]:
    return [datetime(month.year, month.month, 1) for month in months]


def write_vawg(
    rng: np.random.Generator, folder: Path, city: City, offences: Offences
) -> None:
    """Write violence against women and girls by ward: offences, then victims."""
    usual = usual_injuries(offences.by_ward)
    counts = rng.poisson(usual * VAWG_RATE / 100)
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet, share, empty in (
        (
            "vawg-offences",
            "Offence count location",
            1.0,
            (
                "crimsec_group",
                "crimseccodeexpansion",
                "crimsec_offences",
                "vawg_offence",
            ),
        ),
        (
            "vawg-victims",
            "Victim count by location",
            0.96,
            ("age_group", "ethnic_appearance_group_group"),
        ),
    ):
        rows = vawg_rows(city, rng.binomial(counts, share), sheet)
        blank = [pl.lit(None, pl.String).alias(column) for column in empty]
        rows.with_columns(blank).write_parquet(folder / f"{name}.parquet")


def vawg_rows(city: City, counts: Counts, sheet: str) -> pl.DataFrame:
    months = len(FLAG_MONTHS)
    repeated = city.wards[np.repeat(np.arange(len(city.wards)), months)]
    month = pl.Series(at_midnight(FLAG_MONTHS) * len(city.wards))
    return (
        repeated.select(
            bcu_location=pl.lit("South East"),
            borough_name="borough_name",
            ward_name_clean_2="name",
            recorded_date_months=month,
            date_committed_from_date_months=month,
            count=pl.Series(counts.reshape(-1)),
            sheet=pl.lit(sheet),
        )
        .filter(pl.col("count") > 0)
        .sort("recorded_date_months", "borough_name", "ward_name_clean_2")
    )
