"""
A payment-by-results contract of 1,000 people, tried out on 10,000 cohorts.

The peer draws each person of each cohort and of those compared, cohort by cohort, as
one would write it first; it does a tenth of the cohorts and is scaled up. Each way runs
in a process of its own and times only its own work; the chances they find must agree.
"""

import json
import sys
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.apart import run_module
from benchmarks.result import Result, of_method

if TYPE_CHECKING:
    from saferplan.methods.payment_design import Design

TURNS = 5
COHORTS = 10_000
PEOPLE = 1_000
PART = 10  # the peer does one cohort in so many
MOST_SECONDS = 2
EFFECTS = (0.0, 0.5, 1.0)


def measure(cohorts: int = COHORTS) -> list[Result]:
    answers: dict[str, list[dict]] = {way: [] for way in WAYS}
    for _turn in range(TURNS):
        for way in WAYS:
            said = run_module("payment", way, cohorts).said
            answers[way].append(json.loads(said.splitlines()[-1]))
    check(answers, cohorts)
    cpu = {way: median(each["cpu"] for each in turns) for way, turns in answers.items()}
    what = f"A contract of {PEOPLE:,} people and 10 compared for each, "
    peer = f"a NumPy loop, one cohort in {PART} and scaled up: {cpu['loop']:.0f} s CPU"
    results = [
        Result(
            f"{what}{cohorts:,} simulated cohorts for each of three effects",
            f"{cpu['saferplan']:.3f} s CPU",
            cpu["saferplan"],
            MOST_SECONDS,
            "s CPU",
            peer,
            times=cpu["loop"] / cpu["saferplan"],
        ),
        Result(
            f"{what}every outcome listed",
            f"{cpu['listed']:.2f} s CPU",
            cpu["listed"],
            MOST_SECONDS,
            "s CPU",
        ),
    ]
    return of_method("payment-simulation", results)


def check(answers: dict[str, list[dict]], cohorts: int) -> None:
    """Stop if the ways disagree by more than drawing explains."""
    exact = answers["listed"][0]["paid"]
    for way, draws in [("saferplan", cohorts), ("loop", cohorts // PART)]:
        for found, told in zip(answers[way][0]["paid"], exact, strict=True):
            error = ((told * (1 - told) + 1 / draws) / draws) ** 0.5
            if abs(found - told) > 5 * error:
                raise AssertionError(f"{way} has {found} where listing has {told}.")


def contract() -> "Design":
    """As in Peterborough: reconviction events, a cliff at a tenth fewer."""
    from saferplan.methods.payment_design import Band, Design
    from saferplan.methods.payment_rules import PayRule

    return Design(
        (Band("men", PEOPLE, usual=1.55, helped=1.395),),
        PayRule(1_000_000, full=0.10, shape="cliff"),
        metric="frequency",
        better="down",
        unit="percent",
        counterfactual="matched",
        compared=10,
        dispersion=2.0,
    )


def by_saferplan(cohorts: int) -> list[float]:
    from saferplan.methods.payment_simulation import simulate_payment

    found = simulate_payment(contract(), simulations=cohorts, exact=False)
    return [float(paid) for paid in found.cases["paid"]]


def by_listing(_cohorts: int) -> list[float]:
    from saferplan.methods.payment_simulation import simulate_payment

    found = simulate_payment(contract())
    return [float(paid) for paid in found.cases["paid"]]


def by_loop(cohorts: int) -> list[float]:
    import numpy as np

    random = np.random.default_rng(1)
    found = []
    for effect in EFFECTS:
        paid = []
        for _cohort in range(max(cohorts // PART, 1)):
            # Negative binomial with p of a half has twice the variance of its mean.
            men = random.negative_binomial(1.55 * (1 - 0.1 * effect), 0.5, PEOPLE)
            others = random.negative_binomial(1.55, 0.5, 10 * PEOPLE)
            paid.append(1 - men.mean() / others.mean() >= 0.10)
        found.append(float(np.mean(paid)))
    return found


WAYS: dict[str, Callable[[int], list[float]]] = {
    "saferplan": by_saferplan,
    "listed": by_listing,
    "loop": by_loop,
}


if __name__ == "__main__":
    work, number = WAYS[sys.argv[1]], int(sys.argv[2])
    by_saferplan(100)  # what is brought in once is not part of the work
    start = process_time()
    answer = work(number)
    spent = process_time() - start
    scale = PART if work is by_loop else 1
    print(json.dumps({"paid": answer, "cpu": spent * scale}))
