"""All that the page of one indicator says, worked out."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from saferplan.web.core.pages import number, plural
from saferplan.web.performance.chart import Reading, read_chart
from saferplan.web.performance.figures import Figure, figures_of, in_words
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.rating import Rating, rating_of
from saferplan.web.performance.verdicts import (
    RATINGS,
    SIGNALS,
    VERDICTS,
    Comparison,
    compare,
)

PERCENT = 100
MISSING = {"not reported": "pink", "waiting": "yellow", "hidden": "grey"}
ENOUGH_POINTS = 13  # as saferplan.methods.control_chart has it


@dataclass(frozen=True)
class Sheet:
    """
    An indicator with its figures, the colour agreed for each, and its control chart.

    figures  oldest first; the newest is the last one that is due, reported or not
    """

    indicator: Indicator
    figures: tuple[Figure, ...]
    ratings: tuple[Rating, ...]
    reading: Reading | None

    @property
    def newest(self) -> Figure | None:
        return self.figures[-1] if self.figures else None

    @property
    def rating(self) -> Rating:
        return self.ratings[-1] if self.ratings else ""

    def number(self, value: float | None) -> str:
        return number(value, self.indicator.decimals)

    def say(self, value: float | None) -> str:
        return in_words(self.indicator, value)

    @property
    def is_reported(self) -> bool:
        return self.newest is not None and self.newest.value is not None

    @property
    def is_missing(self) -> bool:
        """Whether its newest figure is due and not there; a hidden one is there."""
        return not self.is_reported and (
            self.newest is not None and self.newest.state != "hidden"
        )

    @property
    def stands(self) -> str:
        """The newest figure in words; never an older one in its place."""
        if self.newest is None:
            return "No figure yet"
        if self.newest.value is not None:
            return in_words(self.indicator, self.newest.value)
        return self.newest.state.capitalize()

    @property
    def rating_tag(self) -> tuple[str, str]:
        if self.indicator.green_from is None:
            return "Not rated", "grey"
        if self.newest is None:
            return "No figure", "grey"
        if not self.is_reported:
            return self.newest.state.capitalize(), MISSING[self.newest.state]
        return RATINGS[self.rating]

    @property
    def verdict(self) -> str:
        return (
            self.reading.verdict if self.reading and self.is_reported else "cannot tell"
        )

    @property
    def verdict_tag(self) -> tuple[str, str]:
        return VERDICTS[self.verdict]

    @property
    def because(self) -> str:
        """Why the chart says what it does, in a sentence."""
        if self.reading is None:
            return "A chart begins with two figures."
        if not self.is_reported:
            return "There is no figure of the newest period to judge."
        if self.verdict == "cannot tell":
            return (
                f"It has {plural(self.reading.points, 'figure')}, and needs "
                f"{ENOUGH_POINTS} to tell a change from chance."
            )
        lower, upper = self.reading.lower[-1], self.reading.upper[-1]
        usual = f"{self.number(lower)} to {self.say(upper)}"
        return f"{SIGNALS[self.reading.signal]}: {usual}."

    @cached_property
    def comparison(self) -> Comparison:
        if self.newest is not None and self.newest.state == "hidden":
            return Comparison(
                True,
                "So small a count could point to a person, so it is kept from those "
                "outside the partnership. The chart is worked out without it.",
            )
        if self.newest is not None and not self.is_reported:
            return Comparison(
                True,
                f"Nothing can be said of {self.newest.label}: no approved figure is "
                f"here, and an older one does not stand in for it.",
            )
        return compare(self.rating, self.verdict, could_be=self.could_be)

    @property
    def changes_of_source(self) -> tuple[int, ...]:
        """The places of figures whose source is another than that of the one before."""
        known = [
            (at, each.source) for at, each in enumerate(self.figures) if each.source
        ]
        return tuple(
            at
            for (_, before), (at, now) in zip(known, known[1:], strict=False)
            if before != now
        )

    @property
    def two_sources(self) -> str:
        """That its figures are from two sources, and since when; "" if they are not."""
        if not self.changes_of_source:
            return ""
        at = self.changes_of_source[-1]
        now = self.figures[at].source
        before = "returned by hand" if now == "drawn" else "drawn from evidence"
        after = "drawn from evidence" if now == "drawn" else "returned by hand"
        return (
            f"From {self.figures[at].label} its figures are {after}; before, they were "
            f"{before}. A step between the two may be no change in the world, and the "
            f"limits are worked out over both."
        )

    @property
    def could_be(self) -> frozenset[str]:
        """The colours that the series reaches by its ordinary ups and downs."""
        if self.reading is None:
            return frozenset()
        ends = (self.reading.lower[-1], self.reading.mean, self.reading.upper[-1])
        colours = {rate(self.indicator, each) for each in ends}
        if {"green", "red"} <= colours:
            colours.add("amber")
        return frozenset(colours - {""})


def sheet_of(indicator: Indicator, *, protected: bool, on: date | None = None) -> Sheet:
    """Work out the sheet of an indicator, as `figures_of` gives its figures."""
    return sheet_from(indicator, figures_of(indicator, protected=protected, on=on))


def sheet_from(indicator: Indicator, figures: list[Figure]) -> Sheet:
    return Sheet(
        indicator=indicator,
        figures=tuple(figures),
        ratings=tuple(rate(indicator, each.value) for each in figures),
        reading=read_chart(
            tuple(each.value for each in figures),
            sizes_of(indicator, figures),
            polarity=indicator.polarity,
            counts=indicator.kind == Indicator.Kind.COUNT,
            target=indicator.target,
            most=PERCENT if indicator.is_ratio and indicator.per == PERCENT else None,
        ),
    )


def sizes_of(
    indicator: Indicator, figures: list[Figure]
) -> tuple[float | None, ...] | None:
    """What rates per so many are out of; a share is charted as it is."""
    if not indicator.is_ratio or indicator.per == PERCENT:
        return None
    return tuple(
        None if each.denominator is None else each.denominator / indicator.per
        for each in figures
    )


def rate(indicator: Indicator, value: float | None) -> Rating:
    return rating_of(
        value,
        polarity=indicator.polarity,
        green_from=indicator.green_from,
        amber_from=indicator.amber_from,
    )
