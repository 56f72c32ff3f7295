"""What a quarter's board pack says of indicators."""

from datetime import date
from typing import Any

from django.db.models import Q

from saferplan.web.core.pages import plural
from saferplan.web.performance.chart import alarms_on_a_page
from saferplan.web.performance.figures import history
from saferplan.web.performance.group_words import OVERLAP, REST, table_of
from saferplan.web.performance.groups import Split, splits_of
from saferplan.web.performance.library import middle_length
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.periods import last_day
from saferplan.web.performance.sheet import Sheet, sheet_from
from saferplan.web.plans.models import Plan

HIDDEN = (
    "“Hidden” is a count of a group so small that it could point to a person, or what "
    "would give such a count away. Packs travel, so they hold none."
)
INTERVAL = (
    "A 95% interval is within what chance alone would put a group’s figure. Two groups "
    "whose intervals overlap may differ by no more than chance."
)


def add_indicators(plan: Plan, begins: date, ends: date) -> dict[str, list[Any]]:
    """
    The indicators of the plan's actions, each with its newest figure of the quarter.

    Figures count once they are approved, even after the quarter has ended. Packs
    travel, so small counts are hidden.
    """
    sheets = [sheet_until(each, ends) for each in indicators_of(plan, begins)]
    if not sheets:
        return {}
    splits = [(each, split) for each in sheets for split in splits_in(each)]
    groups = [by_group(sheet, split) for sheet, split in splits]
    return {
        "indicators": [row(each) for each in sheets],
        "groups": groups,
        "summary": summary(sheets),
        "notes": [*notes(sheets), *group_notes(groups, splits)],
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


def splits_in(sheet: Sheet) -> list[Split]:
    """None where the newest figure is not there: then no group's can be either."""
    return splits_of(sheet, protected=True) if sheet.is_reported else []


def by_group(sheet: Sheet, split: Split) -> dict[str, Any]:
    table = table_of(sheet, split)
    return {
        "title": f"{sheet.indicator.title}, by {split.by.lower()}",
        "headings": list(table.headings),
        "rows": [list(each) for each in table.rows],
        "notes": [] if sheet.indicator.adds_groups else [OVERLAP],
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


def group_notes(
    groups: list[dict[str, Any]], splits: list[tuple[Sheet, Split]]
) -> list[str]:
    """What words in the tables by group mean, once for all of them."""
    words = [word for each in groups for row in each["rows"] for word in row]
    series = [each for _sheet, split in splits for each in split.series]
    found = [
        (HIDDEN, any("hidden" in word.lower() for word in words)),
        (REST, any(each.is_rest for each in series)),
        (INTERVAL, any(len(each["headings"]) > 3 for each in groups)),
    ]
    return [note for note, is_so in found if is_so]
