"""A payment-by-results contract, as somebody proposes it, with its people in bands."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from saferplan.methods.cohort_size import Metric
from saferplan.methods.payment_rules import PayRule, wrong
from saferplan.methods.payment_spread import Groups

MOST_PEOPLE = 10_000_000
MOST_MONTHS = 600
MOST_POUNDS = 1e12
MOST = 1e6  # of events a person, and of what else is surely a slip of the pen

Counterfactual = Literal["none", "historic", "matched", "areas"]
Better = Literal["up", "down"]
Unit = Literal["points", "percent"]
Expected = Literal["all", "band"]
Paid = Literal["once", "monthly"]


@dataclass(frozen=True)
class Band:
    """
    People of like need, told apart at referral by somebody independent.

    people  referred
    usual   their outcome without the service: a share from 0 to 1 (binary), events a
            person (frequency) or a mean change (distance)
    helped  the same with the service
    taken   share of those referred whom the provider takes on
    parked  share of those taken on who then get nothing
    cost    pounds for each person worked with
    """

    name: str
    people: int
    usual: float
    helped: float
    taken: float = 1.0
    parked: float = 0.0
    cost: float = 0.0

    @property
    def started(self) -> int:
        return round(self.people * self.taken)

    @property
    def worked_with(self) -> int:
        return self.started - round(self.started * self.parked)


@dataclass(frozen=True)
class Design:
    """
    A contract, and what is known or feared of it.

    bands           at least one
    rule            what is paid for an improvement
    better          "up" if more of the outcome is better, "down" if less
    unit            the improvement is in "points" of the outcome, or a "percent" of
                    what it is compared with
    counterfactual  "none": compared with nothing, so what would have happened anyway
                    is paid for too; "historic": with a rate from before; "matched":
                    with like people elsewhere; "areas": with the change in similar
                    areas
    expected        "all": what was to be expected is that of all who were referred;
                    "band": of those taken on, band by band
    before          people in the earlier cohort. Not needed where the earlier rate is
                    written into the contract
    compared        people compared: for each one in the cohort if matched, in all at
                    each time if areas
    drift           how far the cohort's usual outcome lies above what it is compared
                    with, for reasons that are not the service
    dispersion      variance over mean of the events (frequency)
    sd              standard deviation of one person's change (distance)
    fixed, admin    pounds the contract costs the provider whoever comes; pounds of them
                    for measuring and reporting
    months, lag     months of service; months from the end of the service to the money
                    for its results
    paid            "once" for the whole cohort, or "monthly" for each month's service
    """

    bands: tuple[Band, ...]
    rule: PayRule
    metric: Metric = "binary"
    better: Better = "up"
    unit: Unit = "points"
    counterfactual: Counterfactual = "historic"
    expected: Expected = "all"
    before: int | None = None
    compared: int | None = None
    drift: float = 0.0
    dispersion: float | None = None
    sd: float | None = None
    fixed: float = 0.0
    admin: float = 0.0
    months: int = 12
    lag: int = 0
    paid: Paid = "once"
    title: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        for name, kind in WORDS.items():
            if getattr(self, name) not in get_args(kind):
                wrong(name, getattr(self, name), "one of " + ", ".join(get_args(kind)))
        if not self.bands:
            wrong("bands", "none", "one or more groups of people")
        for band in self.bands:
            check_band(band)
            check_outcomes(band, self.metric, self.drift)
        if not any(band.started for band in self.bands):
            wrong("taken", 0, "above 0 in one band, or nobody starts")
        self.check_metric()
        self.check_comparison()
        self.check_money()

    def check_metric(self) -> None:
        if self.metric == "frequency" and not 1 <= (self.dispersion or 0) <= MOST:
            wrong(
                "dispersion",
                self.dispersion,
                "1 or more, estimated from the events of people like these",
            )
        if self.metric == "distance" and not 0 < (self.sd or 0) <= MOST:
            wrong("sd", self.sd, "above 0: the spread of one person's change")
        if self.metric == "distance" and self.unit == "percent":
            wrong("unit", "percent", "points, because a change has no nought")

    def check_comparison(self) -> None:
        if self.counterfactual == "none" and self.unit == "percent":
            wrong("unit", "percent", "points where nothing is compared")
        if self.counterfactual == "none" and self.better == "down":
            wrong("better", "down", "up where nothing is compared: count successes")
        needs = {"matched": ("compared",), "areas": ("before", "compared")}
        for name in needs.get(self.counterfactual, ()):
            if not getattr(self, name):
                wrong(name, getattr(self, name), f"given for {self.counterfactual!r}")
        for name in ("before", "compared"):
            if getattr(self, name) is not None:
                check_people(name, getattr(self, name))

    def check_money(self) -> None:
        for name in ("fixed", "admin"):
            if not 0 <= getattr(self, name) <= MOST_POUNDS:
                wrong(name, getattr(self, name), "0 or more, in pounds")
        for name, least in (("months", 1), ("lag", 0)):
            if getattr(self, name) not in range(least, MOST_MONTHS + 1):
                needed = f"whole months, {least} to {MOST_MONTHS}"
                wrong(name, getattr(self, name), needed)

    @cached_property
    def people(self) -> int:
        """How many start."""
        return sum(band.started for band in self.bands)

    @cached_property
    def cost(self) -> float:
        """What the provider spends if all goes as planned."""
        return self.fixed + sum(band.cost * band.worked_with for band in self.bands)

    @cached_property
    def usual(self) -> float:
        """What is to be expected of the cohort by the contract's own rule."""
        if self.expected == "all" and self.counterfactual != "matched":
            weights = [band.people for band in self.bands]
        else:
            weights = [band.started for band in self.bands]
        each = (n * b.usual for n, b in zip(weights, self.bands, strict=True))
        return sum(each) / sum(weights) - self.drift

    def cohort(self, effect: float) -> Groups:
        """Who starts, and their outcome with so much of the effect (1 is all of it)."""
        groups = []
        for band in self.bands:
            helped = band.usual + effect * (band.helped - band.usual)
            groups.append((band.worked_with, helped))
            groups.append((band.started - band.worked_with, band.usual))
        return tuple((people, rate) for people, rate in groups if people)

    def matched(self) -> Groups:
        """Those compared with the cohort, if they are like people elsewhere."""
        times = self.compared or 1
        return tuple(
            (times * band.started, band.usual - self.drift)
            for band in self.bands
            if band.started
        )

    def improvement(self, effect: float) -> float:
        """The improvement to be measured, but for chance."""
        groups = self.cohort(effect)
        rate = sum(n * each for n, each in groups) / self.people
        if self.counterfactual == "none":
            return rate
        sign = 1 if self.better == "up" else -1
        apart = sign * (rate - self.usual) + 0.0  # no minus before a nought
        return apart / self.usual if self.unit == "percent" and self.usual else apart


