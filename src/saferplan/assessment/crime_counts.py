"""Recorded offences by area and month, with the months that were published."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd


@dataclass(frozen=True)
class CrimeCounts:
    """
    table   area_code, month (a pandas Period), category, offences (missing where the
            publisher gives a mark in place of a number). What did not happen in a
            published month is not listed
    months  every published month, in order
    """

    table: pd.DataFrame
    months: pd.PeriodIndex

    @staticmethod
    def from_engine(counted: pd.DataFrame, by: str | None) -> "CrimeCounts":
        """From area_code, month, the category, offences and how many are not given."""
        days = pd.DatetimeIndex(pd.to_datetime(counted["month"]))
        table = pd.DataFrame(
            {
                "area_code": counted["area_code"],
                "month": days.to_period("M"),
                "category": counted[by] if by else "all",
                "offences": counted["offences"]
                .astype(float)
                .where(counted["not_given"] == 0),
            }
        )
        months = pd.PeriodIndex(table["month"].unique()).sort_values()
        return CrimeCounts(table, months)

    @property
    def last_month(self) -> pd.Period:
        return self.months[-1]

    def monthly(self, area: str) -> pd.DataFrame:
        """
        Return an area's counts: a row per published month, a column per category.

        A category that is not listed in a published month counts zero; an area that
        is in none of them has no column at all.
        """
        rows = self.table[self.table["area_code"] == area]
        wide = rows.pivot(index="month", columns="category", values="offences")
        listed = rows.assign(here=True).pivot(
            index="month", columns="category", values="here"
        )
        wide = wide.reindex(self.months)
        listed = listed.reindex(self.months).notna()
        return wide.where(listed, 0.0).rename_axis(index="month", columns=None)

    @cached_property
    def areas(self) -> pd.DataFrame:
        """Return all categories together: a row per month, a column per area."""
        parts = self.table.groupby(["month", "area_code"])["offences"]
        # A part that is missing makes the whole missing.
        together = parts.sum().mask(parts.count() < parts.size())
        # Only what is not listed is filled: a mark in place of a number stays missing.
        return together.unstack("area_code", fill_value=0)

    def all_of(self, months: pd.PeriodIndex) -> bool:
        """Whether every one of these months was published."""
        return bool(months.isin(self.months).all())
