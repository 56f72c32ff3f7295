"""What to expect, and what a target asks."""

from saferplan.methods.registered.method import Method

METHODS = [
    Method(
        "forecast",
        1,
        "Counts to expect in the months ahead, with limits that held before",
        "Winters (1960), doi:10.1287/mnsc.6.3.324; Bates and Granger (1969), "
        "doi:10.1057/jors.1969.103; negative binomial limits made conformal.",
    ),
    Method(
        "back-test",
        1,
        "Forecasts made again from what was known then: errors and coverage",
        "Hyndman and Koehler (2006), doi:10.1016/j.ijforecast.2006.03.001; "
        "Tashman (2000), doi:10.1016/S0169-2070(00)00065-0.",
    ),
    Method(
        "expected-count",
        1,
        "Count to expect next, with limits, and the smallest fall that shows",
        "Gamma-Poisson predictive limits with Jeffreys' prior; Wilson (1927).",
    ),
    Method(
        "baseline",
        1,
        "Baseline of a target with limits, and the fall its choice makes appear",
        "Byar's limits; negative binomial chances, worked out exactly.",
    ),
    Method(
        "target",
        1,
        "A target explained: baseline, paths, claim, progress, chance, conflicts",
        "Put together of baseline, target-path, target-standing, target-chance and "
        "expected-count.",
    ),
    Method(
        "target-path",
        1,
        "Linear and compound path to a target, and the path that gives a claim",
        "Arithmetic; MOPAC 7, Police and Crime Plan 2013-2016, as worked example.",
    ),
    Method(
        "target-standing",
        1,
        "What a target needs of the months left, and what history has seen",
        "Arithmetic on monthly counts.",
    ),
    Method(
        "target-chance",
        1,
        "Chance of meeting a target if things go on much as they are",
        "Simulated negative binomial months; Gardner and McKenzie (1985), "
        "doi:10.1287/mnsc.31.10.1237.",
    ),
    Method(
        "target-share",
        1,
        "A target for a surveyed share: points or percent, and what shows",
        "Normal approximation for independent samples.",
    ),
]
