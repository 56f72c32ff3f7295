"""
Whole numbers that satisfy sums, the smallest by some cost: what protecting a table and
attacking it both come down to.
"""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from saferplan.methods.intervals import Numbers

Sums = sparse.csr_array | sparse.csc_array

# The solver works to 1e-7; counts are whole, so a good deal more is still exact.
NEARLY = 1e-5
# At once; more make no call cheaper, and take memory.
MOST_UNKNOWNS = 20_000


def smallest(
    cost: Numbers,
    sums: Sums,
    right: Numbers,
    lowest: Numbers,
    highest: Numbers,
    *,
    patient: bool = True,
    within: float = 0,
) -> Numbers | None:
    """
    Return the whole numbers x of least cost with sums @ x = right, or None.

    patient  go on where the first answer is in fractions; else that is None too
    within   then the cost may be more than the least by so much, as a share of it

    Most tables give whole numbers without asking for them; where they do not, branch
    and bound does.
    """
    constraint = LinearConstraint(sums, right, right)
    bounds = Bounds(lowest, highest)
    found = milp(cost, constraints=constraint, bounds=bounds)
    if found.x is None:
        return None
    if not is_whole(found.x, sums, right):
        if not patient:
            return None
        whole = np.ones(len(cost), dtype=np.int64)
        found = milp(
            cost,
            constraints=constraint,
            bounds=bounds,
            integrality=whole,
            options={"mip_rel_gap": within},
        )
    return None if found.x is None else np.round(found.x)


def is_whole(x: Numbers, sums: Sums, right: Numbers) -> bool:
    whole = np.round(x)
    return bool(np.abs(x - whole).max(initial=0) < NEARLY) and bool(
        np.abs(sums @ whole - right).max(initial=0) < NEARLY
    )


def of_sums(
    names: list[str], sums: tuple[tuple[str, tuple[str, ...]], ...]
) -> sparse.csr_array:
    """The sums as a matrix with a column a cell: total less parts is zero."""
    place = {name: at for at, name in enumerate(names)}
    rows, columns, signs = [], [], []
    for row, (total, parts) in enumerate(sums):
        rows += [row] * (len(parts) + 1)
        columns += [place[total], *(place[part] for part in parts)]
        signs += [1.0, *[-1.0] * len(parts)]
    shape = (len(sums), len(names))
    return sparse.csr_array((signs, (rows, columns)), shape=shape)


def extremes(
    sums: sparse.csr_array,
    right: Numbers,
    lowest: Numbers,
    highest: Numbers,
    asked: np.ndarray,
) -> Numbers | None:
    """
    Return the least and greatest x of each place asked for, a row a place.

    All are found at once: each has a copy of the sums to itself, which costs a solver
    less than being called for each. None if no x satisfies the sums.
    """
    size = len(lowest)
    beyond = 4 * np.abs(right).sum() + 4 * np.abs(lowest).sum() + 1_000
    places = np.repeat(asked, 2)
    signs = np.tile([1.0, -1.0], len(asked))
    found = np.empty(len(places))
    step = max(1, MOST_UNKNOWNS // size)
    for start in range(0, len(places), step):
        here = slice(start, start + step)
        x = copies(sums, right, lowest, highest, places[here], signs[here], beyond)
        if x is None:
            return None
        found[here] = x
    limits = found.reshape(-1, 2)
    limits[:, 1] = np.where(limits[:, 1] >= beyond, np.inf, limits[:, 1])
    return limits


def copies(
    sums: sparse.csr_array,
    right: Numbers,
    lowest: Numbers,
    highest: Numbers,
    places: np.ndarray,
    signs: Numbers,
    beyond: float,
) -> Numbers | None:
    """Return x at each of the places, least where its sign is 1, greatest where -1."""
    count, size = len(places), len(lowest)
    cost = np.zeros((count, size))
    rows = np.arange(count)
    cost[rows, places] = signs
    most = np.tile(highest, (count, 1))
    # Without an end the solver finds none; this end is farther than any sum reaches.
    most[rows, places] = np.minimum(most[rows, places], beyond)
    all_right = np.tile(right, count)
    all_sums = sparse.kron(sparse.eye_array(count), sums, format="csr")
    found = milp(
        cost.ravel(),
        constraints=LinearConstraint(all_sums, all_right, all_right),
        bounds=Bounds(np.tile(lowest, count), most.ravel()),
    )
    if found.x is None:
        return None
    x = found.x.reshape(count, size)
    answers: Numbers = np.round(x[rows, places])
    for row in rows[[not is_whole(each, sums, right) for each in x]]:
        whole = smallest(cost[row], sums, right, lowest, most[row])
        if whole is None:
            return None
        answers[row] = whole[places[row]]
    return answers
