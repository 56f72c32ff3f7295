"""
The categories of recorded crime of the Metropolitan Police, in one form of words.

The same category has been "Theft and Handling", "Theft & Handling" and THEFT; we write
it as a sentence begins. The words are theirs, cut short where they cut them.

Three schemes have followed each other. Numbers of one are not comparable with those of
another, except where saferplan.definitions says so:

    mps-2008  nine major categories, with "Theft and handling" and "Criminal damage"
    mps-2018  the Home Office's eleven majors, with 53 or 54 minors
    mps-2024  thirteen majors with about thirty minors, adding fraud. History back to
              2010 has been put into it
"""

import polars as pl

OLDEST, MIDDLE, NEWEST = "mps-2008", "mps-2018", "mps-2024"

# Categories that only one scheme has, in our form of words.
TELLING = {
    OLDEST: {
        "Theft and handling",
        "Criminal damage to dwelling",
        "Drugs",
        "Fraud or forgery",
        "Other notifiable offences",
        "Common assault",
        "Assault with injury",
        "Personal property",
    },
    MIDDLE: {
        "Drug trafficking",
        "Theft from a motor vehicle",
        "Theft or taking of a motor vehicle",
        "Theft from person",
        "Possession of article with blade or point",
        "Going equipped for stealing",
        "Handling stolen goods",
    },
    NEWEST: {
        "Trafficking of drugs",
        "Theft from a vehicle",
        "Theft or unauth taking of a motor veh",
        "Theft from the person",
        "Misc crimes against society",
        "Race or religious agg public fear",
        "NFIB fraud",
        "Other offences public order",
    },
}
IN_CAPITALS = {"Nfib": "NFIB", "gbh": "GBH"}


def in_words(category: str) -> str:
    """
    Return a category as a sentence begins, with "and" for "&".

    >>> in_words("BURGLARY BUSINESS AND COMMUNITY"), in_words(" Theft & Handling")
    ('Burglary business and community', 'Theft and handling')
    >>> in_words("NFIB FRAUD"), in_words("Wounding/GBH")
    ('NFIB fraud', 'Wounding/GBH')
    """
    words = " ".join(category.replace("&", " and ").split()).capitalize()
    for wrong, right in IN_CAPITALS.items():
        words = words.replace(wrong, right)
    return words


def words_of(category: pl.Series) -> dict[str | None, str | None]:
    """Each category of a column, and our words for it."""
    given = category.unique().to_list()
    return {text: in_words(text) if text else None for text in given}


def scheme_of(words: set[str]) -> str:
    """
    Return the scheme these categories are of: the one with most that are its alone.

    A file of few categories that all schemes share is taken to be of the newest.

    >>> scheme_of({"Theft and handling", "Robbery"}), scheme_of({"Robbery", "Rape"})
    ('mps-2008', 'mps-2024')
    """
    found = {scheme: len(words & telling) for scheme, telling in TELLING.items()}
    return max([NEWEST, MIDDLE, OLDEST], key=lambda scheme: found[scheme])
