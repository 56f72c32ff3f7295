# about: Counts and rates
# methods: counts
# verb: count
# run: saferplan count incidents.csv
# run: saferplan count incidents.csv --by crime_type --csv counts.csv

# %% [markdown]
# # Was it a quiet month, or a missing one?
#
# A police force sends a file of incidents for each month. Now and then a file never
# arrives. Count what is there and that month looks like the safest on record; average
# over it and the whole year looks better than it was.
#
# So a count needs two tables: the incidents, and the months for which the force sent
# anything at all. Here are seven incidents, small enough to add up in the head.

# %%
from datetime import date

import ibis
import pandas as pd

from saferplan.methods.counts import missing_months, monthly_counts, submissions

JANUARY, FEBRUARY, MARCH, APRIL = (date(2025, month, 1) for month in range(1, 5))
incidents = pd.DataFrame(
    [
        ("E01000001", "Kent", JANUARY, "Robbery"),
        ("E01000001", "Kent", JANUARY, "Robbery"),
        ("E01000001", "Kent", MARCH, "Robbery"),
        ("E01000002", "Kent", MARCH, "Burglary"),
        (None, "Kent", MARCH, "Burglary"),  # no place: it is counted nowhere
        ("E01000009", "Metropolitan", FEBRUARY, "Burglary"),
        ("E01000009", "Metropolitan", APRIL, "Burglary"),
    ],
    columns=["area_code", "force", "month", "crime_type"],
)
table = ibis.memtable(incidents)

# %% [markdown]
# The months that each force sent follow from the incidents, unless a record was kept of
# the files that arrived. The record is better: a force that sent a file with nothing in
# it did send one.

# %%
sent = submissions(table)
missing_months(sent).execute()

# %% [markdown]
# Between the first month it sent and the last, each force skipped one. Now the counts.

# %%
counts = monthly_counts(table, sent)
counts.execute()

# %% [markdown]
# Read the rows of E01000002. In January nothing happened there, and the row says **0**,
# because Kent sent January. For February there is **no row**: Kent sent nothing, and
# what happened nobody knows. The burglary without a place is in no row; a method that
# needs places cannot use it, and a total for the force must be counted apart.
#
# If Kent's record shows that a file for February did arrive, and was empty, February is
# a quiet month after all:

# %%
recorded = pd.DataFrame(
    [("Kent", month) for month in (JANUARY, FEBRUARY, MARCH)],
    columns=["force", "month"],
)
monthly_counts(table, ibis.memtable(recorded)).execute()

# %% [markdown]
# **What the number does not mean.** A count is of what was recorded, where and under
# the heading it was recorded. It is not what happened: much is never reported, and a
# change in recording moves a count as surely as a change in crime. An area that never
# had an incident has no rows at all; join the list of areas if it must show.
#
# The same functions count six rows or six million: they build an expression, and the
# engine that holds the table runs it.
