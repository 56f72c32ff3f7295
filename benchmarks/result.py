"""What was measured, beside its limit, as a line of a table."""

from dataclasses import dataclass


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
    """

    what: str
    ours: str
    figure: float
    limit: float | None
    unit: str
    peer: str = ""
    most: bool = True

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
            f"{self.figure:.3g} {self.unit}",
            self.limit_in_words,
            "yes" if self.kept else "**no**",
        ]


HEADINGS = ["What", "Saferplan", "Peer", "Figure", "Limit", "Kept"]


def table(results: list[Result]) -> str:
    """Return the results as a Markdown table."""
    rows = [HEADINGS, ["---"] * len(HEADINGS), *(result.cells for result in results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
