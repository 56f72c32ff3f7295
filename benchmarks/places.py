"""
Where crime gathers: hot spots, density and near repeats, beside the field's programs.

Each way runs in a process of its own and times only its own work, after one small piece
of it that brings in what it needs; the time of a first answer has everything in it.

The peers are large, so they are not among our requirements. Put esda and KDEpy into an
environment of their own and name its Python in SAFERPLAN_PEERS; without it, the peer
is what SciPy gives an analyst, worked out in part and scaled up where it says so.
"""

import json
import os
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks.apart import run
from benchmarks.result import Result, of_method

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

TURNS = 5
SIDE = 224  # cells, so 50,176 of them
POINTS = 1_000_000
ACROSS = 500  # cells of 50 m, so 250,000 of them
EVENTS = 50_000
SHUFFLES = 999
PART = 100  # one cell in so many is asked of a slow peer
SOME = 9  # shuffles are asked of a slow peer, and the pairs as they are
METRES, DAYS = (0, 100, 200, 400, 600), (0, 7, 14, 21)

PEERS = os.environ.get("SAFERPLAN_PEERS", "")


@dataclass(frozen=True)
class Answer:
    """
    found   numbers that ways to one answer share
    cpu     seconds of the work, scaled up where only some of it was done
    first   seconds of the process from its start to this answer
    memory  MiB that the work added at its most, where it was asked
    """

    found: list[float]
    cpu: float
    first: float
    memory: float


def measure(turns: int = TURNS) -> list[Result]:
    answers: dict[str, list[Answer]] = {way: [] for way in WAYS}
    for turn in range(turns):
        for way in WAYS:
            # The peers that take longest are steady.
            if turn == 0 or way not in SLOW:
                answers[way] += asked(way)
    cpu = {way: median(a.cpu for a in each) for way, each in answers.items() if each}
    check(answers)
    return [
        *of_method("hot-spots", hot_spots(answers, cpu)),
        *of_method("density", densities(cpu)),
        *of_method("near-repeat", near_repeats(answers, cpu)),
    ]


def asked(way: str) -> list[Answer]:
    """One run of a way, or nothing if its program is not here."""
    if way in ELSEWHERE and not PEERS:
        return []
    python = PEERS if way in ELSEWHERE else sys.executable
    said = run([python, "-m", "benchmarks.places", way]).said
    return [Answer(**json.loads(said.splitlines()[-1]))]


def check(answers: dict[str, list[Answer]]) -> None:
    """Stop if two ways to one answer disagree."""
    exact, quick, tree = (answers[w][0].found for w in ("density", "quick", "tree"))
    pairs = {tuple(answers[w][0].found) for w in ("knox", "shuffled", "scipy-knox")}
    if abs(exact[0] - tree[0]) > 1e-9 * tree[0] or len(pairs) != 1:
        raise AssertionError("Two ways to the same sums disagree.")
    # The first is a sum over many cells; the peak and some cells come after it.
    apart = [abs(a - b) for a, b in zip(exact[1:], quick[1:], strict=True)]
    if max(apart) > 0.005 * exact[1]:
        raise AssertionError("The quick density is out by more than it says.")


def hot_spots(answers: dict[str, list[Answer]], cpu: dict[str, float]) -> list[Result]:
    what = f"Gi* with exact chances, {SIDE**2:,} cells"
    ours = f"{cpu['gi']:.3f} s CPU"
    first = median(a.first for a in answers["gi"])
    memory = median(a.memory for a in answers["gi"])
    peer = first_peer = ""
    if "esda" in cpu:
        peer = f"esda, 999 permutations, once compiled: {cpu['esda']:.1f} s CPU"
        first_peer = f"esda: {answers['esda'][0].first:.0f} s CPU"
    results = [
        Result(what, ours, cpu["gi"], 0.1, "s CPU", peer),
        Result(what, f"{memory:.0f} MiB", memory, 100, "MiB added"),
        Result(
            "The first such answer of a fresh process",
            f"{first:.1f} s CPU",
            first,
            2,
            "s CPU",
            first_peer,
        ),
    ]
    if "esda" in cpu:
        times = cpu["esda"] / cpu["gi"]
        results.append(
            Result(
                what, ours, times, 60, "times less CPU", peer, most=False, times=times
            )
        )
    return results


