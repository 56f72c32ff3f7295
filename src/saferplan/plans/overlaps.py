"""Actions that a plan has twice, in other words or the same."""

from collections import defaultdict

from saferplan.plans.plan import Action, Overlap
from saferplan.plans.words import telling_words

FEWEST_SHARED = 5  # telling words; three or four are shared by chance in any plan
DUPLICATE = 0.6  # of all the words of both
OVERLAP = 0.75  # of the words of the shorter
# A word in more actions than this tells none of them from the others. It also keeps
# the work in proportion to the actions of a long plan.
TOO_COMMON = 40


def find_overlaps(actions: list[Action]) -> list[Overlap]:
    """
    Return the actions that say the same, and pairs that nearly do in two strands.

    Two actions overlap if they share most words of the shorter one, and are duplicates
    if they share most words of both. It is a suggestion: two actions can say the same
    and be meant for different people.
    """
    words = {action.name: telling_words(whole(action)) for action in actions}
    same: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        if action.text:
            same[" ".join(whole(action).lower().split())].append(action)
    groups = [group for group in same.values() if len(group) > 1]
    found = [
        Overlap(
            "duplicate",
            tuple(action.name for action in group),
            1.0,
            tuple(sorted(words[group[0].name])),
        )
        for group in groups
    ]
    first = [group[0] for group in same.values()]
    return found + near(first, words)


def near(actions: list[Action], words: dict[str, frozenset[str]]) -> list[Overlap]:
    """Pairs in two strands that share enough words, in the order of the plan."""
    holding: dict[str, list[int]] = defaultdict(list)
    for number, action in enumerate(actions):
        for word in words[action.name]:
            holding[word].append(number)
    pairs = {
        (first, second)
        for numbers in holding.values()
        if len(numbers) <= TOO_COMMON
        for at, first in enumerate(numbers)
        for second in numbers[at + 1 :]
        if actions[first].strand != actions[second].strand
    }
    found = (
        compared(actions[first], actions[second], words)
        for first, second in sorted(pairs)
    )
    return [overlap for overlap in found if overlap]


def compared(
    first: Action, second: Action, words: dict[str, frozenset[str]]
) -> Overlap | None:
    one, other = words[first.name], words[second.name]
    shared = one & other
    likeness = len(shared) / len(one | other)
    if len(shared) < FEWEST_SHARED:
        return None
    if likeness < DUPLICATE and len(shared) / min(len(one), len(other)) < OVERLAP:
        return None
    return Overlap(
        "duplicate" if likeness >= DUPLICATE else "overlap",
        (first.name, second.name),
        round(likeness, 2),
        tuple(sorted(shared)),
    )


def whole(action: Action) -> str:
    return " ".join((action.text, *action.parts))
