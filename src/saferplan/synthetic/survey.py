"""The Public Attitude Survey as MOPAC publishes it: decimal commas, empty columns."""

from pathlib import Path

import numpy as np
import polars as pl

from saferplan.synthetic.city import City
from saferplan.synthetic.months import QUARTER_ENDS
from saferplan.synthetic.written import write_csv

# The measures and the share of London that agreed.
MEASURES = {
    '"Good Job" local': 0.52,
    "Contact ward officer": 0.16,
    "Informed local": 0.31,
    "Listen to concerns": 0.56,
    "Relied on to be there": 0.60,
    "Treat everyone fairly": 0.62,
    "Trust MPS": 0.72,
    "Understand issues": 0.60,
}
SMALL_RISE = '"Good Job" local'  # in the demonstration borough, within chance
REAL_FALL = "Trust MPS"  # there, beyond chance
# What each was there, up to and after the change.
SMALL_RISE_FROM_TO = (0.53, 0.56)
REAL_FALL_FROM_TO = (0.74, 0.55)
CHANGED_AFTER = QUARTER_ENDS[-5]  # 31 March 2025: the last four quarters differ


def write_survey(rng: np.random.Generator, folder: Path, city: City) -> None:
    """Write the share who agree, by borough, quarter and measure."""
    shares = answers(rng, len(city.boroughs))
    rows = [
        (
            f"{day.day}/{day.month}/{day.year}",
            "PAS",
            name,
            measure,
            with_comma(shares[borough, which, quarter]),
            with_comma(london),
        )
        for which, (measure, london) in enumerate(MEASURES.items())
        for quarter, day in enumerate(QUARTER_ENDS)
        for borough, name in enumerate(city.boroughs["name"])
    ]
    table = pl.DataFrame(
        rows,
        schema=["Date", "Survey", "Borough", "Measure", "Proportion", "MPS"],
        orient="row",
    )
    write_csv(folder / "PAS_Dashboard_Borough.csv", table, line_end="\n")
    add_empty_columns(folder / "PAS_Dashboard_Borough.csv")


def answers(rng: np.random.Generator, boroughs: int) -> np.ndarray:
    """Return the shares: boroughs by MEASURES by QUARTER_ENDS."""
    usual = np.array(list(MEASURES.values()))
    shape = (boroughs, len(MEASURES), len(QUARTER_ENDS))
    level = usual[None, :, None] + rng.normal(0, 0.03, size=(boroughs, 1, 1))
    shares = level + rng.normal(0, 0.012, size=shape)
    after = np.array([day > CHANGED_AFTER for day in QUARTER_ENDS])
    names = list(MEASURES)
    for name, (before, then) in (
        (SMALL_RISE, SMALL_RISE_FROM_TO),
        (REAL_FALL, REAL_FALL_FROM_TO),
    ):
        shares[0, names.index(name)] = np.where(after, then, before)
    return np.clip(shares, 0.05, 0.95).round(2)


def with_comma(share: float) -> str:
    """
    Write a share as MOPAC does.

    >>> with_comma(0.6)
    '0,6'
    """
    return f"{share:.2f}".rstrip("0").replace(".", ",")


def add_empty_columns(path: Path) -> None:
    """Put the four empty columns after each line that the published file has."""
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(f"{line},,,," for line in lines), encoding="utf-8")
