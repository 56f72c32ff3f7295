# about: Will it happen?
# methods: forecast, back-test
# verb: forecast
# run: saferplan forecast burglary.csv
# run: saferplan forecast burglary.csv --months-ahead 12 --scenario halves

# %% [markdown]
# # How many next quarter?
#
# A partnership plans patrols, a refuge its beds, a council its budget. All three ask
# how many there will be. The honest answer is a range, and a record: how often such a
# range has held before.
#
# Here are six boroughs made for this page, with seven years of monthly burglary each.
# They share a season; each has a level that wanders; and counts vary half as much again
# as chance alone would make them.

# %%
import numpy as np
import pandas as pd

from saferplan.methods.forecast import forecast
from saferplan.methods.forecast_back_test import back_test

random = np.random.default_rng(7)
months = pd.period_range("2019-01", "2025-12", freq="M")
winter = 1 + 0.25 * np.cos(2 * np.pi * (months.month.to_numpy() - 1) / 12)
counts = {}
for name, level in zip("ABCDEF", [160, 120, 90, 60, 40, 25], strict=True):
    wander = np.exp(random.normal(0, 0.03, len(months)).cumsum())
    counts[name] = random.negative_binomial(level * winter * wander * 2, 2 / 3)
monthly = pd.DataFrame(counts, index=months)
monthly.tail(3)

# %% [markdown]
# ## The next three months

# %%
ahead = forecast(monthly, ahead=3)
ahead.months.head(6)

# %% [markdown]
# Read a row so: in that month about so many are to be expected; four times in five the
# count will be within `lower_80` and `upper_80`, and nineteen times in twenty within
# the wider pair. A month outside the wider pair is news. A month inside is not,
# whichever way it went.
#
# The six columns are judged together, because they are alike: one category in several
# boroughs. Give burglary and fraud to one call and each would borrow from the other.
#
# ## Which rule, and who chose it?

# %%
ahead.rules

# %% [markdown]
# Nobody chose. Nine simple rules, from "the same month last year" to "the borough's
# share of all", were tried on each of the last sixty months as if that month were
# today, and the mean of the three that were least off is the forecast. Simple rules are
# hard to beat on crime, and a meeting can be told what they are.
#
# ## Has it worked?
#
# The same is done again from twelve points in the past, three months each, and each
# time from the months before alone: the choice of rules, the season, the limits,
# everything.

# %%
tested = back_test(monthly, origins=12, ahead=3)
tested.coverage

# %%
tested.series.round(2)

# %% [markdown]
# `held` is the share of what came that lay within the limits. `error` is in units of
# how far a month usually is from the same month a year before; `naive` is how far off
# that simplest rule was. If `error` is not below `naive`, do not use the forecast.
#
# On London's 32 boroughs and eleven categories, forecasts of the three years to
# February 2025 kept their word: limits of 80% held 80.0%, those of 95% held 95.3%, and
# every category did better than the same month last year. Burglary was 0.49 off, that
# rule 0.65. A year later (March 2023 to February 2026) it was 78.7%, 94.4% and 0.50
# against 0.69.
#
# ## What if?

# %%
years_ahead = {
    name: forecast(monthly, ahead=12, scenario=name).months.set_index("series")[
        "expected"
    ]
    for name in ("stays", "halves", "continues")
}
pd.DataFrame(
    {name: by.groupby("series").sum() for name, by in years_ahead.items()}
).round()

# %% [markdown]
# "Continues" takes the last year's change for another year; "halves" takes half of it.
# These are answers to *what if*, not to *how likely*. Trends of a year rarely last one.
#
# ## A missing month
#
# A month that the force never sent is not a month without crime. Leave it out, or leave
# it empty; it is never taken for zero.

# %%
gap = monthly.astype(float)
gap.loc["2025-10", "A"] = np.nan
forecast(gap).cautions

# %% [markdown]
# **What the number does not mean.** A forecast knows the past and nothing else: not the
# new estate, not the operation that starts on Monday, not a change in recording. Its
# limits hold while the future is as like the past as the past was; in March 2020 they
# held nothing. They are for one month of one borough: a quarter's total has limits of
# its own. And a count below the forecast is no proof that something worked: for that,
# compare the place with one like it, before and after.
