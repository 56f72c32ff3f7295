"""
The indices of deprivation in our words: domains and statistics.

The index (IMD) is made of seven domains; some domains of sub-domains. A score's scale
differs by domain: income and employment are shares of people (0.2 is 20%), the others
have no unit. Rank 1 is the most deprived; decile 1 is the most deprived tenth.
"""

import re

# Publishers' words, squeezed as by `squeezed`, on the left; our domain on the right.
DOMAINS = {
    "indexofmultipledeprivation": "IMD",
    "indexofmultipledeprivationimd": "IMD",
    "imd": "IMD",
    "imd2019": "IMD",
    "imd25": "IMD",
    "": "IMD",  # a heading with the statistic alone
    "income": "income",
    "employment": "employment",
    "education": "education",
    "educationskillsandtraining": "education",
    "health": "health",
    "healthdeprivationanddisability": "health",
    "crime": "crime",
    "housingandaccess": "housing and services",
    "housingandservices": "housing and services",
    "barrierstohousingandservices": "housing and services",
    "environment": "living environment",
    "livingenvironment": "living environment",
    "childrenandyoungpeople": "children and young people",
    "adultskills": "adult skills",
    "geographicalbarriers": "geographical barriers",
    "widerbarriers": "wider barriers",
    "indoors": "indoors",
    "outdoors": "outdoors",
    "incomedeprivationaffectingchildrenindexidaci": "IDACI",
    "incomedeprivationaffectingchildrenindex": "IDACI",
    "idaci": "IDACI",
    "incomedeprivationaffectingolderpeopleidaopi": "IDAOPI",
    "incomedeprivationaffectingolderpeopleindexidaopi": "IDAOPI",
    "idaopi": "IDAOPI",
}
# The likewise squeezed end of a heading on the left; our statistic on the right. The
# longest end that fits is meant.
STATISTICS = {
    "score": "score",
    "rank": "rank",
    "decile": "decile",
    "averagescore": "average score",
    "averagerank": "average rank",
    "rankofaveragescore": "rank of average score",
    "rankofaveragerank": "rank of average rank",
    "averagescorerank": "rank of average score",
    "averagerankrank": "rank of average rank",
    "scorerank": "rank of average score",
    "proportion": "share in most deprived 10%",
    "proportionoflsoasinmostdeprived10nationally": "share in most deprived 10%",
    "proportionoflsoasinmostdeprived10percentnationally": "share in most deprived 10%",
    "rankofproportionoflsoasinmostdeprived10nationally": (
        "rank of share in most deprived 10%"
    ),
    "rankofproportionoflsoasinmostdeprived10percentnationally": (
        "rank of share in most deprived 10%"
    ),
    "extent": "extent",
    "extentrank": "rank of extent",
    "rankofextent": "rank of extent",
    "localconcentration": "local concentration",
    "rankoflocalconcentration": "rank of local concentration",
    "scale": "scale",
    "rankofscale": "rank of scale",
}
# What a heading adds that does not change what it means.
ASIDES = re.compile(r"\(where 1[^)]*(\)|$)|\(rate\)|sub-?domain|%$", re.I)

Meaning = tuple[str, str]  # domain and statistic


def squeezed(text: str) -> str:
    """
    Letters and digits alone, small.

    >>> squeezed("IMD 2019 - Rank of extent ")
    'imd2019rankofextent'
    """
    return re.sub(r"[^a-z0-9]", "", text.lower())


def meaning_of(heading: str) -> Meaning | None:
    """
    The domain and statistic that a heading stands for, or None.

    >>> meaning_of("Income Score (rate)")
    ('income', 'score')
    >>> meaning_of("imd_rank_of_average_score"), meaning_of("rank_of_income_scale")
    (('IMD', 'rank of average score'), ('income', 'rank of scale'))
    >>> meaning_of("Population") is None
    True

    A heading with the statistic alone is of the index itself.

    >>> meaning_of("Extent")
    ('IMD', 'extent')
    """
    plain = squeezed(ASIDES.sub(" ", heading))
    if plain.startswith("rankof") and plain.endswith("scale"):
        # "rank of income scale": the domain stands in the middle.
        plain = plain.removeprefix("rankof").removesuffix("scale") + "rankofscale"
    for end in sorted(STATISTICS, key=len, reverse=True):
        domain = DOMAINS.get(plain.removesuffix(end)) if plain.endswith(end) else None
        if domain:
            return domain, STATISTICS[end]
    return None
