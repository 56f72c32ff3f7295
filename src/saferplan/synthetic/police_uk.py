"""
The files of data.police.uk: an archive of all months but the last, and the last one.
"""

from pathlib import Path

import numpy as np
import polars as pl

from saferplan.synthetic import places
from saferplan.synthetic.city import City
from saferplan.synthetic.offences import Offences
from saferplan.synthetic.people import People
from saferplan.synthetic.stops import COLUMNS, STOP_MONTHS, stop_rows
from saferplan.synthetic.street import month_files, street_rows
from saferplan.synthetic.written import csv_bytes, write_zip


def write_police_uk(
    rng: np.random.Generator,
    folder: Path,
    city: City,
    people: People,
    offences: Offences,
    scale: float,
) -> None:
    """Write street-level crime, outcomes and stops, month by month."""
    files: dict[str, bytes] = {}
    street = month_files(street_rows(rng, city, people, offences, scale))
    stops = stop_rows(rng, city, people, offences, scale)
    for month in STOP_MONTHS:
        start = f"{month:%Y-%m}/{month:%Y-%m}-{places.FORCE_SLUG}"
        if month in street:
            crimes, outcomes = street[month]
            files[f"{start}-street.csv"] = csv_bytes(crimes)
            files[f"{start}-outcomes.csv"] = csv_bytes(outcomes)
        searches = stops.filter(pl.col("_month") == month).select(COLUMNS)
        files[f"{start}-stop-and-search.csv"] = csv_bytes(searches)
    last = f"{STOP_MONTHS[-1]:%Y-%m}/"
    archived = {name: text for name, text in files.items() if name[:8] != last}
    write_zip(folder / "2023-04-to-2026-02.zip", archived)
    for name in files.keys() - archived.keys():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
