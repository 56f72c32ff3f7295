"""
The history of a hot spot in a word: new, persistent, diminishing and so on.

Each step of time a cell was hot, cold or neither. The words sum that up. Every step is
counted once, and every word has one definition, written out in PATTERNS.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers

Flags = npt.NDArray[np.bool_]

MOSTLY = 0.9  # of the steps

# In the order in which they are tried: a cell has the first that fits.
PATTERNS = {
    "new": "hot in the last step, and in none before it",
    "consecutive": "hot in the last two steps or more on end, in none before those, "
    "and in fewer than nine tenths of all",
    "intensifying": "hot in nine tenths of the steps or more, the last among them, "
    "and rising",
    "diminishing": "hot in nine tenths of the steps or more, the last among them, and "
    "falling",
    "persistent": "hot in nine tenths of the steps or more, the last among them, and "
    "neither rising nor falling",
    "historical": "hot in nine tenths of the steps or more, but not in the last",
    "oscillating": "hot in the last step, on and off before it in fewer than nine "
    "tenths of the steps, and cold in one or more",
    "sporadic": "hot in the last step, on and off before it in fewer than nine tenths "
    "of the steps, and never cold",
    "none": "none of these",
}


def patterns(hot: Flags, cold: Flags, trend: Numbers) -> npt.NDArray[np.str_]:
    """
    Return each cell's pattern as a hot spot. For cold spots, put the two the other way
    round and turn the trend.

    hot, cold  steps x cells, in order of time: what each cell was in each step
    trend      per cell: above zero where it rises, below where it falls, else zero

    Source: the categories of Esri's Emerging Hot Spot Analysis, as it documents them.
    """
    steps = len(hot)
    last, before = hot[-1], hot[:-1].any(axis=0)
    mostly = hot.sum(axis=0) >= MOSTLY * steps - 1e-9
    run = run_to_the_end(hot)
    only_now = run == hot.sum(axis=0)
    fits = {
        "new": last & ~before,
        "consecutive": (run >= 2) & only_now & ~mostly,
        "intensifying": mostly & last & (trend > 0),
        "diminishing": mostly & last & (trend < 0),
        "persistent": mostly & last,
        "historical": mostly & ~last,
        "oscillating": last & cold.any(axis=0),
        "sporadic": last,
    }
    return np.select(list(fits.values()), list(fits), "none")


def run_to_the_end(hot: Flags) -> npt.NDArray[np.int64]:
    """In how many steps on end, up to the last, each cell was hot."""
    return np.asarray(np.cumprod(hot[::-1], axis=0).sum(axis=0), dtype=np.int64)


def four_kinds(
    hot: pd.DataFrame,
    *,
    recent: float = 0.2,
    least: float = 0.1,
    mostly: float = 0.8,
) -> pd.Series:
    """
    Return each cell's kind by the shares of steps it was hot in: a shorter list.

    hot     True or False; one row per step in order of time, one column per cell
    recent  the share of steps that are recent, rounded down and at least one; the
            others are older, and no step is both
    least   the share of steps, of some kind, that makes a hot spot of it
    mostly  the share of all steps that makes it persistent

    "persistent": hot in `mostly` of all steps. "emerging": in less than `least` of the
    older, and in `least` or more of the recent. "former": the other way round.
    "intermittent": in `least` or more of all. Otherwise "none". The first that fits.

    Raises MethodError for fewer than two steps, or shares not between 0 and 1.

    A kind is a summary and not a test: with 12 steps, two are recent.

    Source: the categories of sfhotspot 1.0.0's hotspot_classify, as it documents them.
    Its code counts one step both as recent and as older.

    >>> hot = pd.DataFrame({"A": [1, 1, 1, 1, 0], "B": [0, 0, 0, 0, 1]}).astype(bool)
    >>> four_kinds(hot).to_dict()
    {'A': 'persistent', 'B': 'emerging'}
    """
    if len(hot) < 2 or not all(0 < share < 1 for share in (recent, least, mostly)):
        raise MethodError(
            "It takes two steps or more, and shares between 0 and 1, to tell recent "
            "from older steps."
        )
    newest = max(int(recent * len(hot) + 1e-9), 1)
    now, older = hot.iloc[-newest:].mean(), hot.iloc[:-newest].mean()
    share = hot.mean()
    # Ten times a tenth is one only within rounding.
    enough = least - 1e-9
    fits = {
        "persistent": share >= mostly - 1e-9,
        "emerging": (older < enough) & (now >= enough),
        "former": (older >= enough) & (now < enough),
        "intermittent": share >= enough,
    }
    kinds = np.select(list(fits.values()), list(fits), "none")
    return pd.Series(kinds, index=hot.columns)
