# about: Reach
# methods: reach, next-site
# verb: reach
# run: saferplan reach areas.csv counters.csv --group over_65 --within 20
# run: saferplan reach areas.csv counters.csv --close "Old Town"
# run: saferplan reach areas.csv counters.csv --candidates offered.csv --aim cover

# %% [markdown]
# # Who can reach a counter, and what a closure takes from whom
#
# Two counters of an invented borough are to become one. Who is still within twenty
# minutes on foot, and is the loss the same for the old and for those in the most
# deprived places? Where would one more desk do most?

# %%
import numpy as np
import pandas as pd

from saferplan.methods.closures import closure
from saferplan.methods.next_site import next_sites
from saferplan.methods.reach import groups_by, reach
from saferplan.methods.reach_by_hour import reach_by_hour
from saferplan.methods.travel import straight_times

random = np.random.default_rng(7)
codes = [f"Place {n:02}" for n in range(80)]
areas = pd.DataFrame(random.uniform(0, 5_000, (80, 2)), columns=["x", "y"], index=codes)
residents = pd.Series(random.integers(1_200, 2_000, 80), index=codes)
sites = pd.DataFrame(
    {"x": [1_200.0, 3_900.0], "y": [1_400.0, 3_600.0]}, index=["Old Town", "Park Road"]
)

# %% [markdown]
# Each area counts at one point, the middle of its people. The groups are counts of
# people too: those over 65, and all who live in the most deprived fifth of places,
# here the south-west.

# %%
fifth = pd.Series(np.where(areas.sum(axis=1) < 3_600, 1, 5), index=codes)
groups = groups_by(residents, fifth, {1: "Most deprived", 5: "Others"})
groups["Over 65"] = (residents * random.uniform(0.05, 0.25, 80)).round()

times = straight_times(areas, sites, mode="walk")
found = reach(times, residents, within=20, groups=groups)
found.groups[["people", "share", "lower", "upper", "gap"]].round(2)

# %% [markdown]
# `share` is the part of a group within twenty minutes. `lower` and `upper` are no
# limits of chance: they are what comes out if ways are longer or shorter for the same
# straight line. `gap` is a group's share less everyone's.

# %%
found.basis

# %% [markdown]
# ## Old Town closes

# %%
closed = closure(
    times,
    residents,
    before=["Old Town", "Park Road"],
    after=["Park Road"],
    within=20,
    groups=groups,
)
columns = ["before", "after", "lose", "longer", "more_minutes", "beyond_everyone"]
closed.groups[columns].round(2)

# %% [markdown]
# `lose` are people who were in time and no longer are; `longer` are all whose way
# grows, by `more_minutes` on average. `beyond_everyone` below nought says that a group
# loses more than residents as a whole.
#
# A counter that is shut is no counter. By the hour of the week:

# %%
hours = pd.Series({"Old Town": "Mon-Fri 09:00-17:00", "Park Road": "24/7"})
reach_by_hour(times, residents, hours, at=["Tue 11:00", "Sat 22:00"], within=20)

# %% [markdown]
# ## Where would one more desk do most?
#
# Three places have been offered once Old Town is shut. The shortest way on average and
# the most people in time are two different aims.

# %%
offered = pd.DataFrame(
    {"x": [1_000.0, 2_400.0, 4_200.0], "y": [1_100.0, 2_300.0, 800.0]},
    index=["Library", "Town hall", "Charity's office"],
)
both = straight_times(areas, pd.concat([sites, offered]))
best = next_sites(
    both, residents, candidates=list(offered.index), standing=["Park Road"]
)
best.chosen, round(best.before, 1), round(best.after, 1)

# %%
cover = next_sites(
    both,
    residents,
    candidates=list(offered.index),
    standing=["Park Road"],
    aim="cover",
    within=20,
)
cover.alone.round(3)

# %% [markdown]
# ## What it does not mean

# %%
[*found.cautions, *best.cautions]
