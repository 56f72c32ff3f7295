"""Who is affected, and how places and groups compare."""

from saferplan.methods.registered.method import Method

METHODS = [
    Method(
        "funnel",
        1,
        "Funnel limits at 95% and 99.8% round the mean of all areas",
        "Spiegelhalter (2005), doi:10.1002/sim.1970.",
    ),
    Method(
        "comparison",
        1,
        "Average of the most similar areas, own area included; nearest neighbours",
        "HMICFRS, most similar groups: the mean of the rates, not the pooled rate.",
    ),
    Method(
        "vulnerability",
        1,
        "Vulnerable Localities Index (Jill Dando Institute method)",
        "Tompson (2012), JDiBrief: Vulnerable Localities Index; Chainey (2008).",
    ),
    Method(
        "repeat-victimisation",
        1,
        "Repeat victimisation by three measures, from pseudonyms to aggregates",
        "JDiBrief, Repeat victimisation; Pease (1998), Taking Stock.",
    ),
    Method(
        "disproportionality",
        1,
        "Stops and searches of one group for each of another, per resident",
        "Rothman (2012), log-normal limits of a rate ratio; indirect "
        "standardisation as in Breslow and Day (1987), ch. 2.",
    ),
    Method(
        "direct-standardisation",
        1,
        "Rates and ratios with the ages and sexes of one standard population",
        "Fay and Feuer (1997), limits by the gamma distribution; Breslow and Day "
        "(1987), ch. 2.",
    ),
    Method(
        "relative-rate-index",
        1,
        "Relative rate index by stage of justice, from both sides, with bounds",
        "Feyerherm and Butts (2002); Lammy Review (2017); Katz and others (1978).",
    ),
    Method(
        "harm",
        1,
        "Offences weighted by harm, beside their plain count",
        "Office for National Statistics, Crime Severity Score.",
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
        "representation",
        1,
        "Officers, panels or respondents against the population, group by group",
        "Wilson (1927); Duncan and Duncan (1955), doi:10.2307/2088328.",
    ),
]
