"""
Which local action serves which commitment of the plan above it: suggestions by words.

A suggestion is where to look first. Two texts can share words and mean other things,
and serve each other without sharing one; so a person confirms, and the rest stays
unserved in plain sight.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from saferplan.plans.words import telling_words

LEAST_LIKENESS = 0.12
MOST_FOR_ONE = 5


@dataclass(frozen=True)
class Suggestion:
    """
    likeness  from 0 to 1: the cosine of the two texts' words, the rarer weighing more
    shared    the words that both have, the rarest first
    """

    commitment: str
    action: str
    likeness: float
    shared: tuple[str, ...]


def suggest(
    commitments: Mapping[str, str],
    actions: Mapping[str, str],
    *,
    least: float = LEAST_LIKENESS,
    most: int = MOST_FOR_ONE,
) -> list[Suggestion]:
    """
    Return which actions look as if they serve which commitments.

    commitments, actions  texts by name
    least                 likeness below which nothing is suggested
    most                  suggestions for one commitment

    A word that nearly every text has weighs almost nothing. Ordered by commitment, the
    likest first; the same texts give the same suggestions.
    """
    words = {
        **{("commitment", name): telling_words(t) for name, t in commitments.items()},
        **{("action", name): telling_words(t) for name, t in actions.items()},
    }
    weights = rarity(list(words.values()))
    lengths = {
        key: sqrt(sum(weights[word] ** 2 for word in own)) for key, own in words.items()
    }
    found = []
    for commitment in commitments:
        own = words["commitment", commitment]
        likely = []
        for action in actions:
            shared = own & words["action", action]
            if not shared:
                continue
            likeness = sum(weights[word] ** 2 for word in shared) / (
                lengths["commitment", commitment] * lengths["action", action]
            )
            if likeness >= least:
                rarest = sorted(shared, key=lambda word: (-weights[word], word))
                likely.append(
                    Suggestion(commitment, action, round(likeness, 3), tuple(rarest))
                )
        likely.sort(key=lambda each: (-each.likeness, each.action))
        found += likely[:most]
    return found


def rarity(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """The logarithm of how many times fewer texts have a word than there are."""
    held = Counter(word for text in texts for word in text)
    return {word: log((len(texts) + 1) / (count + 0.5)) for word, count in held.items()}
