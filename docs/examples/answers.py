# about: Who, and how often?
# methods: draft-themes, theme-suggestions, theme-prevalence, coder-agreement
# verb: read-answers
# run: saferplan read-answers answers.csv --text "What matters?" --sample to-code.csv
# run: saferplan read-answers answers.csv --text "What matters?" --coded themes --json

# %% [markdown]
# # How many answers raise each theme?
#
# Four hundred people answered an open question. Nobody can read them all twice, and a
# machine that reads them all is wrong by several points and does not say so. So: the
# machine drafts, people decide the themes, people code a **random** sample, and only
# what that sample shows is counted, with its limits.

# %%
import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.agreement import agreement
from saferplan.methods.draft_themes import draft_themes
from saferplan.methods.suggestions import suggest
from saferplan.methods.theme_prevalence import draw_to_code, prevalence

SAID = {
    "Lighting": "lamps dark underpass lighting canal path streets lit bulbs broken",
    "Counters": "station counter desk open evening closing front police walk nearest",
    "Young people": "youth clubs teenagers school workers holidays corner football",
    "Burglary": "burglary locks sheds garages stolen victim weeks officer insurance",
}
FILLING = ["please", "more", "we", "need", "the", "our", "here", "often", "should"]
random = np.random.default_rng(21)
themes = list(SAID)
texts, truth = [], []
for _ in range(400):
    own = [theme for theme in themes if random.random() < 0.33] or ["Lighting"]
    words = [random.choice(SAID[theme].split(), 5) for theme in own]
    words = np.concatenate([*words, random.choice(FILLING, 8)])
    texts.append(" ".join(random.permutation(words)))
    truth.append([theme in own for theme in themes])
texts = pd.Series(texts)
truth = pd.DataFrame(truth, columns=themes)
texts.head(2).tolist()

# %% [markdown]
# ## A first look
#
# Answers that are alike in words are put together. **A draft theme is not a finding**:
# its size is no count, an answer with two points is in one group, and for and against
# may stand together. People read the answers named, and join, split and write labels.

# %%
draft = draft_themes(texts, themes=6)
draft.themes[["theme", "words", "exemplars", "status"]]

# %% [markdown]
# ## People code a random sample
#
# At random, because only that buys limits that hold; choosing "interesting" answers
# gained nothing when it was tried. Two people who read the same answers should agree
# before anything is counted. Here the second slips now and then:

# %%
drawn = draw_to_code(texts.index, 150, seed=4)
coded = truth.loc[drawn]
second = coded.head(60) ^ (random.random((60, 4)) < 0.06)
both = agreement(coded, second)
print(f"samples-F1 {both.samples_f1[0]:.2f}, alpha {both.alpha[0]:.2f}")
both.themes[["theme", "both", "first_only", "second_only", "alpha", "lower", "upper"]]

# %% [markdown]
# Alpha is 1 where they always agree and 0 where chance would do as well. Between
# experts on a large British consultation samples-F1 was 0.74: no machine can be better
# than what people agree on.
#
# ## The machine suggests the rest
#
# Its choice stands beside the person's and never replaces it. How good it is shows on
# coded answers that it had not seen.

# %%
made = suggest(texts, coded)
print(f"{made.by}: samples-F1 {made.samples_f1:.2f}")
made.top.head(3)

# %% [markdown]
# ## The count, with its limits
#
# `sample_lower` and `sample_upper` come from the sample alone; `lower` and `upper` use
# the suggestions too, as far as the sample shows that they can be believed (`weight`).
# That is *prediction-powered inference*. The last column is the truth, which we know
# here because we made the answers up.

# %%
found = prevalence(
    coded, texts.index, at_random=True, campaign=None, suggested=made.scores
)
columns = ["theme", "share", "lower", "upper", "sample_lower", "sample_upper"]
found.themes[columns].assign(truth=truth.mean().to_numpy())

# %% [markdown]
# A sample that was chosen in another way is refused:

# %%
try:
    prevalence(coded, texts.index, at_random=False, campaign=None)
except MethodError as reason:
    print(reason)

# %% [markdown]
# **What it does not mean.** It is a share of *answers*, and those who answer are not a
# sample of residents. A theme is not weighed by how many raise it: see
# [what one person may be the only one to say](../methods/campaigns.md).
# Themes under 2% have exact limits and are better searched for than counted.
#
# **How good it is** on answers that people had coded is measured in the
# [benchmarks](../reference/benchmarks.md). The sets are a made-up British consultation
# and a real German one; neither is about a police and crime plan.
