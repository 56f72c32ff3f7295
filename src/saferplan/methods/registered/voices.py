"""Whose voices a consultation heard."""

from saferplan.methods.registered.method import Method

METHODS = [
    Method(
        "participation",
        1,
        "Who answered against who lives here, whose voices are missing and how many",
        "Wilson (1927) for the limits of a share over a known one, "
        "doi:10.1080/01621459.1927.10502953.",
    ),
    Method(
        "weighting",
        1,
        "What answers weighed to the census would say, beside what they said",
        "Deming and Stephan (1940), doi:10.1214/aoms/1177731829; Kish (1965), Survey "
        "Sampling, 11.7.",
    ),
]
