"""Where crime gathers."""

from saferplan.methods.registered.method import Method

METHODS = [
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
        "hot-spots",
        1,
        "Getis and Ord's Gi*, with exact chances and false discoveries held down",
        "Ord and Getis (1995), doi:10.1111/j.1538-4632.1995.tb00912.x; Caldas de "
        "Castro and Singer (2006), doi:10.1111/j.0016-7363.2006.00682.x.",
    ),
    Method(
        "overall-g",
        1,
        "Whether a map clusters at all (Getis and Ord's G), with exact moments",
        "Getis and Ord (1992), doi:10.1111/j.1538-4632.1992.tb00261.x.",
    ),
    Method(
        "density",
        1,
        "Kernel density (quartic), each event in its own place",
        "Silverman (1986), Density Estimation, equation 4.5.",
    ),
    Method(
        "near-repeat",
        1,
        "Pairs of events close in space and time (Knox), with exact moments",
        "Knox (1964), doi:10.2307/2985220; Barton and David (1966); Johnson and "
        "others (2007), doi:10.1007/s10940-007-9025-3.",
    ),
    Method(
        "prediction",
        2,
        "How much crime a map of hot places catches (PAI, PEI, RRI), back-tested "
        "with the publisher's lag beside baselines and hindsight",
        "Chainey, Tompson and Uhlig (2008), doi:10.1057/palgrave.sj.8350066; Hunt "
        "(2016), Do crime hot spots move, for PEI.",
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
        "concentration",
        1,
        "How unevenly crime falls: top tenth against bottom tenth, Gini, Lorenz",
        "Bernasco and Steenbeek (2017), doi:10.1007/s10940-016-9324-7.",
    ),
    Method(
        "aoristic",
        1,
        "When in the week events happened, each spread over its span of time",
        "Ratcliffe and McCullagh (1998), doi:10.1080/136588198241644.",
    ),
]
