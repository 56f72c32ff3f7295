"""How far a provider is out of pocket before it is paid: cash month by month."""

import pandas as pd

from saferplan.errors import MethodError


def cash_flow(
    spending: float,
    *,
    months: int,
    up_front: float = 0.0,
    results: float = 0.0,
    lag: int = 0,
    monthly: bool = True,
) -> pd.DataFrame:
    """
    Return what a provider has spent and been paid by the end of each month.

    spending  pounds a month, paid out at the start of the month
    months    of service, 1 or more
    up_front  pounds paid in all whatever the results, an equal part in each month
    results   pounds paid in all for results
    lag       months from the end of a month's service to the money for its results
    monthly   paid for each month's service; otherwise for all of it at once, so many
              months after the last

    One row per month until all is paid: `month`, `spent`, `paid` and `balance`, in
    pounds, each from the beginning. The lowest balance is what the provider must have.

    Raises MethodError if an amount or a lag is negative, or there is no month.

    It holds no interest, and no late payer. A provider with more than one contract may
    have better or worse times for others.

    Source: arithmetic. Reoffending counted over 12 months and 6 more for the courts is
    known 21 months later or more (Peterborough's rules).

    >>> flow = cash_flow(10_000, months=12, results=120_000, lag=3)
    >>> flow["balance"].iloc[[2, 11, -1]].tolist()
    [-30000.0, -30000.0, 0.0]
    """
    check(spending, months, up_front, results, lag)
    month = pd.RangeIndex(1, months + lag + 1)
    at = pd.Series(month, dtype=float)
    served = at.clip(upper=months)
    shown = (at - lag).clip(0, months) / months
    if not monthly:
        shown = (shown >= 1).astype(float)
    spent = spending * served
    paid = up_front * served / months + results * shown
    return pd.DataFrame(
        {"month": month, "spent": spent, "paid": paid, "balance": paid - spent}
    )


def check(
    spending: float, months: int, up_front: float, results: float, lag: int
) -> None:
    told = {"spending": spending, "up_front": up_front, "lag": lag}
    for name, amount in told.items():
        if amount < 0:
            raise MethodError(f"{name} must be 0 or more, and {amount:g} is not.")
    if months < 1:
        raise MethodError(f"months must be 1 or more, and {months} is not.")


def trough(flow: pd.DataFrame) -> tuple[float, int]:
    """
    Return the lowest balance in pounds, never above 0, and the first month it is so.

    >>> trough(cash_flow(100, months=3, up_front=300))
    (0.0, 0)
    """
    lowest = float(flow["balance"].min())
    if lowest >= 0:
        return 0.0, 0
    return lowest, int(flow["month"].iloc[flow["balance"].to_numpy().argmin()])
