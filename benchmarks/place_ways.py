"""
The ways to an answer about places: ours, and those of the field's programs.

    python -m benchmarks.place_ways gi

does the work of one, and prints what it found and took.
"""

import json
import sys
import tracemalloc
from collections.abc import Callable
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks.crowds import burglaries, crowd, uneven

if TYPE_CHECKING:
    import numpy as np

# Our own methods are brought in where they are used: a peer's environment has none.
SIDE = 224  # cells, so 50,176 of them
POINTS = 1_000_000
ACROSS = 500  # cells of 50 m, so 250,000 of them
EVENTS = 50_000
SHUFFLES = 999
PART = 100  # one cell in so many is asked of a slow peer
SOME = 9  # shuffles are asked of a slow peer, and the pairs as they are
METRES, DAYS = (0, 100, 200, 400, 600), (0, 7, 14, 21)
FEWER = 10_000  # events, for a peer that needs 9 GB for all of them
FEWER_SHUFFLES = 99


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


def one_band(small: bool) -> Callable[[], list[float]]:
    from saferplan.methods.near_repeat import near_repeat

    events = burglaries(500 if small else FEWER)

    def work() -> list[float]:
        found = near_repeat(
            events, metres=(0, 200), apart=(0, 7), right=True, shuffles=FEWER_SHUFFLES
        )
        return [float(found.bands["pairs"].iloc[0])]

    return work


def pointpats(small: bool) -> Callable[[], list[float]]:
    from pointpats import Knox

    events = burglaries(500 if small else FEWER)
    days = (events["date"] - events["date"].min()).dt.days.to_numpy()

    def work() -> list[float]:
        found = Knox(
            events[["x", "y"]].to_numpy(),
            days[:, None],
            delta=200,
            tau=7,
            permutations=FEWER_SHUFFLES,
        )
        return [float(found.statistic_)]

    return work


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
    "one-band": one_band,
    "pointpats": pointpats,
}
ELSEWHERE = {"esda", "kdepy", "pointpats"}
SLOW = {"esda", "permuted", "tree", "scipy-knox", "pointpats"}
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
