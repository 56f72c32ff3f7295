"""The concerns, groups and partners that a plan is expected to mention."""

from dataclasses import dataclass
from typing import Literal

from saferplan.definitions.definition import Definition, load_all


@dataclass(frozen=True, kw_only=True)
class Expected(Definition):
    """
    title  what it is
    kind   a concern, a group of people or a partner; or the kind of plan in which the
           law wants it
    words  the beginnings of words by which a plan mentions it
    """

    title: str
    kind: Literal[
        "concern", "group", "partner", "police and crime plan", "partnership plan"
    ]
    words: tuple[str, ...]


def expected() -> dict[str, Expected]:
    return load_all("expected.toml", Expected)
