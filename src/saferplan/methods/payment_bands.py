"""
Whom a contract makes it worth while to help, and whom to leave: pay by need band.

Where hard cases earn little, they are parked: taken on, and then left alone.
"""

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import share_limits
from saferplan.methods.proportions import share, verdict


def parking(
    bands: pd.DataFrame, *, tariff: float | pd.Series, confidence: float = 0.95
) -> pd.DataFrame:
    """
    Return what each person brings in, by band, if helped and if left alone.

    bands   one row per need band, with `usual` and `helped`, the shares from 0 to 1
            with a good outcome without and with the service; perhaps `cost`, pounds for
            each person helped; perhaps `cases`, how many people `usual` is known from
    tariff  pounds paid for each good outcome; one for all, or one per band

    The result has the index of `bands` and columns, in pounds a person:
      doing_nothing     pay for good outcomes that come anyway; `lower` and `upper` if
                        `cases` is given
      helping           pay if the person is helped
      extra             what helping adds; it is all there is where only outcomes over
                        those expected are paid, and then doing nothing earns 0
      margin            that less `cost`: below 0 it costs the provider to help
      needed            the tariff at which helping pays for itself; missing if helping
                        changes nothing
    and `caution`.

    Raises MethodError if a column is missing, a share is no share, or the tariff is not
    above 0.

    It is what the contract rewards, and not what a provider will do. Bands must be
    given by somebody whom they do not pay.

    Source: National Audit Office and Public Accounts Committee on the Work Programme
    (2012-2014): hard cases were parked though they were paid more.

    >>> bands = pd.DataFrame({"usual": [0.60, 0.15], "helped": [0.70, 0.35]},
    ...                      index=["easy", "hard"])
    >>> parking(bands, tariff=2_000)["doing_nothing"].tolist()
    [1200.0, 300.0]
    """
    price = check(bands, tariff)
    usual, helped = bands["usual"].astype(float), bands["helped"].astype(float)
    cost = bands["cost"].astype(float) if "cost" in bands else 0.0 * usual
    found = pd.DataFrame(
        {"doing_nothing": price * usual, "lower": np.nan, "upper": np.nan}
    )
    if "cases" in bands:
        known = share(usual * bands["cases"], bands["cases"], confidence=confidence)
        found["lower"], found["upper"] = price * known["lower"], price * known["upper"]
    found["helping"] = price * helped
    found["extra"] = price * (helped - usual)
    found["margin"] = found["extra"] - cost
    gain = helped - usual
    found["needed"] = (cost / gain.where(gain > 0)).astype(float)
    found["caution"] = np.where(
        found["margin"] < 0, "Helping costs the provider more than it brings in.", ""
    )
    return found


def check(bands: pd.DataFrame, tariff: float | pd.Series) -> pd.Series:
    """The tariff of each band, if bands and tariff can be used."""
    if missing := [name for name in ("usual", "helped") if name not in bands]:
        raise MethodError(f"The bands have no {', '.join(missing)}. Give the shares.")
    shares = bands[["usual", "helped"]]
    if not ((shares >= 0) & (shares <= 1)).all(axis=None):
        raise MethodError("usual and helped must be shares from 0 to 1, for each band.")
    price = pd.Series(tariff, index=bands.index, dtype=float)
    if not ((price > 0) & (price < np.inf)).all():
        raise MethodError("The tariff must be above 0 for each band, in pounds.")
    return price


def by_band(bands: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """
    Return who started and what came of it, against what was to be expected, by band.

    bands  one row per need band: `referred` and `started` (people), `outcomes` (good
           ones among those who started) and `usual` (the share expected without the
           service)

    The result has the index of `bands` and columns `share_started`, `expected` (good
    outcomes of those who started, without the service), `over` (outcomes less
    expected), `lower` and `upper` of that, `verdict` and `caution`. A band in which
    fewer than 30 were referred has no share; nobody started: no verdict.

    Raises MethodError if a column is missing, or more started than were referred, or
    came out well than started.

    With nobody helped, `over` is 0 on average whoever is chosen within the band; within
    a band the easier may still be chosen. The limits allow for chance in the outcomes,
    not for doubt in `usual`.

    Source: indirect standardisation; Wilson's limits for the share of good outcomes.

    >>> hard = {"referred": 200, "started": 100, "outcomes": 35, "usual": 0.15}
    >>> by_band(pd.DataFrame([hard], index=["hard"]))["over"].tolist()
    [20.0]
    """
    needed = ["referred", "started", "outcomes", "usual"]
    if missing := [name for name in needed if name not in bands]:
        raise MethodError(f"The bands have no {', '.join(missing)}.")
    if not bands["usual"].between(0, 1).all():
        raise MethodError("usual must be a share from 0 to 1, for each band.")
    referred, started = bands["referred"], bands["started"]
    shares = share(started, referred)
    expected = started * bands["usual"]
    lower, upper = share_limits(bands["outcomes"], started, confidence=confidence)
    found = pd.DataFrame(
        {
            "share_started": shares["share"],
            "expected": expected,
            "over": bands["outcomes"] - expected,
            "lower": lower * started - expected,
            "upper": upper * started - expected,
        }
    )
    found["verdict"] = verdict(found["lower"], found["upper"])
    found["caution"] = shares["caution"]
    return found


def staged_pay(amounts: pd.DataFrame, reaching: pd.DataFrame) -> pd.DataFrame:
    """
    Return what a person brings in where pay comes in stages: start, job, staying in it.

    amounts   pounds for each stage; one row per group, one column per stage in order
    reaching  the share of those who start that reaches the stage; same shape

    One row per group: `most` (all stages), `expected`, `share_of_most`, `at_start` (the
    first stage's share of the most).

    Raises MethodError if the two differ in shape, or a share rises from stage to stage.

    >>> amounts = pd.DataFrame({"start": [400], "job": [1_200], "stay": [2_210]})
    >>> reaching = pd.DataFrame({"start": [1.0], "job": [0.3], "stay": [0.2]})
    >>> staged_pay(amounts, reaching)[["most", "expected"]].values.tolist()
    [[3810.0, 1202.0]]
    """
    if not (
        amounts.index.equals(reaching.index)
        and amounts.columns.equals(reaching.columns)
    ):
        raise MethodError("amounts and reaching need the same groups and stages.")
    if (reaching.diff(axis=1).iloc[:, 1:] > 0).any(axis=None):
        raise MethodError("No more can reach a stage than the one before it.")
    if not ((reaching >= 0) & (reaching <= 1)).all(axis=None):
        raise MethodError("reaching must be shares from 0 to 1.")
    most = amounts.sum(axis=1).astype(float)
    expected = (amounts * reaching).sum(axis=1)
    return pd.DataFrame(
        {
            "most": most,
            "expected": expected,
            "share_of_most": expected / most,
            "at_start": amounts.iloc[:, 0] / most,
        }
    )
