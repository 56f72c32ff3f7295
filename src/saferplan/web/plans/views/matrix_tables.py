"""The matrix of candidates as a table and as a picture."""

from dataclasses import dataclass
from typing import Any

from saferplan.plans.priorities import CRITERIA
from saferplan.web.core.downloads import Cell

COLUMNS = [
    "Candidate",
    *(title for title, _ in CRITERIA.values()),
    "Total (0 to 1)",
    "Lowest it could be",
    "Highest it could be",
    "Share of the weights known",
    "Place",
    "Among the first, weights halved to doubled",
    "Among the first, under all weights",
]


def matrix_rows(matrix: dict[str, Any]) -> list[list[Cell]]:
    """A row per candidate, with its values as they were measured; None is not known."""
    return [
        [
            row["title"],
            *(row["values"].get(name, {}).get("value") for name in CRITERIA),
            rounded(row["total"]),
            rounded(row["lowest"]),
            rounded(row["highest"]),
            rounded(row["known"]),
            row["place"],
            rounded(row["near"]),
            rounded(row["ever"]),
        ]
        for row in matrix["rows"]
    ]


def shown_value(value: float | None) -> str | None:
    """
    A value as a table shows it, of any size.

    >>> shown_value(11142.0), shown_value(-0.02), shown_value(9.9), shown_value(None)
    ('11,142', '0', '9.9', None)
    """
    if value is None:
        return None
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}".replace("-", "−")
    # Adding nothing makes 0 of what rounds to less than nothing.
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0").replace("-", "−")


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


@dataclass(frozen=True)
class StandingDrawn:
    """
    A candidate in the picture: a bar for what its total could be, a mark for its total.

    left, width, mark  in hundredths of the whole breadth; mark is None without a total
    among              whether it is among the first
    """

    title: str
    left: float
    width: float
    mark: float | None
    among: bool
    told: str


def standings(matrix: dict[str, Any]) -> list[StandingDrawn]:
    return [
        StandingDrawn(
            title=row["title"],
            left=round(100 * row["lowest"], 2),
            # A bar without breadth cannot be seen.
            width=round(max(100 * (row["highest"] - row["lowest"]), 0.6), 2),
            mark=None if row["total"] is None else round(100 * row["total"], 2),
            among=row["among"],
            told=told(row),
        )
        for row in matrix["rows"]
    ]


def told(row: dict[str, Any]) -> str:
    if row["total"] is None:
        return "nothing is known of it"
    if row["highest"] - row["lowest"] < 0.005:
        return f"{row['total']:.2f}"
    return f"{row['total']:.2f}; {row['lowest']:.2f} to {row['highest']:.2f}"
