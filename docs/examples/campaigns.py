# about: Who, and how often?
# methods: campaigns, vital-points
# verb: read-answers
# run: saferplan read-answers answers.csv --text "What matters?" --respondent who

# %% [markdown]
# # Did many people send in the same letter, and did one say what nobody else did?
#
# A standard letter is a lawful way to take part. Counted as so many separate views it
# drowns the rest; counted as one it silences thousands. So three numbers stand side by
# side: how many were **sent in**, in how many **different texts**, by how many
# **people**. Every text is kept.

# %%
import pandas as pd

from saferplan.definitions.vital_words import vital_words
from saferplan.methods.campaigns import find_campaigns
from saferplan.methods.vital_points import vital

LETTER = (
    "Please keep the front counter of the police station open. The nearest other one "
    "is forty minutes away by bus, and many of us cannot drive."
)
answers = pd.DataFrame(
    [
        ("P1", LETTER),
        ("P2", LETTER.upper()),
        ("P2", LETTER),
        ("P3", f"Dear Sir, {LETTER} My mother was burgled twice and nobody came."),
        ("P4", LETTER.replace("forty minutes", "an hour").replace("many", "most")),
        ("P5", "More bins on the high street, and empty them before the weekend."),
        ("P6", "A man has followed me home from the bus and I am scared to go out."),
        ("P7", "Nine days over Christmas is not enough time to reply to sixty pages."),
        ("P8", "I agree"),
        ("P9", "I agree"),
        ("P10", "I agree"),
    ],
    columns=["person", "answer"],
)
found = find_campaigns(answers["answer"], people=answers["person"])
columns = ["sureness", "submissions", "texts", "people", "please_look"]
found.campaigns[columns]

# %% [markdown]
# *Certain*: two texts share 40% or more of the runs of five words in the shorter one.
# *Please look*: their wording is alike though words were swapped; somebody looks, and
# nothing is added silently. Short answers, such as "I agree", are no campaign.
#
# What people added to the template is read on its own:

# %%
found.added[["answer", "text"]]

# %% [markdown]
# **What it does not find.** Answers that put one campaign in other words each were not
# found by this, nor by anything else that we tried (at most 18 in 100 pairs, at one
# false pair in 1,000). That no campaign was found does not say there was none. Nothing
# here says that a machine wrote an answer; such verdicts are wrong too often, and an
# answer may not be set aside for it.

# %%
found.cautions[0]

# %% [markdown]
# ## What must be read though only one person says it
#
# Counts miss what is rare. So words are looked for, which an analyst can read and argue
# with, and each find says which word told it. They are wide on purpose: missing one is
# worse than reading ten too many.

# %%
words = {name: kind.words for name, kind in vital_words().items()}
points = vital(answers["answer"], words)
points.found[["answer", "kind", "word", "passage"]]

# %% [markdown]
# A word found is no judgement: "nobody was attacked" has a word of danger in it. And an
# answer without any of the words may be as vital; this is one look besides reading.
