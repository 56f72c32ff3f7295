"""
The evidence catalogue: what the store holds, how fresh it is, and what is missing.

Read from the store's own logs. Kept in memory until a load changes one of them.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from saferplan.sources.source import Source
    from saferplan.store import EvidenceStore
    from saferplan.store.release import Release

TIME_COLUMNS = ("month", "period_end", "year_ending", "year")


@dataclass(frozen=True)
class Series:
    """
    One source, as the catalogue shows it.

    newest   its last release that changed anything; None if nothing was loaded yet
    covers  the months or years it covers, in words; "" where it has none
    missing  months between first and last that no publication has covered
    """

    name: str
    title: str
    publisher: str
    licence: str
    cadence: str
    caution: str
    newest: "Release | None"
    releases: int
    rows: int
    quarantined: int
    revised: int
    covers: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """
    Everything the store holds.

    series    what has been loaded first, then the rest, each by title
    releases  newest first
    """

    series: tuple[Series, ...]
    releases: tuple["Release", ...]

    @property
    def loaded(self) -> tuple[Series, ...]:
        return tuple(series for series in self.series if series.newest)

    @property
    def titles(self) -> dict[str, str]:
        """What each source is called, by its short name."""
        return {series.name: series.title for series in self.series}

    @property
    def not_loaded(self) -> tuple[Series, ...]:
        return tuple(series for series in self.series if not series.newest)


def read_catalogue() -> Catalogue:
    """Return the catalogue of this site's store; an empty one if there is none."""
    # The engine is slow to import, and the rest of the site does without it.
    from saferplan.store import default_place

    place = default_place()
    return _read(place, _state(place))


def _state(place: Path) -> tuple[tuple[str, int], ...]:
    """What changes whenever a load is committed: the log of each table."""
    logs = sorted(place.glob("*/_delta_log"))
    return tuple((str(log), log.stat().st_mtime_ns) for log in logs)


@lru_cache(maxsize=2)
def _read(place: Path, state: tuple[tuple[str, int], ...]) -> Catalogue:
    from saferplan.sources import SOURCES
    from saferplan.store import EvidenceStore

    store = EvidenceStore(place)
    releases = tuple(store.releases())
    series = [_series(source, releases, store) for source in SOURCES]
    series.sort(key=lambda each: (each.newest is None, each.title))
    return Catalogue(tuple(series), releases[::-1])


def _series(
    source: "Source", releases: tuple["Release", ...], store: "EvidenceStore"
) -> Series:
    from saferplan.sources.publishers import publisher_name

    own = [release for release in releases if release.source == source.name]
    times = [_times(store.slices(name), source.name) for name in source.datasets]
    months = sorted({month for found in times for month in found})
    return Series(
        name=source.name,
        title=source.title,
        publisher=publisher_name(source.publisher),
        licence=source.licence,
        cadence=source.cadence,
        caution=source.caution,
        newest=own[-1] if own else None,
        releases=len(own),
        rows=sum(release.rows_kept for release in own),
        quarantined=sum(release.rows_quarantined for release in own),
        revised=sum(len(release.revisions) for release in own),
        covers=_span(months),
        missing=tuple(_in_words(month) for month in _missing(months)),
    )


def _times(slices: "pl.DataFrame", source: str) -> set[date | int]:
    own = slices.filter(slices["source"] == source)
    column = next((name for name in TIME_COLUMNS if name in own.columns), None)
    found: set[Any] = set(own[column].drop_nulls()) if column else set()
    return found


def _missing(times: list[Any]) -> list[date]:
    """Months that lie between two covered months and are not covered themselves."""
    if not times or not all(isinstance(time, date) and time.day == 1 for time in times):
        return []  # years and quarters are not published without holes
    held = set(times)
    month, gaps = times[0], []
    while month < times[-1]:
        if month not in held:
            gaps.append(month)
        days = calendar.monthrange(month.year, month.month)[1]
        month = date.fromordinal(month.toordinal() + days)
    return gaps


def _span(times: list[Any]) -> str:
    if not times:
        return ""
    first, last = _in_words(times[0]), _in_words(times[-1])
    return first if first == last else f"{first} to {last}"


def _in_words(time: date | int) -> str:
    return str(time) if isinstance(time, int) else f"{time:%B %Y}"


def part_in_words(name: str) -> str:
    """
    Write the name of a part of a table as people say it.

    >>> part_in_words("mps.ward.2025-03")
    'Metropolitan Police Service, ward, March 2025'
    """
    from saferplan.sources.publishers import publisher_name

    publisher, *middle = name.split(".")
    words = [publisher_name(publisher), *map(_month_in_words, middle)]
    return ", ".join(words)


def _month_in_words(text: str) -> str:
    try:
        return _in_words(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return text.replace("-", " ")
