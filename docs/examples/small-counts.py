# about: Protecting people
# methods: disclosure-suppression, disclosure-attack
# methods: disclosure-editions, disclosure-rounding
# verb: protect, attack
# run: saferplan protect offences.csv --rows ward --columns kind --csv out.csv
# run: saferplan attack out.csv --rows ward --columns kind

# %% [markdown]
# # Can anybody work out a small count?
#
# A count of 1 to 4 in a small area can point to a person: somebody knows who the two
# are, and learns from the table what happened to them. So it is hidden. But a table
# has totals, and a total less what is shown gives back what is hidden. This page hides
# small counts, and then plays the one who wants to know them.

# %%
import numpy as np
import pandas as pd

from saferplan.methods.disclosure_attack import attack, published
from saferplan.methods.disclosure_editions import next_edition
from saferplan.methods.disclosure_rounding import narrowed_by_sums, round_counts
from saferplan.methods.disclosure_suppression import narrowed, suppress
from saferplan.methods.disclosure_tables import tables_of

wards = ["Evelyn", "Deptford", "Lee", "Grove"]
kinds = ["With injury", "Without", "Threat only"]
counts = pd.DataFrame(
    [(ward, kind) for ward in wards for kind in kinds], columns=["ward", "kind"]
)
counts["count"] = [3, 17, 22, 12, 31, 9, 9, 8, 40, 21, 2, 14]
offences = tables_of(counts, by=["ward", "kind"])


def as_table(cells):
    shown = cells["count"].astype(object).where(cells["count"].notna(), "[c]")
    wide = cells.assign(count=shown).pivot(index="ward", columns="kind", values="count")
    return wide.loc[[*wards, "All"], [*kinds, "All"]]


as_table(offences.cells)

# %% [markdown]
# There are two small counts. Hide these two, and nothing else:

# %%
shown = offences.counts.astype(float)
shown[shown < 5] = np.nan
attack(published(shown, offences.sums, lowest=1))

# %% [markdown]
# `lower` and `upper` are the least and the greatest that each can be, given everything
# shown. They are equal: both counts are worked out, by taking the rest of the row from
# its total. So further counts have to go with them:

# %%
protected = suppress(offences)
as_table(protected.cells)

# %%
attack(protected.published)

# %% [markdown]
# Now each of them can be anything in a wide range. What counts as safe is written down,
# in `is_safe`: for all that anybody can tell, a small count could be 1; it could be one
# that need not have been hidden (5 or more); and its range is at least as wide as the
# threshold. `narrowed` lists what is not safe, and here it lists nothing.

# %%
len(narrowed(protected.published, cells=protected.small))

# %% [markdown]
# The log says what was hidden and why, and never the count. It does tell which of them
# are small, so it stays with the files; the table has one mark for all.

# %%
protected.log

# %% [markdown]
# **A second edition** tells of what came in between. Twelve offences in April's table
# and thirteen in May's are each large enough; together they tell of one. So the new
# edition is protected with the old one beside it, and what was added is a count like
# any other:

# %%
april = tables_of(pd.DataFrame({"ward": wards, "count": [12, 20, 31, 44]}), by=["ward"])
may = tables_of(pd.DataFrame({"ward": wards, "count": [13, 28, 31, 52]}), by=["ward"])
alone = suppress(may)
beside = suppress(next_edition(may, april, suppress(april).published.shown))
print(f"By itself: {len(alone.log)} hidden. Beside April's: {len(beside.log)}.")
beside.log

# %% [markdown]
# **Rounding** is the other way. It hides nothing and blurs everything; controlled
# rounding finds multiples of 5 that still add up. It does not meet the rule above: a
# rounded 0 says that there were few.

# %%
as_table(round_counts(offences).cells)

# %% [markdown]
# Rounding each count by itself can be undone by the totals. Nine wards that show 0 had
# 2 at most; a total that shows 20 was 18 at least; so every one of them had 2:

# %%
nine = pd.DataFrame({"ward": [f"Ward {n}" for n in range(1, 10)], "count": 2})
by_itself = round_counts(tables_of(nine, by=["ward"]), how="nearest")
narrowed_by_sums(by_itself).head(2)

# %% [markdown]
# What this does not mean: that nothing can be learned. The attacker knows sums and the
# rule. Somebody who is one of the few, or knows all but one of them, knows more than
# any table tells; so does somebody who works backwards from why other cells were
# chosen. Fewer tables, larger areas and longer periods protect better than any mark.
