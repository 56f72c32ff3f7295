"""
Recorded crime by borough, ward and LSOA, as the Metropolitan Police publishes it.

The newest release (April 2026) is in the headers of today, with history to March 2024
and 24 months since; the ward and LSOA files carry a stub of a 25th month. Beside it lie
an earlier release of the same 24-month files, which the newest one revises, and a much
older one in the headers and categories of its time.
"""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saferplan.synthetic.categories import CATEGORIES, PLACE, VEHICLE_THEFT
from saferplan.synthetic.city import City
from saferplan.synthetic.months import MONTHS, compact, place_of
from saferplan.synthetic.offences import Offences, in_older_categories
from saferplan.synthetic.truths import Revision
from saferplan.synthetic.written import write_csv

Counts = NDArray[np.int64]

NEWEST, EARLIER, OLDEST = "2026-04", "2026-01", "2023-04"
HISTORY = slice(0, 36)
RECENT = slice(36, 60)
RECENT_WITH_STUB = slice(35, 60)
EARLIER_RECENT = slice(place_of(date(2024, 1, 1)), place_of(date(2026, 1, 1)))
OLDEST_RECENT = slice(0, 24)

REVISED_MONTH = date(2025, 11, 1)
REVISED_CATEGORY = VEHICLE_THEFT
SHARE_KNOWN_EARLIER = 0.7  # of that month, in the demonstration borough
STUB_SHARE = 0.0006  # of a month's offences; the rest are in the historical file

RECENT_NAME = "MPS {} Level Crime (most recent 24 months).csv"
HISTORY_NAME = "MPS {} Level Crime (Historical).csv"

BOROUGH = ("MajorText", "MinorText", "BoroughName")
WARD = ("MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName")
WARD_HISTORY = ("WardName", "WardCode", "MajorText", "MinorText", "LookUp_BoroughName")
LSOA = ("LSOA Code", "LSOA Name", "Borough", "Major Category", "Minor Category")


def write_recorded_crime(
    rng: np.random.Generator, folder: Path, city: City, offences: Offences
) -> Revision:
    """
    Write three releases into folders named by their months.

    Returns the revision of the demonstration borough that the newest one makes.
    """
    write_newest(rng, folder / NEWEST, city, offences)
    before = write_earlier(rng, folder / EARLIER, city, offences)
    write_oldest(rng, folder / OLDEST, city, offences)
    at = (0, PLACE[REVISED_CATEGORY], place_of(REVISED_MONTH))
    after = offences.by_borough
    return Revision(REVISED_MONTH, REVISED_CATEGORY, int(before[at]), int(after[at]))


def write_newest(
    rng: np.random.Generator, folder: Path, city: City, offences: Offences
) -> None:
    boroughs, unplaced = offences.by_borough, offences.unplaced[None]
    for name, span in ((HISTORY_NAME, HISTORY), (RECENT_NAME, RECENT)):
        table = borough_table(city, boroughs[..., span], unplaced[..., span], span)
        write_csv(folder / name.format("Borough"), table.select(*BOROUGH, r"^\d+$"))
    wards = offences.by_ward
    history = ward_table(city, wards[..., HISTORY], HISTORY)
    write_csv(
        folder / HISTORY_NAME.format("Ward"), history.select(*WARD_HISTORY, r"^\d+$")
    )
    recent = ward_table(city, with_stub(rng, wards), RECENT_WITH_STUB)
    write_csv(
        folder / RECENT_NAME.format("Ward"),
        recent.select(*WARD, r"^\d+$"),
        line_end="\n",
    )
    lsoas = lsoa_table(city, with_stub(rng, offences.by_lsoa), RECENT_WITH_STUB)
    write_csv(folder / RECENT_NAME.format("LSOA"), lsoas.select(*LSOA, r"^\d+$"))


def write_earlier(
    rng: np.random.Generator, folder: Path, city: City, offences: Offences
) -> Counts:
    """
    Write what was known three months before: fewer offences, one month far fewer.

    Returns the boroughs' counts as they then stood.
    """
    boroughs = as_known_earlier(rng, city, offences.by_borough)
    unplaced = offences.unplaced[None][..., EARLIER_RECENT]
    table = borough_table(city, boroughs[..., EARLIER_RECENT], unplaced, EARLIER_RECENT)
    write_csv(folder / RECENT_NAME.format("Borough"), table.select(*BOROUGH, r"^\d+$"))
    wards = as_known_earlier(rng, city, offences.by_ward)
    table = ward_table(city, wards[..., EARLIER_RECENT], EARLIER_RECENT)
    write_csv(folder / RECENT_NAME.format("Ward"), table.select(*WARD, r"^\d+$"))
    return boroughs


