"""Fields that read what people type of targets: figures, months, counts by month."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from saferplan.web.performance.targets.asked import numbers_in

YEARS = range(1950, 2101)
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
MONTH_AND_COUNT = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))[\s,;]+(\d[\d,]*(?:\.\d+)?)")


class ReadField(forms.CharField):
    """A line of text that means something else, once it is read."""

    def clean(self, value: Any) -> Any:
        return self.read(super().clean(value))

    def read(self, text: str) -> Any:
        raise NotImplementedError


class FiguresField(ReadField):
    """Figures apart by spaces or line ends: a list of numbers."""

    def read(self, text: str) -> list[float]:
        try:
            return list(numbers_in(text))
        except ValueError as error:
            raise ValidationError(
                f"“{error}” is no figure of 0 or more. Write one for each year, with "
                f"a space between: 1,204 1,187."
            ) from error

    def prepare_value(self, value: Any) -> Any:
        return figures(value) if isinstance(value, list | tuple) else value


class NumberField(forms.FloatField):
    """A number as people write it: 328,826 or 20%."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().rstrip("%").replace(",", "").replace("−", "-")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.10g}" if isinstance(value, int | float) else value


class MonthField(ReadField):
    """A month as 2026-03: its first day."""

    def read(self, text: str) -> date | None:
        if not text:
            return None
        found = MONTH.fullmatch(text)
        if not found or int(found[1]) not in YEARS:
            raise ValidationError(
                f"“{text}” is no month. Write the year and the month: 2026-03."
            )
        return date(int(found[1]), int(found[2]), 1)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class MonthsField(ReadField):
    """A line for each month, `2026-03 85`: counts by month."""

    widget = forms.Textarea

    def read(self, text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for at, line in enumerate(text.splitlines(), start=1):
            said = line.strip()
            if not said or (at == 1 and said.lower().startswith("month")):
                continue
            parts = MONTH_AND_COUNT.fullmatch(said)
            if not parts:
                raise ValidationError(
                    f"Line {at}, “{said[:60]}”, is not a month and a count. Write "
                    f"them as 2026-03 85."
                )
            if parts[1] in found:
                raise ValidationError(f"{parts[1]} stands twice. Keep one line of it.")
            found[parts[1]] = float(parts[2].replace(",", ""))
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{month} {count:g}" for month, count in value.items())
        return value


def figures(values: list[float] | tuple[float, ...]) -> str:
    return " ".join(f"{each:,.10g}" for each in values)
