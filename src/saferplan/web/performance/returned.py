"""The form in which an organisation returns all its figures of a quarter at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from saferplan.web.performance.figures import in_words
from saferplan.web.performance.forms import NumberField
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.periods import label, last_day, within
from saferplan.web.performance.services.returning import Entry

RATIO = (("numerator", "How many"), ("denominator", "Out of"))
SINGLE = (("value", "Figure"),)


@dataclass(frozen=True)
class Cell:
    """
    A period of an indicator in the form.

    names   of its fields: one, or two for a ratio; none if it is closed
    held    the newest return for it, or None
    closed  why nothing can be returned for it, or ""
    """

    indicator: Indicator
    period: date
    names: tuple[str, ...]
    held: Return | None
    closed: str

    @property
    def label(self) -> str:
        return label(self.indicator.frequency, self.period)

    @property
    def stands(self) -> str:
        if self.closed:
            return self.closed
        if self.held is None:
            return "Not returned"
        if self.held.sent_back and self.held.state == Return.State.DRAFT:
            return f"Sent back: {self.held.sent_back}"
        return self.held.get_state_display()

    @property
    def shown(self) -> str:
        value = self.held.value if self.held else None
        return "" if value is None else in_words(self.indicator, value)

    @property
    def is_silent(self) -> bool:
        """Whether nobody has said anything of this period yet."""
        return not self.closed and (
            self.held is None
            or (self.held.state == Return.State.DRAFT and self.held.value is None)
        )

    @property
    def is_draft(self) -> bool:
        return self.held is not None and self.held.state == Return.State.DRAFT


class QuarterForm(forms.Form):
    """
    A row for each indicator, a cell for each of its periods in the quarter.

    What was in a cell when the page was drawn comes back with it, so a figure that
    somebody else has changed meanwhile is not overwritten unseen.
    """

    def __init__(
        self,
        *args: Any,
        indicators: Sequence[Indicator],
        begins: date,
        ends: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.rows: list[tuple[Indicator, list[Cell]]] = []
        for indicator in indicators:
            held = newest_of(indicator)
            cells = [
                self.add_cell(indicator, period, held.get(period))
                for period in within(indicator.frequency, begins, ends)
                if indicator.covers(last_day(indicator.frequency, period))
            ]
            if cells:
                self.rows.append((indicator, cells))
                self.fields[note_of(indicator)] = forms.CharField(
                    required=False,
                    max_length=1000,
                    widget=forms.Textarea(attrs={"rows": 2}),
                    label=f"Note on {indicator}",
                )

    def add_cell(self, indicator: Indicator, period: date, held: Return | None) -> Cell:
        closed = closed_because(indicator, period)
        parts = RATIO if indicator.is_ratio else SINGLE
        named = {name_of(indicator, period, part): part for part, _words in parts}
        for (name, part), (_part, words) in zip(named.items(), parts, strict=True):
            if closed:
                continue
            what = f"{indicator}, {label(indicator.frequency, period)}"
            self.fields[name] = NumberField(
                required=False,
                label=f"{words}: {what}",
                error_messages={
                    "invalid": f"{what}: type a number in digits, such as 1,204."
                },
                initial=typed(getattr(held, part, None)),
                show_hidden_initial=True,
            )
        return Cell(indicator, period, () if closed else tuple(named), held, closed)

    def cells_with_fields(self) -> list[tuple[Cell, list[BoundField]]]:
        return [
            (cell, [self[name] for name in cell.names])
            for _indicator, cells in self.rows
            for cell in cells
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for cell, fields in self.cells_with_fields():
            for field in fields:
                if field.name in self.changed_data and self.moved(field):
                    now = f"it now says {cell.shown or 'nothing'}"
                    self.add_error(
                        field.name,
                        f"Somebody else has changed {cell.label} meanwhile: {now}.",
                    )
        return said

    def moved(self, field: BoundField) -> bool:
        """Whether the figure is no longer what it was when the page was drawn."""
        seen = self.data.get(field.html_initial_name, "")
        return str(seen) != str(field.initial if field.initial is not None else "")

    def entries(self, *, draft: bool) -> list[tuple[Cell, Entry]]:
        """
        What was typed, and the drafts in hand if all is to be sent for approval.

        A note beside a row in which no figure was typed says why there is none.
        """
        changed = set(self.changed_data)
        found = []
        for indicator, cells in self.rows:
            note = self.cleaned_data[note_of(indicator)].strip()
            touched = [cell for cell in cells if changed & set(cell.names)]
            if not draft:
                touched += [c for c in cells if c.is_draft and c not in touched]
            if note and not touched:
                touched = [cell for cell in cells if cell.is_silent]
            for cell in touched:
                earlier = cell.held.note if cell.held and cell.is_draft else ""
                values = {part_of(name): self.cleaned_data[name] for name in cell.names}
                found.append((cell, Entry(cell.period, note=note or earlier, **values)))
        return found


def cell_of(indicator: Indicator, period: date, held: Return | None) -> Cell:
    """How a period stands that is returned on a page of its own."""
    return Cell(indicator, period, (), held, closed_because(indicator, period))


def cells_of(indicator: Indicator, begins: date) -> list[Cell]:
    """The same of each period that ends in a quarter."""
    held = newest_of(indicator)
    return [
        cell_of(indicator, period, held.get(period))
        for period in within(indicator.frequency, begins, last_day("quarter", begins))
        if indicator.covers(last_day(indicator.frequency, period))
    ]


def closed_because(indicator: Indicator, period: date) -> str:
    if indicator.locked_through and period <= indicator.locked_through:
        return "Locked"
    over = last_day(indicator.frequency, period) < timezone.localdate()
    return "" if over else "Not over yet"


def newest_of(indicator: Indicator) -> dict[date, Return]:
    found: dict[date, Return] = {}
    for each in sorted(indicator.returns.all(), key=lambda one: one.number):
        found[each.period] = each
    return found


def name_of(indicator: Indicator, period: date, part: str) -> str:
    return f"i{indicator.pk}-{period:%Y%m}-{part}"


def part_of(name: str) -> str:
    return name.rpartition("-")[2]


def note_of(indicator: Indicator) -> str:
    return f"i{indicator.pk}-note"


def typed(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
