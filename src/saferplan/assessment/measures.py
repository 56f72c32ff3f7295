"""
What the major categories of recorded crime mean when they rise.

Some are mostly found by police work, and some are mostly hidden: more of them on record
can be good news. A rise in those is never called worse, nor a fall better.
"""

from saferplan.assessment.finding import Measure
from saferplan.definitions.schemes import categories

ALL = "All recorded crime"
OFFENCES = "offences"
SCHEME = "mps-2024"


def measure_of(category: str) -> Measure:
    """The measure that counts a major category of recorded crime, or all of it."""
    parts = [each for each in categories(SCHEME) if each.major == category]
    hidden = bool(parts) and all(each.under_reported for each in parts)
    return Measure(
        name=f"recorded crime: {category.lower()}",
        title=category,
        unit=OFFENCES,
        polarity="neither" if hidden else "down is good",
        police_generated=bool(parts) and all(each.police_generated for each in parts),
    )
