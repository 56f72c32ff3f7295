"""Boroughs one below the other on one scale: the rate of each, with its interval."""

from dataclasses import dataclass

from saferplan.web.core.pages import number
from saferplan.web.performance.beside import Exposure
from saferplan.web.performance.picture import Word, places_of, ticks_over

WIDTH, LEFT, RIGHT = 600, 200, 580
TOP, LINE, FOOT = 4, 26, 28


@dataclass(frozen=True)
class Row:
    """
    y  its middle
    x  of the rate; its interval goes from `lower` to `upper`
    """

    y: float
    name: str
    x: float
    lower: float
    upper: float
    is_own: bool


@dataclass(frozen=True)
class BoroughPicture:
    """words  what it shows, for who cannot see it"""

    rows: tuple[Row, ...]
    along: tuple[Word, ...]
    height: float
    words: str
    width: int = WIDTH

    @property
    def foot(self) -> float:
        return self.height - FOOT


def picture_of(exposure: Exposure) -> BoroughPicture | None:
    """None where fewer than two rates are known."""
    known = [row for row in exposure.rows if row["lower"] is not None]
    if len(known) < 2:
        return None
    ticks = ticks_over(row[end] for row in known for end in ("lower", "upper"))

    def across(value: float) -> float:
        share = (value - ticks[0]) / (ticks[-1] - ticks[0])
        return round(LEFT + share * (RIGHT - LEFT), 1)

    rows = tuple(
        Row(
            y=TOP + LINE * at + LINE / 2,
            name=row["name"],
            x=across(row["rate"]),
            lower=across(row["lower"]),
            upper=across(row["upper"]),
            is_own=row["is_own"],
        )
        for at, row in enumerate(known)
    )
    height = TOP + LINE * len(rows) + FOOT
    places = places_of(ticks)
    return BoroughPicture(
        rows=rows,
        along=tuple(
            Word(across(each), height - 8, f"{each:,.{places}f}") for each in ticks
        ),
        height=height,
        words="For every 1,000 residents, the most first: "
        + ", ".join(
            f"{row['name']} {number(row['rate'], exposure.places)}" for row in known
        )
        + ".",
    )
