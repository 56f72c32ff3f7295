"""Crown Court tables for England and Wales and the London region, as MoJ publishes."""

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saferplan.synthetic.months import QUARTER_ENDS
from saferplan.synthetic.written import write_csv

Numbers = NDArray[np.float64]

# Share of the national caseload, and days from offence to completion in 2021.
REGIONS = {
    "London": (0.24, 270),
    "Midlands": (0.18, 260),
    "North East": (0.14, 235),
    "North West": (0.13, 240),
    "South East": (0.20, 290),
    "South West": (0.07, 270),
    "Wales": (0.04, 200),
}
NATION = "England and Wales"
# Invented courts of the London region, with their share of its open cases.
COURTS = {
    "Tamesford Quay": 0.31,
    "Greywharf": 0.24,
    "Aldermarsh": 0.20,
    "Holmeleigh Street": 0.15,
    "Corvenham": 0.10,
}
OPEN_AT_START, OPEN_AT_END = 60_000, 79_000
QUARTERS = len(QUARTER_ENDS)


def write_courts(rng: np.random.Generator, folder: Path) -> None:
    """Write caseload, its age, waiting times and open cases by court."""
    disposals = rng.normal(25_500, 700, QUARTERS).round()
    open_cases = np.linspace(OPEN_AT_START, OPEN_AT_END, QUARTERS).round()
    added = np.diff(open_cases, prepend=open_cases[0] - 900)
    write_backlog(folder, open_cases, disposals, disposals + added)
    write_regions(rng, folder, open_cases)
    write_waits(rng, folder)
    write_court_list(folder, open_cases)


def quarters() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "quarter_end": [f"{day:%Y-%m-%d}" for day in QUARTER_ENDS],
            "year": [day.year for day in QUARTER_ENDS],
            "quarter": [f"Q{(day.month + 2) // 3}" for day in QUARTER_ENDS],
        }
    )


def write_backlog(
    folder: Path, open_cases: Numbers, disposals: Numbers, receipts: Numbers
) -> None:
    table = quarters().hstack(
        pl.DataFrame(
            {
                "disposals": disposals,
                "open": open_cases,
                "receipts": receipts,
                "net_flow": receipts - disposals,
            }
        )
    )
    write_csv(folder / "crown_court_backlog_trajectory.csv", table, line_end="\n")


def write_regions(rng: np.random.Generator, folder: Path, open_cases: Numbers) -> None:
    """Write old cases and timeliness by region; a row per quarter and region."""
    slower = np.linspace(1, 1.28, QUARTERS)
    old_share = np.linspace(0.17, 0.28, QUARTERS)
    old, timely = [], []
    for name, (share, days) in (REGIONS | {NATION: (1.0, 265)}).items():
        valid = (open_cases * share * 0.97).round()
        over = (valid * old_share * rng.normal(1, 0.02, QUARTERS)).round()
        median = (days * slower * rng.normal(1, 0.015, QUARTERS)).round()
        level = "national" if name == NATION else "region"
        same = {"region": [name] * QUARTERS, "geo_level": [level] * QUARTERS}
        old.append(
            quarters().hstack(
                pl.DataFrame(
                    same
                    | {
                        "valid_cases": valid,
                        "open_1yr_plus": over,
                        "share_1yr_plus": over / valid,
                    }
                )
            )
        )
        timely.append(
            quarters().hstack(
                pl.DataFrame(
                    same
                    | {
                        "offence_to_completion_median": median,
                        "offence_to_completion_mean": (median * 2.05).round(),
                    }
                )
            )
        )
    for name, tables in (("oldest", old), ("timeliness", timely)):
        path = folder / f"crown_court_{name}_by_region.csv"
        write_csv(path, pl.concat(tables).sort("quarter_end", "region"), line_end="\n")


def write_waits(rng: np.random.Generator, folder: Path) -> None:
    weeks = np.linspace(17, 24, QUARTERS) * rng.normal(1, 0.02, QUARTERS)
    table = quarters().hstack(
        pl.DataFrame(
            {
                "hearing_mean_hearings": np.linspace(4.2, 4.9, QUARTERS),
                "hearing_mean_hours": np.linspace(4.3, 4.9, QUARTERS),
                "hearing_median_hours": np.linspace(1.2, 1.4, QUARTERS),
                "waiting_mean_weeks": weeks,
                "waiting_median_weeks": weeks * 0.66,
            }
        )
    )
    write_csv(folder / "crown_court_waiting_hearing.csv", table, line_end="\n")


def write_court_list(folder: Path, open_cases: Numbers) -> None:
    """Write open cases by court, now and a year ago; the file's name has the date."""
    london = REGIONS["London"][0]
    now, before = open_cases[-1] * london, open_cases[-5] * london
    latest = np.array([now * share for share in COURTS.values()]).round()
    ago = np.array([before * share for share in COURTS.values()]).round()
    table = pl.DataFrame(
        {
            "region": ["London"] * len(COURTS),
            "court": list(COURTS),
            "open_latest": latest,
            "open_year_ago": ago,
            "change": latest - ago,
            "pct_change": (latest - ago) / ago,
        }
    )
    name = f"crown_court_backlog_by_court_{QUARTER_ENDS[-1]:%Y-%m-%d}.csv"
    write_csv(folder / name, table, line_end="\n")
