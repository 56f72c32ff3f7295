# about: Where?
# methods: street-counts, place-counts, snapped
# verb: concentration
# run: saferplan concentration thefts.csv --streets streets.geojson --exact
# run: saferplan concentration thefts.csv --spots shops.csv --within 100

# %% [markdown]
# # On which streets, and at which places?
#
# Cells cut streets anyhow. Where places are exact, each event can be given to the
# segment it lies on (the street from one junction to the next), or to the nearest of
# some places: shops, stations, car parks.
#
# Here is a town of 144 segments, and 200 thefts: half of them on two streets, the
# others anywhere.

# %%
import numpy as np
import pandas as pd
import shapely

from saferplan.errors import MethodError
from saferplan.methods.street_counts import place_counts, street_counts

random = np.random.default_rng(5)
crossings = np.arange(9) * 120.0 + 1_000
segments = {}
for i, fixed in enumerate(crossings):
    for j, (start, end) in enumerate(zip(crossings[:-1], crossings[1:], strict=True)):
        segments[f"Row {i + 1}, {j + 1}"] = [(start, fixed), (end, fixed)]
        segments[f"Lane {i + 1}, {j + 1}"] = [(fixed, start), (fixed, end)]
streets = pd.Series(shapely.linestrings(list(segments.values())), index=list(segments))


def thefts_on(names):
    lines = streets.loc[names].to_numpy()
    points = shapely.line_interpolate_point(lines, random.uniform(0, 120, len(names)))
    beside = random.normal(0, 4, (len(names), 2))
    return shapely.get_coordinates(points) + beside


busy = ["Row 5, 4"] * 60 + ["Lane 5, 4"] * 40
anywhere = list(random.choice(streets.index, 100))
thefts = pd.DataFrame(
    np.concatenate([thefts_on(busy), thefts_on(anywhere)]), columns=["x", "y"]
)
found = street_counts(thefts, streets, within=30)
found.segments.nlargest(4, "count").rename_axis("segment")

# %% [markdown]
# `per_km` allows for a long street having more of everything. How few segments hold a
# quarter, and a half, of the thefts?

# %%
found.held

# %% [markdown]
# `share` is of all segments; `by_chance` is the same if as many thefts fell anywhere
# along the streets. With 200 thefts on 144 segments chance alone puts half of them on
# less than a quarter: quote the one beside the other.
#
# **Shops.** Each theft goes to the nearest, if there is one within 100 m.

# %%
shops = pd.DataFrame(
    {"x": [1_420, 1_850, 1_130], "y": [1_480, 1_100, 1_900]},
    index=["Corner shop", "Supermarket", "Garage"],
)
at_shops = place_counts(thefts, shops, within=100)
at_shops.places.rename_axis("shop")

# %%
at_shops.caution

# %% [markdown]
# **Moved places are refused.** data.police.uk puts a crime on the map point of some
# street near by. Counted by segment, that would be a count of the map points.

# %%
try:
    street_counts(thefts, streets, publisher="police-uk")
except MethodError as reason:
    print(reason)

# %% [markdown]
# **What it does not mean.** A busy street has more, not more for those who pass. The
# nearest shop need not be the cause. An event at a corner is as near to four segments
# and is given to one of them; `tied` says how many are.
