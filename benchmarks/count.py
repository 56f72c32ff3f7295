"""
Count street-level crime by LSOA, month and type: through the store, by DuckDB over the
same Parquet files, and by pandas from the CSV.

Each way runs in a process of its own, on one thread, because pandas has only one and
further threads take less time for more CPU. Imports are left out: the first two answer
many questions once they are up. The answers must agree.
"""

import json
import sys
from pathlib import Path
from time import process_time

from benchmarks.apart import Cost, run_module
from benchmarks.load import store_of
from benchmarks.made import street
from benchmarks.result import Result, of_method

TURNS = 5
MOST_TIMES_DUCKDB = 1.5
LEAST_TIMES_PANDAS = 5


def measure(rows: int) -> list[Result]:
    """Count the rows that `load` left in its store."""
    store, source = store_of(rows), street(rows)
    ways = {"store": store, "duckdb": store, "pandas": source, "frugal": source}
    costs: dict[str, list[Answer]] = {way: [] for way in ways}
    for turn in range(TURNS):
        for way, place in ways.items():
            if place == store or turn < 3:  # reading CSV takes long, and steadily
                costs[way].append(Answer.of(run_module("count", way, place)))
    counted = {(each.groups, each.rows) for way in costs.values() for each in way}
    if len(counted) != 1:
        raise AssertionError(f"The three ways disagree: {counted}")
    cpu = {
        way: sorted(a.cpu for a in each)[len(each) // 2] for way, each in costs.items()
    }
    groups = costs["store"][0].groups
    what = f"Count them by LSOA, month and type ({groups:,} groups)"
    ours = f"{cpu['store']:.2f} s CPU"
    results = [
        Result(
            what=what,
            ours=ours,
            peer=f"DuckDB on the same Parquet: {cpu['duckdb']:.2f} s CPU",
            figure=cpu["store"] / cpu["duckdb"],
            limit=MOST_TIMES_DUCKDB,
            unit="times the CPU",
        ),
        Result(
            what=what,
            ours=ours,
            peer=f"pandas from the CSV: {cpu['pandas']:.1f} s CPU",
            figure=cpu["pandas"] / cpu["store"],
            limit=LEAST_TIMES_PANDAS,
            unit="times less CPU",
            most=False,
            times=cpu["pandas"] / cpu["store"],
        ),
        Result(
            what=what,
            ours=ours,
            peer=f"pandas from three columns of the CSV: {cpu['frugal']:.1f} s CPU",
            figure=cpu["frugal"] / cpu["store"],
            limit=None,
            unit="times less CPU",
            times=cpu["frugal"] / cpu["store"],
        ),
    ]
    return of_method("counts", results)


class Answer:
    """What one way counted, and the CPU seconds it took."""

    def __init__(self, groups: int, rows: int, cpu: float) -> None:
        self.groups, self.rows, self.cpu = groups, rows, cpu

    @classmethod
    def of(cls, cost: Cost) -> "Answer":
        return cls(**json.loads(cost.said.splitlines()[-1]))


def count_in_store(place: Path) -> tuple[int, int, float]:
    import ibis  # noqa: F401  brought in before the clock starts
    from ibis import _

    from saferplan.store import EvidenceStore
    from saferplan.store.engine import DuckDB

    EvidenceStore(place).table("recorded_crime").limit(1).to_pyarrow()
    start = process_time()
    store = EvidenceStore(place, engine=DuckDB(threads=1))
    street_crime = store.table("street_crime")
    keys = ["lsoa_code", "month", "crime_type"]
    answer = street_crime.group_by(keys).agg(incidents=_.count()).to_pyarrow()
    spent = process_time() - start
    return len(answer), sum(answer["incidents"].to_pylist()), spent


def count_in_duckdb(place: Path) -> tuple[int, int, float]:
    import duckdb
    from deltalake import DeltaTable

    files = DeltaTable(place / "street_crime").file_uris()
    connection = duckdb.connect(config={"threads": 1})
    start = process_time()
    answer = connection.execute(
        "SELECT lsoa_code, month, crime_type, count(*) AS incidents "
        "FROM read_parquet($1) GROUP BY ALL",
        [files],
    ).to_arrow_table()
    spent = process_time() - start
    return len(answer), sum(answer["incidents"].to_pylist()), spent


def count_in_pandas(place: Path) -> tuple[int, int, float]:
    return with_pandas(place, None)


def count_frugally(place: Path) -> tuple[int, int, float]:
    """Count as somebody does who knows beforehand which columns will be wanted."""
    return with_pandas(place, KEYS)


def with_pandas(place: Path, columns: list[str] | None) -> tuple[int, int, float]:
    import pandas as pd

    start = process_time()
    frame = pd.concat(
        pd.read_csv(path, usecols=columns) for path in sorted(place.glob("*.csv"))
    )
    answer = frame.groupby(KEYS, dropna=False).size()
    spent = process_time() - start
    return len(answer), int(answer.sum()), spent


KEYS = ["LSOA code", "Month", "Crime type"]
WAYS = {
    "store": count_in_store,
    "duckdb": count_in_duckdb,
    "pandas": count_in_pandas,
    "frugal": count_frugally,
}

if __name__ == "__main__":
    found, counted, seconds = WAYS[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"groups": found, "rows": counted, "cpu": seconds}))
