"""
How much of next month's crime a map of hot places catches, beside honest baselines.

A map that marks the hottest 1% of cells is judged by the crime that then falls in them:
how many times more than in 1% taken anyhow (PAI), and how that compares with the best
1% that hindsight could have marked (PEI).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.rates import same_areas
from saferplan.methods.spans import as_month, by_month

SHARES = (0.01, 0.05)
LAG = 2  # months behind that data.police.uk is
LEAST_MONTHS = 12
HINDSIGHT = "hindsight"

# A rule weighs each earlier month by how many months it lies before the one predicted.
Rule = Callable[[Numbers], Numbers]


def last_months(months: int, *, lag: int = LAG) -> Rule:
    """The newest so many months that are published, all alike."""
    return lambda age: np.asarray(age < lag + months, dtype=float)


def same_month_last_year(age: Numbers) -> Numbers:
    """The same month of the year before, and nothing else."""
    return np.asarray(age == 12, dtype=float)


def all_months(age: Numbers) -> Numbers:
    """The long run: every month there is, all alike."""
    return np.ones(len(age))


def decaying(half_life: float) -> Rule:
    """Every month, each counting half as much as one `half_life` months younger."""
    if not half_life > 0:
        raise MethodError(f"A half-life of {half_life:g} months is none. Try 12.")
    return lambda age: np.asarray(0.5 ** (age / half_life), dtype=float)


def usual_rules(lag: int = LAG) -> dict[str, Rule]:
    """The baselines any prediction must beat, and one rule that mostly does."""
    return {
        "last month": last_months(1, lag=lag),
        "last 3 months": last_months(3, lag=lag),
        "same month last year": same_month_last_year,
        "last 12 months": last_months(12, lag=lag),
        "all months": all_months,
        "decaying by half in 12 months": decaying(12),
    }


def prediction_scores(
    actual: pd.Series, predicted: pd.Series, *, shares: Sequence[float] = SHARES
) -> pd.DataFrame:
    """
    Return how much crime the highest predicted cells caught.

    actual     crimes that then fell in each cell, zeros included; cells of one size
    predicted  what marks a cell: a count, or any score; same index
    shares     of the cells to mark, each between 0 and 1

    The result has a row for each share, and columns `cells` (marked), `caught` (share
    of crimes), `pai` (caught over the share marked), `best` (the PAI of the cells that
    had most), `pei` (pai over best) and `rri` (predicted over actual crimes in marked
    cells: means something only where `predicted` are counts, and missing if no crime
    was there). Cells with equal predictions are marked in the worst order, so a map
    that marks everything alike earns nothing.

    Raises MethodError if the indexes differ, a number is missing or negative, no crime
    happened, or a share is less than one cell.

    PAI grows as the share marked shrinks and as crime grows rarer: compare it only on
    one grid, share, offence and period. It judges the map, not what police did with it.

    Source: Chainey, Tompson and Uhlig (2008), doi:10.1057/palgrave.sj.8350066; Hunt
    (2016), Do crime hot spots move?, for PEI; conventions as in the R package ptools.

    >>> actual, predicted = pd.Series([6, 3, 0]), pd.Series([3, 2, 1])
    >>> found = prediction_scores(actual, predicted, shares=[1 / 3, 2 / 3, 1])
    >>> found[["pai", "pei", "rri"]].round(2).values.tolist()
    [[2.0, 1.0, 0.5], [1.5, 1.0, 0.56], [1.0, 1.0, 0.67]]
    """
    same_areas("actual", actual, "predicted", predicted)
    happened, marked_by = actual.to_numpy(dtype=float), predicted.to_numpy(dtype=float)
    if not ((happened >= 0).all() and (marked_by >= 0).all()):
        raise MethodError(
            "Every cell needs a count and a prediction of zero or more. Fill in zeros "
            "only for months the publisher sent."
        )
    if happened.sum() == 0:
        raise MethodError("No crime happened, so no map could catch any.")
    cells = marked(len(happened), shares)
    worst_first = np.lexsort([happened, -marked_by])
    caught, best = (
        np.cumsum(found)[cells - 1] / happened.sum()
        for found in (happened[worst_first], np.sort(happened)[::-1])
    )
    share = cells / len(happened)
    seen = np.cumsum(happened[worst_first])[cells - 1]
    foreseen = np.cumsum(marked_by[worst_first])[cells - 1]
    return pd.DataFrame(
        {
            "cells": cells,
            "caught": caught,
            "pai": caught / share,
            "best": best / share,
            "pei": caught / best,
            "rri": foreseen / np.where(seen > 0, seen, np.nan),
        },
        index=pd.Index(shares, name="share"),
    )


def marked(cells: int, shares: Sequence[float]) -> np.ndarray:
    """How many cells each share marks, rounded down."""
    found = np.floor(np.asarray(shares, dtype=float) * cells + 1e-9).astype(int)
    if len(found) == 0 or (found < 1).any() or (found > cells).any():
        raise MethodError(
            f"Of {cells:,} cells, shares of {list(shares)} mark fewer than one or more "
            f"than all. Choose shares between {1 / max(cells, 1):.2g} and 1."
        )
    return found


def predicted_counts(
    counts: pd.DataFrame, month: str | pd.Period, rule: Rule, *, lag: int = LAG
) -> pd.Series:
    """
    Return the crimes that a rule expects in each cell in a month.

    counts  crimes, one row per month and one column per cell; a month that was not
            published is absent or missing, not zero
    month   to predict; only months at least `lag` before it are looked at
    rule    what each earlier month weighs by its age in months

    Raises MethodError if no month that the rule weighs is there.

    >>> months = pd.period_range("2025-01", periods=3, freq="M")
    >>> counts = pd.DataFrame({"A": [4, 0, 9], "B": [2, 2, 9]}, index=months)
    >>> predicted_counts(counts, "2025-04", last_months(2)).to_dict()
    {'A': 2.0, 'B': 2.0}
    """
    table = complete(counts)
    weighed = weights(table.index, as_month(month), rule, lag)
    if not weighed.sum() > 0:
        raise MethodError(
            f"None of the months that this rule looks at before {month} is there. Load "
            f"earlier months, or choose another rule."
        )
    expected = weighed @ table.to_numpy() / weighed.sum()
    return pd.Series(expected, index=table.columns)


def complete(counts: pd.DataFrame) -> pd.DataFrame:
    """The months that are known, in order, each with a count for every cell."""
    table = by_month(counts).astype(float)
    table = table[~table.isna().all(axis=1)]
    if table.isna().any(axis=None) or (table < 0).any(axis=None):
        raise MethodError(
            "In a month that was published every cell has a count of zero or more. "
            "Fill in zeros for its empty cells."
        )
    return table


def weights(months: pd.Index, month: pd.Period, rule: Rule, lag: int) -> Numbers:
    """What a rule weighs each month at; nothing for those not published in time."""
    if lag < 1:
        raise MethodError(
            f"A lag of {lag} months would predict a month from itself. Use the number "
            f"of months that the publisher is behind, at least 1."
        )
    age = np.array([(month - each).n for each in months], dtype=float)
    return np.where(age >= lag, rule(age), 0.0)


@dataclass(frozen=True)
class BackTest:
    """
    scores    one row per month, rule and share: the columns of prediction_scores; the
              rule "hindsight" marks the cells that turned out to have most
    summary   one row per rule and share: `pai` and `pei` (means over the months), and
              against the baseline: `gain` in PAI, its standard `error` (allowing for
              months in a row that are alike), `better`, `worse` (months) and `p`
              (sign test, two-sided; missing for the baseline)
    months    how many were predicted
    baseline  the rule the others are compared with
    """

    scores: pd.DataFrame
    summary: pd.DataFrame
    months: int
    baseline: str


def back_test(
    counts: pd.DataFrame,
    *,
    rules: Mapping[str, Rule] | None = None,
    baseline: str = "last 12 months",
    shares: Sequence[float] = SHARES,
    lag: int = LAG,
    progress: Callable[[int, int], None] | None = None,
) -> BackTest:
    """
    Predict each month from those published before it, and score every rule alike.

    counts    crimes, one row per month and one column per cell, as in predicted_counts
    rules     by name; if not given, `usual_rules`
    baseline  the rule that others are compared with
    shares    of cells to mark
    lag       months that the publisher is behind: with 2, March is predicted in March
              from January and before
    progress  told how many of the months are done, for a bar to show

    A month is predicted if a full year is there before the lag. A rule that looks at no
    month that is there has no score for that month, and neither has any rule then, so
    that all are scored on the same months.

    Raises MethodError if fewer than 2 months can be predicted or there is no such
    baseline.

    Of many rules tried on the same months the best looks better than it is. The sign
    test takes months as they come, and those in a row are alike: look at the gain and
    its error beside it.

    Source: the paired gain and its error as in Diebold and Mariano (1995),
    doi:10.1080/07350015.1995.10524599, with Newey and West's (1987) weights.

    >>> months = pd.period_range("2024-01", periods=18, freq="M")
    >>> counts = pd.DataFrame({c: [c] * 18 for c in range(1, 21)}, index=months)
    >>> found = back_test(counts, shares=[0.05])
    >>> found.months, found.summary["pei"].unique().tolist()
    (5, [1.0])
    """
    table = complete(counts)
    tried = dict(usual_rules(lag) if rules is None else rules)
    if baseline not in tried:
        raise MethodError(
            f"There is no rule called {baseline!r} to compare with. Choose one of: "
            f"{', '.join(tried)}."
        )
    scored = []
    for done, month in enumerate(table.index):
        if progress is not None:
            progress(done, len(table))
        weighed = {
            name: weights(table.index, month, rule, lag) for name, rule in tried.items()
        }
        published = np.count_nonzero(weights(table.index, month, all_months, lag))
        if published < LEAST_MONTHS or not all(w.sum() > 0 for w in weighed.values()):
            continue
        actual = table.loc[month]
        maps = {name: w @ table.to_numpy() / w.sum() for name, w in weighed.items()}
        for name, expected in {**maps, HINDSIGHT: actual.to_numpy()}.items():
            predicted = pd.Series(expected, index=table.columns)
            found = prediction_scores(actual, predicted, shares=shares)
            scored.append(found.assign(month=month, rule=name).reset_index())
    if len(scored) < 2 * (len(tried) + 1):
        raise MethodError(
            f"Fewer than 2 months can be predicted: that takes {LEAST_MONTHS} months, "
            f"{lag} more for the lag, and one beyond. Load more months."
        )
    scores = pd.concat(scored, ignore_index=True)
    return BackTest(
        scores=scores,
        summary=compared(scores, baseline),
        months=scores["month"].nunique(),
        baseline=baseline,
    )


def compared(scores: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Each rule's means, and its PAI month by month against the baseline's."""
    pai = scores.pivot_table(index="month", columns=["rule", "share"], values="pai")
    rows = []
    for (rule, share), part in scores.groupby(["rule", "share"], sort=False):
        gain = pai[rule, share] - pai[baseline, share]
        better, worse = int((gain > 1e-12).sum()), int((gain < -1e-12).sum())
        rows.append(
            {
                "rule": rule,
                "share": share,
                "pai": part["pai"].mean(),
                "pei": part["pei"].mean(),
                "gain": gain.mean(),
                "error": error_of_mean(gain.to_numpy()),
                "better": better,
                "worse": worse,
                "p": np.nan if rule == baseline else sign_test(better, worse),
            }
        )
    return pd.DataFrame(rows).set_index(["rule", "share"])


