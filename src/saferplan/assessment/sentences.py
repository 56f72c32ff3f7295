"""Plain sentences: the figure, what it is compared with, and how sure we are."""

import math
from typing import Any

import pandas as pd

from saferplan.assessment.finding import Interval, Period


def number(value: float, decimals: int = 0) -> str:
    """
    >>> number(29277.0), number(-4.26, 1)
    ('29,277', '−4.3')
    """
    return f"{value:,.{decimals}f}".replace("-", "−")


def percent(share: float, decimals: int = 0) -> str:
    """
    >>> percent(-0.0345, 1), percent(0.12)
    ('−3.5%', '12%')
    """
    return number(share * 100, decimals) + "%"


def signed(share: float) -> str:
    """
    >>> signed(0.034), signed(-0.1)
    ('+3.4%', '−10.0%')
    """
    return ("+" if share > 0 else "") + percent(share, 1)


def month(when: pd.Period) -> str:
    """
    >>> month(pd.Period("2026-02"))
    'February 2026'
    """
    return str(when.strftime("%B %Y"))


def period(months: pd.PeriodIndex) -> Period:
    """
    The period that a run of months covers.

    >>> period(pd.period_range("2025-03", "2026-02", freq="M")).label
    'March 2025 to February 2026'
    """
    first, last = months[0], months[-1]
    label = month(first) if first == last else f"{month(first)} to {month(last)}"
    return Period(first.start_time.date(), last.end_time.date(), label)


def between(lower: float, upper: float) -> Interval | None:
    """An interval, or None where a limit is not known or has no end."""
    known = math.isfinite(lower) and math.isfinite(upper)
    return Interval(float(lower), float(upper)) if known else None


def known(value: float | None) -> float | None:
    """The value as a plain number, or None where it is missing."""
    return None if value is None or pd.isna(value) else float(value)


def listed(names: list[str]) -> str:
    """
    >>> listed(["Evelyn", "Deptford", "Bellingham"]), listed(["Evelyn"])
    ('Evelyn, Deptford and Bellingham', 'Evelyn')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def change(what: str, row: dict[str, Any], now: str, then: str, unit: str) -> str:
    """
    Say what a row of saferplan.methods.change found.

    what  the subject, with a capital: "Burglary"
    row   before, after, change, lower, upper, verdict and caution
    """
    if pd.isna(row["after"]) or pd.isna(row["before"]):
        return f"We cannot say whether {what.lower()} has changed. {row['caution']}"
    after, before = number(row["after"]), number(row["before"])
    if pd.isna(row["change"]):
        return (
            f"{what}: {after} {unit} in {now}, {before} in {then}. That is too few for "
            f"a percentage{_few(row)}."
        )
    if row["after"] == row["before"]:
        return f"{what} stayed at {after} {unit} in {now}, as in {then}."
    moved = "rose" if row["after"] > row["before"] else "fell"
    reach = f"95% interval {signed(row['lower'])} to {signed(row['upper'])}"
    sure = (
        "more than chance would explain"
        if row["verdict"] == "real change"
        else "no more than chance could make"
    )
    return (
        f"{what} {moved} by {percent(abs(row['change']), 1)} to {after} {unit} in "
        f"{now}, from {before} in {then}: {sure} ({reach})."
    )


def _few(row: dict[str, Any]) -> str:
    if row["verdict"] == "real change":
        return ", though the difference is more than chance would explain"
    return ""
