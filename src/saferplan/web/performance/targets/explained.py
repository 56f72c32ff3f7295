"""A target explained for a page: the methods asked, and what they say put in order."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils import timezone

from saferplan.web.performance.targets.asked import Asked

Row = tuple[str | float | None, ...]
METHODS_OF_A_COUNT = (
    *("target", "baseline", "target-path", "target-standing", "target-chance"),
    *("expected-count", "change"),
)
METHODS_OF_A_SHARE = ("target-share",)
DECIDED = ("Met", "Missed", "Out of reach", "Sure", "Shown as met")
OVER = "Its period is over, and the figures to its end are not here."


@dataclass(frozen=True)
class Headline:
    """The verdict in a word or two, the colour of its tag, and why."""

    word: str
    colour: str
    why: str


@dataclass(frozen=True)
class Table:
    """columns that are numbers are those in `numeric`."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """One question of a target and its answer."""

    slug: str
    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of the picture: the level of each year from the baseline's, 0."""

    name: str
    levels: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Way:
    """
    What the picture and its table draw: where it starts, the paths, and what came.

    lower, upper  limits of the baseline
    """

    start: float
    lower: float
    upper: float
    target: float
    years: int
    paths: tuple[Line, ...]
    since: Line
    unit: str = ""


@dataclass(frozen=True)
class Explained:
    """
    A target explained.

    facts     what it comes down to, by name: set side by side for two days or targets
    cautions  in words, the weightiest first
    methods   names with versions, as the record cites them
    """

    headline: Headline
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    way: Way
    said: tuple[str, ...]
    cautions: tuple[str, ...]
    methods: tuple[str, ...]


def explain(asked: Asked) -> Explained:
    """
    Explain a target as it is seen today.

    Raises MethodError, which says what would be needed, where there is no answer.
    """
    found = by_methods(asked)
    over = asked.ends < f"{timezone.localdate():%Y-%m}"
    if not over or found.headline.word in DECIDED:
        return found
    return replace(
        found,
        headline=Headline("Cannot tell", "grey", OVER),
        cautions=(
            f"{OVER} A chance is that seen from the newest one.",
            *found.cautions,
        ),
    )


@lru_cache(maxsize=500)  # the same question is asked by each who opens the page
def by_methods(asked: Asked) -> Explained:
    # The engine of statistics is slow to import, and most pages do without it.
    if asked.kind == "share":
        from saferplan.web.performance.targets.shares import explain_a_share

        return explain_a_share(asked)
    from saferplan.web.performance.targets.counts import explain_a_count

    return explain_a_count(asked)


def tables_of(found: Explained) -> dict[str, Table]:
    """Every table of an explanation by the name of its file."""
    tables = {
        section.slug: table for section in found.sections for table in section.tables
    }
    return tables | {"facts": Table("Facts", ("What", "Found"), found.facts)}
