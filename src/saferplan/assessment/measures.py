"""
What the major categories of recorded crime mean when they rise.

Some are mostly found by police work, and some are mostly hidden: more of them on record
can be good news. A rise in those is never called worse, nor a fall better.
"""

from saferplan.assessment.finding import Measure

ALL = "All recorded crime"
OFFENCES = "offences"

# Mostly found by stops, searches and patrols, not reported by the public.
POLICE_GENERATED = {"Drug offences", "Possession of weapons"}
# A rise can mean that more people felt able to report.
UNDER_REPORTED = {"Sexual offences", "Miscellaneous crimes against society"}


def measure_of(category: str) -> Measure:
    """The measure that counts a major category of recorded crime, or all of it."""
    return Measure(
        name=f"recorded crime: {category.lower()}",
        title=category,
        unit=OFFENCES,
        polarity="neither" if category in UNDER_REPORTED else "down is good",
        police_generated=category in POLICE_GENERATED,
    )
