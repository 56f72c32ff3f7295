# about: Is a change real?
# methods: busiest-window
# verb: busiest-window
# run: saferplan busiest-window burglaries.csv --days 14
# run: saferplan busiest-window burglaries.csv --days 14 --watched 1826 --json

# %% [markdown]
# # Six in a fortnight: is that a spree?
#
# A ward has about one burglary every ten days. Then six come within two weeks, and
# somebody asks what is going on. Here are two years of such a ward, made up so that
# every day is like every other: nothing is going on.

# %%
import numpy as np
import pandas as pd

from saferplan.methods.busiest_window import busiest_window, chance_of_busiest

random = np.random.default_rng(18)
days = np.sort(random.integers(0, 730, 73))
dates = pd.Series(pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D"))
found = busiest_window(dates, width=14, watched=730)
print(f"{found.most} events in the 14 days from {found.begins:%-d %B %Y}")
print(f"usual: {found.usual:.1f}")

# %% [markdown]
# Had that fortnight been named beforehand, so many would be rare. But it was named
# because it had so many. The chance that *some* fortnight of two years, beginning on
# any day, holds as many is another number:

# %%
print(f"this fortnight, named beforehand: {found.alone:.1%}")
print(f"some fortnight in two years:      {found.chance:.0%}")
print(found.verdict)

# %% [markdown]
# ## How many would be more than chance?
#
# That depends on how long one watches. Where 1.4 are usual in a fortnight:

# %%
table = pd.DataFrame(
    {
        f"in {years} years": [
            chance_of_busiest(most, usual=1.4, windows=years * 365 / 14)
            for most in range(5, 11)
        ]
        for years in (2, 5, 10)
    },
    index=pd.Index(range(5, 11), name="most in any fortnight"),
)
table.round(3)

# %% [markdown]
# In five years a fortnight with seven is nothing to explain; with nine or ten it is.
#
# **What it does not mean.** "Every day alike" is generous: burglary has seasons, and
# one burglary brings another nearby. Both make busy fortnights commoner than the table
# says, so a verdict of "within chance" stands, and "more than chance" asks for a look
# at the calendar and at [near repeats](near-repeat.md) before it is called
# a spree. Choose the length of the window first: trying seven days, then ten, then
# fourteen is looking for the answer one wants.
