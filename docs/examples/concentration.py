# about: Where?
# methods: concentration
# verb: concentration
# run: saferplan concentration counts.csv
# run: saferplan concentration burglaries.csv --cell 250

# %% [markdown]
# # How few places hold most of the crime?
#
# A few places always hold much of the crime. That is why a partnership can do something
# about it; and with fewer crimes than places chance alone would see to it, which is why
# the plain Gini misleads.

# %%
import pandas as pd

from saferplan.methods.concentration import concentration, decile_ratio

thefts = pd.Series([5, 2, 1, 0, 0, 0, 0, 0, 0, 0])
found = concentration(thefts)
{
    "gini": round(found.gini, 3),
    "generalised": round(found.generalised, 3),
    "half is in": found.half_in,
}

# %% [markdown]
# Ten streets, eight thefts. The plain Gini is 0.80, but eight thefts cannot fall on ten
# streets evenly: two must have none. The generalised Gini begins at the evenest spread
# that whole crimes allow, and is 0.75. One street in ten holds half.
#
# One theft each on three streets of ten is as even as can be, and only the generalised
# Gini says so:

# %%
even = concentration(pd.Series([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]))
round(even.gini, 2), round(even.generalised, 2)

# %% [markdown]
# The curve behind both, fullest places first:

# %%
found.curve

# %% [markdown]
# **Where other programs differ.** D9, D10 and D12 are the names of our tests of it:
#
# * safer-streets-core, `calc_modified_gini`: 0.676 for the ten streets above. The
#   generalised Gini, as Bernasco and Steenbeek define it, is 0.75 (D10).
# * lorenzgini, vignette: its text says .58 for (3, 1, 1, 0 ...); its own formula, and
#   ours, .56 (D12).
# * safer-streets-core, `spearman_rank_correlation`: the short formula supposes that no
#   two places are alike, and finds 0.24 for two maps that have nothing to do with one
#   another. With places that are alike sharing their ranks it is about 0 (D9).
#
# **The worst tenth against the best tenth** is another way to say it. Rank the areas by
# something else than their own crime, deprivation say; ranked by themselves the top is
# above the bottom by construction, and the answer says so.

# %%
offences = pd.Series([90, 30, 30, 30, 30, 30, 30, 30, 30, 30])
residents = pd.Series([1_000] * 10)
deprivation = pd.Series(range(10, 0, -1))
ratio = decile_ratio(offences, residents, ranked_by=deprivation)
limits = f"somewhere from {ratio.lower:.2f} to {ratio.upper:.2f}"
f"{ratio.ratio:.1f} times the rate, {limits}"

# %%
decile_ratio(offences, residents).caution

# %% [markdown]
# **What it does not mean.** Leave out the places without crime and everything looks
# more even than it is. Cells of another size give another Gini. High concentration says
# that few places matter, not which, nor that the same ones will next year: see
# [prediction](prediction.md). For streets see [on which streets](networks.md).
