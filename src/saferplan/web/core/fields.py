"""Fields of forms that more than one app asks with."""

from datetime import date
from typing import Any

from django import forms

from saferplan.web.core.pages import day

# As people write a day here, and as programs do.
WAYS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")
FOR_EXAMPLE = "For example, 30 September 2026 or 30/9/2026."


class DayField(forms.DateField):
    """
    A day, typed as people write one: 30 September 2026, 30/9/2026 or 2026-09-30.

    A year of two digits is refused: nobody has to guess the century.
    """

    def __init__(self, **said: Any) -> None:
        super().__init__(
            **{
                "input_formats": WAYS,
                "error_messages": {
                    "invalid": "Write a day such as 30 September 2026 or 30/9/2026."
                },
                **said,
                "help_text": said.get("help_text") or FOR_EXAMPLE,
            }
        )

    def prepare_value(self, value: Any) -> Any:
        return day(value) if isinstance(value, date) else value
