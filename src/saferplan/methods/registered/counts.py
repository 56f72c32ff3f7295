"""Counts, rates and shares, and whether figures add up."""

from saferplan.methods.registered.method import Method

METHODS = [
    Method(
        "counts",
        1,
        "Counts of incidents in the months a force sent data",
        "A month never sent is missing; a month sent without incidents is zero.",
    ),
    Method(
        "claim",
        1,
        "Whether a published figure adds up: a change over years, a part and its whole",
        "Compound arithmetic.",
    ),
    Method(
        "rates",
        1,
        "Rate per 1,000 residents or households, with Byar's or exact limits",
        "Breslow and Day (1987), p. 69; Garwood (1936).",
    ),
    Method(
        "proportions",
        1,
        "Share with Wilson's limits, and Newcombe's for the difference of two",
        "Wilson (1927); Newcombe (1998), method 10.",
    ),
    Method(
        "weighted-shares",
        1,
        "Survey shares with weights, strata and clusters, and what they are worth",
        "Kish (1965), Survey Sampling; Korn and Graubard (1998).",
    ),
]