def densities(cpu: dict[str, float]) -> list[Result]:
    what = f"Kernel density, {POINTS:,} points on {ACROSS**2:,} cells"
    tree = f"SciPy's tree, 1 cell in {PART} and scaled up: {cpu['tree']:.0f} s CPU"
    kdepy = f"KDEpy by FFT: {cpu['kdepy']:.2f} s CPU" if "kdepy" in cpu else ""
    return [
        Result(
            what,
            f"{cpu['density']:.2f} s CPU",
            cpu["density"],
            1.5,
            "s CPU",
            tree,
            times=cpu["tree"] / cpu["density"],
        ),
        Result(
            f"{what}, quick (error stated, below 0.5% of the peak)",
            f"{cpu['quick']:.3f} s CPU",
            cpu["quick"],
            0.05,
            "s CPU",
            kdepy,
            times=cpu["kdepy"] / cpu["quick"] if "kdepy" in cpu else None,
        ),
    ]


def near_repeats(
    answers: dict[str, list[Answer]], cpu: dict[str, float]
) -> list[Result]:
    what = f"Knox, 4 x 3 bands, {EVENTS:,} events"
    seconds = f"{cpu['scipy-knox']:.0f} s CPU"
    peer = f"SciPy, from pairs given to it, {SOME} and scaled up: {seconds}"
    memory = median(a.memory for a in answers["shuffled"])
    return [
        Result(
            f"{what}, exact mean, deviation and ratio",
            f"{cpu['knox']:.2f} s CPU",
            cpu["knox"],
            1,
            "s CPU",
        ),
        Result(
            f"{what}, {SHUFFLES} shuffles",
            f"{cpu['shuffled']:.1f} s CPU",
            cpu["shuffled"],
            12,
            "s CPU",
            peer,
            times=cpu["scipy-knox"] / cpu["shuffled"],
        ),
        Result(f"{what}, shuffled", f"{memory:.0f} MiB", memory, 512, "MiB added"),
    ]


def uneven(side: int) -> "np.ndarray":
    """Counts as uneven as crime, in rows and columns."""
    import numpy as np

    random = np.random.default_rng(1)
    return random.poisson(random.gamma(0.5, 4, (side, side)))


def crowd(count: int, width: float, spread: float) -> "np.ndarray":
    """Places in metres, three in five of them in crowds."""
    import numpy as np

    random = np.random.default_rng(2)
    middles = random.uniform(0, width, (200, 2))
    crowds = middles[random.integers(0, 200, count)]
    crowds = crowds + random.normal(0, spread, (count, 2))
    anywhere = random.uniform(0, width, (count, 2))
    return np.where(random.random((count, 1)) < 0.6, crowds, anywhere)


