# about: Who, and how often?
# methods: funnel, comparison, change
# verb: compare-areas
# run: saferplan compare-areas wards.csv
# run: saferplan compare-areas boroughs.csv --own Lewisham
# run: saferplan compare-areas boroughs.csv --nearest Lewisham --on density --on young

# %% [markdown]
# # Which areas stand out, and whom to compare them with?
#
# A league table puts some area last, whatever happens. Small areas swing most, so they
# fill both ends of it by chance. A funnel draws limits that are wide for small areas
# and narrow for large; inside them a rank means little.

# %%
import numpy as np
import pandas as pd

from saferplan.methods.comparison import group_average, nearest_neighbours
from saferplan.methods.dispersion import month_pair_dispersion
from saferplan.methods.funnel import met_bands, rate_funnel

random = np.random.default_rng(11)
wards = [f"Ward {n:02}" for n in range(1, 20)]
residents = pd.Series(random.integers(4_000, 17_000, 19), wards)
offences = pd.Series(random.poisson(0.08 * residents), wards)
offences["Ward 07"] = 1_500  # one that truly differs

funnel = rate_funnel(offences, residents)
columns = ["value", "lower_95", "upper_95", "position"]
funnel.areas[columns].sort_values("value", ascending=False).round(1).head(6)

# %% [markdown]
# `value` is offences for each 1,000 residents. The other wards were made alike, and
# chance would put one in twenty outside the inner limits. A few more are below, because
# the one that differs lifts the line they are all set against.

# %%
funnel.areas["position"].value_counts()

# %% [markdown]
# The Met's public map bands areas by standard deviations instead. It takes no account
# of size, and the one ward that differs widens the yardstick for all.

# %%
met_bands(offences)["band"].value_counts()

# %% [markdown]
# ## Which boroughs are like ours?
#
# Compare with places that are alike in what the partnership cannot change: density,
# age, deprivation. Use no crime figures, or the comparison eats itself.

# %%
boroughs = pd.DataFrame(
    {
        "density": [88, 102, 54, 95, 37, 140],
        "young": [0.12, 0.13, 0.11, 0.12, 0.10, 0.16],
        "deprived": [0.22, 0.25, 0.12, 0.21, 0.09, 0.24],
    },
    index=["Ours", "Eastmere", "Oakfield", "Northgate", "Vale", "Docks"],
)
near = nearest_neighbours(boroughs, "Ours", count=3)
near.round(2)

# %% [markdown]
# `mutual` says whether ours is among theirs too: it need not be. The average of a group
# counts each area alike; `pooled` lets the large ones count more.

# %%
group = ["Ours", *near.index]
crimes = pd.Series([21_000, 33_000, 18_500, 26_000], group)
people = pd.Series([300_000, 320_000, 310_000, 290_000], group)
found = group_average(crimes, people, own="Ours")
round(found.own, 1), round(found.average, 1), round(found.pooled, 1), found.rank

# %% [markdown]
# ## Do monthly counts vary more than chance?
#
# Crimes come in series and are recorded in batches. The dispersion says how many times
# more counts vary than single events would; limits are widened by it elsewhere. 1 is
# chance alone; from eleven pairs of months even that is told as 1.26, for so few say
# little.

# %%
months = pd.period_range("2024-01", "2025-12", freq="M")
monthly = pd.DataFrame(
    {
        "single events": random.poisson(60, 24),
        "in batches of four": 4 * random.poisson(15, 24),
    },
    index=months,
)
month_pair_dispersion(monthly, last_month="2025-12").round(1)

# %% [markdown]
# ## What it does not mean
#
# Standing out is a reason to look. It is no verdict on those who work there, and areas
# within the limits are not all alike.

# %%
funnel.basis
