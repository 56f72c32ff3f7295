# about: Is a change real?
# methods: control-chart, control-chart-of-counts, false-alarms, level-changes
# methods: trend-changes
# verb: is-it-real
# run: saferplan is-it-real calls.csv
# run: saferplan is-it-real calls.csv --better down --target 30 --json
# run: saferplan is-it-real calls.csv --new-limits '2025-03; shelter opened; ASB group'

# %% [markdown]
# # Is this month news?
#
# Every board has a page of figures with arrows. Most arrows show nothing: a count goes
# up or down each month as the weather does. A control chart asks of a month whether it
# is more than the ordinary ups and downs of its own series.
#
# Here are calls about antisocial behaviour in two wards, made for this page: one where
# nothing ever happened, and one where something did in March 2025.

# %%
import numpy as np
import pandas as pd

from saferplan.methods.control_chart import Rebase, control_chart

random = np.random.default_rng(11)
months = pd.period_range("2024-01", periods=24, freq="M")
calls = pd.DataFrame(
    {
        "Northside": random.poisson(40, 24),
        "Southside": np.concatenate([random.poisson(40, 14), random.poisson(26, 10)]),
    },
    index=months,
)
calls.tail(12).T

# %%
chart = control_chart(calls, improvement="down", target=38)
chart.summary[["mean", "lower", "upper", "signal", "variation", "assurance"]]

# %% [markdown]
# The rules are those of NHS England's *Making data count*. A month is worth asking
# about if it lies outside the limits, is part of a run of seven rising or falling, is
# one of two in three near a limit, or is part of seven in a row on one side of the
# mean. `variation` says which way is better; `assurance` says whether the target will
# be met month after month (`passes`), never (`fails`), or as chance will have it (`hit
# or miss`).
#
# Southside's signals, month by month:

# %%
signals = chart.signal["Southside"]
signals[signals != ""]

# %% [markdown]
# ## New limits are a decision
#
# No rule redraws the limits. A chart that adapts by itself hides the change it was
# drawn to show. When something known happened, somebody decides it, and the decision
# carries a reason and a name.

# %%
decision = Rebase("2025-03", reason="Youth shelter opened", decided_by="ASB group")
since = control_chart(calls, improvement="down", rebases=[decision])
since.summary.loc[
    ["Southside"], ["mean", "lower", "upper", "signal", "points", "caution"]
]

# %% [markdown]
# ## How many false alarms has this page?
#
# With enough charts something always signals. On a page of forty on which nothing has
# happened, this many show a signal in their newest month; the third figure is the
# chance of at least one.

# %%
from saferplan.methods.false_alarms import false_alarms

page = false_alarms(40, points=24)
round(page.each, 3), round(page.expected, 2), round(page.at_least_one, 2)

# %% [markdown]
# ## Small counts
#
# Knife injuries in one ward are a handful a month. Limits of three standard deviations
# would reach below nothing, so no fall could ever show. Exact limits are as rarely
# crossed above, and say plainly that there is none below.

# %%
from saferplan.methods.control_counts import count_chart

injuries = pd.Series(
    [2, 4, 3, 1, 3, 5, 2, 3, 4, 2, 3, 4, 2, 3, 1, 4, 3, 2, 5, 11] + [3] * 4
)
small = count_chart(injuries.set_axis(months), limits="exact")
small.months.iloc[17:21]

# %% [markdown]
# Crimes come in series and are recorded in batches, so counts vary more than chance
# alone. `variation` says by how much; where it is well over 1, Laney's limits are as
# wide as the months really vary.

# %%
batches = pd.Series(random.negative_binomial(10, 0.2, 24), index=months)
plain = count_chart(batches)
wide = count_chart(batches, limits="laney")
print(round(plain.variation, 2), (plain.months["signal"] != "").sum(), "signals")
print(plain.cautions[-1])
print((wide.months["signal"] != "").sum(), "with Laney's limits")

# %% [markdown]
# ## When did it change?
#
# Whoever looks for a change in every month will find one. So the best month found is
# set beside the best months found in made-up series on which nothing happened. `p` is
# how often those show as clear a change; the rate of false alarms, one in twenty, is
# for the search as a whole.

# %%
from saferplan.methods.changepoint import level_changes

for ward in calls:
    found = level_changes(calls[ward])
    print(
        ward,
        [
            (c.first_month, c.between, round(c.before), round(c.after), c.p)
            for c in found.changes
        ],
    )

# %% [markdown]
# ## Where did the trend turn?
#
# Some changes come as a step, others as a bend: a count that rose each year begins to
# fall. Joinpoint regression draws straight lines in percent a year, joined end to end,
# and believes a bend only if shuffled ups and downs seldom show so sharp a one.

# %%
from saferplan.methods.trend_changes import trend_changes

years = np.arange(72) / 12
thefts = random.poisson(60 * np.exp(0.12 * years - 0.3 * np.maximum(years - 3, 0)))
since_2020 = pd.period_range("2020-01", periods=72, freq="M")
found = trend_changes(pd.Series(thefts, index=since_2020))
for joint in found.joints:
    print(f"turned in {joint.at}, or {joint.between[0]} to {joint.between[1]}")
pd.DataFrame(found.segments).round(3)

# %% [markdown]
# Thefts made for this page to rise by 13% a year until the end of 2022, and to fall by
# 16% a year from then on. `yearly` is the change a year on either side of the bend.
#
# **What the numbers do not mean.** A signal is a reason to ask, not an answer: a new
# way of recording makes one as surely as a crime wave. No signal is no proof that
# nothing happened; a chart of 24 months sees a fall of a third, not one of a twentieth.
# And the chart does not know seasons: a count that halves every August will signal
# every August.
