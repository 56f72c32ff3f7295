"""
Plans out and in again: as JSON with everything, and as CSV, the sheet people change.

What is written is what can be read: `plan_from_json(plan_to_json(plan))` is the plan,
and the CSV, read as any other table, gives the same strands, themes, actions and lists.
"""

import json
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from itertools import takewhile
from typing import Any

from saferplan.errors import PlanError
from saferplan.plans.plan import Plan
from saferplan.plans.sheet import to_sheet

FORMAT = "saferplan-plan/1"
FIRST = {
    "strand": "Strand",
    "priority": "Priority",
    "scope": "Scope",
    "communications": "Communications",
    "theme": "Theme",
}
# Headings that our own reader takes for each, whatever the source called them.
THEN = {"action": "Actions", "time": "Time frame", "done": "Completed"}


def plan_to_json(plan: Plan, *, indent: int | None = 1) -> str:
    """
    Return a plan as JSON, with a count of what was found at its head.

    indent  spaces by which a level goes in; None, all on one line, is written and
            read many times as fast
    """
    whole = {"format": FORMAT, "counts": counts(plan), **parts_of(plan)}
    return json.dumps(whole, ensure_ascii=False, indent=indent, default=str) + "\n"


def parts_of(each: Any) -> dict[str, Any]:
    """A plan, or a part of it, by field; unlike `asdict`, without copying the words."""
    kind: Any = type(each)
    return {name: bare(getattr(each, name)) for name in names_of(kind)}


@cache
def names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def bare(value: Any) -> Any:
    if isinstance(value, tuple):
        return [bare(item) for item in value]
    return parts_of(value) if is_dataclass(value) else value


def counts(plan: Plan) -> dict[str, int]:
    """How many of each thing a plan has."""
    states = {str(state): len(plan.in_state(state)) for state in STATES}
    return {
        "strands": len(plan.strands),
        "themes": len(plan.themes),
        "actions": len(plan.actions),
        **states,
        "questions": len(plan.questions),
        "overlaps": len(plan.overlaps),
        "flags": len(plan.flags),
        "topics": sum(len(each.topics) for each in plan.topics),
        "lists": len(plan.lists),
        "commitments": len(plan.commitments),
    }


STATES: tuple[typing.Literal["done", "partly", "open", "ambiguous"], ...] = (
    "done",
    "partly",
    "open",
    "ambiguous",
)


def is_export(text: str) -> bool:
    """Whether a text is a plan that `plan_to_json` wrote."""
    return text.lstrip().startswith("{") and FORMAT.split("/")[0] in text[:200]


def plan_from_json(text: str, name: str) -> Plan:
    """
    Return the plan that `plan_to_json` wrote.

    Raises PlanError if it is damaged, or of another version.
    """
    try:
        whole = json.loads(text)
        if whole.pop("format") != FORMAT:
            raise PlanError(
                f"{name} was written by another version of Saferplan, and this one "
                f"reads {FORMAT}. Read the plan's own file again."
            )
        whole.pop("counts")
        plan: Plan = built(Plan, whole)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PlanError(
            f"{name} is a damaged export of a plan ({error}). Export it again."
        ) from None
    return plan


def built(kind: Any, value: Any) -> Any:
    """A value out of JSON as the kind it was."""
    return maker(kind)(value)


@cache
def maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a kind of value out of JSON. A kind is looked into once, not a row."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return maker_of_parts(kind)
    if origin in (types.UnionType, typing.Union):
        one = maker(inside[0])
        return lambda value: None if value is None else one(value)
    if origin is tuple and inside[-1] is Ellipsis:
        each = maker(inside[0])
        return lambda value: tuple([each(item) for item in value])
    if origin is tuple:
        by_place = [maker(part) for part in inside]
        return lambda value: tuple(
            [make(item) for make, item in zip(by_place, value, strict=True)]
        )
    if origin is dict:
        held = maker(inside[1])
        return lambda value: {key: held(item) for key, item in value.items()}
    return checker(kind)


def maker_of_parts(kind: Any) -> Callable[[Any], Any]:
    kinds = typing.get_type_hints(kind)
    makers = {field.name: maker(kinds[field.name]) for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING}

    def make(value: Any) -> Any:
        if amiss := (needed - value.keys()) | (value.keys() - makers.keys()):
            raise ValueError(f"{', '.join(sorted(amiss))} is amiss")
        return kind(**{key: makers[key](item) for key, item in value.items()})

    return make


def checker(kind: Any) -> Callable[[Any], Any]:
    if kind is date:
        return date.fromisoformat
    literal = typing.get_origin(kind) is typing.Literal
    values = frozenset(typing.get_args(kind))
    types_allowed = (int, float) if kind is float else kind

    def checked(value: Any) -> Any:
        allowed = value in values if literal else isinstance(value, types_allowed)
        if not allowed:
            raise ValueError(f"{value!r} is not what is expected there")
        return value

    return checked


def plan_to_csv(plan: Plan) -> str:
    """
    Return the plan as one sheet: what it is, its table, its lists.

    The table has a line for each row of the source, with strand and theme. Cells are
    as printed, a paragraph a line, so that what was unclear stays so.
    """
    lists = [(each.section, each.opening, each.topics) for each in plan.topics] + [
        (
            group.section,
            f"{group.opening.rstrip(': ')}:",
            [commitment.text for commitment in group.commitments],
        )
        for group in plan.lists
    ]
    columns, rows = table_of(plan) if plan.rows else ([], [])
    return to_sheet(plan.title, plan.about, columns, rows, lists)


def table_of(plan: Plan) -> tuple[list[str], list[list[str]]]:
    """The headings and the rows of a plan's table."""
    held = dict.fromkeys(name for row in plan.rows for name in row.cells)
    columns = {
        name: THEN.get(name) or plan.columns.get(name, name)
        for name in (*plan.columns, *held)
        if name not in FIRST
    }
    rows = []
    bare = {each.number for each in plan.strands} - {row.strand for row in plan.rows}
    for row in plan.rows:
        for number in sorted(number for number in bare if number < row.strand):
            rows.append(first_cells(plan, number, ""))
            bare.remove(number)
        first = first_cells(plan, row.strand, plan.themes[row.theme - 1])
        rest = ["\n".join(row.cells.get(name, ())) for name in columns]
        # A row that was too short stays so: what is missing is not empty.
        absent = {
            *row.missing,
            *(columns.keys() - plan.columns.keys() - row.cells.keys()),
        }
        short = len(list(takewhile(absent.__contains__, reversed(columns))))
        rows.append([*first, *rest[: len(rest) - short]])
    rows += [first_cells(plan, number, "") for number in sorted(bare)]
    return [*FIRST.values(), *columns.values()], rows


def first_cells(plan: Plan, number: int, theme: str) -> list[str]:
    strand = plan.strands[number - 1]
    told = "yes" if strand.is_communications else ""
    under, scope = "\n".join(strand.under), "\n".join(strand.scope)
    return [strand.title, under, scope, told, theme]
