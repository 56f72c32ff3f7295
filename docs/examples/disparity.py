# about: Who, and how often?
# methods: disproportionality, direct-standardisation, relative-rate-index
# verb: disparity
# run: saferplan disparity searches.csv
# run: saferplan disparity stages.csv --reference White

# %% [markdown]
# # Are some groups searched, charged or held more than others?
#
# One ratio starts a quarrel and settles nothing. Here is what has to stand beside it:
# ages, the searches of unknown group, what the searches found, and what happened at
# each stage after. The counts are of men and boys searched in London from July to
# September 2020.

# %%
import numpy as np
import pandas as pd

from saferplan.methods.disproportionality import (
    OUTCOME_LIMITS,
    missing_bounds,
    outcome_test,
    rate_ratios,
    standardised_ratios,
)
from saferplan.methods.justice_stages import relative_rates, stage_bounds
from saferplan.methods.odds import odds_ratio
from saferplan.methods.standardised import directly_standardised

ages = ["10-17", "18-24", "25-34", "over 34"]
searches = pd.DataFrame(
    {"Black": [2_624, 5_713, 3_058, 2_085], "White": [2_737, 5_355, 4_461, 4_579]},
    index=ages,
)
residents = pd.DataFrame(
    {
        "Black": [83_789, 52_159, 75_695, 258_994],
        "White": [189_647, 199_372, 504_165, 1_435_342],
    },
    index=ages,
)

# %% [markdown]
# ## Searches per resident
#
# Black men were searched 3.9 times as often as White men, for their number living in
# London. `explain` is true where even the lower limit is above 1: then somebody must
# explain the difference in writing, or change it.

# %%
crude = rate_ratios(searches.sum(), residents.sum())
crude[["rate", "ratio", "lower", "upper", "explain"]].reset_index(names="group").round(
    2
)

# %% [markdown]
# ## With ages allowed for
#
# Black Londoners are younger, and the young are searched more. The indirect ratio asks
# what would be expected at White rates, age by age; it compares one group with White
# only. The direct ones put every group on one population, so that any two compare.

# %%
indirect = standardised_ratios(searches, residents).loc["Black"]
direct = directly_standardised(searches, residents).loc["Black"]
pd.DataFrame(
    {
        "crude": crude.loc["Black", ["ratio", "lower", "upper"]],
        "indirect": indirect[["ratio", "lower", "upper"]],
        "direct": direct[["ratio", "lower", "upper"]],
    }
).astype(float).round(2).T.reset_index(names="ratio is")

# %% [markdown]
# ## Those whose group is not known
#
# If 5,000 more searches name no group, the ratio lies somewhere between all of them
# having been White and all of them Black.

# %%
missing_bounds(searches.sum(), residents.sum(), missing=5_000).loc[["Black"]].round(2)

# %% [markdown]
# ## What the searches found
#
# If officers needed less to search one group, fewer of its searches would find
# something. That is the outcome test, and it has a known flaw, which goes with it.

# %%
found = outcome_test(
    pd.Series({"Black": 4_000, "White": 4_000}),
    pd.Series({"Black": 920, "White": 968}),
)
found[["share", "lower", "upper", "verdict"]].reset_index(names="group").round(3)

# %%
print("\n".join(OUTCOME_LIMITS))

# %% [markdown]
# The flaw, made: officers search everyone whose chance of carrying is above one in ten,
# whoever it is. The two groups differ only in how those chances are spread. The find
# rates differ all the same, and the test cries bias where there is none.

# %%
random = np.random.default_rng(2)
shares = {}
for group, spread in [("Black", (1, 9)), ("White", (1, 4))]:
    chance = random.beta(*spread, 60_000)
    shares[group] = round(float(chance[chance > 0.1].mean()), 3)
shares

# %% [markdown]
# ## Stage by stage
#
# At each stage only those who reached the one before can go on. The relative rate index
# shows what each stage adds. It is told from both sides: how much likelier to be
# charged, and how much less likely to be spared. Neither is the other upside down.

# %%
path = pd.DataFrame(
    {"Black": [2_100, 900, 610, 260], "White": [2_400, 1_000, 720, 240]},
    index=["arrest", "charge", "conviction", "custody"],
)
stages = relative_rates(path)
stages[["stage", "ratio", "lower", "upper", "turned", "spared", "so_far"]].round(2)

# %% [markdown]
# Here the charge adds little and custody much. Had the group been unknown for some, the
# bounds would say how far that could reach:

# %%
unknown = pd.Series([300, 120, 80, 30], index=path.index)
stage_bounds(path, unknown).round(2)

# %% [markdown]
# ## Odds, where somebody else has given odds
#
# Some reports give odds ratios. For rare events they are nearly the ratio of the rates.
# Custody after conviction is not rare, and there odds sound like more than they are.

# %%
rare = odds_ratio(20, 5_036, 300, 118_067).ratio / ((20 / 5_036) / (300 / 118_067))
common = odds_ratio(260, 610, 240, 720).ratio / ((260 / 610) / (240 / 720))
round(rare, 3), round(common, 3)

# %% [markdown]
# ## What it does not say
#
# Residents are not the people on the street, and one person may be searched often. A
# ratio at a stage does not allow for the offence, the record or the plea, which earlier
# stages may have shaped. A ratio above 1 is to be explained or changed. It is not yet a
# finding of bias, and a ratio near 1 is not a clearance.
