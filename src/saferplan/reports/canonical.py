"""
An assessment as JSON, the same bytes for the same assessment, and back again.

Keys are sorted, numbers have ten significant figures, and nothing comes from a clock
or a machine. Every other edition is made from what the JSON says, so no two can differ.
"""

import dataclasses
import json
import types
import typing
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from saferplan.assessment.finding import Assessment
from saferplan.assessment.protection import protect
from saferplan.errors import SourceChanged

FIGURES = 10  # significant; more than any of our numbers deserve


def as_published(assessment: Assessment) -> Assessment:
    """Pass every table through the gate for small numbers, and settle the numbers."""
    findings = tuple(protect(finding) for finding in assessment.findings)
    return read_json(to_json(dataclasses.replace(assessment, findings=findings)))


def to_json(assessment: Assessment) -> str:
    """
    Write an assessment as text: one line per value, ending with a newline.

    Its small numbers must have been protected already; `as_published` does both.
    """
    plain = _plain(assessment)
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_json(text: str) -> Assessment:
    """
    Read back what `to_json` wrote.

    Raises SourceChanged when the text is not an assessment of this version.
    """
    try:
        built = _build(Assessment, json.loads(text))
    except (KeyError, TypeError, ValueError) as problem:
        raise SourceChanged(
            f"This is not an assessment that this version of Saferplan wrote "
            f"({problem}). Make it again with: saferplan assess"
        ) from problem
    assert isinstance(built, Assessment)
    return built


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case float():
            return float(f"{value:.{FIGURES}g}")
        case tuple():
            return [_plain(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            fields = dataclasses.fields(value)
            return {field.name: _plain(getattr(value, field.name)) for field in fields}
        case _:
            return value


def _build(kind: Any, plain: Any) -> Any:
    """Build a value of `kind`, a type that saferplan.assessment.finding uses."""
    origin = get_origin(kind)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], plain[name]) for name in hints})
    if origin is tuple:
        return _build_tuple(get_args(kind), plain)
    if origin in (Union, types.UnionType):
        return _build_one_of(get_args(kind), plain)
    if origin is Literal and plain not in get_args(kind):
        raise ValueError(f"{plain!r} is none of {get_args(kind)}")
    if kind is date:
        return date.fromisoformat(plain)
    return float(plain) if kind is float else plain


def _build_tuple(kinds: tuple[Any, ...], plain: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_build(kinds[0], item) for item in plain)
    return tuple(_build(kind, item) for kind, item in zip(kinds, plain, strict=True))


def _build_one_of(kinds: tuple[Any, ...], plain: Any) -> Any:
    """One of several types: a cell of a table, or something that may be missing."""
    if plain is None:
        return None
    kinds = tuple(kind for kind in kinds if kind is not type(None))
    return _build(kinds[0], plain) if len(kinds) == 1 else plain


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
