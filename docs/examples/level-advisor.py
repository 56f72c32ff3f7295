# about: Which level?
# methods: level-advice, level-evidence, between-areas
# verb: advise-level
# run: saferplan advise-level burglary.toml --counts wards.csv --flows flows.csv
# run: saferplan advise-level problems.csv

# %% [markdown]
# # Neighbourhood, borough, part of London, or London?
#
# A response to the Mayor's draft plan asked that thought be given to the level at which
# each problem is best taken up. It said why, too: gangs do not respect borough borders;
# some people do not come to a service where they are known; burglary is local. Those
# reasons are the criteria here. Figures answer some of them and people answer the rest.

# %%
import numpy as np
import pandas as pd

from saferplan.definitions.levels import levels
from saferplan.methods.level_advice import advise_level
from saferplan.methods.level_measured import measured_answers

random = np.random.default_rng(5)
wards = pd.DataFrame({"borough": np.repeat([f"Borough {n}" for n in range(1, 9)], 15)})
wards.index = pd.Index([f"Ward {n:03}" for n in range(1, 121)])
residents = pd.Series(random.integers(9_000, 15_000, 120), wards.index)
rate = random.gamma(2.0, 0.006, 120)  # a burglary for every 80 people, much varied
burglaries = pd.Series(random.poisson(rate * residents), wards.index)

# %% [markdown]
# ## What the figures say
#
# Part of what wards seem to differ by is chance. What is left can lie between the wards
# of one borough, which speaks for the neighbourhood, or between boroughs.

# %%
flows = pd.DataFrame(
    {"home": ["Ward 001", "Ward 004", "Ward 050", ""],
     "place": "Ward 002", "cases": [41, 30, 14, 600]}
)  # fmt: skip
figures = measured_answers(burglaries, residents, wards, flows=flows)
list(figures.said)

# %%
figures.tables["differences"].round(2)

# %%
figures.tables["events"].round(2)

# %% [markdown]
# ## What people say, and the advice
#
# A person answers what no figure can. Each criterion gives each level between no point
# and one; the advice is the level with most, asked twice: where the plan and the money
# are held, and where the work is done.

# %%
answers = {**figures.answers, "local knowledge": "yes", "specialist": "no"}
advice = advise_level(answers, as_likely=figures.as_likely)
advice.level

# %%
advice.reasons[["criterion", "part", "neighbourhood", "borough", "pan-London"]].round(2)

# %%
advice.scores.round(2)

# %%
list(advice.cautions)

# %% [markdown]
# ## The labels of the founding documents
#
# Each of these is answered with no more than what the documents say or imply. What the
# advice rests on are the answers without any one of which it would be another.

# %%
pd.DataFrame(
    [
        {
            "problem": each.title,
            "advice": advise_level(each.answers).level,
            "rests on": ", ".join(advise_level(each.answers).rests_on),
            "agrees": advise_level(each.answers).level in each.label,
        }
        for each in levels().values()
    ]
)

# %% [markdown]
# ## What it does not mean
#
# Agreement with a dozen labels shows that the criteria are those the writers had in
# mind. It does not show that they were right. Too few answers, or answers that speak
# both ways, end in "cannot tell":

# %%
advise_level({"crossing": "most", "specialist": "yes"}).level
