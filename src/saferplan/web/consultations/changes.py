"""What changed between two texts, word by word, to be shown side by side or in one."""

import difflib
import re
from dataclasses import dataclass

LEAST_ALIKE = 0.5  # of the words and the spaces between them
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Run:
    """A run of words that stayed ("same"), came ("added") or went ("removed")."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Run]:
    """
    Return the runs of words that make `before` and `after`, in order.

    Those that stayed or went make `before` again; those that stayed or came, `after`.
    Texts with little in common are one run each: marked word by word, nobody could read
    either.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        whole = (Run("removed", before), Run("added", after))
        return [run for run in whole if run.text]
    runs: list[Run] = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            runs.append(Run("same", "".join(old[a1:a2])))
            continue
        if a2 > a1:
            runs.append(Run("removed", "".join(old[a1:a2])))
        if b2 > b1:
            runs.append(Run("added", "".join(new[b1:b2])))
    return runs
