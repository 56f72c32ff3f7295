"""What a payment-by-results contract does before anybody signs it."""

from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.cohort_size import smallest_cohort
from saferplan.methods.intervals import Numbers
from saferplan.methods.payment_cash import cash_flow, trough
from saferplan.methods.payment_design import Design
from saferplan.methods.payment_outcomes import spread
from saferplan.methods.payment_pitfalls import pitfalls
from saferplan.methods.payment_rules import pay
from saferplan.methods.payment_spread import Spread

CASES = {"no effect": 0.0, "half the effect": 0.5, "the effect hoped for": 1.0}
PENNY = 0.005
FEWEST, MOST_DRAWN = 100, 10_000_000


@dataclass(frozen=True)
class Answer:
    """
    cases       one row per `case`, no effect, half of it and all: `improvement` (as the
                contract measures it, but for chance), `measured_lower` and
                `measured_upper` (19 in 20 of what may be measured), `paid` (chance of
                any pay for results), `paid_in_full`, `expected` (pay in all, pounds),
                `sd`, `low` and `high` (8 in 10 of what may be paid), `loss` (chance
                that pay is less than it cost), `margin` (expected pay less cost)
    errors      the same rows and columns: the standard error that drawing leaves in
                each number, 0 where it is exact
    bands       one row per band: `band`, `referred`, `started`, `share_started`,
                `worked_with`, `gain` (outcomes due to the service), `share_of_gain`,
                `spent`
    cash        one row per `case`, nothing, what is expected and all for results:
                `results` paid, `trough` (lowest balance, pounds), `in_month`, `final`
    people      who start
    cost        pounds, for the provider
    needed      people the cohort would need, to tell the effect four times in five;
                None if there is no effect to tell
    deadweight  pay for results with no effect, as a share of that with all of it;
                missing if nothing is paid then
    selected    the improvement that choosing people makes appear with no effect
    basis       "exact", or how many cohorts were drawn and the seed
    """

    cases: pd.DataFrame
    errors: pd.DataFrame
    bands: pd.DataFrame
    cash: pd.DataFrame
    people: int
    cost: float
    needed: int | None
    deadweight: float
    selected: float
    basis: str
    cautions: tuple[str, ...]

    @property
    def paid_for_nothing(self) -> float:
        """The chance of any pay for results where the service changes nothing."""
        return float(self.cases["paid"].iloc[0])

    @property
    def not_paid_for_success(self) -> float:
        """The chance of no pay for results where it does all that was hoped for."""
        return 1 - float(self.cases["paid"].iloc[-1])


def simulate_payment(
    design: Design,
    *,
    simulations: int = 10_000,
    seed: int = 2014,
    exact: bool = True,
) -> Answer:
    """
    Return what a contract pays, for what, and whom it leaves out of pocket.

    design       the contract, its people and what the service does for them
    simulations  cohorts drawn for each case where not all outcomes can be listed; the
                 same seed gives the same answer on the same release of NumPy
    exact        list all outcomes where that can be done

    Raises MethodError if fewer than 100 cohorts are asked for, or over ten million.

    It holds for people who do not influence one another and an effect as said. It says
    how the contract behaves, and not whether the service works.

    Method: binomial, negative binomial (variance over mean as given) and normal
    outcomes, summed over the cohort and what it is compared with. Source: National
    Audit Office (2015), Outcome-based payment schemes; Disley and others (2015) on
    Peterborough.

    >>> from saferplan.methods.payment_design import Band
    >>> from saferplan.methods.payment_rules import PayRule
    >>> people = Band("all", people=60, usual=0.30, helped=0.40)
    >>> cliff = PayRule(100_000, full=0.10, shape="cliff")
    >>> found = simulate_payment(Design((people,), cliff))
    >>> round(found.paid_for_nothing, 5), round(found.not_paid_for_success, 4)
    (0.06324, 0.4511)
    """
    if not FEWEST <= simulations <= MOST_DRAWN:
        raise MethodError(
            f"simulations must be {FEWEST} to {MOST_DRAWN:,}, and {simulations} is not."
        )
    rows, errors, bases = [], [], []
    for name, effect in CASES.items():
        outcomes = spread(
            design, effect, simulations=simulations, seed=seed, exact=exact
        )
        bases.append(outcomes.exact)
        found = one_case(design, effect, outcomes)
        rows.append({"case": name} | {key: told for key, (told, _) in found.items()})
        errors.append({"case": name} | {key: off for key, (_, off) in found.items()})
    cases = pd.DataFrame(rows)
    needed = needed_people(design)
    for_results = cases["expected"] - design.rule.price * design.rule.block
    nothing, hoped = for_results.iloc[0], for_results.iloc[-1]
    drawn = f"{simulations:,} cohorts drawn for each case, seed {seed}"
    return Answer(
        cases=cases,
        errors=pd.DataFrame(errors),
        bands=band_table(design),
        cash=cash_table(design, float(hoped)),
        people=design.people,
        cost=design.cost,
        needed=needed,
        deadweight=float(nothing / hoped) if hoped > PENNY else np.nan,
        selected=selected(design),
        basis="exact" if all(bases) else drawn,
        cautions=pitfalls(design, needed, by_chance=float(cases["paid"].iloc[0])),
    )


