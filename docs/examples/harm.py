# about: Harm
# methods: harm, harm-compared
# verb: harm
# run: saferplan harm counts.csv --weights weights.csv
# run: saferplan harm counts.csv --ons --weights cambridge.csv --residents people.csv

# %% [markdown]
# # By number or by harm: which areas come first?
#
# A hundred bicycle thefts are not a hundred stabbings. Weights say how much one offence
# counts beside another. There are several sets of them, and they do not agree, so they
# belong beside each other and beside the plain number.

# %%
import pandas as pd

from saferplan.methods.harm import harm
from saferplan.methods.harm_compared import compare_harm

offences = pd.DataFrame(
    {
        "Homicide": [1, 0, 0, 0, 0, 0],
        "Robbery": [35, 60, 22, 41, 18, 9],
        "Burglary": [110, 95, 140, 60, 75, 120],
        "Shoplifting": [90, 820, 130, 410, 60, 30],
        "Fraud": [12, 30, 15, 9, 11, 8],
    },
    index=["Hill", "Centre", "Park", "Station", "Riverside", "Grange"],
)

# %% [markdown]
# The first set are weights that the Office for National Statistics printed with its
# Crime Severity Score. The second is made up for this page, in days, to stand for a set
# that a partnership brings itself; the Cambridge index is such a one.

# %%
ons = pd.Series({"Homicide": 7_979, "Robbery": 746, "Burglary": 438, "Shoplifting": 13})
days = pd.Series({"Homicide": 5_000, "Robbery": 400, "Burglary": 90, "Shoplifting": 1})

borough = harm(offences.sum(), ons, residents=90_000)
borough.categories[["offences", "harm", "share_of_offences", "share_of_harm"]].round(2)

# %% [markdown]
# ## The areas, three ways

# %%
found = compare_harm(offences, {"ONS": ons, "Days": days})
found.areas.pivot(index="area", columns="weights", values="rank")

# %% [markdown]
# A rank is a weak thing. `best_rank` and `worst_rank` are the places between which
# chance alone would put an area if the same year were lived again.

# %%
found.areas[found.areas["weights"] == "ONS"].drop(columns="weights").round(0)

# %% [markdown]
# ## How far do the orders agree?
#
# 1 is the same order, 0 nothing in common. The coefficients allow for ties, which the
# short formula that is often used does not. `top_shared` is how much of the top of one
# order is in the top of the other.

# %%
found.agreement.round(2)

# %% [markdown]
# ## What is not weighed, and what it does not mean
#
# A category without a weight is left out and named. It is never given a weight of
# nought, which would say that it does no harm.

# %%
found.missing

# %%
list(found.cautions)
