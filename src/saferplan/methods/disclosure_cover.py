"""
Which further cells to hide, so that every small one could be otherwise.

A move is a change of the counts after which every total still holds. A hidden cell is
protected upwards by a move among hidden cells that raises it enough, downwards by one
that lowers it: nobody can tell the moved table from the true one.
"""

import numpy as np
from scipy import sparse

from saferplan.errors import MethodError
from saferplan.methods.disclosure_solver import of_sums, smallest
from saferplan.methods.disclosure_tables import Sum
from saferplan.methods.intervals import Numbers

# Where the first answer is in fractions the very best choice can take minutes.
NEAR_ENOUGH = 0.5


class Cover:
    """
    Cells hidden so far, and the moves that they allow.

    floor     what readers know a hidden count to be at least
    hidden    cells that are hidden
    may_hide  cells that may be
    """

    def __init__(
        self,
        counts: Numbers,
        sums: tuple[Sum, ...],
        names: list[str],
        *,
        floor: Numbers,
        hidden: np.ndarray,
        may_hide: np.ndarray,
    ) -> None:
        self.counts, self.floor, self.names = counts, floor, names
        self.hidden, self.may_hide = hidden.copy(), may_hide
        change = of_sums(names, sums)
        # Every count may rise and may fall: a column for either.
        self.sums = sparse.hstack([change, -change], format="csc")
        # The last digits make one choice the cheapest where several would be.
        order = 1 + 1e-6 * np.arange(len(counts))
        self.loss = (1 + np.sqrt(counts)) * order
        self.moves = np.empty((0, len(counts)))

    def protect(
        self, small: np.ndarray, least: Numbers, threshold: int
    ) -> dict[int, int]:
        """Hide what protects these cells; return which cell each was hidden for."""
        chosen: dict[int, int] = {}
        needs: list[tuple[int, float]] = []
        # The deepest need first: its moves often serve the others.
        for cell in sorted(small, key=lambda at: (self.counts[at], at)):
            fall = least[cell] - self.counts[cell]
            for change in (fall + threshold, fall):
                needs.append((cell, change))
                if not self._move(cell, change, chosen):
                    raise MethodError(
                        f"{self.names[cell]} cannot be protected: with what readers "
                        f"know already, too little is left that could be hidden. "
                        f"Publish fewer totals, join some rows, or hide zeros as well."
                    )
        self._show_again(needs, chosen)
        return chosen

    def _move(self, cell: int, change: float, chosen: dict[int, int]) -> bool:
        """Find a move that changes a cell so much, and hide what it needs hidden."""
        if self._is_met(cell, change, self.moves):
            return True
        move = self._cheapest(cell, change, self.hidden | self.may_hide)
        if move is None:
            return False
        for at in np.flatnonzero((move != 0) & ~self.hidden):
            chosen[int(at)] = cell
        self.hidden |= move != 0
        self.moves = self._with(self.moves, move)
        return True

    def _with(self, moves: Numbers, move: Numbers) -> Numbers:
        """Add a move, and its reverse if no count would fall below its floor."""
        if (self.counts - move >= self.floor)[move != 0].all():
            return np.vstack([moves, move, -move])
        return np.vstack([moves, move])

    @staticmethod
    def _is_met(cell: int, change: float, moves: Numbers) -> bool:
        if change == 0:
            return True
        return bool((moves[:, cell] * np.sign(change) >= abs(change)).any())

    def _cheapest(
        self, cell: int, change: float, allowed: np.ndarray, *, patient: bool = True
    ) -> Numbers | None:
        """The move of least loss among the cells allowed, or None."""
        cells = np.flatnonzero(allowed)
        place = int(np.searchsorted(cells, cell))
        size = len(cells)
        loss = np.where(self.hidden[cells], 0, self.loss[cells])
        most = np.concatenate(
            [np.full(size, np.inf), self.counts[cells] - self.floor[cells]]
        )
        low = np.zeros(2 * size)
        up, down = (place, place + size) if change > 0 else (place + size, place)
        low[up], most[down] = abs(change), 0
        if low[up] > most[up]:
            return None
        sums = self.sums[:, np.concatenate([cells, cells + len(self.counts)])]
        # Far moves are hardly ever needed, and to rule them out saves much searching.
        for farthest in (4 * abs(change), np.inf) if patient else (4 * abs(change),):
            found = smallest(
                np.tile(loss, 2),
                sums,
                np.zeros(sums.shape[0]),
                low,
                np.minimum(most, farthest),
                patient=patient,
                within=NEAR_ENOUGH,
            )
            if found is not None:
                break
        if found is None:
            return None
        move = np.zeros(len(self.counts))
        move[cells] = found[:size] - found[size:]
        return move

    def _show_again(
        self, needs: list[tuple[int, float]], chosen: dict[int, int]
    ) -> None:
        """Show what proves not to be needed, the greatest loss first."""
        for at in sorted(chosen, key=lambda at: -self.loss[at]):
            rest = self.hidden.copy()
            rest[at] = False
            kept = self.moves[self.moves[:, at] == 0]
            for cell, change in needs:
                if self._is_met(cell, change, kept):
                    continue
                move = self._cheapest(cell, change, rest, patient=False)
                if move is None:
                    break
                kept = self._with(kept, move)
            else:
                self.hidden, self.moves = rest, kept
                del chosen[at]


def least_by_rule(
    names: list[str], sums: tuple[Sum, ...], floor: Numbers, zero: np.ndarray
) -> Numbers:
    """
    Return the least that each cell can be by the rule alone, were every cell hidden.

    floor  what each hidden count is known to be at least
    zero   counts that are shown to be zero

    A total of two counts that are known not to be zero is known to be at least two; a
    part whose fellows are all zero is known to be at least what its total is.
    """
    place = {name: at for at, name in enumerate(names)}
    least = np.where(zero, 0.0, floor)
    rows = [
        (place[total], np.array([place[part] for part in parts]))
        for total, parts in sums
    ]
    for _level in range(len(rows) + 1):
        before = least.copy()
        for total, parts in rows:
            least[total] = max(least[total], least[parts].sum())
            left = parts[~zero[parts]]
            if len(left) == 1:
                least[left] = max(least[left[0]], least[total])
        if (least == before).all():
            break
    return least
