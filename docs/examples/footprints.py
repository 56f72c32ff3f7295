# about: Reach
# methods: footprints
# verb: footprints
# run: saferplan footprints small-areas.csv
# run: saferplan footprints --outlines commands.gpkg --outlines health-boards.gpkg

# %% [markdown]
# # Do the agencies have the same borders?
#
# When police boroughs were merged into larger commands, councils pointed out that the
# new commands were not the areas of the health service. Two agencies that do not share
# a border plan for different people, and their figures do not compare.

# %%
import pandas as pd

from saferplan.methods.footprints import footprints

# Small areas, their people, and the area of each agency that they lie in.
small = pd.DataFrame(
    [
        ("S1", 1_500, "Ashford", "South", "Ash and Beck"),
        ("S2", 1_700, "Ashford", "South", "Ash and Beck"),
        ("S3", 1_600, "Beckton", "South", "Ash and Beck"),
        ("S4", 1_400, "Beckton", "South", "Beck East"),
        ("S5", 1_800, "Carlow", "South", "Carlow"),
        ("S6", 1_500, "Carlow", "South", "Carlow"),
        ("S7", 1_650, "Denby", "North", "Denby"),
        ("S8", 1_550, "Denby", "North", "Denby"),
    ],
    columns=["area", "residents", "Council", "Police", "Health"],
).set_index("area")

found = footprints(small.drop(columns="residents"), small["residents"])
found.agencies[["one", "other", "relation", "same", "agreement", "people_same"]]

# %% [markdown]
# `relation` says how the two lie to each other; slivers of under one per cent are left
# out. `agreement` is 1 if they have the same areas, and nearer to 0 the less one tells
# of the other. `people_same` is the share of people whose area is the same for both.
#
# ## Who has how many partners?

# %%
found.areas[found.areas["agency"] == "Health"]

# %% [markdown]
# ## Every overlap
#
# `share` is the part of the area's people that lives in the other area.

# %%
overlaps = found.overlaps
crossing = overlaps[(overlaps["agency"] == "Council") & (overlaps["share"] < 1)]
crossing[["area", "other", "other_area", "people", "share", "share_of_other"]]

# %% [markdown]
# ## What it does not mean

# %%
list(found.cautions)
