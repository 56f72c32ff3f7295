# about: Counts and rates
# methods: change, rates, proportions, survey-change
# verb: is-it-real
# run: saferplan is-it-real monthly.csv

# %% [markdown]
# # Up or down, and compared with what?
#
# "Robbery is up 9%." Compared with which months? From how many? And would the next year
# have been the same with nothing changed? A figure in an assessment carries the answers
# with it.
#
# ## Which months
#
# A run of months is always set against the same months a year before, so that the
# season cannot pass for a change. There are three such runs.

# %%
import pandas as pd

from saferplan.methods.spans import financial_year, rolling_year, year_to_date

spans = {
    "rolling year": rolling_year("2026-02"),
    "financial year": financial_year("2026-02"),
    "year to date": year_to_date("2026-02"),
}
pd.DataFrame(
    {
        name: [
            str(span.before[0]),
            str(span.after[0]),
            str(span.after[-1]),
            len(span.after),
        ]
        for name, span in spans.items()
    },
    index=["compared from", "from", "to", "months"],
).T

# %% [markdown]
# ## The change
#
# Three categories of a borough, made for this page, for two years. Theft has one month
# that the force never sent.

# %%
from saferplan.methods.change import change_between, how_many_fell

months = pd.period_range("2024-03", "2026-02", freq="M")
monthly = pd.DataFrame(
    {
        "Robbery": [22, 19, 25, 21, 18, 23, 20, 24, 22, 19, 21, 26]
        + [24, 25, 26, 19, 22, 28, 21, 23, 27, 20, 22, 27],
        "Burglary": [60, 55, 58, 62, 57, 61, 59, 64, 66, 70, 68, 63]
        + [46, 44, 47, 51, 45, 49, 44, 52, 50, 55, 53, 48],
        "Theft": [210] * 12 + [205] * 9 + [None] + [205] * 2,
    },
    index=months,
)
changes = change_between(monthly, rolling_year("2026-02"))
changes[["before", "after", "change", "lower", "upper", "verdict"]].round(3)

# %% [markdown]
# Robbery is up 9%, and that is within what chance does to counts of this size: the
# limits reach from a fall to a rise. Burglary is down by a fifth, and that is more than
# chance. Of theft nothing can be said.

# %%
changes.loc["Theft", "caution"]

# %% [markdown]
# Counts of crime vary more than chance alone, because crimes come in series. How much
# more is taken from the months themselves (`dispersion`), and widens the limits. On a
# page of many categories some verdicts come by chance alone, one in twenty where
# nothing has happened:

# %%
falls = how_many_fell(changes)
falls.compared, falls.fell_really, falls.rose_really, falls.by_chance

# %% [markdown]
# ## A rate, and when there is none
#
# A rate puts places of different size side by side. It needs people to divide by, and
# enough offences that one more does not move it.

# %%
from saferplan.methods.rates import crime_rate

offences = pd.Series({"Hillside": 240, "Marsh Lane": 6, "Business park": 18})
residents = pd.Series({"Hillside": 12_000, "Marsh Lane": 900, "Business park": 0})
crime_rate(offences, residents).round(1)

# %% [markdown]
# ## A share
#
# In how many of 400 searches was anything found? A share of few has wide limits; a
# difference of two shares, here of Black from White, has wider ones.

# %%
from saferplan.methods.proportions import share, share_difference, survey_change

searches = pd.Series({"Black": 400, "White": 650})
found = pd.Series({"Black": 88, "White": 162})
share(found, searches).round(3)

# %%
share_difference(
    found[["Black"]],
    searches[["Black"]],
    from_part=found[["White"]].set_axis(["Black"]),
    from_whole=searches[["White"]].set_axis(["Black"]),
)[["difference", "lower", "upper", "verdict"]].round(3)

# %% [markdown]
# ## What a survey can tell
#
# Confidence in the police rose from 62% to 67%. In London, with 12,800 people asked
# each year, that is a rise. In one borough, with 400, it may be the people who happened
# to be asked.

# %%
asked = pd.Series({"London": 12_800, "One borough": 400})
then, now = (pd.Series(value, index=asked.index) for value in (0.62, 0.67))
survey_change(then, now, asked_before=asked, asked_after=asked)[
    ["difference", "lower", "upper", "verdict"]
].round(3)

# %% [markdown]
# **What the numbers do not mean.** A real change is a change in what was recorded.
# Better recording, a police operation or a new offence code make one too. A rate per
# resident is unfair to a town centre, where the victims live elsewhere. And a change
# within chance may still be a change: it has not been shown, which is not the same as
# shown not to be.
