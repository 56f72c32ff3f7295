"""
What the cells of a document that was read mean on this site.

A name means a body, a priority or a plan only if it is that one's name. What means
nothing here stays as printed, and the action says so.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from saferplan.plans.plan import Action as ActionRead
from saferplan.web.assessments.models import StrategicAssessment
from saferplan.web.partnerships.models import Organisation, Partnership
from saferplan.web.plans.exchanging import BETWEEN, SAID
from saferplan.web.plans.models import Priority
from saferplan.web.plans.models.plan import Level

LONGEST_CELL = 300  # of a measure, a baseline or a target
LONGEST_SOURCE = 200  # of where the money comes from
MOST_MONEY = Decimal(10) ** 10
MONEY = re.compile(r"£?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?")
FINDING = re.compile(r"(.+?) \[(\d{1,9}):([^\]\s]{1,100})\](?:; |$)")
STATUS = {said: status for status, said in SAID.items() if said}


@dataclass(frozen=True)
class Named:
    """What a document may name here, by name in small letters."""

    bodies: dict[str, Organisation]
    priorities: dict[str, Priority]
    assessments: frozenset[int]


def named_in(partnership: Partnership) -> Named:
    return Named(
        bodies={each.name.casefold(): each for each in partnership.organisations.all()},
        priorities={
            each.title.casefold(): each
            for era in partnership.eras.prefetch_related("priorities")
            if era.state == "current"
            for each in era.priorities.all()
        },
        assessments=frozenset(
            StrategicAssessment.objects.filter(partnership=partnership).values_list(
                "pk", flat=True
            )
        ),
    )


@dataclass
class Meant:
    """
    What an action's cells mean.

    words   fields of an action
    helps   who helps with it
    needs   names of the actions that must be done first
    marks   what means nothing here, a sentence each
    left    the cells that mean nothing here or more than we keep, by column
    """

    words: dict[str, Any] = field(default_factory=dict)
    helps: list[Organisation] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


def meant_by(read: ActionRead, named: Named) -> Meant:
    """Say what each cell beside an action means."""
    meant = Meant()
    for column, cell in read.other.items():
        understand = UNDERSTOOD.get(column)
        problem = understand(meant, cell, named) if understand else ""
        if problem:
            meant.marks.append(problem)
        if problem or understand is None:
            meant.left[column] = cell
    return meant


def as_written(name: str, longest: int) -> Any:
    def keep(meant: Meant, cell: str, _: Named) -> str:
        meant.words[name] = cell[:longest]
        too_long = f"Its {name} has more than {longest} letters. The rest is below."
        return too_long if len(cell) > longest else ""

    return keep


def lead(meant: Meant, cell: str, named: Named) -> str:
    meant.words["lead"] = named.bodies.get(cell.casefold())
    return "" if meant.words["lead"] else f"No body here is called “{cell}”."


def contributors(meant: Meant, cell: str, named: Named) -> str:
    names = [name.strip() for name in cell.split(BETWEEN.strip()) if name.strip()]
    meant.helps = [
        each for name in names if (each := named.bodies.get(name.casefold()))
    ]
    unknown = [name for name in names if name.casefold() not in named.bodies]
    return f"No body here is called “{', '.join(unknown)}”." if unknown else ""


def serves(meant: Meant, cell: str, named: Named) -> str:
    meant.words["priority"] = named.priorities.get(cell.casefold())
    found = meant.words["priority"]
    return "" if found else f"No priority of now is called “{cell}”."


def money(meant: Meant, cell: str, _: Named) -> str:
    amount = MONEY.fullmatch(cell.strip())
    pounds = Decimal(amount[0].lstrip("£ ").replace(",", "")) if amount else None
    if pounds is None or pounds >= MOST_MONEY:
        return f"“{cell}” is no amount in pounds, such as 1,500."
    meant.words["money"] = pounds
    return ""


def staff_days(meant: Meant, cell: str, _: Named) -> str:
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 10):
        return f"“{cell}” is no number of days."
    meant.words["staff_days"] = int(cell)
    return ""


def level(meant: Meant, cell: str, _: Named) -> str:
    found = {each.value.casefold(): each for each in Level}.get(cell.casefold())
    meant.words["level"] = found or ""
    return "" if found else f"“{cell}” is no level of ours."


def needs(meant: Meant, cell: str, _: Named) -> str:
    names = [name.strip() for name in cell.split(BETWEEN.strip())]
    if not all(re.fullmatch(r"\d+\.\d+", name) for name in names):
        return f"“{cell}” names no actions by number."
    meant.needs = names
    return ""


def findings(meant: Meant, cell: str, named: Named) -> str:
    found = [
        {"assessment": int(pk), "finding": finding, "title": title}
        for title, pk, finding in FINDING.findall(cell)
        if int(pk) in named.assessments
    ]
    meant.words["findings"] = found
    return "" if found else "It names no finding of an assessment here."


def number(meant: Meant, cell: str, _: Named) -> str:
    """Its place, which the plan takes over if every action has one (see importing)."""
    return ""


UNDERSTOOD = {
    "number": number,
    "lead": lead,
    "contributors": contributors,
    "measure": as_written("measure", LONGEST_CELL),
    "baseline": as_written("baseline", LONGEST_CELL),
    "target": as_written("target", LONGEST_CELL),
    "money": money,
    "money_from": as_written("money_from", LONGEST_SOURCE),
    "staff_days": staff_days,
    "level": level,
    "needs": needs,
    "serves": serves,
    "findings": findings,
}
