"""How figures, months and verdicts are written for a reader, in every edition."""

from datetime import date

from saferplan.assessment.finding import (
    Assessment,
    Column,
    Finding,
    Head,
    Interval,
    Verdict,
)
from saferplan.definitions.undated import UNDATED
from saferplan.plurals import plural as plural

# The heads of regulation 6 of SI 2007/1830, in the order of the regulation.
HEADS: dict[Head, str] = {
    "levels": "Levels and patterns",
    "changes": "What has changed",
    "reasons": "Why it may have changed",
    "priorities": "What to consider prioritising",
    "views": "What people who live and work here think",
    "delivery": "How last year’s plan was carried out",
}

VERDICTS: dict[Verdict, str] = {
    "real change": "A real change",
    "within chance": "Could be chance",
    "cannot tell": "Cannot tell",
    "level only": "A level, not a change",
}

MEANINGS = {
    "worse": "Worse",
    "better": "Better",
    "it depends": "It depends: more crime, more police work, or more people reporting",
}

NOT_AVAILABLE = "[x]"

OPEN_GOVERNMENT = "Open Government Licence v3.0"


def attribution(assessment: Assessment) -> str:
    """
    What the licences of the evidence ask every copy to say; empty if they ask nothing.

    Ordnance Survey asks for the year in which its outlines were published.
    """
    said = []
    if any(OPEN_GOVERNMENT in each.licence for each in assessment.releases):
        said.append(
            f"Contains public sector information licensed under the {OPEN_GOVERNMENT}."
        )
    outlines = [e.published for e in assessment.releases if e.source == "boundaries"]
    if outlines:
        said.append(
            f"Contains OS data © Crown copyright and database right "
            f"{max(outlines).year}."
        )
    return " ".join(said)


def number(value: float, decimals: int | None = None) -> str:
    """
    Write a number with commas, and a real minus sign.

    >>> number(12345.6), number(-0.251, 1), number(-0.01, 1)
    ('12,346', '−0.3', '0.0')
    """
    text = f"{value:,.{decimals or 0}f}"
    if text.startswith("-"):
        text = text[1:] if float(text.replace(",", "")) == 0 else "−" + text[1:]
    return text


def percent(share: float, decimals: int = 0) -> str:
    """
    >>> percent(0.634), percent(-0.0512, 1)
    ('63%', '−5.1%')
    """
    return number(share * 100, decimals) + "%"


def month(text: str) -> str:
    """
    >>> month("2025-03")
    'March 2025'
    """
    return f"{date.fromisoformat(text + '-01'):%B %Y}"


def day(when: date) -> str:
    """
    >>> day(date(2026, 2, 3)), day(UNDATED)
    ('3 February 2026', 'undated')
    """
    if when == UNDATED:
        return "undated"
    return f"{when.day} {when:%B %Y}"


def cell(value: str | int | float | None, column: Column) -> str:
    """A cell as a reader sees it. What is missing says so; it is never blank."""
    if value is None:
        return NOT_AVAILABLE
    if isinstance(value, str):
        looks_like_month = column.unit == "month" and len(value) == len("2025-03")
        return month(value) if looks_like_month else value
    if column.unit == "share":
        return percent(value, column.decimals or 0)
    return number(value, column.decimals)


def heading(column: Column) -> str:
    """A column's heading with its unit, which no cell repeats."""
    if column.unit in ("", "month") or column.unit in column.title.lower():
        return column.title
    return f"{column.title} ({'%' if column.unit == 'share' else column.unit})"


def value(finding: Finding) -> str:
    """The finding's value in its unit, or that there is none."""
    if finding.value is None:
        return "See the table"
    if finding.measure.unit == "share":
        return percent(finding.value, 1)
    places = 1 if abs(finding.value) >= 1 else 2
    if float(finding.value).is_integer() or abs(finding.value) >= 1000:
        places = 0
    return f"{number(finding.value, places)} {finding.measure.unit}"


def interval(between: Interval | None, unit: str) -> str:
    """
    >>> interval(Interval(0.582, 0.676), "share")
    '95% interval 58.2% to 67.6%'
    """
    if between is None:
        return ""
    sure = percent(between.confidence)
    if unit == "share":
        lower, upper = percent(between.lower, 1), percent(between.upper, 1)
        return f"{sure} interval {lower} to {upper}"
    places = 0 if abs(between.upper) >= 1000 else 1
    lower, upper = number(between.lower, places), number(between.upper, places)
    return f"{sure} interval {lower} to {upper}"


def change(finding: Finding) -> str:
    """The change, signed: "+12.3%", "−4.0 points", or nothing for a level."""
    if finding.change is None:
        return ""
    text = _signed(finding.change, finding.change_in)
    if finding.change_interval is not None:
        lower = _signed(finding.change_interval.lower, finding.change_in)
        upper = _signed(finding.change_interval.upper, finding.change_in)
        text += f" ({lower} to {upper})"
    return text


def _signed(share: float, change_in: str) -> str:
    sign = "+" if share > 0 else ""
    written = number(share * 100, 1)
    return f"{sign}{written}%" if change_in == "percent" else f"{sign}{written} points"
