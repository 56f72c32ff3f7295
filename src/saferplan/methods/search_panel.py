"""
The eight parts of an honest panel on stop and search.

No part stands without the others: a ratio without its missing data, its ages and its
finds invites the wrong conclusion, in either direction.
"""

from dataclasses import dataclass

import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.disproportionality import (
    LEAST_SEARCHES,
    REFERENCE,
    missing_bounds,
    outcome_test,
    rate_ratios,
    standardised_ratios,
)

DEFINED_BY = {"self": "self_defined_group", "officer": "officer_defined_group"}


@dataclass(frozen=True)
class SearchPanel:
    """
    1 ratios        {"self", "officer"}: rate ratios by who defined the group
    2 bounds        {"self", "officer"}: lowest and highest, with the share missing
    3 standardised  by age and sex, self-defined; None without residents by age and sex
    4 outcomes      {"self", "officer"}: the share of searches that led to something
    5 denominators  what the residents are, in words: census, year, area
    6 volume        per month: `searches` and `section_60`; vehicles_only beside them
    7 interaction   survey answers on how people were treated; None if not loaded
    8 explain       groups whose search rate needs a written explanation
      unanswered    what the panel could not show, in words
    """

    ratios: dict[str, pd.DataFrame]
    bounds: dict[str, pd.DataFrame]
    standardised: pd.DataFrame | None
    outcomes: dict[str, pd.DataFrame]
    denominators: str
    volume: pd.DataFrame
    vehicles_only: int
    interaction: pd.DataFrame | None
    explain: tuple[str, ...]
    unanswered: tuple[str, ...]


def search_panel(
    tally: pd.DataFrame,
    residents: pd.Series,
    *,
    denominators: str,
    vehicles_only: int = 0,
    residents_by_age_sex: pd.DataFrame | None = None,
    interaction: pd.DataFrame | None = None,
    reference: str = REFERENCE,
    least: int = LEAST_SEARCHES,
) -> SearchPanel:
    """
    Put the panel together from a tally of searches and the residents.

    tally                 columns of saferplan.methods.searches.TALLIED_BY, `searches`
    residents             people per group; its index names the groups
    denominators          what they are: "Census 2021, usual residents of Lewisham"
    residents_by_age_sex  rows (gender, age_range) as the tally has them, a column per
                          group; leave it out and part 3 is unanswered
    interaction           a survey table to stand beside the volumes, shown as it is

    Searches of a group that `residents` does not name count as missing, like those of
    none. Raises MethodError if the tally is empty or lacks a column.
    """
    check_tally(tally)
    answered = tally[tally["positive"].notna()]
    finds = answered[answered["positive"].astype(bool)]
    ratios, bounds, outcomes = {}, {}, {}
    for who, column in DEFINED_BY.items():
        stated = total_by(tally, column, residents.index)
        missing = int(tally["searches"].sum() - stated.sum())
        ratios[who] = rate_ratios(stated, residents, reference=reference, least=least)
        bounds[who] = missing_bounds(
            stated, residents, missing=missing, reference=reference, least=least
        )
        outcomes[who] = outcome_test(
            total_by(answered, column, residents.index),
            total_by(finds, column, residents.index),
            reference=reference,
            least=least,
        )
    standardised = None
    if residents_by_age_sex is not None:
        standardised = standardised_ratios(
            by_age_and_sex(tally, residents_by_age_sex),
            residents_by_age_sex,
            reference=reference,
            least=least,
        )
    return SearchPanel(
        ratios=ratios,
        bounds=bounds,
        standardised=standardised,
        outcomes=outcomes,
        denominators=denominators,
        volume=monthly_volume(tally),
        vehicles_only=vehicles_only,
        interaction=interaction,
        explain=to_explain([*ratios.values(), standardised]),
        unanswered=unanswered(tally, ratios["officer"], standardised, interaction),
    )


def monthly_volume(tally: pd.DataFrame) -> pd.DataFrame:
    """Return searches and those under section 60 for each month sent, in order."""
    return pd.DataFrame(
        {
            "searches": tally.groupby("month")["searches"].sum(),
            "section_60": tally["searches"]
            .where(tally["section_60"].astype(bool), 0)
            .groupby(tally["month"])
            .sum(),
        }
    )


def total_by(tally: pd.DataFrame, column: str, groups: pd.Index) -> pd.Series:
    totals = tally.groupby(column)["searches"].sum()
    return totals.reindex(groups, fill_value=0).astype(int)


def by_age_and_sex(tally: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Count searches with the rows and columns of `like`; others are left out."""
    table = tally.pivot_table(
        index=["gender", "age_range"],
        columns=DEFINED_BY["self"],
        values="searches",
        aggfunc="sum",
        fill_value=0,
    )
    return table.reindex(index=like.index, columns=like.columns, fill_value=0)


def to_explain(tables: list[pd.DataFrame | None]) -> tuple[str, ...]:
    named = {
        str(group)
        for table in tables
        if table is not None
        for group in table.index[table["explain"]]
    }
    return tuple(sorted(named))


def unanswered(
    tally: pd.DataFrame,
    by_officer: pd.DataFrame,
    standardised: pd.DataFrame | None,
    interaction: pd.DataFrame | None,
) -> tuple[str, ...]:
    gaps = []
    if standardised is None:
        gaps.append(
            "Age and sex are not allowed for: load residents by age, sex and group."
        )
    not_listed = by_officer.index[by_officer["searches"] == 0]
    if len(not_listed):
        gaps.append(
            f"Officers noted no search of {', '.join(map(str, not_listed))}. If their "
            f"list lacks it, other groups' officer-defined ratios are too high."
        )
    if tally["linked"].isna().all():
        gaps.append(
            "The force does not say whether an outcome was about the object searched "
            "for, so a find may be of something else."
        )
    if interaction is None:
        gaps.append("No survey of how people felt they were treated is loaded.")
    return tuple(gaps)


def check_tally(tally: pd.DataFrame) -> None:
    needed = {*DEFINED_BY.values(), "month", "section_60", "positive", "linked"}
    needed |= {"gender", "age_range", "searches"}
    if lacking := sorted(needed - set(tally.columns)):
        raise MethodError(
            f"The tally has no column {', '.join(lacking)}. "
            f"Make it with saferplan.methods.searches.search_tally."
        )
    if tally.empty:
        raise MethodError("There are no searches to compare. Load some months first.")
