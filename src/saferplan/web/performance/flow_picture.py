"""How many come to each step, as bars one below the other, and what is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from saferplan.web.core.pages import number
from saferplan.web.performance.journey_flow import Flow, Stage
from saferplan.web.performance.journey_map import Shown

WIDTH, LEFT = 400, 4
WORDS, BAR, GAP, QUIET = 18, 22, 26, 26  # heights: of a line of words, a bar, a gap
LETTERS = 52  # of a line
ROOM = 112  # right of the longest bar, for its number


@dataclass(frozen=True)
class Bar:
    """
    words   above the bar; `value` stands behind it
    lost    how long the pale end is, of those who came to the step before
    limit   where a mark stands that the bar should not pass
    """

    y: float
    words: str
    value: str
    length: float
    lost: float = 0
    limit: float | None = None
    is_over: bool = False


@dataclass(frozen=True)
class Note:
    """A line between two bars; `sign` is "≠" where the two cannot be subtracted."""

    y: float
    words: str
    sign: str = ""


@dataclass(frozen=True)
class Bars:
    bars: tuple[Bar, ...]
    notes: tuple[Note, ...]
    height: float
    description: str
    width: int = WIDTH
    left: int = LEFT


def picture_of(flow: Flow) -> Bars:
    longest = max((each.many or 0) for each in flow.stages) or 1
    room = WIDTH - LEFT - ROOM
    bars: list[Bar] = []
    notes: list[Note] = []
    y = 0.0
    for known, group in groupby(flow.stages, key=lambda each: each.many is not None):
        stages = list(group)
        if not known:
            notes.append(Note(y + 17, silent(stages), "?"))
            y += QUIET
            continue
        for stage in stages:
            if stage.change not in ("first", "unknown"):
                notes.append(Note(y + 14, short(stage), sign_of(stage)))
                y += GAP
            length = room * (stage.many or 0) / longest
            lost = room * (stage.lost or 0) / longest
            bars.append(
                Bar(
                    y=y,
                    words=cut(f"{stage.number}. {stage.title}"),
                    value=f"{number(stage.many)} {stage.counts}".strip(),
                    length=round(length, 1),
                    lost=round(lost, 1),
                )
            )
            y += WORDS + BAR + 6
    return Bars(tuple(bars), tuple(notes), round(y, 1), described(flow))


def short(stage: Stage) -> str:
    if stage.change == "unlike":
        return f"Counted differently from step {stage.since}: not subtracted"
    than = f"than at step {stage.since}"
    if stage.change == "more":
        return f"{number((stage.many or 0) - (stage.before or 0))} more {than}"
    if not stage.lost:
        return f"As many as at step {stage.since}"
    return f"{number(stage.lost)} fewer {than} ({number(stage.share)}%)"


def sign_of(stage: Stage) -> str:
    if stage.change == "lost":
        return "−" if stage.lost else "="
    return "≠" if stage.change == "unlike" else "+"


def silent(stages: Sequence[Stage]) -> str:
    """Steps in a row of which nobody says how many come to them."""
    first, last = stages[0], stages[-1]
    if first is last:
        return cut(f"Step {first.number}: {first.why_not.lower()}")
    steps = f"Steps {first.number} to {last.number}"
    reasons = {each.why_not for each in stages}
    return cut(f"{steps}: {min(reasons).lower() if len(reasons) == 1 else 'not known'}")


def cut(words: str) -> str:
    """
    Words that fit on a line.

    >>> len(cut("a" * 80))
    52
    """
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1].rstrip()}…"


def described(flow: Flow) -> str:
    said = [f"How many came to each step, {flow.label}."]
    for stage in flow.stages:
        if stage.many is None:
            said.append(f"Step {stage.number}: {stage.why_not.lower()}.")
        else:
            counted = f"{number(stage.many)} {stage.counts}".strip()
            said.append(f"Step {stage.number}: {counted}. {stage.said}")
    return " ".join(said)


def waits_of(steps: Sequence[Shown]) -> Bars | None:
    """The waits that are known, each beside the longest it should be."""
    known = [each for each in steps if each.step.wait is not None]
    if not known:
        return None
    longest = max(max(each.step.wait or 0, each.step.limit or 0) for each in known) or 1
    room = WIDTH - LEFT - ROOM
    bars = []
    for at, each in enumerate(known):
        wait, limit = each.step.wait or 0, each.step.limit
        bars.append(
            Bar(
                y=at * (WORDS + BAR + 12),
                words=cut(f"{each.number}. {each.step.title}"),
                value=f"{wait:g} days",
                length=round(room * wait / longest, 1),
                limit=None if limit is None else round(room * limit / longest, 1),
                is_over=each.too_long,
            )
        )
    return Bars(
        tuple(bars),
        (),
        len(known) * (WORDS + BAR + 12),
        " ".join(
            f"Step {each.number}: {each.step.wait:g} days"
            + (f", should be {each.step.limit:g} at most" if each.step.limit else "")
            + "."
            for each in known
        ),
    )
