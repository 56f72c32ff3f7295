"""What the page of an action says of performance: its indicators and its targets."""

from django.urls import reverse

from saferplan.web.core.pages import day
from saferplan.web.performance.figures import history
from saferplan.web.performance.models import Indicator, Target
from saferplan.web.performance.sheet import Sheet, sheet_from
from saferplan.web.plans.models import Action
from saferplan.web.plans.shown import Related


def tell_of(action: Action) -> list[Related]:
    """
    A line for each indicator that measures an action, and each target set for it.

    The page is for those who work on the plan, so small counts are in it.
    """
    sheets = [
        sheet_from(each, history(each, list(each.returns.all()), protected=False))
        for each in Indicator.objects.filter(actions=action).with_all()
    ]
    targets = Target.objects.filter(action=action)
    return [*map(of_indicator, sheets), *map(of_target, targets)]


def of_indicator(sheet: Sheet) -> Related:
    newest = f", {sheet.newest.label}" if sheet.newest else ""
    state, colour = sheet.rating_tag
    if sheet.indicator.is_retired:
        state, colour = "Retired", "grey"
    return Related(
        kind="Indicator",
        title=sheet.indicator.title,
        link=reverse("performance:show", args=[sheet.indicator.pk]),
        said=f"{sheet.stands}{newest}. {sheet.verdict_tag[0]}",
        state=state,
        colour=colour,
    )


def of_target(target: Target) -> Related:
    """With the verdict that was kept last; the page of the target works it out anew."""
    kept = target.verdicts.first()
    return Related(
        kind="Target",
        title=target.measure,
        link=reverse("performance:target", args=[target.pk]),
        said=f"{target.area}, by {target.ends:%B %Y}"
        + (f". Judged on {day(kept.at)}" if kept else ". Not judged yet"),
        state=kept.headline if kept else "",
        colour=kept.colour if kept else "grey",
    )
