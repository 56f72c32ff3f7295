# about: Justice
# methods: courts, waiting-times, attrition, trials, conviction-gap, orders
# verb: justice
# run: saferplan justice cases.csv
# run: saferplan justice stages.csv --cohort
# run: saferplan justice rates.csv --unit points

# %% [markdown]
# # Does justice come, and when?
#
# Six questions a partnership asks of the courts: how long cases take, whether the
# backlog grows, what became of trials, how many cases are left at each stage, how far
# our conviction rate lies from others', and whether the orders in the plan are law.

# %%
import numpy as np
import pandas as pd

from saferplan.methods.attrition import attrition, chained
from saferplan.methods.courts import backlog, timeliness
from saferplan.methods.gaps import conviction_gap, two_readings
from saferplan.methods.orders import could_be_used, orders_in_use
from saferplan.methods.trials import trial_outcomes
from saferplan.methods.waits import waiting_times

# %% [markdown]
# ## How long, if many cases are still open?
#
# Five hundred cases came in over a year, made so that half of them take 139 days or
# more. Whatever is not over is still open. The finished ones alone tell a better story
# than the truth, the better the further the court falls behind.

# %%
random = np.random.default_rng(8)
takes, seen = random.exponential(200, 500), random.uniform(0, 365, 500)
over = takes <= seen
days = pd.Series(np.minimum(takes, seen).round())
done = timeliness(days[over])
print(f"finished cases alone: median {done.median:.0f} days, mean {done.mean:.0f}")
found = waiting_times(days, pd.Series(over))
found.quantiles.round({"days": 0, "lower": 0, "upper": 0})

# %% [markdown]
# Half the cases are over by the day in the first row, give or take its limits. By when
# nine in ten are over nobody can bound yet: too many of the long ones are open.

# %%
found.waiting.round(2)

# %%
found.cautions

# %% [markdown]
# ## The backlog
#
# The Crown Court in England and Wales, 2025, as published. Under a clearance of 1 more
# came in than were finished. Months to clear is a measure of size, not a forecast.

# %%
quarters = pd.to_datetime(["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"])
crown = backlog(
    pd.Series([30_169, 30_485, 30_388, 29_482], index=quarters),
    pd.Series([27_963, 28_807, 28_818, 28_812], index=quarters),
    pd.Series([76_445, 77_930, 79_446, 80_203], index=quarters),
)
crown[["open", "clearance", "months_to_clear"]].round(2).reset_index(names="quarter")

# %% [markdown]
# ## What became of trials
#
# Vacated trials were taken out of the list before their day and are in no percentage.
# Vacate more, and the rest looks better: so their number stands beside it.

# %%
listed = pd.DataFrame(
    [
        ("effective", "", 220), ("cracked", "guilty plea", 120),
        ("cracked", "prosecution ended the case", 50), ("ineffective", "M1", 30),
        ("ineffective", "N1", 22), ("ineffective", "Q1", 18), ("ineffective", "W1", 14),
        ("ineffective", "S3", 3), ("ineffective", "Z", 3), ("vacated", "", 100),
    ],
    columns=["outcome", "reason", "trials"],
)  # fmt: skip
trials = trial_outcomes(listed)
trials.outcomes.reset_index().round(3)

# %%
trials.sides.round(3)

# %%
trials.vacated, round(trials.vacated_share, 3)

# %% [markdown]
# ## How many cases are left
#
# Of a cohort the same cases are followed. Counted in one year, the convictions are not
# those of the year's charges, and the table says so.

# %%
chain = pd.Series({"reported": 1_200, "charged": 90, "tried": 70, "convicted": 40})
attrition(chain, cohort=True)[
    ["reached", "of_first", "first_lower", "first_upper", "of_before", "lost"]
].reset_index(names="stage").round(3)

# %%
attrition(chain, cohort=False)["caution"].iloc[0]

# %% [markdown]
# Published shares can be chained, if each is of what the last one left. Half of trials
# are not effective; the prosecution ended a quarter of those; two fifths of these for
# want of a victim or witness. That is one trial in twenty:

# %%
shares = {
    "not effective": 0.5,
    "prosecution ended it": 0.25,
    "no victim or witness": 0.4,
}
chained(pd.Series(shares))[["share", "of_all"]].reset_index(names="step")

# %% [markdown]
# ## "Ten per cent lower"
#
# Lower than 73.9%: is that 66.5% or 63.9%? A gap here cannot be written down without
# saying percentage points or per cent.

# %%
two_readings(-0.10, 0.739)[["rate", "lower", "upper"]].reset_index(
    names="read as"
).round(3)

# %%
gap = conviction_gap(660, 1_000, their_convictions=73_900, their_completed=100_000)
print(f"{gap:points}")
print(f"{gap:percent}")

# %% [markdown]
# ## Orders, and whether they are law
#
# A plan of 2017 meant to use Stalking Protection Orders more by March 2018. They became
# law in January 2020.

# %%
law = pd.DataFrame(
    {
        "order": ["Stalking Protection Order", "Domestic Violence Protection Order"],
        "start": ["2020-01-20", "2014-03-08"],
        "end": [None, None],
    }
)
could_be_used(law["order"], law, by="2018-03")[["order", "possible", "caution"]]

# %%
made = pd.DataFrame(
    {"order": law["order"], "month": ["2020-06", "2020-06"], "made": [12, 3]}
)
used = orders_in_use(made, law, first="2019-04", last="2020-12")
used[["made", "months", "a_year", "status", "caution"]].reset_index()

# %% [markdown]
# ## What none of this says
#
# A high conviction rate of few charges is not justice for many. A cracked trial spared
# a witness the stand. More orders can be more harm, more courage to report, or a new
# power in use. The numbers say where to ask.
