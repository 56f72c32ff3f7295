"""What every template can use besides what its view gives it."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from saferplan.definitions.undated import UNDATED
from saferplan.plurals import plural as plural


def environment(*, loader: BaseLoader, **options: Any) -> Environment:
    """Return the Jinja environment: our folders, and the design system's macros."""
    design_system = PrefixLoader(
        {"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}
    )
    made = Environment(
        loader=ChoiceLoader([loader, design_system]),
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    made.globals.update(static=static, url=url)
    made.filters.update(day=day, moment=moment, number=number, plural=plural)
    return made


@lru_cache(maxsize=5_000)  # a page of an assessment asks for hundreds
def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def day(value: date | datetime | None) -> str:
    """
    Write a date as people say it.

    >>> day(date(2026, 4, 1)), day(UNDATED)
    ('1 April 2026', 'undated')
    """
    if value is None:
        return ""
    if value == UNDATED:
        return "undated"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """Write a time of day and a date in London's time: 3:05pm on 1 April 2026."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = date_format(local, "g:i") + ("am" if local.hour < 12 else "pm")
    return f"{clock} on {day(local)}"


def number(value: float | None, decimals: int = 0) -> str:
    """
    Write a number with its thousands apart; nothing is written as "not known".

    >>> number(31499)
    '31,499'
    """
    return "not known" if value is None else f"{value:,.{decimals}f}"
