"""Police front counters: twenty-one of them, and a year later one has closed."""

from pathlib import Path

import numpy as np
import polars as pl

from saferplan.synthetic.city import City
from saferplan.synthetic.written import write_csv

HOW_MANY = 21
BEFORE, AFTER = "2025-01", "2026-01"


def write_counters(rng: np.random.Generator, folder: Path, city: City) -> str:
    """Write the list of counters twice; return the name of the one that closed."""
    counters = list_counters(rng, city)
    # The demonstration borough has two; the second closes.
    closed = counters["Station"][1]
    for name, rows in (
        (BEFORE, counters),
        (AFTER, counters.filter(pl.col("Station") != closed)),
    ):
        write_csv(folder / name / "police-stations.csv", rows, line_end="\n", bom=True)
    return str(closed).strip()


def list_counters(rng: np.random.Generator, city: City) -> pl.DataFrame:
    """Return 21 counters named after wards, two or three to a borough."""
    borough = np.arange(HOW_MANY) % len(city.boroughs)
    borough.sort()
    rows = []
    for number in np.unique(borough):
        here = city.lsoas.filter(pl.col("borough") == int(number))
        wards = here.unique("ward", keep="first", maintain_order=True)
        chosen = rng.choice(
            len(wards), size=int((borough == number).sum()), replace=False
        )
        for row in np.sort(chosen):
            at = wards.row(int(row), named=True)
            # The publisher leaves a space behind some of the names.
            space = " " if rng.random() < 0.2 else ""
            rows.append((at["ward_name"] + space, at["latitude"], at["longitude"]))
    schema = ["Station", "Latitude", "Longitude"]
    return pl.DataFrame(rows, schema=schema, orient="row")