def one_case(
    design: Design, effect: float, outcomes: Spread
) -> dict[str, tuple[float, float]]:
    """Of one case what is measured, paid and lost, each with its error of drawing."""
    rule = design.rule
    amount = pay(outcomes.values, rule, z=outcomes.z)
    block = rule.price * rule.block
    shares = (0.025, 0.1, 0.9, 0.975)
    measured = outcomes.not_over(*shares)
    if rule.significant is None:
        # More improvement is never paid less, so there is no need to sort again.
        paid = pay(measured, rule)
    else:
        paid = outcomes.not_over(*shares, amount=amount)
    expected, error = outcomes.mean(amount)
    return {
        "improvement": (design.improvement(effect), 0.0),
        "measured_lower": middle_of(measured[:, 0]),
        "measured_upper": middle_of(measured[:, 3]),
        "paid": outcomes.chance(amount > block + PENNY),
        "paid_in_full": outcomes.chance(amount >= rule.price - PENNY),
        "expected": (expected, error),
        "sd": (outcomes.deviation(amount), outcomes.deviation_error(amount)),
        "low": middle_of(paid[:, 1]),
        "high": middle_of(paid[:, 2]),
        "loss": outcomes.chance(amount < design.cost - PENNY),
        "margin": (expected - design.cost, error),
    }


def middle_of(low_said_high: Numbers) -> tuple[float, float]:
    low, said, high = low_said_high.tolist()
    return said, (high - low) / 2


def band_table(design: Design) -> pd.DataFrame:
    """Who is taken on and helped, and where the gain lies."""
    bands = design.bands
    sign = 1 if design.better == "up" else -1
    table = pd.DataFrame(
        {
            "band": [band.name for band in bands],
            "referred": [band.people for band in bands],
            "started": [band.started for band in bands],
            "share_started": [band.started / band.people for band in bands],
            "worked_with": [band.worked_with for band in bands],
            "gain": [sign * b.worked_with * (b.helped - b.usual) for b in bands],
        }
    )
    whole = table["gain"].sum()
    table["share_of_gain"] = table["gain"] / whole if whole else np.nan
    table["spent"] = [band.cost * band.worked_with for band in bands]
    return table


def cash_table(design: Design, expected: float) -> pd.DataFrame:
    """How far out of pocket the provider is, whatever the results bring."""
    rule = design.rule
    rows = []
    for case, results in {
        "nothing for results": 0.0,
        "what is expected": expected,
        "all for results": rule.for_results,
    }.items():
        flow = cash_flow(
            design.cost / design.months,
            months=design.months,
            up_front=rule.price * rule.block,
            results=results,
            lag=design.lag,
            monthly=design.paid == "monthly",
        )
        lowest, month = trough(flow)
        final = float(flow["balance"].iloc[-1])
        rows.append((case, results, lowest, month, final))
    return pd.DataFrame(
        rows, columns=["case", "results", "trough", "in_month", "final"]
    )


def needed_people(design: Design) -> int | None:
    """People the cohort would need to tell the effect, four times in five."""
    groups = design.cohort(1.0)
    helped = sum(number * rate for number, rate in groups) / design.people
    groups = design.cohort(0.0)
    usual = sum(number * rate for number, rate in groups) / design.people
    if helped == usual:
        return None
    ratio = inf
    if design.counterfactual == "matched":
        ratio = float(design.compared or 1)
    elif design.before:
        ratio = design.before / design.people
    found = smallest_cohort(
        usual,
        helped,
        metric=design.metric,
        ratio=ratio,
        dispersion=design.dispersion,
        sd=design.sd,
    )
    # A difference of two differences has twice the doubt, before and after.
    return found.people * (2 if design.counterfactual == "areas" else 1)


def selected(design: Design) -> float:
    """What the choice of people adds to the improvement when nothing is done."""
    if design.counterfactual == "none":
        return 0.0
    sign = 1 if design.better == "up" else -1
    by_drift = sign * design.drift
    if design.unit == "percent":
        by_drift = by_drift / design.usual if design.usual else 0.0
    return design.improvement(0.0) - by_drift
