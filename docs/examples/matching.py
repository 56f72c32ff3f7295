# about: Payment by results
# methods: matching, payment-effect
# verb: match
# run: saferplan match cohort.csv elsewhere.csv --on age --on priors --exact sex --k 3
# run: saferplan match cohort.csv elsewhere.csv --on age --who reference --outcome again

# %% [markdown]
# # Compared with whom?
#
# What would have happened without the service? Nobody can see that. The next best is
# people elsewhere who are like those it worked with. An invented programme took 150
# people, younger and with more convictions than the 2,000 of other places, and changed
# nothing at all.

# %%
import numpy as np
import pandas as pd

random = np.random.default_rng(11)


def people(number, age, priors):
    table = pd.DataFrame(
        {
            "age": random.normal(age, 7, number).round(),
            "priors": random.poisson(priors, number),
            "sex": random.choice(["F", "M"], number, p=[0.2, 0.8]),
        }
    )
    usual = 0.15 + 0.05 * table["priors"] - 0.004 * (table["age"] - 30)
    return table.assign(again=random.random(number) < usual.clip(0, 1))


cohort, elsewhere = people(150, 26, 4), people(2_000, 32, 2)
print(f"offend again: {cohort['again'].mean():.1%}, {elsewhere['again'].mean():.1%}")

# %% [markdown]
# So it looks as if the programme made people worse. Match each with up to three others:
# of the same sex, and near in the chance of being in the programme that age and
# convictions give.

# %%
from saferplan.methods.matching import match

found = match(cohort, elsewhere, on=["age", "priors"], exact=["sex"], k=3)
print(len(found.pairs), "matches;", len(found.unmatched), "without one")
found.balance[["group", "pool", "before", "matched", "after"]].round(2)

# %% [markdown]
# `before` and `after` are differences in standard deviations. Under 0.1 is taken for
# alike. This table belongs beside every matched result; without it nobody can judge.
#
# Now the outcome, of those with a match against their matches:

# %%
from saferplan.methods.payment_effect import Group, share_effect

kept = cohort.drop(index=list(found.unmatched))
weights = found.weights / found.weights.sum()
worth = 1 / (weights**2).sum()
effect = share_effect(
    Group(kept["again"].sum(), len(kept)),
    Group(worth * (weights * elsewhere["again"]).sum(), worth),
)
print(
    f"{100 * effect.effect:+.1f} points, from {100 * effect.lower:+.1f} to "
    f"{100 * effect.upper:+.1f}: {effect.verdict}"
)

# %% [markdown]
# Nothing, which is the truth here. Matches who share a person count for less than
# people of their own, so the others are worth fewer than their number.
#
# ## The same people, matched in the same way
#
# Ties are settled by a rule: everybody gets a first match before anybody gets a second,
# those with the highest score choose first, and of two who are equal the one who stands
# first in the table. So two people get the same answer, today and next year.
#
# ## A matching that did not work
#
# Matching 1:1 does not make groups alike by itself. LaLonde's training programme is the
# example in every textbook: 156 of 185 trainees were black, and 87 of the 429 others.
# All 87 were matched, and there were no more.

# %%
from saferplan.methods.match_balance import balance


def yes(count, of):
    return [1] * count + [0] * (of - count)


trained = pd.DataFrame({"black": yes(156, 185), "married": yes(35, 185)})
rows = []
for name, others, matched in [("black", 87, 87), ("married", 220, 39)]:
    pool = pd.DataFrame({name: yes(others, 429)})
    weights = yes(matched, others) + yes(185 - matched, 429 - others)
    rows.append(balance(trained, pool, on=[name], weights=weights))
pd.concat(rows)[["group", "pool", "before", "matched", "after"]].round(4)

# %% [markdown]
# These are the numbers that R's MatchIt prints. In marriage the two are now alike; in
# race they differ by more than a standard deviation, and a result that rests on such a
# match rests on nothing. A caliper leaves out those who have nobody near, and says how
# many: then the answer is about fewer people, and for those it is one.
#
# **What it cannot say:** anything about what was not recorded. Those who chose to come
# may have wanted to change. Two teams matched the men of Peterborough on different
# records and found different effects.
