# about: Who, and how often?
# methods: participation, weighting
# verb: who-was-heard
# run: saferplan who-was-heard answers.csv --group age --population census.csv

# %% [markdown]
# # Who was heard, and who was not?
#
# A consultation has been open for five weeks and 400 people have answered. There are
# seven weeks left to go and find the others. Whose voices are missing, and how many
# more would it take?

# %%
import pandas as pd

from saferplan.methods.participation import participation
from saferplan.methods.weighting import rake, sensitivity

groups = ["Asian", "Black", "Mixed", "White", "Other"]
# Census 2021, usual residents of Lewisham by ethnic group.
lewisham = pd.Series([26_927, 80_473, 24_253, 154_749, 14_151], index=groups)
answered = pd.Series([32, 52, 34, 260, 22], index=groups)  # made up
found = participation(answered, lewisham, not_stated=25)
columns = ["share", "population_share", "index", "lower", "upper", "needed", "verdict"]
found.groups[columns].reset_index(names="group").round(2)

# %% [markdown]
# An `index` of 1 would match the borough; 0.49 is half the voices that a group of that
# size would have. Where the limits leave 1 out, chance alone does not explain it.
# `needed` is how many more answers of that group would make its share match, if nobody
# else answered. It says where to go first. It is not a target: five people sought out
# and listened to can be worth more than fifty forms.

# %%
found.missing, found.cautions

# %% [markdown]
# ## Small numbers stay hidden
#
# Three people of one group could be told who they are, so their number is hidden, and
# another with it: it would come back as the total less the rest. A group of whom nobody
# answered is named, because somebody must go and ask.

# %%
by_ward = pd.Series(
    {"Evelyn": 120, "Deptford": 90, "Lee": 3, "Downham": 0, "Brockley": 41}
)
people = pd.Series(
    {
        "Evelyn": 18_000,
        "Deptford": 17_000,
        "Lee": 16_000,
        "Downham": 17_000,
        "Brockley": 16_500,
    }
)
hidden = participation(by_ward, people)
hidden.groups[["respondents", "index", "verdict", "caution"]].reset_index(
    names="ward"
).round(2)

# %%
hidden.unheard

# %% [markdown]
# ## Would it have come out otherwise?
#
# Weights make the few who answered of a group speak for all of it. That is a question
# put to the result, not a better result: the old answered more than the young here, and
# think otherwise.

# %%
heard = pd.DataFrame({"age": ["under 30"] * 60 + ["30 and over"] * 340})
agree = pd.Series([1] * 18 + [0] * 42 + [1] * 204 + [0] * 136)
weights = rake(heard, {"age": pd.Series({"under 30": 30, "30 and over": 70})})
round(weights.effective), round(weights.design_effect, 2)

# %%
beside = sensitivity(agree, weights)
beside.shares[["asked", "share", "lower", "upper", "effective"]].reset_index().round(3)

# %%
beside.cautions

# %% [markdown]
# 400 answers are worth 340 once they are weighed. Report the unweighted share, and say
# what the weights would change. If the two differ by more than chance leaves, then the
# answer depends on who came, and that is itself a finding.
#
# ## What it does not say
#
# Nobody drew lots for who answers. Matching the census by age says nothing of who is
# disabled, who works nights, or who has been a victim: ask how those were reached.
# Organisations are not people and are left out; what they say is told beside.