def burglaries(count: int) -> "pd.DataFrame":
    """A year of events with a few near repeats: 2.8 million pairs within 600 m."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(3)
    places = crowd(count, 30_000, 330.0)
    days = random.integers(0, 365, count)
    again = count * 6 // 100
    before = random.integers(0, count, again)
    places[:again] = places[before] + random.normal(0, 60, (again, 2))
    days[:again] = np.minimum(days[before] + random.integers(0, 10, again), 364)
    dates = pd.Timestamp("2025-01-01") + pd.to_timedelta(days, unit="D")
    return pd.DataFrame({"x": places[:, 0], "y": places[:, 1], "date": dates})


def gi(small: bool) -> Callable[[], list[float]]:
    import numpy as np
    import pandas as pd

    from saferplan.methods.grid import Grid
    from saferplan.methods.hot_spots import hot_spots

    side = 20 if small else SIDE
    grid = Grid("square", 250.0, 0.0, 0.0, np.ones((side, side)))
    values = pd.Series(uneven(side).ravel(), index=grid.cells)

    def work() -> list[float]:
        found = hot_spots(values, grid, chance="neighbours").cells
        return [float((found["p"] <= 0.05).sum())]

    return work


def esda(small: bool) -> Callable[[], list[float]]:
    from esda import G_Local
    from libpysal.weights import lat2W

    side = 20 if small else SIDE
    values = uneven(side).ravel().astype(float)
    near = lat2W(side, side, rook=False)

    def work() -> list[float]:
        found = G_Local(
            values, near, transform="B", star=True, permutations=999, n_jobs=1
        )
        return [float((found.p_sim <= 0.05).sum())]

    return work


def kernel(quick: bool) -> Callable[[bool], Callable[[], list[float]]]:
    def prepare(small: bool) -> Callable[[], list[float]]:
        import numpy as np
        import pandas as pd

        from saferplan.methods.density import density
        from saferplan.methods.grid import Grid

        across = 30 if small else ACROSS
        grid = Grid("square", 50.0, 25.0, 25.0, np.ones((across, across)))
        places = crowd(1_000 if small else POINTS, across * 50.0, 600.0)
        # By columns, as a table of events has them.
        events = pd.DataFrame({"x": places[:, 0].copy(), "y": places[:, 1].copy()})

        def work() -> list[float]:
            # The check for moved places is another question, with its own cost.
            found = density(events, grid, bandwidth=500, quick=quick, exact=True)
            some = found.cells.iloc[:: max(len(found.cells) // 50, 1)]
            return [float(found.cells.iloc[::PART].sum()), found.peak, *some]

        return work

    return prepare


def tree(small: bool) -> Callable[[], list[float]]:
    import numpy as np
    from scipy.spatial import cKDTree

    across = 30 if small else ACROSS
    places = crowd(1_000 if small else POINTS, across * 50.0, 600.0)
    number = np.arange(across**2)[::PART]
    row, column = np.divmod(number, across)
    cells = np.column_stack([column, row]) * 50.0 + 25.0

    def work() -> list[float]:
        standing = cKDTree(places)
        total = 0.0
        for cell, near in zip(
            cells, standing.query_ball_point(cells, 500), strict=True
        ):
            apart = ((places[near] - cell) ** 2).sum(axis=1) / 500**2
            total += float(((1 - apart) ** 2).sum())
        return [total * 3 / np.pi / 0.25]

    return work


def kdepy(small: bool) -> Callable[[], list[float]]:
    import numpy as np
    from KDEpy import FFTKDE

    across = 30 if small else ACROSS
    places = crowd(1_000 if small else POINTS, across * 50.0, 600.0)
    along = np.linspace(-3_000, across * 50 + 3_000, across + 24)
    cells = np.stack(np.meshgrid(along, along, indexing="ij"), -1).reshape(-1, 2)

    def work() -> list[float]:
        return [float(FFTKDE(bw=200).fit(places).evaluate(cells).max())]

    return work


def knox(shuffles: int) -> Callable[[bool], Callable[[], list[float]]]:
    def prepare(small: bool) -> Callable[[], list[float]]:
        from saferplan.methods.near_repeat import near_repeat

        events = burglaries(500 if small else EVENTS)

        def work() -> list[float]:
            found = near_repeat(
                events, metres=METRES, apart=DAYS, shuffles=0 if small else shuffles
            )
            return [float(pairs) for pairs in found.bands["pairs"]]

        return work

    return prepare


def scipy_knox(small: bool) -> Callable[[], list[float]]:
    import numpy as np
    from scipy.spatial import cKDTree

    events = burglaries(500 if small else EVENTS)
    places = events[["x", "y"]].to_numpy()
    days = (events["date"] - events["date"].min()).dt.days.to_numpy()
    edges = [METRES, DAYS]

    # Its pairs are given to it, so that only the shuffles are scaled up.
    near = cKDTree(places).query_pairs(600, output_type="ndarray")
    apart = np.hypot(*(places[near[:, 0]] - places[near[:, 1]]).T)

    def table(day: "np.ndarray") -> Any:
        late = np.abs(day[near[:, 0]] - day[near[:, 1]])
        # Its last band holds its upper edge, and ours does not.
        soon = late < DAYS[-1]
        return np.histogram2d(apart[soon], late[soon], bins=edges)[0]

    def work() -> list[float]:
        random = np.random.default_rng(1)
        for _ in range(SOME):
            table(random.permutation(days))
        return [float(pairs) for pairs in table(days).ravel()]

    return work


WAYS: dict[str, Callable[[bool], Callable[[], list[float]]]] = {
    "gi": gi,
    "esda": esda,
    "density": kernel(quick=False),
    "quick": kernel(quick=True),
    "tree": tree,
    "kdepy": kdepy,
    "knox": knox(0),
    "shuffled": knox(SHUFFLES),
    "scipy-knox": scipy_knox,
}
ELSEWHERE = {"esda", "kdepy"}
SLOW = {"esda", "tree", "scipy-knox"}
SCALE = {"tree": PART, "scipy-knox": SHUFFLES / (SOME + 1)}


def main(way: str) -> None:
    """Do one way's work, and print what it found and took."""
    WAYS[way](True)()  # what is brought in once is not part of the work
    work = WAYS[way](False)
    start = process_time()
    found = work()
    spent = process_time() - start
    first = process_time()
    added = 0.0
    if way in {"gi", "shuffled"}:
        tracemalloc.start()
        (work if way == "gi" else knox(16)(False))()
        added = tracemalloc.get_traced_memory()[1] / 2**20
    cpu = spent * SCALE.get(way, 1)
    print(json.dumps({"found": found, "cpu": cpu, "first": first, "memory": added}))


if __name__ == "__main__":
    main(sys.argv[1])
