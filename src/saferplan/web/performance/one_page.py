"""What a plan's one page says of its indicators, to everybody."""

from django.urls import reverse
from django.utils import timezone

from saferplan.web.performance.packing import indicators_of
from saferplan.web.performance.sheet import Sheet, sheet_of
from saferplan.web.plans.measured import Measure
from saferplan.web.plans.models import Plan


def tell_measures(plan: Plan) -> list[Measure]:
    """The public indicators of its actions that are kept, small counts hidden."""
    kept = indicators_of(plan, timezone.localdate())
    sheets = [sheet_of(each, protected=True) for each in kept if each.is_public]
    return [measure(each) for each in sheets]


def measure(sheet: Sheet) -> Measure:
    period = f", {sheet.newest.label}" if sheet.newest else ""
    changed = sheet.verdict not in ("common cause", "cannot tell")
    return Measure(
        title=sheet.indicator.title,
        link=reverse("performance:show", args=[sheet.indicator.pk]),
        stands=f"{sheet.stands}{period}",
        chart=sheet.verdict_tag,
        rating=sheet.rating_tag,
        disagree=not sheet.comparison.agree,
        is_news=changed or sheet.is_missing or not sheet.comparison.agree,
    )
