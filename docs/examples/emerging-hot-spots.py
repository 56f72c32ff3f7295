# about: Where?
# methods: emerging-hot-spots, mann-kendall, step-counts
# verb: hot-spots
# run: saferplan hot-spots burglaries.csv --over month
# run: saferplan hot-spots burglaries.csv --over quarter --cell 500 --csv history.csv

# %% [markdown]
# # Which hot spots are new, which last, and which are going?
#
# A map of one month says where crime gathered, and not whether it always does. Here
# each cell is looked at in each month, together with its neighbours and with the month
# before (Gi\* over space and time), and its history is put into a word.

# %%
import numpy as np
import pandas as pd
import shapely

from saferplan.methods.emerging import emerging_hot_spots
from saferplan.methods.grid import grid_over
from saferplan.methods.hot_spot_patterns import PATTERNS, four_kinds
from saferplan.methods.mann_kendall import mann_kendall

grid = grid_over(shapely.box(0, 0, 4_000, 4_000), size=250)  # 16 rows of 16
months = pd.period_range("2024-01", periods=24, freq="M")
random = np.random.default_rng(2)
counts = pd.DataFrame(
    random.poisson(2, (24, len(grid.cells))), index=months, columns=grid.cells
)


def block(middle):
    """The cell and the eight that touch it."""
    return [middle + up + along for up in (-16, 0, 16) for along in (-1, 0, 1)]


by_month = np.arange(24)[:, None]
counts[block(34)] += 14  # the old market
counts[block(45)] += 8 + by_month  # the arcade
counts[block(210)] += 32 - by_month  # the estate
counts.loc["2025-12", block(221)] += 28  # the station

found = emerging_hot_spots(counts, grid)
named = {"old market": 34, "arcade": 45, "estate": 210, "station": 221, "park": 120}
found.cells.loc[named.values()].assign(place=list(named)).set_index("place")

# %% [markdown]
# `hot` is in how many of the 24 months the cell was hot, and `now` what it was in the
# last. The words have one definition each, and a cell has the first that fits:

# %%
pd.Series(PATTERNS, name="means").rename_axis("pattern")

# %% [markdown]
# A cell that was hot in eight months of twelve, though not in the last, is none of
# these: look at its `hot` too. Cold spots have the same patterns, with the trend
# turned.
#
# **Many tests at once.** A verdict is given for every cell in every month, 6,144 here.
# Of those called hot or cold about one in twenty may be chance (`q`, Benjamini and
# Hochberg); so it takes more than a p of 0.05. The trend is asked
# only of cells hot, or cold, in nine tenths of the months.
#
# **The trend** is Mann and Kendall's: every month is compared with every earlier one.
# It is of the crimes in and round the cell in each month alone, since windows that
# overlap in time rise and fall together by making. Its chances are exact, ties and all.
# An example worked by hand elsewhere gives S = 54 and Z = 2.9058:

# %%
values = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3]
mann_kendall(pd.DataFrame({"by hand": [*values, 20.1, 21.7]}))

# %% [markdown]
# **Against what?** With `against="all steps"`, the usual choice, a cell is compared
# with all cells in all months, so a winter in which the whole borough is worse has more
# hot spots. With `against="same steps"` a hot spot is one beside the rest of its time.
#
# ## A shorter list of kinds, and a defect
#
# sfhotspot has four kinds, by the share of months a cell was hot in: of all, of recent
# ones (the last fifth) and of older ones. Its code takes one recent month too many,
# which it counts as older as well, and divides by the right number, so that a share
# can exceed 1 (D5, the name of our test of it). A cell hot in October of one year, and
# in neither November nor December:

# %%
hot = pd.DataFrame({"a cell": [False] * 9 + [True, False, False]})
four_kinds(hot)

# %% [markdown]
# It was hot once among the older months and never in the recent two: former. sfhotspot
# counts October as recent, and says intermittent. On a year of Memphis robberies, in
# 884 cells of a kilometre, our test gets its figures when it counts as sfhotspot does,
# and finds fourteen cells that change when every month is counted once:

# %%
pd.DataFrame(
    {
        "kind": ["persistent", "intermittent", "emerging", "former", "none"],
        "sfhotspot 1.0.0": [17, 62, 12, 86, 707],
        "each month once": [17, 48, 12, 100, 707],
    }
)

# %% [markdown]
# **What it does not mean.** A new hot spot of one month may be one offender, or one
# change in recording. A season comes back and is no trend: compare whole years. With
# few months a trend is hard to show, so one called persistent may be growing.
