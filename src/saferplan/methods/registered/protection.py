"""Small counts, and what gives them away."""

from saferplan.methods.registered.method import Method

METHODS = [
    Method(
        "disclosure-suppression",
        1,
        "Small counts hidden, and what would give them away, in tables that add up",
        "Fischetti and Salazar (2000), doi:10.1080/01621459.2000.10474282; Handbook "
        "on Statistical Disclosure Control (2024).",
    ),
    Method(
        "disclosure-editions",
        1,
        "What a second edition of a table gives away, protected with the first",
        "Handbook on Statistical Disclosure Control (2024), chapter 5: differencing.",
    ),
    Method(
        "disclosure-rounding",
        1,
        "Counts rounded to a base, controlled or at random, and what totals tell",
        "Cox and Ernst (1982), Controlled rounding; Handbook on Statistical Disclosure "
        "Control (2024), chapter 5.",
    ),
    Method(
        "disclosure-attack",
        1,
        "What can be worked out of hidden counts from all that is published",
        "The attacker's problem of Fischetti and Salazar (2000), "
        "doi:10.1080/01621459.2000.10474282, by linear programming.",
    ),
]
