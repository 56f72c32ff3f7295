# about: Who, and how often?
# methods: repeat-victimisation
# verb: repeats
# run: saferplan repeats extract.csv --first 2025-04-01 --last 2026-03-31 --who urn
# run: saferplan repeats extract.csv --first 2025-04-01 --last 2026-03-31 --type offence

# %% [markdown]
# # How much crime falls on people who suffered it before?
#
# "Four in ten offences are against repeat victims." Or is it two in ten? On the same
# events both can be true, because three measures go by that one name. Each is shown
# here with its name, on an extract made up for the purpose.
#
# No open data can answer this: published files hold no victim and no day. It takes an
# extract from the police, with a reference for each victim. The first step takes the
# reference out again.

# %%
import numpy as np
import pandas as pd

from saferplan.methods.pseudonyms import pseudonymous
from saferplan.methods.repeats import repeat_victimisation

random = np.random.default_rng(11)
people, offences = 4_000, 2_400
risk = random.gamma(0.5, size=people)  # a few are at far more risk than the rest
days = pd.Timestamp("2024-04-01") + pd.to_timedelta(
    random.integers(0, 730, offences), unit="D"
)
extract = pd.DataFrame(
    {
        "urn": [
            f"V{at}" for at in random.choice(people, offences, p=risk / risk.sum())
        ],
        "surname": "(left behind)",
        "date": days.strftime("%Y-%m-%d"),
        "type": random.choice(["burglary", "violence", "damage"], offences),
    }
)

# %% [markdown]
# ## Names go first
#
# A pseudonym is a keyed hash. Its key is drawn for this one reading and never kept, so
# nobody can try names against it, and two readings cannot be joined. Every column that
# the count does not need stays behind.

# %%
events = pseudonymous(extract, who="urn", keep=["date", "type"])
list(events.columns), events["victim"].nunique()

# %% [markdown]
# ## Three measures, and a fourth
#
# * The **repeat offence share** looks back: of the offences of this year, how many fell
#   on someone who had suffered another in the 365 days before?
# * The **repeat victim share** looks at people: of this year's victims, how many had
#   two or more in the year?
# * **Followed forward** starts at each victim's first offence in the window and looks
#   on. Here the extract ends with the window, so there is hardly anyone to follow.

# %%
year = {"first": "2025-04-01", "last": "2026-03-31"}
found = repeat_victimisation(events, **year)
found.measures[["part", "whole", "share", "lower", "upper"]].reset_index().round(3)

# %% [markdown]
# The third measure is **concentration**: what share of the offences fell on the most
# victimised tenth. A tenth always holds more than a tenth, even if every victim had as
# nearly as many as every other: that is `evenest`.

# %%
found.concentration.drop(columns="caution").round(3)

# %% [markdown]
# ## Only aggregates come out
#
# The table of how often people suffered joins its rare ends until no row tells of fewer
# than five people. A share that would tell of fewer is withheld, and says so.

# %%
found.times

# %%
few = repeat_victimisation(events[events["type"] == "burglary"].head(60), **year)
few.measures["caution"].iloc[0]

# %% [markdown]
# ## The choice decides the number
#
# The same type only, or the window alone without a year before it: both are lower, and
# neither is wrong. So a number without its choices cannot be compared with another.

# %%
same = repeat_victimisation(events, same_type=True, **year)
short = repeat_victimisation(events[events["date"] >= "2025-04-01"], **year)
pd.Series(
    {
        "any type, a year to look back on": found.measures["share"].iloc[0],
        "same type only": same.measures["share"].iloc[0],
        "extract begins with the window": short.measures["share"].iloc[0],
    },
    name="repeat offence share",
).round(3).rename_axis("choice").reset_index()

# %%
short.cautions

# %% [markdown]
# ## What it does not say
#
# It counts what was recorded. Most crime is not reported, and those who are hurt at
# home report last, so a rise may be trust. It names nobody and scores nobody: it says
# how much of what comes next a first offence announces.
