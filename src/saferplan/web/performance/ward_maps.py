"""Maps of a partnership's wards: a promise kept or not, and how much crime there is."""

from collections.abc import Sequence

from saferplan.assessment.finding import Column, Outline
from saferplan.plans.kept_promises import Kept
from saferplan.reports.area_map import EMPTY, SHADES, class_limits, key, shade_of
from saferplan.web.assessments.wards import Place
from saferplan.web.core.pages import number, plural
from saferplan.web.performance.standing import SIGNS, Promise
from saferplan.web.performance.ward_picture import Mark, WardPicture, lay_out

RATE = Column("rate", "Recorded crime for 1,000 residents", decimals=0)


def promise_map(
    promise: Promise, outlines: Sequence[Outline], *, here: str = ""
) -> WardPicture | None:
    """Where a standard is met, not met or unknown; None without wards."""
    if not promise.places:
        return None

    def mark_of(ward: Place) -> Mark:
        kept = promise.of(ward.code).kept
        return mark(kept, kept)

    return lay_out(
        promise.places,
        outlines,
        mark_of,
        description=described(promise),
        key=[
            mark(kept, f"{kept.capitalize()} in {plural(many, 'ward')}")
            for kept, many in promise.counts.items()
        ],
        here=here,
    )


def mark(kept: Kept, words: str) -> Mark:
    return Mark(kept.replace(" ", "-"), SIGNS[kept], words)


def described(promise: Promise) -> str:
    said = [f"{promise.standard.title}, by ward."]
    for kept in SIGNS:
        names = [p.name for p, each in promise.pairs if each.kept == kept]
        said.append(f"{kept.capitalize()}: {', '.join(names) or 'none'}.")
    return " ".join(said)


def exposure_map(
    wards: Sequence[Place], outlines: Sequence[Outline], *, here: str = ""
) -> WardPicture | None:
    """How much recorded crime there is in each ward; None where no rate is known."""
    rates = sorted(each.rate for each in wards if each.rate is not None)
    if not rates:
        return None
    limits = class_limits(rates)
    entries = key(rates, limits, RATE, whole=len(rates) == len(wards))

    def mark_of(ward: Place) -> Mark:
        if ward.rate is None:
            return Mark("unknown", "?", "not known")
        said = number(ward.rate, 0)
        return Mark(shade_name(shade_of(ward.rate, limits)), said, f"{said} for 1,000")

    return lay_out(
        wards,
        outlines,
        mark_of,
        description=most_to_least(wards),
        key=[Mark(shade_name(shade), "", words) for shade, words in entries],
        here=here,
    )


def shade_name(shade: str) -> str:
    """
    The name by which styles know a shade, from the lightest to the darkest.

    >>> shade_name("#DCE9F5"), shade_name("#12436D")
    ('shade-1', 'shade-5')
    """
    return "unknown" if shade == EMPTY else f"shade-{SHADES.index(shade) + 1}"


def most_to_least(wards: Sequence[Place]) -> str:
    known = [each for each in wards if each.rate is not None]
    order = sorted(known, key=lambda each: -(each.rate or 0))
    said = [f"{each.name} {number(each.rate, 0)}" for each in order]
    return f"{RATE.title}, the most first: {', '.join(said)}."
