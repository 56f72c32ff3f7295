"""Acts and orders that a plan cites and that are not law on the day that matters."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from saferplan.definitions import Statute, statutes
from saferplan.plans.plan import Action, Flag, Range


def check_law(text: str, day: date | None, actions: list[Action]) -> list[Flag]:
    """
    Flag what the text cites and is not law.

    day  the day of the document; without one, only what an action with a due day
         relies on can be checked

    An order cited in an action must be law by the day the action is due. Anything else
    must be law on the day of the document. The register is in `saferplan.definitions`.
    """
    places = Places(actions)
    flags = []
    for statute in statutes().values():
        cited = list(citations(text, statute))
        found: dict[str, list[tuple[Range, Action | None]]] = {}
        for where in cited:
            action = places.at(where)
            due = action.time.due if action and statute.kind == "order" else None
            sentence = standing(statute, due or day)
            if sentence:
                found.setdefault(sentence, []).append((where, action))
        for sentence, uses in found.items():
            flags.append(law_flag(statute, sentence, uses))
        flags += miscited(text, statute, [start for start, _ in cited])
    return flags


def standing(statute: Statute, day: date | None) -> str:
    """Say that a statute was not law on a day; "" if it was, or there is no day."""
    start, end = statute.in_force_from, statute.in_force_to
    if day is None:
        return ""
    if end and end < day:
        instead = (
            f" In its place: {statute.replaced_by}." if statute.replaced_by else ""
        )
        return f"The {statute.title} ceased to be law after {written(end)}.{instead}"
    if start and day < start:
        return (
            f"The {statute.title} was not law until {written(start)}, "
            f"after {written(day)}."
        )
    return ""


def law_flag(
    statute: Statute, sentence: str, uses: list[tuple[Range, Action | None]]
) -> Flag:
    over = "ceased" in sentence
    kind = f"repealed {statute.kind}" if over else f"{statute.kind} not yet in force"
    names = dict.fromkeys(action.name for _, action in uses if action)
    note = f" {statute.note}" if statute.note else ""
    text = f"{sentence}{note} Register: {statute.source}; {statute.standing}."
    return Flag(kind, tuple(names), text, tuple(where for where, _ in uses))


def miscited(text: str, statute: Statute, known: list[int]) -> list[Flag]:
    """An Act named with its year and without the word Act."""
    if statute.kind != "Act" or " Act " not in statute.title:
        return []
    phrase = statute.title.replace(" Act ", " ")
    places = tuple(
        mark.span()
        for mark in pattern(phrase).finditer(text)
        if mark.start() not in known
    )
    if not places:
        return []
    cited = text[slice(*places[0])]
    sentence = f"“{cited}” lacks the word Act: {statute.title} is meant."
    return [Flag("Act miscited", (), sentence, places)]


def citations(text: str, statute: Statute) -> Iterator[Range]:
    """Where a text cites a statute, each place once."""
    spans = {
        mark.span()
        for phrase in statute.cited_as
        for mark in pattern(phrase).finditer(text)
    }
    yield from sorted(spans)


def pattern(phrase: str) -> re.Pattern[str]:
    words = (re.escape(word) for word in re.split(r"[\s-]+", phrase))
    return re.compile(r"(?<!\w)" + r"[\s–-]+".join(words) + r"s?(?!\w)", re.I)


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class Places:
    """Which action a place in the source belongs to."""

    def __init__(self, actions: list[Action]):
        spans = sorted(
            (start, end, number)
            for number, action in enumerate(actions)
            for start, end in action.ranges
        )
        self.starts = [start for start, _, _ in spans]
        self.spans = spans
        self.actions = actions

    def at(self, where: Range) -> Action | None:
        before = bisect_right(self.starts, where[0]) - 1
        if before < 0:
            return None
        _, end, number = self.spans[before]
        return self.actions[number] if where[1] <= end else None
