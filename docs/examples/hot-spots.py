# about: Where?
# methods: hot-spots, grid, snapped
# verb: hot-spots
# run: saferplan hot-spots burglaries.csv
# run: saferplan hot-spots burglaries.csv --cell 150 --exact --geojson hot.geojson
# run: saferplan hot-spots burglaries.csv --public --geojson to-publish.geojson

# %% [markdown]
# # Is a bright spot on the map more than chance?
#
# A map of counts always has bright spots, whether or not anything is there. Getis and
# Ord's Gi\* adds up a cell and its neighbours, and asks whether as many cells picked at
# random would hold as much.
#
# **First: are the places good enough?** data.police.uk moves every crime to the nearest
# of some 750,000 map points, and a fine map of such points shows the points. They are
# found out even where nobody says who published them: many events share a spot, and few
# are near without sharing one. In the City of London's street crime there are 2.7 to
# 6.5 pairs on one spot for each pair apart by up to 50 m; in the Met's burglaries 8 to
# 15; in a month of Chicago's burglaries, which are by address, 0.7. From 2 upwards
# cells finer than 250 m are refused.

# %%
import numpy as np
import pandas as pd
import shapely

from saferplan.errors import MethodError
from saferplan.methods.grid import grid_counts, grid_over
from saferplan.methods.hot_spots import hot_spots
from saferplan.methods.snapped import spots

random = np.random.default_rng(7)
addresses = pd.DataFrame(random.uniform(0, 5_000, (2_000, 2)), columns=["x", "y"])
moved = (addresses / 250).round() * 250
spots(addresses).snapped, spots(moved).snapped

# %%
fine = grid_over(shapely.box(0, 0, 5_000, 5_000), size=100)
try:
    grid_counts(moved, fine)
except MethodError as reason:
    print(reason)

# %% [markdown]
# An extract with a few very busy addresses looks the same. If its holder says that
# nothing was moved, `exact=True` says so.
#
# **Now the hot spots.** Six hundred burglaries anywhere in five kilometres square, and
# ninety more round one estate:

# %%
estate = pd.DataFrame(random.normal([3_400, 1_600], 180, (90, 2)), columns=["x", "y"])
burglaries = pd.concat([addresses.head(600), estate], ignore_index=True)
grid = grid_over(shapely.box(0, 0, 5_000, 5_000), size=250)
counted = grid_counts(burglaries, grid)
found = hot_spots(counted.cells["count"], grid)
table = counted.cells[["x", "y"]].join(found.cells)
table[table["verdict"] == "hot"].nlargest(5, "z")

# %% [markdown]
# Read the first row. The cell and its eight neighbours hold `window` burglaries; nine
# cells picked at random hold so many with a chance of `p` (two-sided). Four hundred
# cells are tested at once, and `q` allows for it: of the cells called hot or cold about
# one in twenty may be chance.

# %%
found.basis

# %% [markdown]
# **Why not the normal curve?** Most programs turn z into p by it. Counts of crime have
# long tails, and the curve does not know it. Here are forty maps on which every cell's
# count is independent of the next, so that nothing is hot; on how many is a hot spot
# found?


# %%
def maps_with_a_hot_spot(chance):
    random = np.random.default_rng(1)
    maps = [random.poisson(random.gamma(0.5, 4, len(grid.cells))) for _ in range(40)]
    tables = [
        hot_spots(pd.Series(counts, index=grid.cells), grid, chance=chance).cells
        for counts in maps
    ]
    return sum(bool((cells["verdict"] == "hot").any()) for cells in tables)


{"normal curve": maps_with_a_hot_spot("normal"), "exact": maps_with_a_hot_spot("cells")}

# %% [markdown]
# For whole numbers the chances are exact: the ways to draw k cells that add up to s are
# the coefficients of a product with one factor per cell, and nothing is simulated. For
# harm, which is not whole, many draws take its place. Two more ways to compare are on
# offer: with `chance="neighbours"` a cell keeps its own count and only its neighbours
# are drawn, as PySAL and GeoDa do; with `chance="crimes"` every crime falls into a
# random cell, which finds far too many hot spots, since crimes come in series.
#
# **Where other programs differ.** D4, D6 and D13 are the names of our tests of it:
#
# * esda 2.9.0: `p_sim` is the smaller of two tails, half of a two-sided p. Of 50,176
#   cells of a map on which nothing is hot 4,948 had 0.05 or less, and 2,086 by the
#   exact chances, which are two-sided (D13).
# * sfhotspot 1.0.0, `hotspot_gistar`: its help says that p is adjusted for many tests
#   by Holm's way; by default it is not adjusted at all, and 417 cells of Memphis are
#   hot. Here q is always there, and the verdict goes by it (D4).
# * sfhotspot 1.0.0 stops with "must be numeric" where every cell has an event (D6).
#
# **What the map does not mean.** Recorded crime is not all crime. A hot spot has more,
# not more for its people, its homes or its visitors. A cell at the border has fewer
# because less of it is in the area. Where the lines of the grid fall is arbitrary: look
# at another size before making much of one cell. And a map that sends officers to a
# place finds more there next time.
