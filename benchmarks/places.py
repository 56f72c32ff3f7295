"""
Where crime gathers: hot spots, density and near repeats, beside the field's programs.

Each way runs in a process of its own and times only its own work, after one small piece
of it that brings in what it needs; the time of a first answer has everything in it.

The peers are large, so they are not among our requirements: see benchmarks.peers. Where
they cannot be had, the peer is what NumPy and SciPy give an analyst: the conditional
permutations that esda does, and sums over a tree, in part and scaled up where it says
so.
"""

import json
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks import peers
from benchmarks.apart import run
from benchmarks.crowds import burglaries, crowd, uneven
from benchmarks.result import Result, of_method

if TYPE_CHECKING:
    import numpy as np

TURNS = 5
SIDE = 224  # cells, so 50,176 of them
POINTS = 1_000_000
ACROSS = 500  # cells of 50 m, so 250,000 of them
EVENTS = 50_000
SHUFFLES = 999
PART = 100  # one cell in so many is asked of a slow peer
SOME = 9  # shuffles are asked of a slow peer, and the pairs as they are
METRES, DAYS = (0, 100, 200, 400, 600), (0, 7, 14, 21)


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
    python = peers.python() if way in ELSEWHERE else sys.executable
    if not python:
        return []
    said = run([python, "-m", "benchmarks.places", way]).said
    return [Answer(**json.loads(said.splitlines()[-1]))]


def check(answers: dict[str, list[Answer]]) -> None:
    """Stop if two ways to one answer disagree."""
    exact, quick, tree = (answers[w][0].found for w in ("density", "quick", "tree"))
    pairs = {tuple(answers[w][0].found) for w in ("knox", "shuffled", "scipy-knox")}
    if abs(exact[0] - tree[0]) > 1e-9 * tree[0] or len(pairs) != 1:
        raise AssertionError("Two ways to the same sums disagree.")
    # Draws scatter, and a chance near the line falls on either side of it.
    exactly, drawn = answers["gi"][0].found[0], answers["permuted"][0].found[0]
    if abs(exactly - drawn) > 0.1 * exactly:
        raise AssertionError("The exact chances and the permutations disagree.")
    # The first is a sum over many cells; the peak and some cells come after it.
    apart = [abs(a - b) for a, b in zip(exact[1:], quick[1:], strict=True)]
    if max(apart) > 0.005 * exact[1]:
        raise AssertionError("The quick density is out by more than it says.")


def hot_spots(answers: dict[str, list[Answer]], cpu: dict[str, float]) -> list[Result]:
    what = f"Gi* with exact chances, {SIDE**2:,} cells"
    ours = f"{cpu['gi']:.3f} s CPU"
    first = median(a.first for a in answers["gi"])
    memory = median(a.memory for a in answers["gi"])
    by_way = {
        "esda": "esda, {} permutations, once compiled: {:.1f} s CPU",
        "permuted": "the same {} permutations in NumPy: {:.1f} s CPU",
    }
    named = {
        way: said.format(SHUFFLES, cpu[way])
        for way, said in by_way.items()
        if way in cpu
    }
    first_peer = ""
    if "esda" in cpu:
        first_peer = f"esda: {answers['esda'][0].first:.0f} s CPU"
    results = [
        Result(what, ours, cpu["gi"], 0.1, "s CPU", next(iter(named.values()))),
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
    for way, peer in named.items():
        times = cpu[way] / cpu["gi"]
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


def permuted(small: bool) -> Callable[[], list[float]]:
    import numpy as np

    side = 20 if small else SIDE
    values = uneven(side).ravel().astype(float)
    row, column = np.divmod(np.arange(side**2), side)

    def neighbours(cell: int) -> "np.ndarray":
        up = np.arange(max(row[cell] - 1, 0), min(row[cell] + 2, side))
        along = np.arange(max(column[cell] - 1, 0), min(column[cell] + 2, side))
        near = (up[:, None] * side + along).ravel()
        return near[near != cell]

    def work() -> list[float]:
        random = np.random.default_rng(1)
        # As esda: the same draws of other cells for every cell, its own place left out.
        drawn = np.array(
            [random.choice(side**2 - 1, 8, replace=False) for _ in range(SHUFFLES)]
        )
        low = 0
        for cell in range(side**2):
            near = neighbours(cell)
            chosen = drawn[:, : len(near)]
            sums = values[chosen + (chosen >= cell)].sum(axis=1)
            seen = values[near].sum()
            upper, lower = (sums >= seen).sum(), (sums <= seen).sum()
            low += 2 * (min(upper, lower) + 1) / (SHUFFLES + 1) <= 0.05
        return [float(low)]

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
    "permuted": permuted,
    "density": kernel(quick=False),
    "quick": kernel(quick=True),
    "tree": tree,
    "kdepy": kdepy,
    "knox": knox(0),
    "shuffled": knox(SHUFFLES),
    "scipy-knox": scipy_knox,
}
ELSEWHERE = {"esda", "kdepy"}
SLOW = {"esda", "permuted", "tree", "scipy-knox"}
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
