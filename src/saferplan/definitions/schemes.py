"""
The category schemes publishers have used, and what of one is like for like in another.

A category keeps its name and changes its contents, or the reverse. Only what a bridge
says is comparable may be put into one series.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from saferplan.definitions.definition import FOLDER, Definition, load_all
from saferplan.errors import SourceChanged


@dataclass(frozen=True, kw_only=True)
class Scheme(Definition):
    """
    A list of categories in use for a time.

    publisher  as in the evidence store
    note       what a reader of its figures must know
    """

    title: str
    publisher: str
    note: str = ""


@dataclass(frozen=True)
class Category:
    """
    One category of a scheme.

    minor             "" where the scheme has one level only
    police_generated  mostly found by police work: a rise can mean more of that
    under_reported    mostly not reported: a rise can mean more people came forward
    """

    scheme: str
    major: str
    minor: str
    police_generated: bool
    under_reported: bool


@dataclass(frozen=True, kw_only=True)
class Bridge(Definition):
    """
    One series across schemes: what to add up in each to get the same thing.

    parts          scheme -> the categories that make it up there
    like_for_like  False where the names look alike and the contents are not; such a
                   bridge is kept so that the reason can be shown
    note           the reason
    """

    title: str
    parts: dict[str, tuple[str, ...]]
    like_for_like: bool
    note: str


def schemes() -> dict[str, Scheme]:
    return load_all("schemes.toml", Scheme)


def bridges() -> dict[str, Bridge]:
    return load_all("bridges.toml", Bridge)


@cache
def categories(scheme: str) -> tuple[Category, ...]:
    """
    Return the categories of a scheme, in order of major and minor.

    Raises SourceChanged for a scheme we do not know, naming those we do.
    """
    if scheme not in schemes():
        raise SourceChanged(
            f"There is no category scheme {scheme!r}. Known: {', '.join(schemes())}."
        )
    with (FOLDER / "categories.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Category(
                row["scheme"],
                row["major"],
                row["minor"],
                row["police_generated"] == "yes",
                row["under_reported"] == "yes",
            )
            for row in csv.DictReader(file)
            if row["scheme"] == scheme
        )


def like_for_like(*scheme_names: str) -> dict[str, Bridge]:
    """Return the bridges that hold in every one of these schemes, by name."""
    return {
        name: bridge
        for name, bridge in bridges().items()
        if bridge.like_for_like and set(scheme_names) <= bridge.parts.keys()
    }


def bridged(counts: Mapping[str, int | None], scheme: str) -> dict[str, int | None]:
    """
    Return counts by category as counts of bridged series, by name.

    counts  category -> incidents, in the words of the scheme

    Only series that are like for like are returned. Publishers leave out a category
    that has been renamed or split, so one of several may be absent and counts nothing;
    but a series with none of its categories there, or with one whose count is missing,
    is missing: a gap is not a fall.

    Raises SourceChanged for a category the scheme does not have.

    >>> found = bridged({"Bicycle theft": 3, "Other theft": 5}, "police-uk-2013")
    >>> found["other-theft"], found["robbery"]
    (8, None)
    """
    known = {category.minor or category.major for category in categories(scheme)}
    if strange := sorted(counts.keys() - known):
        raise SourceChanged(
            f"{', '.join(strange)} is not in the scheme {scheme}. Its categories are: "
            f"{', '.join(sorted(known))}."
        )
    totals: dict[str, int | None] = {}
    for name, bridge in like_for_like(scheme).items():
        parts = [counts[part] for part in bridge.parts[scheme] if part in counts]
        given = [part for part in parts if part is not None]
        totals[name] = sum(given) if parts and len(given) == len(parts) else None
    return totals
