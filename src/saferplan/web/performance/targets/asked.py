"""What is asked of an explanation of a target, in plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django.utils import timezone

from saferplan.web.performance.models import Indicator, Target

SMALLEST_SHOWN = 5
LARGEST = 1e9  # more than is recorded of anything in a year
Months = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Asked:
    """
    A target as the methods are asked about it; shares are in per cent.

    others  other targets on the same measure and area
    """

    kind: str
    measure: str
    area: str
    level: str
    better: str
    baseline: tuple[float, ...]
    rule: str
    number: float | None
    change: float | None
    ends: str
    years: int
    claim: float | None = None
    since: tuple[float, ...] = ()
    monthly: Months = ()
    asked: int | None = None
    asked_now: int | None = None
    set_by: str = ""
    why: str = ""
    others: tuple["Asked", ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


# What somebody may try another value of.
TRIED = ("baseline", "rule", "number", "change", "ends", "years", "asked", "asked_now")
PLAIN = {each.name for each in fields(Asked)} - {"ends", "monthly", "others"}


def asked_of(target: Target, *, protected: bool = False) -> Asked:
    """
    Return what is asked of a target, with the months that are known of it.

    protected  for a reader outside the partnership: no month with so small a count that
               it could point to a person
    """
    months = dict(target.monthly) or months_of(target.indicator)
    if protected and any(0 < count < SMALLEST_SHOWN for count in months.values()):
        months = {}
    others = others_of(target, public_only=protected)
    return replace(
        plain(target),
        monthly=tuple(sorted(months.items())),
        others=tuple(plain(each) for each in others),
    )


def plain(target: Target) -> Asked:
    values = {name: getattr(target, name) for name in PLAIN}
    values |= {"baseline": tuple(target.baseline), "since": tuple(target.since)}
    return Asked(ends=f"{target.ends:%Y-%m}", **values)


def others_of(target: Target, *, public_only: bool) -> list[Target]:
    """The other targets of a partnership on the same measure and area."""
    found = Target.objects.filter(
        partnership=target.partnership_id,
        measure__iexact=target.measure,
        area__iexact=target.area,
        kind=target.kind,
    ).exclude(pk=target.pk)
    if public_only:
        found = found.exclude(published_at=None)
    return list(found)


def months_of(indicator: Indicator | None) -> dict[str, float]:
    """The approved monthly counts of an indicator; none if it has none."""
    if indicator is None or not has_months(indicator):
        return {}
    from saferplan.web.performance.figures import figures_of

    figures = figures_of(indicator, protected=False, on=timezone.localdate())
    return {
        f"{each.period:%Y-%m}": each.value for each in figures if each.value is not None
    }


def has_months(indicator: Indicator) -> bool:
    return (indicator.kind, indicator.frequency) == ("count", "month")


def small_counts(figures: Iterable[float]) -> list[float]:
    return [each for each in figures if 0 < each < SMALLEST_SHOWN]


def tried(asked: Asked, said: Mapping[str, Any]) -> Asked:
    """The same with other values, as far as some were said."""
    other = {name: said[name] for name in TRIED if said.get(name) not in (None, "", ())}
    if "change" in other:
        other["number"] = None
    elif "number" in other:
        other["change"] = None
    return replace(asked, **other)


def numbers_in(text: str) -> Sequence[float]:
    """
    Read the numbers of a line: they are apart by spaces, semicolons or line ends.

    >>> numbers_in("411,033 384474")
    [411033.0, 384474.0]

    Raises ValueError with the part that is no number.
    """
    found = []
    for part in text.replace(";", " ").split():
        try:
            number = float(part.rstrip(",").replace(",", ""))
        except ValueError:
            raise ValueError(part) from None
        if not 0 <= number <= LARGEST:
            raise ValueError(part)
        found.append(number)
    return found
