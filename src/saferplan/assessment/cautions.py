"""
What a reader must bear in mind, in words that every finding shares.

A caution stands beside the figure it is about. Each says one thing.
"""

CAUTIONS = {
    "recorded crime": (
        "Recorded crime is what the police wrote down. It leaves out what nobody "
        "reports, and it moves when recording changes."
    ),
    "police generated": (
        "Police find most of these offences themselves, by stops, searches and "
        "patrols. A rise can mean more police work rather than more crime."
    ),
    "under reported": (
        "Most of these offences are never reported. A rise can mean that more people "
        "came forward."
    ),
    "revised": (
        "The publisher revises recent months in every issue, so the newest figures "
        "may still move."
    ),
    "no borough": (
        "Offences that could not be placed in a borough are in no borough’s figures."
    ),
    "visitors": (
        "Rates are per resident. A town centre has many more people in it than live "
        "there, so its rate looks high."
    ),
    "wards do not add up": (
        "Offences that could not be placed in a ward are missing here, so the wards "
        "add up to less than the borough."
    ),
    "lsoa without sexual offences": (
        "The publisher leaves sexual offences out of its figures for small areas."
    ),
    "best fit": (
        "Residents of a ward are those of the small areas that fit it best, and can "
        "be a few hundred out."
    ),
    "standing out": (
        "Standing out is a reason to look, not a verdict on those who live or work "
        "there."
    ),
}


def caution(name: str) -> str:
    """Return the text of a caution."""
    return CAUTIONS[name]
