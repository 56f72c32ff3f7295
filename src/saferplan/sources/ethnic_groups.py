"""The names of ethnic groups in Census 2021, in short form."""

# Census 2021 in England and Wales on the left; the five groups of the police on the
# right, so that stops and residents are compared in the same words.
FIVE_GROUPS = {
    "Asian, Asian British or Asian Welsh": "Asian",
    "Black, Black British, Black Welsh, Caribbean or African": "Black",
    "Mixed or Multiple ethnic groups": "Mixed",
    "Other ethnic group": "Other",
    "White": "White",
}


def detailed_group(published: str) -> str:
    """
    Return a group's short name; for one of the 19, the five's name before a colon.

    A name we do not know stays as it is.

    >>> detailed_group("Mixed or Multiple ethnic groups: White and Black African ")
    'Mixed: White and Black African'
    >>> detailed_group("White")
    'White'
    """
    broad, colon, detail = " ".join(published.split()).partition(": ")
    return FIVE_GROUPS.get(broad, broad) + colon + detail
