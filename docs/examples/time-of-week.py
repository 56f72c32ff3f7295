# about: Where?
# methods: aoristic
# verb: time-of-week
# run: saferplan time-of-week burglaries.csv
# run: saferplan time-of-week burglaries.csv --csv hours.csv

# %% [markdown]
# # At which hours, if nobody saw it happen?
#
# A home was left at eight and found broken into at six. When did it happen? Nobody
# knows. Its middle, one o'clock, invents a lunchtime peak; its end, six, says only when
# people come home. The aoristic way gives each of the ten hours a tenth.

# %%
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.aoristic import time_of_week

burglaries = pd.DataFrame(
    [
        ("2026-01-05 08:00", "2026-01-05 18:00"),  # a Monday: at work
        ("2026-01-05 13:00", "2026-01-05 15:00"),  # two hours
        ("2026-01-05 14:20", "2026-01-05 14:20"),  # seen
        ("2026-01-09 18:00", "2026-01-11 20:00"),  # away from Friday to Sunday
    ],
    columns=["start", "end"],
)
found = time_of_week(burglaries)
found.hours.loc[["Monday"], 8:18].T.rename_axis("hour")

# %% [markdown]
# The hour from 14:00 has a tenth, a half and a whole one: 1.6. The whole table adds up
# to four burglaries, none counted twice.

# %%
round(float(found.hours.to_numpy().sum()), 6), found.to_the_hour

# %%
found.caution

# %% [markdown]
# **A trap.** Much of what systems export is in UTC, which is an hour out from spring to
# autumn; a table made of such times is wrong by more than chance could make it. So
# times in UTC are refused.

# %%
in_utc = pd.DataFrame({"start": pd.to_datetime(["2026-07-06T22:30:00Z"])})
try:
    time_of_week(in_utc)
except MethodError as reason:
    print(reason)

# %%
local = in_utc.assign(start=in_utc["start"].dt.tz_convert("Europe/London"))
time_of_week(local).hours.loc["Monday", 23]

# %% [markdown]
# **What it does not mean.** That each minute of a span is as likely is a convention and
# not a finding. Spans of a day or more say nothing of the hour: see `to_the_hour`, the
# share that is known within one.
