"""
What became of trials on the day they were listed for, and whose doing it was.

Effective: it began that day and came to an end. Cracked: it was no longer needed, for a
plea of guilty or because the prosecution gave up. Ineffective: it needs another day.
Vacated: it was taken out of the list before the day, and is in no percentage.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import share_limits
from saferplan.methods.proportions import LEAST_ASKED

HELD = ("effective", "cracked", "ineffective")
VACATED = "vacated"
LEAST_TRIALS = 5  # reasons given for fewer trials than this are told together
OTHERS = "other reasons"

# Whose doing an ineffective trial was, by the first sign of its reason code or by the
# whole code, as the Ministry of Justice groups them: its written answer 22891 of 14
# January 2025. Of the prosecution's own codes only M was seen there; M1 to P are worded
# as the prosecution's in the court service's published monthly report of such trials.
SIDES = {
    **dict.fromkeys("MNOP", "prosecution"),
    **dict.fromkeys("QRSTUV", "defence"),
    **dict.fromkeys("WX", "court"),
    **dict.fromkeys(["S3", "W5", "Y", "Z"], "other"),
}


@dataclass(frozen=True)
class Trials:
    """
    outcomes  a row each for effective, cracked and ineffective: `trials`, `share`,
              `lower`, `upper`, of all three together
    vacated   taken out of the list before the day; and `vacated_share`, of all listed
    reasons   `outcome`, `reason`, `side`, `trials`, `share` of that outcome, `lower`,
              `upper`; the most frequent first, rare ones together
    sides     for ineffective trials, by whose doing: `side`, `trials`, `share`,
              `lower`, `upper`; empty without codes
    cautions  in words
    """

    outcomes: pd.DataFrame
    vacated: int
    vacated_share: float
    reasons: pd.DataFrame
    sides: pd.DataFrame
    cautions: tuple[str, ...]


def trial_outcomes(
    listed: pd.DataFrame,
    *,
    sides: Mapping[str, str] = SIDES,
    least: int = LEAST_TRIALS,
    base: int = LEAST_ASKED,
    confidence: float = 0.95,
) -> Trials:
    """
    Return how many trials were effective, cracked, ineffective or vacated, and why.

    listed  columns `outcome` (one of the four), `trials` (a whole number) and, if it is
            known, `reason` (a code or words, empty if not)
    sides   {reason code, or its first sign: whose doing}
    least   reasons for fewer trials than this are told together
    base    of fewer trials than this no share is shown

    Raises MethodError for another outcome, a count that is missing, negative or no
    whole number, or no trial that was still in the list on its day.

    A cracked trial is no failure of itself: a plea of guilty spares witnesses, though a
    plea on the day comes late. The side is who brought about the adjournment by the
    court's own record, and one reason is noted where there may be several.

    Source: Ministry of Justice, Criminal court statistics: guide, on trial
    effectiveness; Wilson (1927) for the limits.

    >>> listed = pd.DataFrame({"outcome": ["effective", "cracked", "ineffective",
    ...                        "vacated"], "trials": [440, 380, 180, 250]})
    >>> found = trial_outcomes(listed)
    >>> found.outcomes["share"].tolist(), found.vacated_share
    ([0.44, 0.38, 0.18], 0.2)
    """
    table = check_listed(listed)
    totals = table.groupby("outcome")["trials"].sum()
    held = totals.reindex(HELD, fill_value=0.0)
    if held.sum() <= 0:
        raise MethodError("No trial was in the list on its day. Give at least one.")
    vacated = int(totals.get(VACATED, 0))
    ineffective = table[table["outcome"] == "ineffective"].copy()
    ineffective["side"] = side_of(ineffective["reason"], sides)
    by_side = ineffective.groupby("side")["trials"].sum()
    coded = by_side.drop("not known", errors="ignore").sum() > 0
    told = with_shares(held, base, confidence).rename_axis("outcome")
    return Trials(
        outcomes=told,
        vacated=vacated,
        vacated_share=vacated / (float(held.sum()) + vacated),
        reasons=by_reason(table, sides, least, base, confidence),
        sides=with_shares(
            by_side.sort_values(ascending=False) if coded else by_side.iloc[:0],
            base,
            confidence,
        )
        .rename_axis("side")
        .reset_index(),
        cautions=said(held, table, base),
    )


def with_shares(trials: pd.Series, base: int, confidence: float) -> pd.DataFrame:
    """Counts with their shares of the sum, which are missing if that is too small."""
    total = float(trials.sum())
    lower, upper = share_limits(
        trials, np.full(len(trials), total), confidence=confidence
    )
    shown = total >= base
    return pd.DataFrame(
        {
            "trials": trials,
            "share": trials / total if shown else np.nan,
            "lower": lower if shown else np.nan,
            "upper": upper if shown else np.nan,
        },
        index=trials.index,
    )


def by_reason(
    table: pd.DataFrame,
    sides: Mapping[str, str],
    least: int,
    base: int,
    confidence: float,
) -> pd.DataFrame:
    """Reasons of each outcome with their shares of it, the rare ones together."""
    parts = []
    given = table[table["reason"] != ""]
    for outcome in [*HELD, VACATED]:
        counts = given[given["outcome"] == outcome].groupby("reason")["trials"].sum()
        if counts.empty:
            continue
        counts = counts.sort_values(ascending=False, kind="stable")
        unknown = table.loc[
            (table["outcome"] == outcome) & (table["reason"] == ""), "trials"
        ].sum()
        together = rare_together(counts, least)
        if unknown > 0:
            together["not known"] = float(unknown)
        found = with_shares(together, base, confidence)
        found = found.rename_axis("reason").reset_index()
        found.insert(0, "outcome", outcome)
        side = side_of(found["reason"], sides) if outcome == "ineffective" else ""
        found.insert(2, "side", side)
        parts.append(found)
    if not parts:
        columns = ["outcome", "reason", "side", "trials", "share", "lower", "upper"]
        return pd.DataFrame(columns=columns)
    return pd.concat(parts, ignore_index=True)


def rare_together(counts: pd.Series, least: int) -> pd.Series:
    """
    Counts, most frequent first, with the rare ones as one, itself not rare.

    >>> rare_together(pd.Series({"M1": 40, "N1": 9, "Q1": 3}), 5).to_dict()
    {'M1': 40.0, 'other reasons': 12.0}
    """
    counts = counts[counts > 0].astype(float)
    rare = int((counts < least).sum())
    if rare == 0:
        return counts
    # One rare reason alone would be the total less the rest.
    while rare < len(counts) and (rare < 2 or counts.iloc[-rare:].sum() < least):
        rare += 1
    return pd.concat(
        [counts.iloc[:-rare], pd.Series({OTHERS: counts.iloc[-rare:].sum()})]
    )


def side_of(reasons: pd.Series, sides: Mapping[str, str]) -> pd.Series:
    """Whose doing each reason is: by its whole code, else by the first sign of one."""
    code = reasons.str.strip().str.upper()
    coded = code.str.fullmatch(r"[A-Z]\d?")
    by_first = code.str[:1].map(sides)
    return code.map(sides).fillna(by_first).where(coded).fillna("not known")


def check_listed(listed: pd.DataFrame) -> pd.DataFrame:
    if missing := [name for name in ("outcome", "trials") if name not in listed]:
        raise MethodError(
            f"The list has no column {', '.join(missing)}. It needs outcome and "
            f"trials, and reason if that is known."
        )
    table = pd.DataFrame(
        {
            "outcome": listed["outcome"].astype(str).str.strip().str.lower(),
            "trials": listed["trials"].astype(float),
            "reason": "",
        }
    )
    if "reason" in listed:
        table["reason"] = listed["reason"].fillna("").astype(str).str.strip()
    known = [*HELD, VACATED]
    if strays := sorted(set(table["outcome"]) - set(known)):
        raise MethodError(
            f"A trial is {', '.join(known)}, and not {', '.join(strays)}. Put the "
            f"court's own word into one of these."
        )
    if not ((table["trials"] >= 0) & (table["trials"] % 1 == 0)).all():
        raise MethodError("Every line needs a whole number of trials, zero or more.")
    return table


def said(held: pd.Series, table: pd.DataFrame, base: int) -> tuple[str, ...]:
    words = []
    if held.sum() < base:
        words.append(f"Fewer than {base} trials: too few for a percentage.")
    given = table[(table["outcome"] != "effective") & (table["reason"] != "")]
    due = table.loc[table["outcome"].isin(["cracked", "ineffective"]), "trials"].sum()
    known = given.loc[given["outcome"] != VACATED, "trials"].sum()
    if 0 < known < due:
        words.append(
            f"{1 - known / due:.0%} of cracked and ineffective trials have no reason."
        )
    return tuple(words)
