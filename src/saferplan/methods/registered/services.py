"""Who can reach a service, and what a contract pays for."""

from saferplan.methods.registered.method import Method

METHODS = [
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
        "payment-rules",
        1,
        "What a contract pays for an improvement: cliff, line, steps and block",
        "National Audit Office (2015), Outcome-based payment schemes.",
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
        "cohort-size",
        1,
        "How large a cohort must be before its results can tell an effect",
        "Normal formula with pooled variance, as R's power.prop.test; logarithm of "
        "a ratio of counts with dispersion.",
    ),
    Method(
        "footprints",
        1,
        "How the areas of agencies overlap, in people or land, and which they share",
        "Rosenberg and Hirschberg (2007), V-measure; Nowosad and Stepinski (2018), "
        "doi:10.1080/13658816.2018.1511794.",
    ),
    Method(
        "payment-effect",
        1,
        "What a service changed, by shares or events, against people or areas",
        "Newcombe (1998), method 10; logarithm of a ratio of counts with "
        "dispersion, McCullagh and Nelder (1989), 4.5.",
    ),
    Method(
        "distance-travelled",
        1,
        "Mean change of a score, with what the ends of the scale and raters hide",
        "Student (1908), doi:10.1093/biomet/6.1.1; Terwee and others (2007); "
        "Jacobson and Truax (1991).",
    ),
    Method(
        "matching",
        1,
        "People elsewhere like those in a cohort, k for each, and how like they are",
        "Rosenbaum and Rubin (1985), doi:10.1080/00031305.1985.10479383; Austin "
        "(2009), doi:10.1002/sim.3697, and (2011), doi:10.1002/pst.433.",
    ),
    Method(
        "between-areas",
        1,
        "How much areas truly differ, chance taken out, with limits",
        "Paule and Mandel (1982); Viechtbauer (2007), doi:10.1002/sim.2514; Higgins "
        "and Thompson (2002), doi:10.1002/sim.1186.",
    ),
    Method(
        "level-evidence",
        1,
        "At which level areas differ, how much crosses borders, and where there are "
        "events enough to tell a change",
        "Law of total variance less its Poisson part, as Marshall (1991), "
        "doi:10.2307/2347593; Wilson (1927); van Belle (2008), 2.6.",
    ),
    Method(
        "level-advice",
        1,
        "Whether to take up a problem by neighbourhood, borough, part of London or "
        "London, with reasons",
        "Criteria and labels of the responses to the draft Police and Crime Plan "
        "2013-2016.",
    ),
]
