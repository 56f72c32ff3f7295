"""
What the actions of a plan ask for, against what there is: money, days of work, leads.

What is not said counts for nothing, so a sum is the least that is asked for. An action
that costs nothing must say so: 0 is an answer, an empty field is none.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from saferplan.plans.drafted import Drafted

# A plan of a year's quarters can hold one body to about this many actions at once.
MANY_FOR_ONE_LEAD = 12

Kind = Literal["money", "days", "lead"]


@dataclass(frozen=True)
class Load:
    """
    What the actions ask of one kind of thing.

    kind       "money" in pounds, "days" of work, or "lead": actions that `who` leads
    asked      of those actions that say it; `silent` is how many do not
    there_is   None where nobody has said
    shortfall  what is amiss, in a sentence; "" if nothing is
    """

    kind: Kind
    who: str
    asked: float
    there_is: float | None
    silent: int
    of: int
    shortfall: str

    @property
    def about(self) -> tuple[str, ...]:
        """What tells its question from the others; a lead is told by name."""
        return (self.who,) if self.kind == "lead" else (self.kind,)


def loads(plan: Drafted) -> list[Load]:
    """Return what a plan asks of money, of days of work and of each lead."""
    if not plan.promises:
        return []
    money = [each.money for each in plan.promises]
    days = [each.staff_days for each in plan.promises]
    led = Counter(each.lead for each in plan.promises if each.lead)
    return [
        load("money", money, plan.means),
        load("days", days, plan.days),
        *(
            load_of_lead(lead, count, plan.limits.get(lead, MANY_FOR_ONE_LEAD))
            for lead, count in sorted(led.items())
        ),
    ]


def load(
    kind: Kind,
    said: list[float | None] | list[int | None],
    there_is: float | None,
) -> Load:
    known = [each for each in said if each is not None]
    asked, silent = sum(known), len(said) - len(known)
    return Load(
        kind, "", asked, there_is, silent, len(said),
        shortfall_of(kind, asked, there_is, silent, len(said)),
    )  # fmt: skip


def shortfall_of(
    kind: Kind, asked: float, there_is: float | None, silent: int, of: int
) -> str:
    """
    What is amiss, in words.

    >>> shortfall_of("money", 1500, 1000, 0, 2)
    'Its actions need £1,500, and there is £1,000: £500 too little.'
    """
    thing = {"money": "£{:,.0f}", "days": "{:,.0f} days of work"}.get(kind, "{:,.0f}")
    said = []
    if there_is is None and asked:
        much = "much money" if kind == "money" else "many days"
        said.append(
            f"Its actions need {thing.format(asked)}, and nobody has said how {much} "
            f"there {'is' if kind == 'money' else 'are'}."
        )
    elif there_is is not None and asked > there_is:
        less = thing.format(asked - there_is)
        too = "too little" if kind == "money" else "too few"
        said.append(
            f"Its actions need {thing.format(asked)}, and there "
            f"{'is' if kind == 'money' else 'are'} {thing.format(there_is)}: "
            f"{less} {too}."
        )
    # Days are asked for only where somebody counts them.
    if silent and (kind == "money" or asked or there_is is not None):
        what = "cost or that they cost nothing" if kind == "money" else "take"
        said.append(f"{silent} of {of} actions do not say what they {what}.")
    return " ".join(said)


def load_of_lead(lead: str, count: int, most: int) -> Load:
    shortfall = ""
    if count > most:
        shortfall = f"{lead} leads {count} actions at once, more than {most}."
    return Load("lead", lead, count, most, 0, count, shortfall)
