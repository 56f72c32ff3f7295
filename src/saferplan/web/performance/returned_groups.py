"""The form in which a period is returned group by group, with its whole."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from saferplan.web.performance.forms import NumberField
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.returned import RATIO, SINGLE, typed
from saferplan.web.performance.services.grouping import GroupFigure
from saferplan.web.performance.services.returning import Entry

WHOLE = "whole"


@dataclass(frozen=True)
class Line:
    """A group of the form, with the names of its fields."""

    by: str
    group: str
    key: str


class GroupsForm(forms.Form):
    """
    A line for the whole and one for each group. `seen` is what stood when the page was
    drawn, so that what somebody else has returned meanwhile is not overwritten unseen.
    """

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        period: date,
        held: Return | None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.indicator, self.period, self.held = indicator, period, held
        self.parts = RATIO if indicator.is_ratio else SINGLE
        self.lines = [
            Line(split["by"], group, f"g{at}-{place}")
            for at, split in enumerate(indicator.groups)
            for place, group in enumerate(split["groups"])
        ]
        self.add(WHOLE, "The whole", held)
        before = {
            (each["by"], each["group"]): each for each in (held.groups if held else [])
        }
        for line in self.lines:
            self.add(line.key, line.group, before.get((line.by, line.group)))
        draft = held is not None and not held.is_approved
        self.fields["note"] = forms.CharField(
            required=False,
            max_length=1000,
            widget=forms.Textarea,
            label="Note",
            initial=held.note if held and draft else "",
            help_text="Anything that makes a figure unusual, why there is none, or why "
            "an approved one was wrong. Do not name a victim or a suspect.",
        )
        self.fields["seen"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=mark_of(held)
        )

    def add(self, key: str, called: str, held: Return | dict[str, Any] | None) -> None:
        for part, words in self.parts:
            value = (
                held.get(part) if isinstance(held, dict) else getattr(held, part, None)
            )
            self.fields[f"{key}-{part}"] = NumberField(
                required=False,
                label=f"{words}: {called}",
                initial=typed(value),
                error_messages={
                    "invalid": f"{called}: type a number in digits, such as 1,204."
                },
            )

    def splits(self) -> Iterator[tuple[str, list[tuple[str, list[BoundField]]]]]:
        """The groups by what sets them apart, each with its fields."""
        for split in self.indicator.groups:
            mine = [line for line in self.lines if line.by == split["by"]]
            yield (
                split["by"],
                [(line.group, self.fields_of(line.key)) for line in mine],
            )

    def fields_of(self, key: str) -> list[BoundField]:
        return [self[f"{key}-{part}"] for part, _words in self.parts]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("seen", "") != mark_of(self.held):
            # Sending it again means: knowing what stands now.
            self.data = {**dict(self.data.items()), "seen": mark_of(self.held)}
            self.add_error(
                None,
                "Somebody else has returned this period meanwhile. What stands now is "
                "said below. Send it again to put yours in its place.",
            )
        return said

    @property
    def entry(self) -> Entry:
        said = self.cleaned_data

        def counts(key: str) -> tuple[float | None, float | None, float | None]:
            numerator = said.get(f"{key}-numerator")
            return numerator, said.get(f"{key}-denominator"), said.get(f"{key}-value")

        return Entry(
            self.period,
            *counts(WHOLE),
            note=said["note"],
            groups=tuple(
                GroupFigure(line.by, line.group, *counts(line.key))
                for line in self.lines
            ),
        )


def mark_of(held: Return | None) -> str:
    """What tells one state of a return from another."""
    if held is None:
        return ""
    told = [held.number, held.state, held.value, held.numerator, held.denominator]
    words = json.dumps([*told, held.groups, held.note], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
