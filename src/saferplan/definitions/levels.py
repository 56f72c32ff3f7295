"""
The level at which the founding responses say each problem is best taken up.

They are what the level advisor is tried on, and examples of answers to its questions.
"""

from dataclasses import dataclass

from saferplan.definitions.definition import Definition, load_all


@dataclass(frozen=True, kw_only=True)
class LevelSaid(Definition):
    """
    title    the problem
    said     what the document says of it
    label    the advice that agrees with that; any one of them
    answers  what the document says or implies, by criterion of the level advisor
    """

    title: str
    said: str
    label: tuple[str, ...]
    answers: dict[str, str]


def levels() -> dict[str, LevelSaid]:
    """The problems by name, in the order of the file."""
    return load_all("levels.toml", LevelSaid)
