# about: Targets
# methods: target, target-path, target-standing, target-chance, target-share
# methods: baseline, expected-count
# verb: explain-target
# run: saferplan explain-target target.toml
# run: saferplan explain-target target.toml --months burglary.csv --json

# %% [markdown]
# # What does a target ask?
#
# In 2013 the Mayor's Office for Policing and Crime set London a target: a fifth fewer
# of seven neighbourhood crimes in four years, "250,000 fewer crimes". Boroughs asked
# what it was for them, and how it had come about. This is what figures can answer.
#
# ## From what, to what, by which way

# %%
from saferplan.methods.target_explained import explain_target
from saferplan.methods.target_sentences import sentences
from saferplan.methods.targets import Target

mopac_7 = Target(
    "Seven neighbourhood crimes",
    number=0.8 * 411_033,
    ends="2016-03",
    years=4,
    baseline=(411_033,),
    area="London",
    claim=250_000,
)
explained = explain_target(mopac_7, since=[384_474])
for sentence in sentences(explained)[3:8]:
    print(sentence)

# %% [markdown]
# A fifth in four years is not a twentieth a year: that is a **linear** path. The same
# share each year, a **compound** path, is 5.43%. Neither adds up to 250,000. Only a
# fifth reached after the first year, and kept for three, does.
#
# ## What the baseline does by itself
#
# Take an offence with 200 cases in a usual year, with three times the scatter of
# independent events, and let nothing change. How often does the next year look a fifth
# lower?

# %%
from saferplan.methods.baselines import what_chance_does

for rule, years in [("last", 1), ("worst", 3), ("mean", 3)]:
    often, change = what_chance_does(200, rule=rule, years=years, dispersion=3)
    print(f"{rule} of {years}: {often:.1%} of the time; on average {change:+.1%}")

# %% [markdown]
# So a baseline of one year brings a caution, the worst of several brings another, and
# the mean of three or more brings none.
#
# ## What shows, and what does not
#
# The smallest fall that can be told from chance depends on how many there were. It is
# the point where the verdict on [a change](../explanation/what-a-verdict-means.md)
# turns.

# %%
import pandas as pd

from saferplan.methods.expected_count import chance_of_at_most, smallest_fall

pd.Series(
    [100 * smallest_fall(count) for count in (100, 200, 500, 1_000)],
    index=pd.Index([100, 200, 500, 1_000], name="cases in a year"),
    name="smallest fall that shows, %",
)

# %% [markdown]
# A ward with 80 in eight months will see 32 or fewer in the next four, a fall of a
# fifth, one time in six with nothing done. A borough with 960 will not.

# %%
ward = chance_of_at_most(32, 80, months=8, ahead=4)
borough = chance_of_at_most(384, 960, months=8, ahead=4)
print(f"ward {ward:.3f}; borough {borough:.7f}")

# %% [markdown]
# The same holds for surveys. Confidence in the police rose from 62% to 67%. Asked of
# 12,800 Londoners that is a real change; asked of 400 people in a borough it could be
# chance.

# %%
from saferplan.methods.target_shares import explain_share

for asked in (400, 12_800):
    share = explain_share(0.62, 0.75, asked=asked, years=4, now=0.67, promised=0.2)
    points = 100 * (share.upper - share.change)
    print(f"{asked:,} asked: give or take {points:.1f} points, {share.verdict}")
print(f"read as percent {share.if_percent:.1%}; as points {share.if_points:.1%}")

# %% [markdown]
# "20% more" of 62% is 74.4%. Read as points it would be 82%. A target must say which.
#
# And how likely is a survey to show it met? Opinion drifts of itself, in a borough by
# some five points a year one way or the other, in London by three; and a small sample
# may show by luck what has not happened.

# %%
from saferplan.methods.target_share_chance import share_chance

for place, asked, drift in (("borough", 400, 0.2), ("London", 12_800, 0.13)):
    found = share_chance(
        0.62, 0.67, asked=asked, years=1, drift=drift, design_effect=1.5
    )
    print(
        f"{place}: 67% shown in a year {found.probability:.0%}; "
        f"truly reached {found.truly:.0%}; shown by luck alone {found.by_luck:.1%}"
    )

# %% [markdown]
# ## How likely it is
#
# Given the months, the explainer draws the months to come twenty thousand times: the
# level and trend of the last two or three years with their doubt, the season, counts
# that scatter as much as they have, a trend that wears off, and years that differ from
# each other as a borough's years do. The chance is the share of those futures that meet
# the target. Beside it stand the best twelve months and the best change that history
# has seen, because a target beyond both asks for something that has never happened.

# %%
months = pd.period_range("2021-04", "2025-03", freq="M")
winter = [80, 80, 80, 80, 80, 80, 96, 96, 96, 96, 96, 96]
burglary = Target(
    "Burglary", number=950, ends="2026-03", years=1, baseline=(1_056, 1_056, 1_056)
)
explained = explain_target(burglary, pd.Series(winter * 4, index=months))
standing = explained.standing
print(f"usual each month {standing.usual_each_month:.1f}")
print(f"needed each month {standing.needed_each_month:.1f}")
print(f"chance of meeting it {explained.chance.probability:.2f}")
print(f"history has seen such a fall: {explained.runs.reached}")

# %% [markdown]
# It is the chance if nothing new is done. On the Metropolitan Police's borough figures
# of 2010 to 2024, by major category, about four in five yearly totals lay within the
# limits that are meant to hold four in five, one year ahead and two. Much of how far
# years differ comes from changes in recording and in the world that no count foresees,
# so the limits are wide; a narrow answer would be a false one.
#
# ## Where two targets clash
#
# Targets on one measure are compared: opposite directions, two numbers for one year, a
# later target easier than an earlier one, and percentages from baselines that differ.

# %%
from saferplan.methods.targets import conflicts

ours = Target("Burglary", 800, "2016-03", 4, (1_000,), set_by="The partnership")
theirs = Target("Burglary", 850, "2017-03", 5, (1_000,), set_by="The city")
print(conflicts([ours, theirs])[0].why)

# %% [markdown]
# ## From the command line
#
# Write the target as TOML (or JSON), or give it by options. `--json` gives every
# number.
#
# ```toml
# measure = "Seven neighbourhood crimes"
# area = "London"
# baseline = [411033]      # one number a year, oldest first
# change = -0.2            # or number = 328826
# years = 4
# ends = "2016-03"
# claim = 250000
# since = [384474]         # or months, by --months FILE.csv with columns month, count
# ```
#
# **What it cannot say:** whether a target is wise, what it will cost, or what people
# will stop recording to meet it.
