"""What people write under "Completed": ticks, words, or nothing."""

import re

from saferplan.plans.plan import State
from saferplan.plans.timeframes import DATE

# A check mark, the square root that passes for one, and their heavier kin.
TICK = re.compile("[\u2713\u2714\u221a\u2611\u2705]\ufe0f?")
CROSS = re.compile("^[\u2717\u2718\u2715\u2716\u274c\u2610\u00d7xX][\ufe0f.]?$")
DONE = {"done", "completed", "complete", "yes", "y", "achieved", "delivered", "closed"}
OPEN = {
    "no",
    "n",
    "not started",
    "not yet started",
    "not complete",
    "not completed",
    "incomplete",
    "not done",
    "outstanding",
    "open",
    "-",
    "–",
}
PARTLY = {
    "partly",
    "part",
    "partial",
    "partially",
    "part complete",
    "partly complete",
    "partially complete",
    "partially completed",
    "in part",
}


def read_tick(printed: str) -> tuple[State, str]:
    """
    Return whether an action is done by what its cell says, and why we say so.

    A word that says how it goes ("green", "in progress", "on track") is not one that
    says whether it is done; it is left for a person.

    >>> read_tick("\u2713 within two teams")
    ('partly', 'The tick is qualified: “within two teams”.')
    """
    if not printed:
        return "open", "The cell is empty."
    words = TICK.sub(" ", printed)
    ticked = words != printed
    words = " ".join(words.split()).strip(" .,;:()")
    plain = words.lower()
    if CROSS.match(printed) or (plain.partition(":")[0] in OPEN and not ticked):
        return "open", f"The cell says “{printed}”."
    if plain in PARTLY:
        return "partly", f"The cell says “{printed}”."
    if not DATE.sub("", without_done(plain)).strip(" .,;:()-–") and (
        ticked or without_done(plain) != plain
    ):
        return "done", "It is ticked." if ticked else f"The cell says “{printed}”."
    if ticked:
        return "partly", f"The tick is qualified: “{words}”."
    return "ambiguous", f"“{printed}” does not say whether it is done."


def without_done(plain: str) -> str:
    first, _, others = plain.partition(" ")
    return others if first.strip(" .,;:-") in DONE else plain


def only_ticks(printed: str) -> int:
    """How many ticks a paragraph holds, if it holds nothing else; otherwise 0."""
    return 0 if TICK.sub("", printed).strip() else len(TICK.findall(printed))
