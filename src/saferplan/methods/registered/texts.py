"""Answers in people's own words: what they are about, how often, and who sent them."""

from saferplan.methods.registered.method import Method

METHODS = [
    Method(
        "draft-themes",
        1,
        "Groups of like answers to draft themes from, with telling words and answers",
        "TF-IDF, truncated SVD and K-means; Rousseeuw (1987), "
        "doi:10.1016/0377-0427(87)90125-7; Monroe, Colaresi and Quinn (2008), "
        "doi:10.1093/pan/mpn018.",
    ),
    Method(
        "theme-suggestions",
        1,
        "Themes suggested for answers nobody has read, learned from a coded sample",
        "Logistic regression on words and parts of words; Godbole and Sarawagi "
        "(2004), doi:10.1007/978-3-540-24775-3_5, for samples-F1.",
    ),
    Method(
        "theme-prevalence",
        1,
        "The share of answers that raise a theme, from a random sample, with limits",
        "Angelopoulos and others (2023), doi:10.1126/science.adi6000, and PPI++, "
        "arXiv:2311.01453; Clopper and Pearson (1934), doi:10.1093/biomet/26.4.404.",
    ),
    Method(
        "coder-agreement",
        1,
        "How far two people who read the same answers chose the same themes",
        "Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Passonneau "
        "(2006), Measuring Agreement on Set-valued Items.",
    ),
    Method(
        "campaigns",
        1,
        "Answers that share their words, as three numbers, and what people added",
        "Broder (1997), doi:10.1109/SEQUEN.1997.666900; cosine of word runs.",
    ),
    Method(
        "vital-points",
        1,
        "Answers to read though only one person says it, by words one can see",
        "Words listed with the law that makes each kind one to read.",
    ),
]
