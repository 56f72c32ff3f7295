"""What two partners send the partnership each quarter, without anything of a person."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from saferplan.synthetic import places
from saferplan.synthetic.city import City
from saferplan.synthetic.months import MONTHS
from saferplan.synthetic.written import write_csv

RETURN_MONTHS = MONTHS[24:]
FIRES_A_MONTH = 22.0  # in the demonstration borough
VULNERABLE_TIMES = 4.0
FIRES = {
    "Deliberate secondary fires": 0.62,
    "Deliberate primary fires in vehicles": 0.16,
    "Deliberate primary fires (not vehicles)": 0.08,
    "Dwelling fires attended with no smoke alarm": 0.14,
}
# When in the day fires are set: few at breakfast, most late in the evening.
HOURS = np.array(
    [5, 4, 3, 2, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 10, 9, 7]
)
ASSAULT_A_WARD = 5.5  # admissions a month
HIDDEN_BELOW = 5


def write_partner_returns(rng: np.random.Generator, folder: Path, city: City) -> None:
    """Write the fire service's return by LSOA and the hospital's by ward."""
    write_csv(folder / "fire-and-rescue-return.csv", fires(rng, city), line_end="\n")
    write_csv(folder / "hospital-return.csv", admissions(rng, city), line_end="\n")


def fires(rng: np.random.Generator, city: City) -> pl.DataFrame:
    """Return a row for each fire: its day, hour and LSOA."""
    main = city.lsoas.filter(city.main)
    weight = np.where(main["ward_name"] == places.VULNERABLE, VULNERABLE_TIMES, 1.0)
    rows = []
    for month in RETURN_MONTHS:
        for _fire in range(rng.poisson(FIRES_A_MONTH)):
            at = int(rng.choice(len(main), p=weight / weight.sum()))
            rows.append(
                (
                    "Tamesis Fire and Rescue",
                    str(rng.choice(list(FIRES), p=list(FIRES.values()))),
                    f"{month + timedelta(days=int(rng.integers(0, 28))):%Y-%m-%d}",
                    int(rng.choice(24, p=HOURS / HOURS.sum())),
                    main["code"][at],
                    1,
                )
            )
    return pl.DataFrame(
        rows,
        schema=["partner", "category", "date", "hour", "area_code", "count"],
        orient="row",
    ).sort("date", "hour", "area_code")


def admissions(rng: np.random.Generator, city: City) -> pl.DataFrame:
    """Return admissions for assault by ward and month, small counts hidden."""
    wards = city.wards.filter(pl.col("borough") == 0)
    times = np.where(wards["name"] == places.VULNERABLE, VULNERABLE_TIMES, 1.0)
    rows = [
        (
            "Tamesford University Hospital",
            "Admissions for assault",
            f"{month:%Y-%m-%d}",
            code,
            str(count) if count == 0 or count >= HIDDEN_BELOW else f"<{HIDDEN_BELOW}",
        )
        for month in RETURN_MONTHS
        for code, count in zip(
            wards["code"], rng.poisson(ASSAULT_A_WARD * times), strict=True
        )
    ]
    return pl.DataFrame(
        rows,
        schema=["partner", "category", "date", "area_code", "count"],
        orient="row",
    )
