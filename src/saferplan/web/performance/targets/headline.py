"""The verdict on a target in a word or two."""

from saferplan.methods.target_explained import Explanation
from saferplan.methods.target_shares import ShareExplained
from saferplan.web.performance.targets.explained import Headline

DECIDED = {
    "met": ("Met", "green", "The period is over and the target was met."),
    "missed": ("Missed", "red", "The period is over and the target was missed."),
    "out of reach": (
        "Out of reach",
        "red",
        "Counts so far are already past it.",
    ),
    "sure": ("Sure", "green", "Counts so far already reach it."),
}
# Up to which chance a word is right: the words of the weather and climate services.
CHANCES = (
    (0.01, "Very unlikely", "red"),
    (1 / 3, "Unlikely", "red"),
    (2 / 3, "Could go either way", "yellow"),
    (0.99, "Likely", "green"),
    (1.0, "Very likely", "green"),
)
CANNOT_TELL = "Cannot tell"


def in_a_word(probability: float) -> tuple[str, str]:
    """
    Put a chance in words, with the colour of its tag.

    >>> in_a_word(0.2), in_a_word(0.5)
    (('Unlikely', 'red'), ('Could go either way', 'yellow'))
    """
    return next(
        (word, colour) for limit, word, colour in CHANCES if probability <= limit
    )


def headline_of(found: Explanation) -> Headline:
    """Of a count: decided, a chance, or by the year it was for."""
    if found.standing is not None and found.standing.state in DECIDED:
        return Headline(*DECIDED[found.standing.state])
    if found.chance is not None:
        word, colour = in_a_word(found.chance.probability)
        return Headline(word, colour, "If things go on much as they are.")
    last = found.since[-1] if found.since else None
    if last is not None and last.year == found.target.years:
        met = (
            last.count <= found.target.number
            if found.target.better == "down"
            else last.count >= found.target.number
        )
        return Headline(*DECIDED["met" if met else "missed"])
    return Headline(
        CANNOT_TELL, "grey", "Monthly counts are not known, so there is no chance."
    )


def headline_of_share(found: ShareExplained, *, now: float | None) -> Headline:
    """Of a share: a chance that the survey shows it met; at its end what it shows."""
    if found.chance is not None:
        word, colour = in_a_word(found.chance.probability)
        return Headline(word, colour, "If opinion drifts as it has.")
    assert now is not None
    side = 1 if found.target >= found.baseline else -1
    if side * now >= side * found.target:
        return Headline("Shown as met", "green", "The newest figure reaches it.")
    return Headline("Missed", "red", "The figure at its end is short of it.")
