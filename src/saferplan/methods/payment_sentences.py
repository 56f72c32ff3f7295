"""A contract's answer in plain sentences, for a commissioner and a small charity."""

import pandas as pd

from saferplan.methods.payment_design import Design
from saferplan.methods.payment_simulation import Answer


def pounds(amount: float) -> str:
    """
    Return an amount as people write it.

    >>> pounds(6_323.8), pounds(-70_000)
    ('£6,324', '-£70,000')
    """
    sign = "-" if amount <= -0.5 else ""
    return f"{sign}£{abs(amount):,.0f}"


def chance(share: float) -> str:
    """
    Return a chance to a tenth of a percent, and no nearer to sure than it is.

    >>> chance(0.06324), chance(0.00004), chance(1.0), chance(0.99999)
    ('6.3%', 'under 0.1%', '100%', 'over 99.9%')
    """
    if share in (0, 1):
        return f"{share:.0%}"
    if share < 0.001:
        return "under 0.1%"
    return "over 99.9%" if share > 0.999 else f"{share:.1%}"


def outcome(design: Design, rate: float) -> str:
    """The outcome of a group in the unit of its metric."""
    if design.metric == "binary":
        return f"{rate:.1%}"
    if design.metric == "frequency":
        return f"{rate:.2f} events a person"
    return f"a mean change of {rate:g}"


def improved(design: Design, amount: float) -> str:
    """
    An improvement in words.

    It is in points for a share, in events a person, or in percent of what is compared.
    """
    if design.unit == "percent":
        return f"{amount:.1%}"
    if design.metric == "binary":
        return f"{100 * amount:.1f} points"
    return f"{amount:.2f}"


def sentences(design: Design, found: Answer) -> list[str]:
    """
    Return the answer as sentences, one thought each, in the order of reading.

    >>> from saferplan.methods.payment_design import Band
    >>> from saferplan.methods.payment_rules import PayRule
    >>> from saferplan.methods.payment_simulation import simulate_payment
    >>> people = (Band("all", people=60, usual=0.30, helped=0.40),)
    >>> design = Design(people, PayRule(100_000, full=0.10, shape="cliff"))
    >>> sentences(design, simulate_payment(design))[1]
    'If the service changes nothing, the chance that results are paid for is 6.3%, and \
pay is £6,324 on average.'
    """
    nothing, _half, hoped = (row for _at, row in found.cases.iterrows())
    said = [
        who(design, found),
        f"If the service changes nothing, the chance that results are paid for is "
        f"{chance(nothing['paid'])}, and pay is {pounds(nothing['expected'])} on "
        f"average.",
        f"If it does all that is hoped for, the chance that no result is paid for is "
        f"{chance(found.not_paid_for_success)}; pay is {pounds(hoped['expected'])} on "
        f"average, give or take {pounds(hoped['sd'])}, and eight times in ten from "
        f"{pounds(hoped['low'])} to {pounds(hoped['high'])}.",
        *deadweight(found),
        *loss(found, nothing, hoped),
        *cash(found),
        *size(found),
        *bands(found),
        *(f"Caution: {caution}" for caution in found.cautions),
        basis(found),
    ]
    return [sentence for sentence in said if sentence]


def who(design: Design, found: Answer) -> str:
    usual = sum(n * rate for n, rate in design.cohort(0.0)) / found.people
    helped = sum(n * rate for n, rate in design.cohort(1.0)) / found.people
    title = f"{design.title}: " if design.title else ""
    return (
        f"{title}{found.people:,} people start. Without the service "
        f"{outcome(design, usual)} is to be expected of them, and "
        f"{outcome(design, helped)} is hoped for with it; "
        f"{improved(design, design.rule.full)} of improvement earns "
        f"{pounds(design.rule.price)}."
    )


def deadweight(found: Answer) -> list[str]:
    said = []
    if found.deadweight == found.deadweight:  # not where nothing is paid
        said.append(
            f"Of each £1 paid for results where it works, "
            f"{100 * found.deadweight:.0f}p would be paid if it did nothing."
        )
    if abs(found.selected) > 1e-9:
        said.append(
            f"Choosing whom to take on makes an improvement of "
            f"{100 * found.selected:.1f}% appear, though nobody is helped."
        )
    return said


def loss(found: Answer, nothing: pd.Series, hoped: pd.Series) -> list[str]:
    if not found.cost:
        return []
    return [
        f"The provider spends {pounds(found.cost)}. The chance that it is paid less is "
        f"{chance(hoped['loss'])} if the service works, and {chance(nothing['loss'])} "
        f"if it changes nothing."
    ]


def cash(found: Answer) -> list[str]:
    unpaid = found.cash.iloc[0]
    middle = found.cash.iloc[1]
    if not unpaid["trough"]:
        return []
    same = abs(unpaid["trough"] - middle["trough"]) < 1
    after = (
        "whatever the results"
        if same
        else f"and {pounds(-middle['trough'])} if results are paid as expected"
    )
    return [
        f"The provider must find {pounds(-unpaid['trough'])} of its own by month "
        f"{int(unpaid['in_month'])}, {after}."
    ]


def size(found: Answer) -> list[str]:
    if found.needed is None:
        return ["With and without the service are the same: there is nothing to tell."]
    return [
        f"The smallest cohort that can tell the effect from chance, four times in "
        f"five, is {found.needed:,}."
    ]


def bands(found: Answer) -> list[str]:
    """One sentence for each band, where there is more than one."""
    if len(found.bands) < 2:
        return []
    said = []
    for row in found.bands.to_dict("records"):
        share = row["share_of_gain"]
        gain = f"; they make {share:.0%} of what the service changes"
        said.append(
            f"{row['band']}: {row['started']:,} of {row['referred']:,} referred start "
            f"and {row['worked_with']:,} are worked with"
            f"{gain if share == share else ''}."
        )
    return said


def basis(found: Answer) -> str:
    if found.basis == "exact":
        return "Every outcome was listed, so chances and averages are exact."
    error = found.errors["paid"].max()
    return (
        f"By simulation: {found.basis}. Chances are within {200 * error:.1f} points, "
        f"nineteen times in twenty."
    )