def write_oldest(
    rng: np.random.Generator, folder: Path, city: City, offences: Offences
) -> None:
    """Write the borough file in the headers and categories used until 2024."""
    counts = offences.by_borough[..., OLDEST_RECENT]
    older = in_older_categories(rng, counts)
    names = city.boroughs["name"]
    rows = pl.concat(
        pl.DataFrame(
            {
                "MajorText": [major] * len(names),
                "MinorText": [minor] * len(names),
                "LookUp_BoroughName": names,
            }
        ).hstack(in_columns(values, OLDEST_RECENT))
        for (major, minor), values in older.items()
    )
    order = ["LookUp_BoroughName", "MajorText", "MinorText"]
    write_csv(folder / RECENT_NAME.format("Borough"), rows.sort(order))


def as_known_earlier(rng: np.random.Generator, city: City, counts: Counts) -> Counts:
    """
    Return counts (boroughs or wards) as they stood three months before.

    Offences come to light late, so the nine latest months were a little lower. Vehicle
    theft of one month in the demonstration borough was far lower: a batch of reports
    had not been entered.
    """
    last = EARLIER_RECENT.stop
    share = np.ones(counts.shape)
    share[..., last - 9 : last] = 1 - np.linspace(0.001, 0.015, 9)
    known = rng.binomial(counts, share)
    main = (
        np.arange(len(counts)) == 0
        if len(counts) == len(city.boroughs)
        else city.wards["borough"].to_numpy() == 0
    )
    at = (main, PLACE[REVISED_CATEGORY], place_of(REVISED_MONTH))
    known[at] = np.round(counts[at] * SHARE_KNOWN_EARLIER)
    return known.astype(np.int64)


def with_stub(rng: np.random.Generator, counts: Counts) -> Counts:
    """Return the recent months with a stub of the month before in front."""
    recent = counts[..., RECENT_WITH_STUB].copy()
    recent[..., 0] = rng.binomial(recent[..., 0], STUB_SHARE)
    return recent


def in_columns(counts: Counts, span: slice) -> pl.DataFrame:
    """Return rows of counts as one column for each month of `span`."""
    names = [compact(month) for month in MONTHS[span]]
    return pl.DataFrame(dict(zip(names, counts.T, strict=True)))


def long_table(names: pl.DataFrame, counts: Counts, span: slice) -> pl.DataFrame:
    """Return a row for each area and category; one that is all zero is left out."""
    areas, categories, _months = counts.shape
    words = pl.DataFrame(
        {
            "MajorText": [each.major for each in CATEGORIES] * areas,
            "MinorText": [each.minor for each in CATEGORIES] * areas,
        }
    )
    repeated = names[np.repeat(np.arange(areas), categories)]
    flat = counts.reshape(areas * categories, -1)
    table = repeated.hstack(words).hstack(in_columns(flat, span))
    return table.filter(pl.Series(flat.any(axis=1)))


def borough_table(
    city: City, counts: Counts, unplaced: Counts, span: slice
) -> pl.DataFrame:
    """Return the rows of the borough file, "Unknown" among them."""
    names = [*city.boroughs["name"], "Unknown"]
    both = np.concatenate([counts, unplaced])
    return long_table(pl.DataFrame({"BoroughName": names}), both, span).sort(BOROUGH)


def ward_table(city: City, counts: Counts, span: slice) -> pl.DataFrame:
    names = city.wards.select(
        pl.col("name").alias("WardName"),
        pl.col("code").alias("WardCode"),
        pl.col("borough_name").alias("LookUp_BoroughName"),
    )
    return long_table(names, counts, span)


def lsoa_table(city: City, counts: Counts, span: slice) -> pl.DataFrame:
    """Return the rows of the LSOA file, whose "Borough" is a code."""
    names = city.lsoas.select(
        pl.col("code").alias("LSOA Code"),
        pl.col("name").alias("LSOA Name"),
        pl.col("borough_code").alias("Borough"),
    )
    sexual = [each.minor for each in CATEGORIES if each.is_sexual]
    return (
        long_table(names, counts, span)
        .filter(~pl.col("MinorText").is_in(sexual))
        .rename({"MajorText": "Major Category", "MinorText": "Minor Category"})
    )
