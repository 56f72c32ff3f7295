"""
What the store holds, asked once and shared by the assessments of every borough.

The engine counts; what comes back are tables of counts, small enough for statistics.
Nothing here is computed from them: that is for the topics and the methods.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from saferplan.assessment.crime_counts import CrimeCounts
from saferplan.store import EvidenceStore

T = TypeVar("T")

# Reported to a national bureau, not to the police of the borough.
NOT_LOCAL = ["NFIB fraud"]


class Evidence:
    """The tables that findings are made of. Each is read when first asked for."""

    def __init__(self, store: EvidenceStore) -> None:
        self.store = store
        self._kept: dict[tuple[Any, ...], Any] = {}

    def table(self, dataset: str) -> ir.Table:
        """Return a dataset as it is now, to ask questions of."""
        return self.once(("table", dataset), lambda: self.store.table(dataset))

    def slices(self, dataset: str) -> pd.DataFrame:
        """Return the slices of a dataset and the release that each came from."""
        held: pd.DataFrame = self.once(
            ("slices", dataset), lambda: self.store.slices(dataset).to_pandas()
        )
        return held

    def has(self, dataset: str) -> bool:
        return not self.slices(dataset).empty

    def releases(self, dataset: str, **where: Any) -> tuple[str, ...]:
        """
        Return the ids of the releases that some slices of a dataset came from, sorted.

        where  a slice column and the value, or the values, that it must have
        """
        held = self.slices(dataset)
        for column, wanted in where.items():
            one = isinstance(wanted, str | int | date)
            values = pd.Series([wanted] if one else list(wanted), dtype=object)
            if pd.api.types.is_datetime64_any_dtype(held[column]):
                values = pd.to_datetime(values)
            held = held[held[column].isin(values)]
        return tuple(sorted(set(held["release"])))

    def ask(
        self, name: str, question: Callable[[], ir.Table], *about: Any
    ) -> pd.DataFrame:
        """
        Run a question once, and give the same answer to all who ask it again.

        name, about  what makes the question the same one
        question     returns an Ibis table
        """
        key = ("ask", name, *about)
        answer: pd.DataFrame = self.once(key, lambda: question().execute(limit=None))
        return answer

    def once(self, key: tuple[Any, ...], find: Callable[[], T]) -> T:
        """Return what `find` finds, found at most once for each key."""
        if key not in self._kept:
            self._kept[key] = find()
        found: T = self._kept[key]
        return found

    # Recorded crime

    @cached_property
    def boroughs(self) -> dict[str, str]:
        """Every borough with recorded crime: its name by its code, in code order."""
        crimes = self.table("recorded_crime")
        found = self.ask(
            "boroughs",
            lambda: (
                crimes.filter(_.area_set == "borough", _.area_code.notnull())
                .group_by("area_code")
                .agg(area_name=_.area_name.max())
                .order_by("area_code")
            ),
        )
        return dict(zip(found["area_code"], found["area_name"], strict=True))

    @property
    def newest_crime_year(self) -> int:
        """The calendar year of the newest month of recorded crime; 9999 without any."""
        held = self.slices("recorded_crime")
        return 9999 if held.empty else int(held["month"].max().year)

    def crime(
        self, area_set: str, *, by: str | None = "major", months: int | None = None
    ) -> CrimeCounts | None:
        """
        Return recorded crime of one kind of area by month, or None if none is loaded.

        by      the category that splits the counts: major, minor, or None for none
        months  only the newest so many; by default all of them

        Months in an older category scheme than the newest month's are left out, and
        so is fraud that was reported to the national bureau.
        """
        return self.once(
            ("crime", area_set, by, months),
            lambda: self._count_crime(area_set, by, months),
        )

    def _count_crime(
        self, area_set: str, by: str | None, months: int | None
    ) -> CrimeCounts | None:
        held = self.slices("recorded_crime")
        published = held.loc[held["area_set"] == area_set, "month"]
        if published.empty:
            return None
        last = published.max().to_period("M")
        first = last - ((months or 10_000) - 1)
        keys = ["area_code", "month", *([by] if by else [])]
        crimes = self._local_crime(area_set, last).filter(
            _.month >= first.start_time.date()
        )
        counted = self.ask(
            "crime",
            lambda: (
                crimes.group_by(keys)
                .agg(
                    offences=_.offences.sum(),
                    not_given=_.offences.isnull().sum(),
                )
                .order_by(keys)
            ),
            area_set,
            by,
            months,
        )
        return CrimeCounts.from_engine(counted, by)

    def crime_in_year(self, area_set: str, to: pd.Period) -> pd.DataFrame:
        """
        Return offences of the twelve months to `to`: area_code, major, minor, offences.

        Ask `crime` first whether all twelve were published.
        """
        crimes = self._local_crime(area_set, to).filter(
            _.month > (to - 12).start_time.date(), _.month <= to.start_time.date()
        )
        return self.ask(
            "crime in year",
            lambda: (
                crimes.group_by("area_code", "major", "minor")
                .agg(offences=_.offences.sum())
                .order_by("area_code", "major", "minor")
            ),
            area_set,
            str(to),
        )

    def _local_crime(self, area_set: str, newest: pd.Period) -> ir.Table:
        crimes = self.table("recorded_crime").filter(_.area_set == area_set)
        schemes = self.ask(
            "scheme",
            lambda: (
                crimes.filter(_.month == newest.start_time.date())
                .group_by("scheme")
                .agg(n=_.count())
                .order_by(ibis.desc("n"), "scheme")
            ),
            area_set,
            str(newest),
        )
        return crimes.filter(
            _.scheme == str(schemes["scheme"].iloc[0]),
            _.area_code.notnull(),
            _.major.notin(NOT_LOCAL),
        )

    def crime_releases(
        self, area_set: str, months: Iterable[pd.Period]
    ) -> tuple[str, ...]:
        """Return the releases that these months of recorded crime came from."""
        days = [month.start_time.date() for month in months]
        return self.releases("recorded_crime", area_set=area_set, month=days)

    def children(self, area_set: str, parent: str) -> dict[str, str]:
        """Return the areas of a kind that recorded crime places in a borough: names."""
        crimes = self.table("recorded_crime")
        found = self.ask(
            "children",
            lambda: (
                crimes.filter(_.area_set == area_set, _.area_code.notnull())
                .group_by("parent_code", "area_code")
                .agg(area_name=_.area_name.max())
                .order_by("parent_code", "area_code")
            ),
            area_set,
        )
        mine = found[found["parent_code"] == parent]
        return dict(zip(mine["area_code"], mine["area_name"], strict=True))
