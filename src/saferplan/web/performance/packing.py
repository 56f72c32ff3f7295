"""What a quarter's board pack says of indicators."""

from datetime import date
from typing import Any

from django.db.models import Q

from saferplan.web.core.pages import plural
from saferplan.web.performance.chart import alarms_on_a_page
from saferplan.web.performance.figures import history
from saferplan.web.performance.group_picture import cautions, row_of
from saferplan.web.performance.groups import Series, Split, splits_of
from saferplan.web.performance.library import middle_length
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.periods import last_day
from saferplan.web.performance.sheet import Sheet, sheet_from
from saferplan.web.plans.models import Plan

EVERYBODY = "Everybody"
# What a group's cell says if it is empty, column by column.
EMPTY = ("", "", "Not all known", "None")


def add_indicators(plan: Plan, begins: date, ends: date) -> dict[str, list[Any]]:
    """
    The indicators of the plan's actions, each with its newest figure of the quarter.

    Figures count once they are approved, even after the quarter has ended. Packs
    travel, so small counts are hidden.
    """
    sheets = [sheet_until(each, ends) for each in indicators_of(plan, begins)]
    if not sheets:
        return {}
    return {
        "indicators": [row(each) for each in sheets],
        "groups": [split for each in sheets for split in by_group(each)],
        "summary": summary(sheets),
        "notes": notes(sheets),
    }


def summary(sheets: list[Sheet]) -> list[str]:
    """How many there are, and what of them a board should know first."""
    silent = sum(each.is_missing for each in sheets)
    disagree = sum(not each.comparison.agree for each in sheets)
    said = [f"{plural(len(sheets), 'indicator measures', 'indicators measure')} it"]
    if silent:
        said.append(f"{silent} {'is' if silent == 1 else 'are'} not reported")
    if disagree:
        said.append(f"of {disagree} the agreed rating and the control chart disagree")
    return [f"{'; '.join(said)}."]


def indicators_of(plan: Plan, begins: date) -> list[Indicator]:
    """Those that were kept in the quarter, or in some of it."""
    standing = plan.actions.standing()
    found = Indicator.objects.filter(actions__in=standing).distinct()
    kept = Q(retired_on=None) | Q(retired_on__gte=begins)
    return list(found.filter(kept).with_all())


def sheet_until(indicator: Indicator, ends: date) -> Sheet:
    figures = history(indicator, list(indicator.returns.all()), protected=True)
    return sheet_from(
        indicator,
        [
            each
            for each in figures
            if last_day(indicator.frequency, each.period) <= ends
        ],
    )


def row(sheet: Sheet) -> dict[str, str]:
    indicator = sheet.indicator
    newest = f", {sheet.newest.label}" if sheet.newest else ""
    target = "None" if indicator.target is None else sheet.say(indicator.target)
    return {
        "title": indicator.title,
        "value": f"{sheet.stands}{newest}",
        "target": target,
        "rating": sheet.rating_tag[0],
        "chart": f"{sheet.verdict_tag[0]}.",
        "note": "" if sheet.comparison.agree else sheet.comparison.words,
    }


def by_group(sheet: Sheet) -> list[dict[str, Any]]:
    """
    A table for each thing that sets groups apart, everybody first.

    Where the newest figure is not there, none of its groups can be either.
    """
    if not sheet.is_reported:
        return []
    return [table_of(sheet, split) for split in splits_of(sheet, protected=True)]


def table_of(sheet: Sheet, split: Split) -> dict[str, Any]:
    indicator, newest = sheet.indicator, sheet.figures[-1]
    series = [Series(EVERYBODY, sheet.figures), *split.series]
    headings = ["Group", newest.label, "Last twelve months", "95% interval"]
    columns = list(zip(*(row_of(indicator, each) for each in series), strict=True))
    filled = [at for at, column in enumerate(columns) if any(column)]
    return {
        "title": f"{indicator.title}, by {split.by.lower()}",
        "headings": [headings[at] for at in filled],
        "rows": [
            [cells[at] or EMPTY[at] for at in filled]
            for cells in zip(*columns, strict=True)
        ],
        "notes": list(cautions(indicator, split)),
    }


def notes(sheets: list[Sheet]) -> list[str]:
    said = [
        "An indicator’s rating is the colour that was agreed for its figure. Its "
        "control chart says whether the figure has changed by more than chance. Where "
        "the two disagree, both are shown.",
    ]
    charted = [each for each in sheets if each.verdict != "cannot tell"]
    if charted:
        alarms = alarms_on_a_page(len(charted), middle_length(charted))
        said.append(
            f"Of {plural(len(charted), 'control chart')}, about {alarms.expected:.1f} "
            f"would show a change if nothing at all had happened."
        )
    return said
