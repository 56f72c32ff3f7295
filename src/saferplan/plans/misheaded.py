"""Strands whose heading says something else than they do."""

from saferplan.plans.lines import Line
from saferplan.plans.plan import Action, Flag, Strand
from saferplan.plans.words import is_bullet, telling_words, without_markup

LONGEST_PRIORITY = 8  # words of a line in a list of priorities


def misheaded(
    strands: list[Strand], actions: list[Action], lines: list[Line]
) -> list[Flag]:
    """
    Flag a strand whose own scope has no word of its heading, where another's has all.

    If a list elsewhere in the document names the strands, the line of it that fits this
    strand best, and is nobody else's, is given as what may have been meant.
    """
    flags = []
    for strand in strands:
        words = telling_words(strand.title)
        scope = telling_words(" ".join(strand.scope))
        if not words or not scope or words & scope:
            continue
        owners = [
            other
            for other in strands
            if other is not strand
            and words <= telling_words(" ".join((other.title, *other.scope)))
        ]
        if owners:
            flags.append(
                flag(strand, owners[0], meant(strand, strands, actions, lines))
            )
    return flags


def flag(strand: Strand, owner: Strand, better: str) -> Flag:
    hint = f" The document’s own list suggests “{better}”." if better else ""
    return Flag(
        "mis-headed strand",
        (f"strand {strand.number}",),
        f"Strand {strand.number} is headed “{strand.title}”, of which its scope says "
        f"nothing; strand {owner.number}, “{owner.title}”, does.{hint}",
        strand.ranges,
    )


def meant(
    strand: Strand, strands: list[Strand], actions: list[Action], lines: list[Line]
) -> str:
    """The line of the document's list of priorities that fits a strand, or ""."""
    own = [action.text for action in actions if action.strand == strand.number]
    text = telling_words(" ".join((*strand.scope, *own)))
    heading = telling_words(strand.title)
    others = [telling_words(other.title) for other in strands if other is not strand]
    best, most = "", 0
    for group in lists_of_priorities(lines):
        entries = {entry: telling_words(entry) for entry in group}
        if heading not in entries.values():
            continue
        for entry, words in entries.items():
            taken = words == heading or any(words <= other for other in others)
            if words <= text and not taken and len(words) > most:
                best, most = entry, len(words)
    return best


def lists_of_priorities(lines: list[Line]) -> list[list[str]]:
    """Runs of short bullets; blank lines do not end one."""
    groups: list[list[str]] = [[]]
    for line in lines:
        text = line.text
        if not text:
            continue
        if not is_bullet(text):
            groups.append([])
        elif len(text.split()) <= LONGEST_PRIORITY + 1:
            groups[-1].append(without_markup(text))
    return [group for group in groups if len(group) > 1]
