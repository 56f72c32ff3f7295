"""Work of this app that takes longer than a page should."""

from saferplan.web.core.jobs import Outcome, Progress, work
from saferplan.web.core.pages import plural
from saferplan.web.partnerships.models import Person
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.services.drawing import take_drawn
from saferplan.web.performance.services.keeping import link_to

DRAW = "draw figures"


@work(DRAW)
def draw_figures(progress: Progress, *, indicator_id: int, person_id: int) -> Outcome:
    """Ask the evidence store for an indicator's figures, and return them."""
    from saferplan.web.performance.evidence import draw

    indicator = Indicator.objects.get(pk=indicator_id)
    progress(0, 2, "Asking the evidence")
    drawn = draw(indicator)
    progress(1, 2, "Comparing with the figures there are")
    taken = take_drawn(indicator, drawn, by=Person.objects.get(pk=person_id))
    said = f"{plural(taken, 'figure waits', 'figures wait')} for approval."
    if not drawn:
        said = "The evidence store has no figure for this. Check what it is drawn from."
    return Outcome(message=said, link=link_to(indicator))
