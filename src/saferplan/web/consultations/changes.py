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
    changes = [
        (kind == "equal", "".join(old[a1:a2]), "".join(new[b1:b2]))
        for kind, a1, a2, b1, b2 in matcher.get_opcodes()
    ]
    runs: list[Run] = []
    for stayed, went, came in together(changes):
        if stayed:
            runs.append(Run("same", went))
            continue
        runs += [run for run in (Run("removed", went), Run("added", came)) if run.text]
    return runs


def together(changes: list[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    """
    Join changes with nothing but a space between them: people read phrases.

    >>> together([(False, "nine", "ten"), (True, " ", " "), (False, "to", "at")])
    [(False, 'nine to', 'ten at')]
    """
    joined: list[tuple[bool, str, str]] = []
    for number, (stayed, went, came) in enumerate(changes):
        between = stayed and went.isspace() and 0 < number < len(changes) - 1
        if joined and not joined[-1][0] and (between or not stayed):
            _, gone, new = joined.pop()
            joined.append((False, gone + went, new + came))
        else:
            joined.append((stayed and not between, went, came))
    return joined
