# about: Where?
# methods: density
# verb: hot-spots
# run: saferplan hot-spots burglaries.csv --bandwidth 500 --geojson density.geojson

# %% [markdown]
# # How thick on the ground?
#
# A kernel density spreads each event over a disc, thickest in its middle, and adds up
# the discs. It makes a smooth picture of where events crowd. It tests nothing: for that
# ask for [hot spots](hot-spots.md).

# %%
import numpy as np
import pandas as pd
import shapely

from saferplan.methods.density import density, usual_bandwidth
from saferplan.methods.grid import grid_over

random = np.random.default_rng(3)
anywhere = random.uniform(2_000, 8_000, (350, 2))
crowd = random.normal([5_000, 4_000], 300, (150, 2))
events = pd.DataFrame(np.concatenate([anywhere, crowd]), columns=["x", "y"])
grid = grid_over(shapely.box(0, 0, 10_000, 10_000), size=100)
surface = density(events, grid, bandwidth=600)
grid.centres().assign(per_km2=surface.cells).nlargest(3, "per_km2")

# %% [markdown]
# The numbers are events per square kilometre at the centre of each cell. So the volume
# under the surface is the number of events:

# %%
round(float(surface.cells.sum()) * grid.cell_area / 1_000_000)

# %% [markdown]
# That is worth saying, because it does not hold everywhere. D1 to D3 are the names of
# our tests of it:
#
# * SpatialKDE, which sfhotspot calls: its scaled quartic kernel has 116/5 where 16/5
#   belongs, so the volume is 7.25 times the number of events (D3).
# * sfhotspot 1.0.0 leaves the scale out: for Memphis the volume is 4.17 million times
#   the number of events (D2).
# * sfhotspot 1.0.0, `bandwidth_nrd`: the mean of a bandwidth for x and one for y reads
#   y as a trim and drops it. 5,588 m for Memphis; with both it is 5,770 m (D1).
#
# A single event has 3/(pi h^2) in its middle, whatever lies round it:

# %%
alone = density(pd.DataFrame({"x": [5_050], "y": [5_050]}), grid, bandwidth=500)
round(alone.peak, 6), round(3 / (np.pi * 0.5**2), 6)

# %% [markdown]
# **The bandwidth decides what the map shows.** Half a kilometre shows the crowd; the
# rule of thumb that most programs start from supposes one round cluster, and so it
# smooths the crowd away:

# %%
usual = usual_bandwidth(events)
pd.Series(
    {
        f"{width:,.0f} m": density(events, grid, bandwidth=width).peak
        for width in (300, 600, usual)
    },
    name="events per km2 at the peak",
).rename_axis("bandwidth")

# %% [markdown]
# **Many events.** Every event is placed exactly. With `quick=True` sums over each cell
# stand for its events, and the answer says how far that may be out; where it is likely
# to be more than 0.5% of the peak, the exact way is taken after all.

# %%
many = pd.DataFrame(random.normal(5_000, 1_200, (100_000, 2)), columns=["x", "y"])
quick = density(many, grid, bandwidth=1_200, quick=True, exact=True)
exact = density(many, grid, bandwidth=1_200, exact=True)
out_by = float((quick.cells - exact.cells).abs().max() / exact.peak)
f"may be out by {quick.error:.2%} of the peak; is out by {out_by:.2%}"

# %% [markdown]
# **What it does not mean.** A bright patch is where records are thick, not where it is
# dangerous to be. Near the edge the surface falls off unless events from over the
# border are in the file too. For telling where next month's crime falls, smoothing
# hurts: on the Met's burglary plain counts did better (see
# [prediction](prediction.md)).
