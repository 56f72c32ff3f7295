# about: Is a change real?
# methods: displacement, rate-ratio
# verb: is-it-real
# run: saferplan is-it-real places.csv
# run: saferplan is-it-real burglary.csv --since 2025-04 --treated North --control South

# %% [markdown]
# # Did it work, or did it move round the corner?
#
# Gates were put on the alleys of an estate, and burglary fell by 97. Three questions
# come before the press release. Did it fall elsewhere too? Did it move next door? And
# could chance have done as much?
#
# A place like the treated one answers the first, the surroundings of both answer the
# second. These counts are the worked example that Wheeler and Ratcliffe published with
# their method.

# %%
import pandas as pd

from saferplan.methods.displacement import weighted_displacement

counts = pd.DataFrame(
    {"before": [308, 207, 150, 178], "after": [318, 110, 140, 157]},
    index=["control", "treated", "near control", "near treated"],
)
counts

# %%
found = weighted_displacement(counts)
parts = {"in the place": found.local, "around it": found.near, "both": found.total}
pd.DataFrame(
    {
        name: [part.estimate, round(part.lower), round(part.upper)]
        for name, part in parts.items()
    },
    index=["difference", "lower", "upper"],
).T

# %% [markdown]
# In the place itself there were 107 fewer than its comparison would lead one to expect.
# Around it there were 11 fewer, so nothing was pushed there. Together 118 fewer,
# somewhere from 40 to 196: a real change.

# %%
found.verdict, found.caution

# %% [markdown]
# ## Crimes come in series
#
# That takes each burglary for an event of its own. Where one offender does a dozen,
# counts vary more than that. If they vary four times as much, the same fall could be
# chance:

# %%
weighted_displacement(counts, dispersion=4).verdict

# %% [markdown]
# ## Places and times of different size
#
# The comparison may be twice as large, and the time after shorter than the time before.
# Weights put them on one footing; the answer is then in offences for each unit of area
# and time.

# %%
sizes = pd.Series([2.0, 1.0, 1.5, 1.0], index=counts.index)
two_years_before = weighted_displacement(
    counts, area_weights=sizes, time_weights=(2, 1)
)
total = two_years_before.total
round(total.estimate, 1), round(total.lower, 1), round(total.upper, 1)

# %% [markdown]
# That answers another question than the counts did: how many fewer in a place of the
# treated one's size and a year, not how many fewer in all. Say which.
#
# ## Two small numbers
#
# Sometimes there is no more than this: six this quarter, two in the same quarter of
# last year. "Trebled" is true, and says nothing.

# %%
from saferplan.methods.two_counts import e_test, rate_ratio

round(e_test(6, 2), 3), round(e_test(60, 20), 7)

# %% [markdown]
# Two equal rates would be as far apart as 6 and 2 about one time in six; as 60 and 20
# hardly ever. With sizes it is rates that are compared: 11 incidents among 800
# residents of one block, 21 among the 3,011 of the next.

# %%
blocks = rate_ratio(
    pd.Series({"Block A": 11}), pd.Series({"Block A": 21}), size=800, against_size=3_011
)
blocks[["ratio", "lower", "upper", "p", "verdict"]]

# %% [markdown]
# Twice the rate, and it may well be chance: the limits reach from a little under 1 to
# over 4.
#
# **What the numbers do not mean.** The comparison is as good as the likeness of the two
# places, and that is a judgement. A place chosen because last year was its worst falls
# without treatment. A verdict of "within chance" is not "it did not work": with counts
# of tens only a large effect can show. Nor does a fall say what made it.
