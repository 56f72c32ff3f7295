"""A plan in plain text, for a person at a terminal."""

from collections.abc import Iterator

from saferplan.plans.exchange import counts
from saferplan.plans.plan import Action, CommitmentList, Flag, Plan
from saferplan.plurals import plural

# What stands beside an action; one that is ambiguous is for a person.
SIGNS = {"done": "done", "partly": "partly", "open": "open", "ambiguous": "ask"}


def tell(plan: Plan) -> Iterator[str]:
    """Yield the lines: what was found, each action, then what needs a person."""
    yield plan.title or plan.source.name
    yield summary(plan)
    for strand in plan.strands:
        yield ""
        yield f"Strand {strand.number}. {strand.title or '(no heading)'}"
        theme = 0
        for action in plan.actions:
            if action.strand == strand.number:
                if action.theme != theme:
                    theme = action.theme
                    yield f"  {plan.themes[theme - 1] or '(no theme)'}"
                yield from tell_action(action)
    for group in plan.lists:
        yield from tell_list(group)
    yield from tell_rest(plan)


def summary(plan: Plan) -> str:
    n = counts(plan)
    said = []
    if plan.actions:
        said.append(
            f"{plural(n['strands'], 'strand')}, {plural(n['themes'], 'theme')}, "
            f"{plural(n['actions'], 'action')}: "
            f"{n['done']:,} done, {n['partly']:,} partly, {n['open']:,} open, "
            f"{n['ambiguous']:,} that a person must settle."
        )
    if plan.lists:
        sizes = ", ".join(str(len(group.commitments)) for group in plan.lists)
        said.append(
            f"{plural(n['commitments'], 'commitment')} in "
            f"{plural(n['lists'], 'list')} ({sizes})."
        )
    return " ".join(said)


def tell_action(action: Action) -> Iterator[str]:
    when = f" [{action.time.text}]" if action.time.text else ""
    yield f"    {action.name} {SIGNS[action.state]:6} {action.text}{when}"
    for part in action.parts:
        yield f"                 {part}"


def tell_list(group: CommitmentList) -> Iterator[str]:
    yield ""
    yield f"List {group.number}. {group.section or group.opening}"
    for commitment in group.commitments:
        yield f"    {commitment.name} {commitment.verdict}: {commitment.text}"
        yield f"        {commitment.why}"


def tell_rest(plan: Plan) -> Iterator[str]:
    """What needs a person, under a heading each; nothing of what there is none of."""
    yield from under(
        "For a person to settle", [f"{q.action}: {q.why}" for q in plan.questions]
    )
    odd = [(a.name, mark) for a in plan.actions for mark in a.marks if mark != a.why]
    yield from under("Marked", [f"{name}: {mark}" for name, mark in odd])
    yield from under(
        "Said twice",
        [
            f"{' and '.join(overlap.actions)} ({overlap.kind}, "
            f"{overlap.likeness:.0%} of their words)"
            for overlap in plan.overlaps
        ],
    )
    yield from under("Flags", [told(flag) for flag in plan.flags])
    yield from under("Lines in a table that are no row of it", list(plan.not_placed))


def told(flag: Flag) -> str:
    about = f" ({', '.join(flag.about)})" if flag.about else ""
    return f"{flag.kind}{about}: {flag.text}"


def under(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield heading
        yield from (f"    {line}" for line in lines)
