"""Fields of forms that more than one app asks with."""

import math
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File

from saferplan.web.core.pages import day, moment

# As people write a day here, and as programs do.
WAYS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")
FOR_EXAMPLE = "For example, 30 September 2026 or 30/9/2026."

CLOCKS = ("%I:%M%p", "%I%p", "%I:%M %p", "%I %p", "%H:%M")
MOMENTS = tuple(
    said.format(clock=clock, day=way)
    for said in (
        "{clock} on {day}",
        "{day} at {clock}",
        "{day}, {clock}",
        "{day} {clock}",
    )
    for clock in CLOCKS
    for way in WAYS
)

LARGEST_MEGABYTES = 20


class DayField(forms.DateField):
    """
    A day, typed as people write one: 30 September 2026, 30/9/2026 or 2026-09-30.

    A year of two digits is refused: nobody has to guess the century.
    """

    def __init__(self, **said: Any) -> None:
        super().__init__(
            **{
                "input_formats": WAYS,
                **said,
                "error_messages": {
                    "invalid": "Write a day such as 30 September 2026 or 30/9/2026.",
                    **said.get("error_messages", {}),
                },
                "help_text": said.get("help_text") or FOR_EXAMPLE,
            }
        )

    def prepare_value(self, value: Any) -> Any:
        return day(value) if isinstance(value, date) else value


class MomentField(forms.DateTimeField):
    """A time of a day in London, typed as pages write it: 9am on 1 April 2026."""

    def __init__(self, **said: Any) -> None:
        super().__init__(
            **{
                "input_formats": MOMENTS,
                **said,
                "error_messages": {
                    "invalid": "Write a time and a day such as 9am on 1 April 2026.",
                    **said.get("error_messages", {}),
                },
                "help_text": said.get("help_text")
                or "London time, such as 9am on 1 April 2026.",
            }
        )

    def prepare_value(self, value: Any) -> Any:
        return moment(value) if isinstance(value, datetime) else value


class DocumentField(forms.FileField):
    """
    A file that somebody sends, of at most so many megabytes.

    `help_text` says what it takes, and `smaller` what to do with a file that is too
    large. What is in it is for its reader to judge.
    """

    default_error_messages = {
        "required": "Choose a file.",
        "empty": "This file is empty. Check that it was saved.",
        "too_large": "%(name)s has %(size).1f MB; at most %(most)d MB can be sent. "
        "%(smaller)s",
    }

    def __init__(
        self,
        *,
        megabytes: int = LARGEST_MEGABYTES,
        smaller: str = "Save it without pictures, or send only the pages that matter.",
        **said: Any,
    ) -> None:
        hint = f"{said.pop('help_text', '')} At most {megabytes} MB.".strip()
        super().__init__(help_text=hint, **said)
        self.megabytes, self.smaller = megabytes, smaller

    def to_python(self, data: Any) -> Any:
        sent = super().to_python(data)
        if sent and sent.size > self.megabytes * 1_000_000:
            raise ValidationError(
                self.error_messages["too_large"],
                code="too_large",
                params={
                    "name": sent.name,
                    "size": math.ceil(sent.size / 1e5) / 10,
                    "most": self.megabytes,
                    "smaller": self.smaller,
                },
            )
        return sent


class TableField(DocumentField):
    """A table, sent as CSV in UTF-8. `text_of` what comes out gives its text."""

    default_error_messages = {
        "not_text": "%(name)s is not a CSV file in UTF-8. Open it in a spreadsheet and "
        "save it as “CSV UTF-8”.",
    }

    def to_python(self, data: Any) -> Any:
        sent = super().to_python(data)
        if sent and not is_text(sent):
            raise ValidationError(
                self.error_messages["not_text"],
                code="not_text",
                params={"name": sent.name},
            )
        return sent


def is_text(sent: File) -> bool:
    try:
        return "\0" not in text_of(sent)
    except UnicodeDecodeError:
        return False


def text_of(sent: File) -> str:
    sent.seek(0)
    return str(sent.read().decode("utf-8-sig"))
