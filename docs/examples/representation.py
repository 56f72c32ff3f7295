# about: Who, and how often?
# methods: representation, weighted-shares
# verb: representation, survey
# run: saferplan representation officers.csv
# run: saferplan survey answers.csv

# %% [markdown]
# # Do they look like us, and did they ask enough of us?
#
# Two questions that share their arithmetic. Do the officers, or the panel, or those who
# answered look like the people who live here? And what are the answers worth, when some
# were easier to reach than others?

# %%
import numpy as np
import pandas as pd

from saferplan.methods.representation import representation
from saferplan.methods.weighted_answers import effective_number, weighted_shares

groups = ["Asian", "Black", "Mixed", "White", "Other"]
# Census 2021, usual residents of Lewisham.
lewisham = pd.Series([26_927, 80_473, 24_253, 154_749, 14_151], index=groups)

# %% [markdown]
# ## A workforce
#
# `index` is the share among officers over the share among residents: 1 would match.
# `missing` is how many more there would be if it did. The officers are made up.

# %%
officers = pd.Series([40, 60, 25, 470, 15], index=groups)
found = representation(officers, lewisham, not_stated=30)
columns = ["share", "population_share", "index", "lower", "upper", "missing", "verdict"]
found.groups[columns].reset_index(names="group").round(2)

# %%
round(found.unlike, 3), found.p < 0.001, found.cautions

# %% [markdown]
# A quarter of the officers would have to be of another group to match. Nobody drew
# officers by lot, so the limits only say how far chance would go in so small a number.
# The index does not say why: who applied, who was taken, who stayed and who would not
# say are four stories.

# %% [markdown]
# ## Small groups stay hidden
#
# With three members in a group, that group is hidden. It would come back as the total
# less the rest, so the next smallest is hidden with it.

# %%
panel = pd.Series([12, 30, 3, 60, 9], index=groups)
shown = representation(panel, lewisham).groups
shown[["members", "share", "verdict", "caution"]].reset_index(names="group").round(3)

# %% [markdown]
# ## Respondents, and what their weights cost
#
# A survey asked 600 people. The young were hard to find, so each who was found stands
# for more. Weights put the average right, and cost precision: the 600 are worth fewer.

# %%
random = np.random.default_rng(5)
young = np.arange(600) < 90  # 15% of the sample and 30% of the people
trust = random.uniform(size=600) < np.where(young, 0.45, 0.68)
weights = pd.Series(np.where(young, 2.0, 0.7 / 0.85))
answers = pd.DataFrame(
    {"trust": trust, "age": np.where(young, "under 30", "30 and over")}
)
round(float(trust.mean()), 3), round(effective_number(weights))

# %%
found = weighted_shares(answers["trust"], weights)
found[["share", "lower", "upper", "design_effect", "effective"]].round(3)

# %% [markdown]
# ## Answers found in clumps
#
# The same answers, but found street by street: neighbours think alike, so a second
# answer from a street adds less than the first did. The design effect says how much.

# %%
street = pd.Series(np.repeat(np.arange(40), 15))
leaning = random.normal(0, 0.2, 40)[street]
alike = pd.Series(random.uniform(size=600) < 0.65 + leaning)
pd.concat(
    {
        "as if one by one": weighted_shares(alike),
        "street by street": weighted_shares(alike, clusters=street),
    }
)[["share", "lower", "upper", "design_effect", "effective"]].droplevel(1).reset_index(
    names="taken"
).round(3)

# %% [markdown]
# ## By group, with the small ones held back
#
# Under 30 answers there is no percentage, and under 100 a caution.

# %%
by_age = weighted_shares(answers["trust"], weights, groups=answers["age"])
by_age[["asked", "share", "lower", "upper", "caution"]].reset_index().round(3)

# %% [markdown]
# ## What it does not say
#
# Limits allow for whom chance picked. They say nothing of those who would not answer,
# and weights only help if those who did are like those of their age who did not.
