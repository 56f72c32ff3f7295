"""
The words of the stop and search files, old and new, as one vocabulary.

Self-defined ethnicity changed in April 2017 and outcomes in January 2018. The groups
are the five of the census, where Chinese is counted with Asian.
"""

from saferplan.sources.police_uk import plain

KINDS = {
    "person-search": "person",
    "vehicle-search": "vehicle",
    "person-and-vehicle-search": "person and vehicle",
}

# Until the end of 2017 on the left; since then on the right.
OUTCOMES = {
    "nothing-found-no-further-action": "A no further action disposal",
    "suspect-arrested": "Arrest",
    "offender-given-drugs-possession-warning": "Khat or Cannabis warning",
    "offender-given-penalty-notice": "Penalty Notice for Disorder",
    "suspect-summonsed-to-court": "Summons / charged by post",
    "local-resolution": "Community resolution",
    "offender-cautioned": "Caution (simple or conditional)",
}

# The words a group's names begin with, made plain.
GROUPS = {
    "asian": "Asian",
    "black": "Black",
    "mixed": "Mixed",
    "white": "White",
    "chinese-or-other": "Other",
    "other": "Other",
}


def ethnic_group(name: str) -> str | None:
    """
    The census group of an ethnicity as published; None where it was not stated.

    >>> ethnic_group("Black/African/Caribbean/Black British - Caribbean")
    'Black'
    >>> ethnic_group("Chinese or other ethnic group - Chinese (O1)")
    'Asian'
    >>> ethnic_group("Other ethnic group - Not stated") is None
    True
    """
    words = plain(name)
    if "not-stated" in words or "not-known" in words:
        return None
    if "group-chinese" in words or words == "chinese":
        return "Asian"
    return next(
        (group for start, group in GROUPS.items() if words.startswith(start)), None
    )


def yes_or_no(word: str) -> str | None:
    """
    "True" or "False" however it is written; "?" for any other word.

    >>> yes_or_no("FALSE"), yes_or_no("1"), yes_or_no("maybe")
    ('False', 'True', '?')
    """
    answers = {"true": "True", "1": "True", "yes": "True"}
    answers |= {"false": "False", "0": "False", "no": "False"}
    return answers.get(word.strip().lower(), "?")
