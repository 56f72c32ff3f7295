"""What was measured, beside its limit, as a line of a table."""

import csv
import io
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Result:
    """
    One measured figure.

    what    what was done, in words
    ours    Saferplan's figure, with its unit: "16.2 s CPU"
    peer    the peer and its figure, if there is one
    figure  the number that has a limit: a ratio, or seconds, or MiB
    limit   that limit; None where the figure is only for information
    most    whether the limit is the most allowed; otherwise it is the least
    method  the method that was measured, by its name in the register, if it is one
    times   how many times as much its peer took of the same
    """

    what: str
    ours: str
    figure: float
    limit: float | None
    unit: str
    peer: str = ""
    most: bool = True
    method: str = ""
    times: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limit, if it has one."""
        if self.limit is None:
            return True
        return self.figure <= self.limit if self.most else self.figure >= self.limit

    @property
    def limit_in_words(self) -> str:
        if self.limit is None:
            return "none set"
        return f"{'at most' if self.most else 'at least'} {self.limit:g} {self.unit}"

    @property
    def cells(self) -> list[str]:
        return [
            self.what,
            self.ours,
            self.peer or "none",
            f"{in_short(self.figure)} {self.unit}",
            self.limit_in_words,
            "yes" if self.kept else "**no**",
        ]

    @property
    def fields(self) -> dict[str, str]:
        """The same for a program; `saferplan check methods` reads it."""
        return {
            "method": self.method,
            "what": self.what,
            "figure": in_short(self.figure),
            "unit": self.unit,
            "limit": self.limit_in_words,
            "kept": "yes" if self.kept else "no",
            "times": "" if self.times is None else in_short(self.times),
            "ours": self.ours,
            "peer": self.peer,
        }


def of_method(name: str, results: list[Result]) -> list[Result]:
    """Say of each result which method it is of."""
    return [replace(result, method=name) for result in results]


def in_short(figure: float) -> str:
    """
    Three figures, and all of those before the point.

    >>> in_short(1353.2), in_short(2.011), in_short(0.02392)
    ('1,353', '2.01', '0.0239')
    """
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


HEADINGS = ["What", "Saferplan", "Peer", "Figure", "Limit", "Kept"]
SHOWN = ["what", "ours", "peer", "figure", "limit", "kept"]


def rows_of(measure: str, taken: str, results: list[Result]) -> list[dict[str, str]]:
    """Return a line for each result of a measure, with when it was taken."""
    return [{"measure": measure, "taken": taken, **each.fields} for each in results]


def read_rows(text: str) -> list[dict[str, str]]:
    """Return the lines of a file that `as_csv` wrote."""
    return list(csv.DictReader(io.StringIO(text)))


def as_csv(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    lines = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue()


def sections(rows: list[dict[str, str]]) -> str:
    """Return the rows as Markdown: a table for each measure, and when it was taken."""
    measures = dict.fromkeys(row["measure"] for row in rows)
    return "\n".join(
        section([row for row in rows if row["measure"] == measure])
        for measure in measures
    )


def section(rows: list[dict[str, str]]) -> str:
    lines = [HEADINGS, ["---"] * len(HEADINGS), *(cells_of(row) for row in rows)]
    told = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    title = rows[0]["measure"].replace("_", " ").capitalize()
    return f"## {title}\n\n{rows[0]['taken']}\n\n{told}\n"


def cells_of(row: dict[str, str]) -> list[str]:
    kept = "**no**" if row["kept"] == "no" else row["kept"]
    said = row | {
        "kept": kept,
        "figure": f"{row['figure']} {row['unit']}",
        "peer": row["peer"] or "none",
    }
    return [said[name] for name in SHOWN]
