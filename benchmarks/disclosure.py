"""
Ten thousand tables made by chance, each protected, and then attacked.

A quarter each: lists of wards in groups; rows by columns; three ways with groups; and a
second edition of a table that is out. Counts run from nearly all small to hardly any.
No small count may be narrowed, as `is_safe` has it. The attacker is given only what is
published; that its bounds are exact is for the tests of the methods to show.
"""

from collections.abc import Sequence
from time import process_time

import numpy as np
import pandas as pd

from benchmarks.result import Result
from saferplan.methods.disclosure_editions import next_edition
from saferplan.methods.disclosure_suppression import Protected, narrowed, suppress
from saferplan.methods.disclosure_tables import Tables, tables_of

TABLES = 10_000
WAYS = ("list", "rows by columns", "three ways", "second edition")
MEANS = (2, 6, 15, 40)  # of a cell, so that about 1 in 2 to 1 in 20 is small
THRESHOLDS = (3, 5, 10)
GROUPS = {"ward": {f"w{n}": f"part {n % 3}" for n in range(12)}}


def measure(tables: int = TABLES) -> list[Result]:
    """Protect and attack them all."""
    worst: dict[str, int] = dict.fromkeys(WAYS, 0)
    hidden = small = 0
    start = process_time()
    for seed in range(tables):
        protected = protected_table(seed)
        worst[WAYS[seed % len(WAYS)]] += len(open_cells(protected))
        hidden += len(protected.log)
        small += int((protected.log["kind"] == "primary").sum())
    spent = process_time() - start
    each = ", ".join(f"{way} {count}" for way, count in worst.items())
    return [
        Result(
            what=f"Small counts narrowed by the attacker in {tables:,} tables",
            ours=f"{small:,} small counts and {hidden - small:,} others hidden; {each}",
            figure=sum(worst.values()),
            limit=0,
            unit="narrowed",
        ),
        Result(
            what="Protect a table, and attack it",
            ours=f"{spent:.0f} s CPU for {tables:,} tables",
            figure=1_000 * spent / tables,
            limit=None,
            unit="ms CPU a table",
        ),
    ]


def protected_table(seed: int) -> Protected:
    """The table of a seed, protected."""
    random = np.random.default_rng(seed)
    threshold = int(random.choice(THRESHOLDS))
    zeros = "hidden" if random.random() < 0.2 else "shown"
    way = WAYS[seed % len(WAYS)]
    if way != "second edition":
        return suppress(made(random, way), threshold=threshold, zeros=zeros)
    first = counts(random, [("ward", 2, 7), ("kind", 1, 4)])
    added = random.poisson(random.gamma(1, random.choice(MEANS) / 4, len(first)))
    before = tables_of(first, by=["ward", "kind"])
    now = tables_of(first.assign(count=first["count"] + added), by=["ward", "kind"])
    out = suppress(before, threshold=threshold).published.shown
    return suppress(next_edition(now, before, out), threshold=threshold)


def made(random: np.random.Generator, way: str) -> Tables:
    sizes = {
        "list": [("ward", 2, 13)],
        "rows by columns": [("ward", 2, 9), ("kind", 2, 6)],
        "three ways": [("ward", 2, 5), ("kind", 2, 4), ("year", 2, 4)],
    }[way]
    grouped = way != "rows by columns" and random.random() < 0.5
    names = [name for name, _least, _most in sizes]
    return tables_of(
        counts(random, sizes), by=names, groups=GROUPS if grouped else None
    )


def counts(
    random: np.random.Generator, sizes: Sequence[tuple[str, int, int]]
) -> pd.DataFrame:
    """Counts that differ as wards do: some many times others."""
    shape = [int(random.integers(least, most)) for _name, least, most in sizes]
    places = pd.DataFrame(list(np.ndindex(*shape)), columns=[s[0] for s in sizes])
    for name in places:
        places[name] = name[0] + places[name].astype(str)
    mean = random.gamma(1, random.choice(MEANS), len(places))
    return places.assign(count=random.poisson(mean))


def open_cells(protected: Protected) -> list[str]:
    """Small counts of which an attacker can work out too much."""
    found = narrowed(
        protected.published, threshold=protected.threshold, cells=protected.small
    )
    return list(found.index)
