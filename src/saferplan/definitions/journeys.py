"""
The steps of a journey through the system, with who holds each and what is counted.

They are what a partnership's own journey maps begin from.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from saferplan.definitions.definition import Definition, load_all

JourneyPath = Literal["victim", "witness", "perpetrator", "dual role"]
PATHS: tuple[JourneyPath, ...] = get_args(JourneyPath)


@dataclass(frozen=True, kw_only=True)
class JourneyStep(Definition):
    """
    path        whose journey it is a step of
    agency      who holds it
    counts      what the agency counts there: "offences", "defendants"
    indicators  what is said to be counted, each with `title`, `better` ("up", "down" or
                "neither") and, if it is not that of the step, `counts`
    limit_days  how long a wait there may last, where somebody has promised that
    may_meet    whether those whom harm set against each other may meet there
    """

    path: JourneyPath
    title: str
    agency: str
    counts: str
    indicators: tuple[dict[str, str], ...]
    limit_days: int | None = None
    may_meet: bool = False


def journeys() -> dict[str, JourneyStep]:
    """The steps by name, those of each path in order."""
    return load_all("journeys.toml", JourneyStep)


def journey(path: str) -> list[JourneyStep]:
    """
    The steps of one path, in order.

    >>> journey("victim")[0].title
    'Harm is done'
    """
    return [step for step in journeys().values() if step.path == path]
