# about: Where?
# methods: near-repeat, snapped
# verb: near-repeat
# run: saferplan near-repeat burglaries.csv --exact
# run: saferplan near-repeat burglaries.csv --metres 0,100,200 --days 0,7,14

# %% [markdown]
# # Does one burglary bring another?
#
# After a burglary the homes near by are at more risk for a while. But near places have
# much crime at any time, and some weeks have much crime anywhere; pairs of events close
# in both come up without any such thing. Knox's test counts the pairs, and asks how
# many there would be if the dates were dealt out over the places anew.

# %%
import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.near_repeat import near_repeat

random = np.random.default_rng(7)
homes = pd.DataFrame(random.uniform(0, 8_000, (400, 2)), columns=["x", "y"])
days = pd.to_timedelta(random.integers(0, 365, 400), unit="D")
homes["date"] = pd.Timestamp("2025-01-01") + days
# Forty of them are followed, three days later, by one thirty metres on.
again = homes.head(40).assign(x=homes["x"] + 30)
again["date"] += pd.Timedelta(days=3)
burglaries = pd.concat([homes, again], ignore_index=True)
found = near_repeat(burglaries, metres=(0, 100, 200), apart=(0, 7, 14), shuffles=99)
found.bands.drop(columns="caution")

# %% [markdown]
# Read the first row: within 100 m and 7 days there are 42 pairs, and chance would bring
# 3, so `ratio` is 14. The mean and the spread over all ways to deal the dates are
# known exactly, so two people get the same ratio, and no seed is needed. Only `p` takes
# shuffles: the share of them with as many pairs *or more*.
#
# **Where the edge of a band belongs** changes the numbers, so it is a choice and not an
# accident: `right=True` has a pair just on an edge in the band below. The Windows Near
# Repeat Calculator labelled its bands one off. The counts of a month of Chicago's
# burglaries published with the R package NearRepeat come out pair for pair, under each
# of the conventions it was counted by.
#
# **Places that were moved, and months without days, are refused**, because the test
# would find the moving:

# %%
for about, events in {
    "police.uk": {"publisher": "police-uk"},
    "months": {},
}.items():
    table = burglaries.copy()
    if about == "months":
        table["date"] = table["date"].dt.strftime("%Y-%m")
    try:
        near_repeat(table, **events)
    except MethodError as reason:
        print(f"{about}: {reason}\n")

# %% [markdown]
# **Where other programs differ.** D7, D8 and D11 are the names of our tests of it:
#
# * pointpats and surveillance: p is the chance of *more* pairs than seen, and not of as
#   many or more. For Burkitt's lymphoma in Uganda 0.146, where it is 0.222 (D7).
# * surveillance, `knox`, shuffles pairs and not dates; but pairs that share an event
#   stand or fall together, so its spread is wrong: too small where a few events have
#   many partners (D8).
# * tobydavies/NearRepeat finds the place of what was seen among the shuffles by
#   sorting, which breaks ties anyhow. Here every tie counts (D11).
#
# **What it does not mean.** A ratio of 14 does not say that one offender came back, nor
# that a home's risk is fourteen times as high. What is busy only for a season, or a new
# estate, brings pairs together too.