WORDS = {
    "metric": Metric,
    "better": Better,
    "unit": Unit,
    "counterfactual": Counterfactual,
    "expected": Expected,
    "paid": Paid,
}


def check_band(band: Band) -> None:
    check_people(f"{band.name}: people", band.people)
    for name in ("taken", "parked"):
        if not 0 <= getattr(band, name) <= 1:
            wrong(f"{band.name}: {name}", getattr(band, name), "a share from 0 to 1")
    if not 0 <= band.cost <= MOST_POUNDS:
        wrong(f"{band.name}: cost", band.cost, "0 or more")


def check_people(name: str, told: float) -> None:
    if not 1 <= told <= MOST_PEOPLE or told != int(told):
        wrong(name, told, f"a whole number, 1 to {MOST_PEOPLE:,}")


def check_outcomes(band: Band, metric: Metric, drift: float) -> None:
    possible = {
        "binary": (0.0, 1.0, "a share from 0 to 1, such as 0.30"),
        "frequency": (0.0, MOST, "0 or more events a person"),
        "distance": (-MOST, MOST, "a mean change"),
    }
    low, high, needed = possible[metric]
    for name in ("usual", "helped"):
        if not low <= getattr(band, name) <= high:
            wrong(f"{band.name}: {name}", getattr(band, name), needed)
    if not low <= band.usual - drift <= high:
        wrong("drift", drift, f"so small that usual less it is {needed}")
