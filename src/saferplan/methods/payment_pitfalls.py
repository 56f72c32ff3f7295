"""What is known to go wrong with payment by results, looked for in a contract."""

from saferplan.methods.payment_design import Design
from saferplan.methods.payment_rules import HAIR

SMALL = 30
OFTEN = 0.1
LARGE_SHARE = 0.05


def pitfalls(
    design: Design, needed: int | None, *, by_chance: float
) -> tuple[str, ...]:
    """
    Return the pitfalls that a contract has, one sentence each.

    needed     people the cohort would need to tell the effect, if there is one
    by_chance  the chance of pay for results with no effect

    Source: National Audit Office (2015); National Council for Voluntary Organisations
    (2014) on cliffs and small providers; Public Accounts Committee (2014) on parking.
    """
    rule, hoped = design.rule, design.improvement(1.0)
    at_cliff = abs(hoped - rule.full) < 0.1 * rule.full + HAIR
    found = {
        f"{design.people:,} people are too few to tell: it takes {needed or 0:,} to "
        f"show the effect hoped for four times in five.": design.people < (needed or 0),
        "The cliff stands at the effect hoped for, so it is a coin toss whether a "
        "service that works is paid. Put it lower, or pay in proportion.": (
            rule.shape == "cliff" and at_cliff
        ),
        "Nothing is compared: what would have happened anyway is paid for too.": (
            design.counterfactual == "none"
        ),
        "The earlier rate is taken for certain. Chance in it, and people at their "
        "worst who would have got better anyway, are not allowed for.": (
            design.counterfactual == "historic" and not design.before
        ),
        "Pay cannot fall below nothing, so good luck is paid and bad luck is not taken "
        "off: chance alone earns money.": (
            rule.shape != "cliff" and rule.least == 0 and by_chance > OFTEN
        ),
        "The easier are taken on more readily than the harder.": creamed(design),
        "Some who are taken on get nothing: they are parked.": any(
            band.parked for band in design.bands
        ),
        "Those taken on are judged by what was expected of all who were referred, so "
        "choosing the easier pays.": creamed(design) and design.expected == "all",
        f"Measuring and reporting take {design.admin / rule.price:.0%} of the price.": (
            design.admin > LARGE_SHARE * rule.price
        ),
        f"Under {SMALL} people the mean change is only roughly normal.": (
            design.metric == "distance" and design.people < SMALL
        ),
    }
    return tuple(sentence for sentence, holds in found.items() if holds)


def creamed(design: Design) -> bool:
    """Whether those taken on would have done better anyway than those referred."""
    bands = design.bands
    started = sum(band.started * band.usual for band in bands) / design.people
    referred = sum(band.people * band.usual for band in bands)
    referred /= sum(band.people for band in bands)
    gain = started - referred
    return (gain if design.better == "up" else -gain) > HAIR
