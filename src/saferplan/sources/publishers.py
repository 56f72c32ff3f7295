"""How publishers call themselves. The store and the sources hold short names."""

PUBLISHERS = {
    "360giving": "Funders who publish to the 360Giving standard",
    "gla": "Greater London Authority",
    "lewisham": "London Borough of Lewisham",
    "mhclg": "Ministry of Housing, Communities and Local Government",
    "moj": "Ministry of Justice",
    "mopac": "Mayor’s Office for Policing and Crime",
    "mps": "Metropolitan Police Service",
    "ons": "Office for National Statistics",
    "partner": "A partner of the partnership",
    "police-uk": "data.police.uk",
}


def publisher_name(short: str) -> str:
    """
    Return a publisher's own name, or the short one where we know no other.

    >>> publisher_name("moj"), publisher_name("example-borough")
    ('Ministry of Justice', 'example-borough')
    """
    return PUBLISHERS.get(short, short)
