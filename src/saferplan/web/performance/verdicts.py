"""The rating and the chart beside each other, in words."""

from dataclasses import dataclass

VERDICTS = {
    "common cause": ("No change beyond chance", "grey"),
    "improvement": ("Better, more than chance", "green"),
    "concern": ("Worse, more than chance", "red"),
    "high": ("Higher, more than chance", "blue"),
    "low": ("Lower, more than chance", "blue"),
    "cannot tell": ("Cannot tell", "grey"),
}
RATINGS = {
    "green": ("Green", "green"),
    "amber": ("Amber", "yellow"),
    "red": ("Red", "red"),
    "": ("Not rated", "grey"),
}
SIGNALS = {
    "": "The figure is within the ordinary ups and downs",
    "outside": "The figure is outside the ordinary ups and downs",
    "shift": "Too many figures in a row are on one side of the mean; the ordinary ups "
    "and downs are",
    "trend": "Too many figures in a row go the same way; the ordinary ups and "
    "downs are",
    "two in three": "Two of the last three figures are close to a limit of the "
    "ordinary ups and downs",
}


@dataclass(frozen=True)
class Comparison:
    """Whether the rating and the chart say the same, and what to make of it."""

    agree: bool
    words: str


def compare(rating: str, verdict: str, *, could_be: frozenset[str]) -> Comparison:
    """
    Set the agreed colour of the newest figure beside what its chart says.

    could_be  the colours that the ordinary ups and downs of the series reach

    >>> compare("green", "concern", could_be=frozenset({"green"})).agree
    False
    """
    if not rating:
        return Comparison(True, "No thresholds are agreed, so the chart stands alone.")
    if verdict == "cannot tell":
        return Comparison(
            True, "There are too few figures to say whether the colour is chance."
        )
    if rating == "green" and verdict == "concern":
        return Comparison(
            False,
            "The two disagree. The agreed rating is green, yet the figures are worse "
            "than chance would make them. Ask why now, while it is still green.",
        )
    if rating in ("red", "amber") and verdict == "improvement":
        return Comparison(
            False,
            f"The two disagree. The agreed rating is {rating}, yet the figures are "
            f"better than chance would make them. Find out what works, and keep on.",
        )
    if verdict == "common cause" and len(could_be) > 1:
        return Comparison(
            False,
            f"The two disagree. The agreed rating is {rating}, but nothing has "
            f"changed: the ordinary ups and downs of this series reach from "
            f"{in_order(could_be)}. Next time the colour may differ by chance alone.",
        )
    if rating == "red" and verdict == "common cause":
        return Comparison(
            False,
            "The two disagree. The agreed rating is red, but nothing has changed: this "
            "is what the work as it is now gives. Asking why this figure is red will "
            "find no reason. It takes a change in the work, or in the threshold.",
        )
    return Comparison(True, "The rating and the chart say the same.")


def in_order(colours: frozenset[str]) -> str:
    found = [each for each in ("green", "amber", "red") if each in colours]
    return f"{found[0]} to {found[-1]}"
