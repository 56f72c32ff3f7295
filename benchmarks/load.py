"""
Load street-level crime, against Polars reading the same files and writing them out.

The peer does the least anyone could: no checks, no codes, no provenance, no revisions,
and one Parquet file for each CSV.
"""

import sys
from pathlib import Path
from shutil import rmtree

from benchmarks.apart import middle, run_module, saferplan
from benchmarks.made import PLACE, street
from benchmarks.result import Result

TURNS = 3
MOST_TIMES = 2.5
MOST_MEMORY = 1_536  # MiB


def measure(rows: int) -> list[Result]:
    """Load `rows` rows `TURNS` times each way. The last store stays, for `count`."""
    source = street(rows)
    ours, bare = [], []
    for _turn in range(TURNS):
        rmtree(store_of(rows), ignore_errors=True)
        rmtree(bare_of(rows), ignore_errors=True)
        bare.append(run_module("load", source, bare_of(rows)))
        ours.append(
            saferplan("load", "--yes", source, SAFERPLAN_STORE=str(store_of(rows)))
        )
    us, them = middle(ours), middle(bare)
    return [
        Result(
            what=f"Load {rows:,} rows of street-level crime from 100 CSV files",
            ours=f"{us.cpu:.1f} s CPU, {us.clock:.1f} s",
            peer=f"Polars `read_csv`, `write_parquet`: {them.cpu:.1f} s CPU",
            figure=us.cpu / them.cpu,
            limit=MOST_TIMES,
            unit="times the CPU",
        ),
        Result(
            what="Memory held at once while loading them",
            ours=f"{us.memory:,.0f} MiB",
            figure=us.memory,
            limit=MOST_MEMORY,
            unit="MiB",
        ),
    ]


def store_of(rows: int) -> Path:
    """Where the rows are loaded to."""
    return PLACE / f"store-{rows}"


def bare_of(rows: int) -> Path:
    return PLACE / f"bare-{rows}"


def load_bare(source: Path, out: Path) -> None:
    """Read each CSV and write it as Parquet: the peer."""
    import polars as pl

    out.mkdir(parents=True)
    for path in sorted(source.glob("*.csv")):
        pl.read_csv(path).write_parquet(out / f"{path.stem}.parquet")


if __name__ == "__main__":
    load_bare(Path(sys.argv[1]), Path(sys.argv[2]))
