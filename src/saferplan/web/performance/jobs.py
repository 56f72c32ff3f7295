"""Work of this app that takes longer than a page should."""

from django.urls import reverse

from saferplan.web.core.jobs import Outcome, Progress, work
from saferplan.web.core.pages import plural
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.services.drawing import returned_by_hand, take_drawn
from saferplan.web.performance.services.keeping import link_to

DRAW = "draw figures"
COMPARE = "compare boroughs"


@work(DRAW)
def draw_figures(progress: Progress, *, indicator_id: int, person_id: int) -> Outcome:
    """Ask the evidence store for an indicator's figures, and return them."""
    from saferplan.web.performance.evidence import draw
    from saferplan.web.performance.findings import draw_from_findings

    indicator = Indicator.objects.get(pk=indicator_id)
    progress(0, 2, "Asking the evidence")
    of_findings = indicator.source == Indicator.Source.FINDING
    drawn = draw_from_findings(indicator) if of_findings else draw(indicator)
    progress(1, 2, "Comparing with the figures there are")
    by_hand = returned_by_hand(indicator, drawn)
    taken = take_drawn(indicator, drawn, by=Person.objects.get(pk=person_id))
    said = f"{plural(taken, 'figure waits', 'figures wait')} for approval."
    if by_hand:
        said += (
            f" {plural(by_hand, 'period was', 'periods were')} returned by hand, and "
            f"left alone."
        )
    if not drawn:
        said = "The evidence has no figure for this. Check what it is drawn from."
    return Outcome(message=said, link=link_to(indicator))


@work(COMPARE)
def compare(
    progress: Progress, *, partnership_id: int, person_id: int, indicator_id: int = 0
) -> Outcome:
    """Set a borough beside others, in one indicator or in all recorded crime."""
    from saferplan.web.performance.evidence import draw_beside, draw_wards
    from saferplan.web.performance.services.comparing import take_comparison

    partnership = Partnership.objects.get(pk=partnership_id)
    indicator = Indicator.objects.filter(pk=indicator_id).first()
    progress(0, 1, "Asking the evidence")
    link = (
        link_to(indicator)
        if indicator
        else reverse("performance:standards_of", args=[partnership.pk])
    )
    found = draw_beside(partnership, indicator)
    if found is None:
        return Outcome(
            message="The evidence does not say which boroughs are like this one or "
            "border it, or lacks their figures.",
            link=link,
        )
    wards = None if indicator else draw_wards(partnership)
    person = Person.objects.get(pk=person_id)
    take_comparison(partnership, found, wards=wards, indicator=indicator, by=person)
    return Outcome(
        message=f"{plural(len(found.boroughs) - 1, 'borough')} set beside it.",
        link=link,
    )