def error_of_mean(gains: Numbers) -> float:
    """
    The standard error of a mean over months, where months in a row may be alike.

    Up to the cube root of their number, months apart count by how alike they are, less
    the further; never less than if they were not alike at all.

    >>> error_of_mean(np.array([1.0, 3.0])), error_of_mean(np.array([2.0, 2.0, 2.0]))
    (1.0, 0.0)
    """
    months = len(gains)
    apart = gains - gains.mean()
    plain = float((apart**2).sum())
    most = int(np.cbrt(months) + 1e-9)
    alike = sum(
        2 * (1 - ago / (most + 1)) * float((apart[ago:] * apart[:-ago]).sum())
        for ago in range(1, most + 1)
    )
    return float(np.sqrt(max(plain + alike, plain) / (months - 1) / months))


def sign_test(better: int, worse: int) -> float:
    """
    The chance of so uneven a split, or one more so, if either were as likely.

    >>> round(sign_test(24, 1), 9)
    1.55e-06
    """
    # Brought in where it is used: a map of next month's places does without.
    from scipy.special import betaincc

    fewer, more = sorted((better, worse))
    if more == 0:
        return 1.0
    # The binomial tail by the incomplete beta function.
    return min(1.0, 2 * float(betaincc(fewer + 1, more, 0.5)))
