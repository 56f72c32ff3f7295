"""The wards that a ward is set beside: its neighbours, and those like it."""

from dataclasses import dataclass

from saferplan.web.assessments.wards import Place
from saferplan.web.partnerships.models import Partnership
from saferplan.web.performance.served import Served
from saferplan.web.performance.standing import about_as_much, touching

WITH_ASSESSMENT = "Not known: they come with the partnership’s strategic assessment."
WITH_COMPARISON = (
    "Not known yet: they are found when the borough is compared with others, at the "
    "end of the page of standards."
)


@dataclass(frozen=True)
class Beside:
    """
    Wards that one is set beside, and why.

    how      they were found, where the title does not say it
    lacking  what it takes to know them
    """

    title: str
    wards: tuple[Place, ...]
    how: str
    lacking: str


def wards_beside(partnership: Partnership, places: Served, code: str) -> list[Beside]:
    """The wards that border one, those most like it, and those with as much crime."""
    wards = {each.code: each for each in places.wards}
    made = partnership.comparisons.filter(indicator=None).first()
    known = made.wards if made else {}
    note = known.get("note", "")
    found = (
        ("Wards that border it", touching(places.outlines, code), "", WITH_ASSESSMENT),
        (
            "Wards most like it",
            known.get("alike", {}).get(code, []),
            note,
            note or WITH_COMPARISON,
        ),
        (
            "Wards with about as much recorded crime",
            about_as_much(places.wards, code),
            "",
            WITH_ASSESSMENT,
        ),
    )
    return [
        Beside(title, tuple(wards[each] for each in codes if each in wards), *notes)
        for title, codes, *notes in found
    ]
