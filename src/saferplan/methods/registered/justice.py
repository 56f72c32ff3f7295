"""How cases go through the courts."""

from saferplan.methods.registered.method import Method

METHODS = [
    Method(
        "courts",
        1,
        "Court timeliness, backlog, clearance rate and months to clear",
        "Ministry of Justice, Criminal court statistics: guide.",
    ),
    Method(
        "waiting-times",
        1,
        "How long cases take while many are still open (Kaplan and Meier)",
        "Kaplan and Meier (1958), doi:10.1080/01621459.1958.10501452; Greenwood "
        "(1926); Brookmeyer and Crowley (1982), doi:10.2307/2530286.",
    ),
    Method(
        "attrition",
        1,
        "Cases left at each stage, of the first and of the one before; chained shares",
        "Wilson (1927); cohort and period kept apart.",
    ),
    Method(
        "trials",
        1,
        "Effective, cracked, ineffective and vacated trials, with reasons and sides",
        "Ministry of Justice, Criminal court statistics: guide.",
    ),
    Method(
        "conviction-gap",
        1,
        "Gap between two rates, in percentage points or per cent, never unsaid",
        "Newcombe (1998), method 10; Katz and others (1978).",
    ),
    Method(
        "orders",
        1,
        "Orders made, beside the days on which they were law",
        "Register of statutes; exact limits of a count, Garwood (1936).",
    ),
]
