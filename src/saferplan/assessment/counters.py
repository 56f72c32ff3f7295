"""Where people can speak to the police in person, and what has closed or opened."""

from datetime import date

import pandas as pd
from ibis import _

from saferplan.areas.points import area_at
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import (
    Area,
    Column,
    Finding,
    Gap,
    Measure,
    Period,
    Table,
)
from saferplan.assessment.places import Shapes, shapes
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.sentences import listed
from saferplan.definitions.undated import UNDATED
from saferplan.methods import cite
from saferplan.plurals import plural

TOPIC = "access to the police"
COUNTERS = Measure(
    "front counters", "Police front counters", "front counters", "up is good"
)


def counters(evidence: Evidence, area: Area) -> Said:
    """The borough's front counters on the newest list, beside the list before it."""
    outline = shapes(evidence, "borough", [area.code])
    if not evidence.has("front_counter") or outline is None:
        return [
            Gap(
                "levels",
                TOPIC,
                f"No list of police front counters in {area.name} is loaded.",
                "Load the list of front counters, with the month in its name, and the "
                "boundaries of boroughs.",
            )
        ]
    lists = evidence.ask(
        "front counters",
        lambda: evidence.table("front_counter").order_by(_.listed_on, _.counter),
    )
    here = _within(lists, outline, area.code)
    days = sorted(pd.to_datetime(lists["listed_on"]).dt.date.unique())
    now = _names(here, days[-1])
    before = _names(here, days[-2]) if len(days) > 1 else None
    every = sorted({*now, *(before or ())})
    return [
        Finding(
            head="levels",
            topic=TOPIC,
            measure=COUNTERS,
            area=area,
            period=Period(days[-1], days[-1], _which_list(days[-1])),
            sentence=_sentence(area.name, now, before, days),
            value=float(len(now)),
            interval=None,
            verdict="level only",
            method=cite("counts"),
            releases=tuple(
                sorted({*evidence.releases("front_counter"), *outline.releases})
            ),
            caveats=(
                "A list says where a counter is, not when it is open, nor how far "
                "people have to go.",
            ),
            definition="Places where anyone can walk in and speak to an officer.",
            table=Table(
                f"Police front counters in {area.name}",
                (
                    Column("counter", "Counter"),
                    *(Column(str(day), _heading(day)) for day in days[-2:]),
                ),
                tuple(
                    (name, *(_listed(name, here, day) for day in days[-2:]))
                    for name in every
                ),
            ),
        )
    ]


def _within(lists: pd.DataFrame, outline: Shapes, code: str) -> pd.DataFrame:
    placed = area_at(lists["longitude"], lists["latitude"], outline.outlines)
    return lists[placed == code]


def _names(lists: pd.DataFrame, day: date) -> list[str]:
    on_day = pd.to_datetime(lists["listed_on"]).dt.date == day
    return sorted(lists.loc[on_day, "counter"])


def _listed(name: str, lists: pd.DataFrame, day: date) -> str:
    return "listed" if name in _names(lists, day) else "not listed"


def _sentence(
    area: str, now: list[str], before: list[str] | None, days: list[date]
) -> str:
    names = f": {listed(now)}" if now else ""
    said = f"{area} has {plural(len(now), 'police front counter')}{names}."
    if before is None:
        return said
    closed = sorted(set(before) - set(now))
    opened = sorted(set(now) - set(before))
    changes = [f"{listed(closed)} closed"] if closed else []
    changes += [f"{listed(opened)} opened"] if opened else []
    since = f"since the {_which_list(days[-2]).removeprefix('an ')}"
    return f"{said} {' and '.join(changes) or 'Nothing changed'} {since}."


def _heading(day: date) -> str:
    words = _which_list(day)
    return words[0].upper() + words[1:]


def _which_list(day: date) -> str:
    return "an undated list" if day == UNDATED else f"list of {day.day} {day:%B %Y}"
