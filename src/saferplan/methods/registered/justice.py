"""How cases go through the courts."""

from saferplan.methods.registered.method import Method

METHODS = [
    Method(
        "courts",
        1,
        "Court timeliness, backlog, clearance rate and months to clear",
        "Ministry of Justice, Criminal court statistics: guide.",
    ),
]
