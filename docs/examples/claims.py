# about: Counts and rates
# methods: claim, attrition
# verb: check-claim
# run: saferplan check-claim --start 50000 --end 25000 --years 2 --said -0.4
# run: saferplan check-claim --share 0.25 --share 0.4
# run: saferplan check-claim --part 25092122 --share 0.7 --years 2

# %% [markdown]
# # Do the figures of a claim add up?
#
# Plans, and replies to them, are full of figures, and some of them cannot all be true.
# In 2013 a network of London's voluntary organisations wrote that the money for
# community police engagement groups had gone down by "more than 40% year on year", from
# about £50,000 in 2010/11 to about £25,000. Two years lie between.

# %%
from saferplan.methods.claims import change_claimed

found = change_claimed(50_000, 25_000, years=2, said=-0.4)
print(found.caution)

# %% [markdown]
# Halved in two years is 29% less each year, not 40%. Nothing here says which of the
# figures is wrong; only that one is, and what to ask. Figures that were rounded when
# they were told are compared as rounded:

# %%
for end in (25_000, 18_000, 20_000):
    agrees = change_claimed(50_000, end, years=2, said=-0.4).agrees
    print(f"from 50,000 to {end:,}, 40% less year on year: {agrees}")

# %% [markdown]
# ## A share of a share
#
# A committee read that one in four cracked or ineffective trials fell because the
# prosecution ended the case, and that in two in five of those a victim or witness did
# not come or no longer wished to. That is a tenth of the trials that went wrong. Half
# of all trials are effective, so it is a twentieth of all.

# %%
import pandas as pd

from saferplan.methods.attrition import chained

told = pd.Series(
    {
        "cracked or ineffective": 1 / 2,
        "prosecution ended it": 1 / 4,
        "victim or witness": 2 / 5,
    }
)
chained(told)[["share", "of_all"]]

# %% [markdown]
# ## A part, and the whole behind it
#
# Of the London Crime Prevention Fund, boroughs got 70% direct. For 2019/20 and 2020/21
# that was raised by £1,118,248 to £26,210,370. What was the whole fund before?

# %%
from saferplan.methods.claims import whole_of

yearly = whole_of(26_210_370 - 1_118_248, 0.7, years=2)
print(f"£{yearly / 1e6:.2f} million a year, £{4 * yearly / 1e6:.1f} million in four")

# %% [markdown]
# The Mayor had announced £72 million over four years, and the figures agree.
#
# **What it does not mean.** That figures agree does not make them true: all may rest on
# the same mistake. Shares can only be multiplied if each is a share of just those that
# the one before leaves. And no arithmetic knows whether prices rose meanwhile: £25,000
# bought less at the end than at the start.
