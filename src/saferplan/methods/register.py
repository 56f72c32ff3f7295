"""
The methods by name and version, as findings cite them.

A version goes up when the same evidence would give another number or verdict.
"""

from dataclasses import dataclass

from saferplan.errors import MethodError


@dataclass(frozen=True)
class Method:
    """One way to a number. `source` is where a reader can check it."""

    name: str
    version: int
    title: str
    source: str


METHODS = {
    method.name: method
    for method in [
        Method(
            "counts",
            1,
            "Counts of incidents in the months a force sent data",
            "A month never sent is missing; a month sent without incidents is zero.",
        ),
        Method(
            "claim",
            1,
            "Whether a published figure adds up: a change, a share of a share, a part",
            "Compound arithmetic.",
        ),
        Method(
            "rates",
            1,
            "Rate per 1,000 residents or households, with Byar's or exact limits",
            "Breslow and Day (1987), p. 69; Garwood (1936).",
        ),
        Method(
            "change",
            1,
            "Change between two runs of months, allowing for chance and for counts "
            "that vary more than chance",
            "Przyborowski and Wilenski (1940); Wilson (1927); McCullagh and Nelder "
            "(1989), 4.5. Home Office rule: no percentage on a base under 50.",
        ),
        Method(
            "proportions",
            1,
            "Share with Wilson's limits, and Newcombe's for the difference of two",
            "Wilson (1927); Newcombe (1998), method 10.",
        ),
        Method(
            "survey-change",
            1,
            "Change between two survey samples, with a design effect",
            "Normal approximation for independent samples.",
        ),
        Method(
            "funnel",
            1,
            "Funnel limits at 95% and 99.8% round the mean of all areas",
            "Spiegelhalter (2005), doi:10.1002/sim.1970.",
        ),
        Method(
            "concentration",
            1,
            "How unevenly crime falls: top tenth against bottom tenth, Gini, Lorenz",
            "Bernasco and Steenbeek (2017), doi:10.1007/s10940-016-9324-7.",
        ),
        Method(
            "vulnerability",
            1,
            "Vulnerable Localities Index (Jill Dando Institute method)",
            "Tompson (2012), JDiBrief: Vulnerable Localities Index; Chainey (2008).",
        ),
        Method(
            "disproportionality",
            1,
            "Stops and searches of one group for each of another, per resident",
            "Rothman (2012), log-normal limits of a rate ratio; indirect "
            "standardisation as in Breslow and Day (1987), ch. 2.",
        ),
        Method(
            "comparison",
            1,
            "Average of the most similar areas, own area included; nearest neighbours",
            "HMICFRS, most similar groups: the mean of the rates, not the pooled rate.",
        ),
        Method(
            "courts",
            1,
            "Court timeliness, backlog, clearance rate and months to clear",
            "Ministry of Justice, Criminal court statistics: guide.",
        ),
        Method(
            "harm",
            1,
            "Offences weighted by harm, beside their plain count",
            "Office for National Statistics, Crime Severity Score.",
        ),
        Method(
            "control-chart",
            1,
            "Control chart of single values (XmR) by the NHS rules, with assurance",
            "NHS England, Making data count; NHSRplotthedots 0.2.2.",
        ),
        Method(
            "snapped",
            1,
            "Whether places were moved or dates cut to months before publication",
            "Tompson and others (2015), doi:10.1080/15230406.2014.972456.",
        ),
        Method(
            "grid",
            1,
            "Counts in squares or hexagons over an area",
            "Each event in the one cell that holds it; hexagons by nearest centre.",
        ),
        Method(
            "rate-ratio",
            1,
            "Ratio of two rates with limits, and the E-test of their difference",
            "Przyborowski and Wilenski (1940); Krishnamoorthy and Thomson (2004), "
            "doi:10.1016/S0378-3758(02)00408-1.",
        ),
        Method(
            "displacement",
            1,
            "Weighted displacement difference, with weights of area, time and harm",
            "Wheeler and Ratcliffe (2018), doi:10.1186/s40163-018-0085-5.",
        ),
        Method(
            "baseline",
            1,
            "Baseline of a target with limits, and the fall its choice makes appear",
            "Byar's limits; negative binomial chances, worked out exactly.",
        ),
        Method(
            "target-path",
            1,
            "Linear and compound path to a target, and the path that gives a claim",
            "Arithmetic; MOPAC 7, Police and Crime Plan 2013-2016, as worked example.",
        ),
        Method(
            "expected-count",
            1,
            "Count to expect next, with limits, and the smallest fall that shows",
            "Gamma-Poisson predictive limits with Jeffreys' prior; Wilson (1927).",
        ),
        Method(
            "hot-spots",
            1,
            "Getis and Ord's Gi*, with exact chances and false discoveries held down",
            "Ord and Getis (1995), doi:10.1111/j.1538-4632.1995.tb00912.x; Caldas de "
            "Castro and Singer (2006), doi:10.1111/j.0016-7363.2006.00682.x.",
        ),
        Method(
            "density",
            1,
            "Kernel density (quartic), each event in its own place",
            "Silverman (1986), Density Estimation, equation 4.5.",
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
            "near-repeat",
            1,
            "Pairs of events close in space and time (Knox), with exact moments",
            "Knox (1964), doi:10.2307/2985220; Barton and David (1966); Johnson and "
            "others (2007), doi:10.1007/s10940-007-9025-3.",
        ),
        Method(
            "target",
            1,
            "A target explained: baseline, paths, claim, progress, chance, conflicts",
            "Put together of baseline, target-path, target-standing, target-chance and "
            "expected-count.",
        ),
        Method(
            "target-share",
            1,
            "A target for a surveyed share: points or percent, and what shows",
            "Normal approximation for independent samples.",
        ),
        Method(
            "prediction",
            1,
            "How much crime a map of hot places catches (PAI, PEI, RRI), back-tested "
            "with the publisher's lag beside baselines and hindsight",
            "Chainey, Tompson and Uhlig (2008), doi:10.1057/palgrave.sj.8350066; Hunt "
            "(2016), Do crime hot spots move, for PEI.",
        ),
        Method(
            "control-chart-of-counts",
            1,
            "Control charts of counts: c, u and Laney's u', with exact limits if small",
            "Montgomery, Introduction to Statistical Quality Control; Laney (2002), "
            "doi:10.1081/QEN-120006555.",
        ),
        Method(
            "false-alarms",
            1,
            "Signals to expect on a page of control charts where nothing happened",
            "Simulation of charts in control.",
        ),
        Method(
            "level-changes",
            1,
            "When the level of a count changed, at a stated rate of false alarms",
            "Likelihood ratio calibrated by simulation; binary segmentation, Scott and "
            "Knott (1974), doi:10.2307/2529204.",
        ),
        Method(
            "payment-rules",
            1,
            "What a contract pays for an improvement: cliff, line, steps and block",
            "National Audit Office (2015), Outcome-based payment schemes.",
        ),
        Method(
            "cohort-size",
            1,
            "How large a cohort must be before its results can tell an effect",
            "Normal formula with pooled variance, as R's power.prop.test; logarithm of "
            "a ratio of counts with dispersion.",
        ),
        Method(
            "mann-kendall",
            1,
            "Whether numbers rise or fall (Mann and Kendall), with exact chances",
            "Mann (1945), doi:10.2307/1907187; Kendall (1975); Gilbert (1987), 16.4.",
        ),
        Method(
            "step-counts",
            1,
            "Counts in each cell in each month, quarter or year",
            "Each event in one cell and one step; a gap in the records is refused.",
        ),
        Method(
            "emerging-hot-spots",
            1,
            "Gi* over places and time, and each cell's history in a word",
            "Ord and Getis (1995), doi:10.1111/j.1538-4632.1995.tb00912.x; categories "
            "as in Esri's Emerging Hot Spot Analysis and sfhotspot 1.0.0.",
        ),
        Method(
            "repeat-victimisation",
            1,
            "Repeat victimisation by three measures, from pseudonyms to aggregates",
            "JDiBrief, Repeat victimisation; Pease (1998), Taking Stock.",
        ),
        Method(
            "weighted-shares",
            1,
            "Survey shares with weights, strata and clusters, and what they are worth",
            "Kish (1965), Survey Sampling; Korn and Graubard (1998).",
        ),
        Method(
            "reach",
            1,
            "Share of people in time of a counter or service, before and after a "
            "closure, by group and by hour",
            "Straight line times a detour at a named speed (Transport for London, "
            "PTAL; Department for Transport, Journey time statistics), or routes.",
        ),
        Method(
            "next-site",
            1,
            "Where more sites would serve people best: shortest way or most in time",
            "Hakimi (1964), doi:10.1287/opre.12.3.450; Church and ReVelle (1974), "
            "doi:10.1007/BF01942293; Teitz and Bart (1968).",
        ),
        Method(
            "disclosure-suppression",
            1,
            "Small counts hidden, and what would give them away, in tables that add up",
            "Fischetti and Salazar (2000), doi:10.1080/01621459.2000.10474282; Handbook "
            "on Statistical Disclosure Control (2024).",
        ),
        Method(
            "disclosure-attack",
            1,
            "What can be worked out of hidden counts from all that is published",
            "The attacker's problem of Fischetti and Salazar (2000), "
            "doi:10.1080/01621459.2000.10474282, by linear programming.",
        ),
        Method(
            "street-counts",
            1,
            "Counts on street segments, per kilometre, and how few hold most",
            "Each event on the nearest segment; Weisburd (2015), "
            "doi:10.1111/1745-9125.12070.",
        ),
        Method(
            "place-counts",
            1,
            "Counts at the nearest of some places",
            "Each event at the nearest place; Eck, Clarke and Guerette (2007).",
        ),
        Method(
            "aoristic",
            1,
            "When in the week events happened, each spread over its span of time",
            "Ratcliffe and McCullagh (1998), doi:10.1080/136588198241644.",
        ),
        Method(
            "payment-bands",
            1,
            "Whom a contract makes it worth while to help, by need band",
            "Public Accounts Committee (2014) on parking; indirect standardisation.",
        ),
        Method(
            "payment-cash",
            1,
            "How far a provider is out of pocket before it is paid for results",
            "Arithmetic, month by month.",
        ),
        Method(
            "payment-simulation",
            1,
            "What a payment-by-results contract pays, for what, and at whose risk",
            "Exact or simulated binomial, negative binomial and normal outcomes; "
            "National Audit Office (2015), Outcome-based payment schemes.",
        ),
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
            "harm-compared",
            1,
            "Areas by number and by several sets of harm weights, with limits of value "
            "and of rank, and how far the orders agree",
            "Fay and Feuer (1997); Marshall and Spiegelhalter (1998); Kendall (1948), "
            "Rank Correlation Methods; Ashby (2018), Policing.",
        ),
        Method(
            "relative-rate-index",
            1,
            "Relative rate index by stage of justice, from both sides, with bounds",
            "Feyerherm and Butts (2002); Lammy Review (2017); Katz and others (1978).",
        ),
        Method(
            "direct-standardisation",
            1,
            "Rates and ratios with the ages and sexes of one standard population",
            "Fay and Feuer (1997), limits by the gamma distribution; Breslow and Day "
            "(1987), ch. 2.",
        ),
    ]
}


def cite(name: str) -> str:
    """
    Return a method's name and version, as a finding carries it.

    >>> cite("change")
    'change/1'
    """
    try:
        method = METHODS[name]
    except KeyError:
        raise MethodError(
            f"There is no method called {name!r}. Choose one of: {', '.join(METHODS)}."
        ) from None
    return f"{method.name}/{method.version}"
