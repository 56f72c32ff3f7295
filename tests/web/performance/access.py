"""Who reaches the pages of indicators, targets, journeys and standards."""

from datetime import date

from web.access_rules import (
    AUTHORS,
    CHANGED,
    CHANGED_BY_BUTTON,
    FOR_ALL,
    KEPT,
    MEMBERS,
    NO_WRITERS,
    REPORTERS,
    THEIRS,
    only,
)
from web.performance.targets_by_hand import BURGLARY

from saferplan.assessment.beside_boroughs import Beside, Borough
from saferplan.web.performance.journey_map import asked, steps_of
from saferplan.web.performance.journey_questions import questions_of
from saferplan.web.performance.services.comparing import take_comparison
from saferplan.web.performance.services.journeys import begin
from saferplan.web.performance.services.keeping import add_indicator
from saferplan.web.performance.services.returning import Entry, give
from saferplan.web.performance.services.standards import Look, observe
from saferplan.web.performance.services.targets import add_target

RULES = {
    "performance:all": FOR_ALL,
    "performance:table": FOR_ALL,
    "performance:make": only(AUTHORS),
    # An indicator that is not public exists for those who write plans, no others.
    "performance:show": KEPT,
    "performance:figures": KEPT,
    "performance:quarters": KEPT,
    "performance:change": CHANGED,
    "performance:groups": KEPT,
    "performance:return_groups": only(REPORTERS, hidden=NO_WRITERS),
    "performance:retire": CHANGED,
    "performance:bring_back": CHANGED_BY_BUTTON,
    "performance:draw": CHANGED_BY_BUTTON,
    # Their organisation owns it.
    "performance:quarter": only(REPORTERS),
    "performance:waiting": only(AUTHORS),
    "performance:send_back": only(AUTHORS),
    "performance:footprints": only(MEMBERS, THEIRS),
    "performance:footprints_table": only(MEMBERS, THEIRS),
    "performance:targets": FOR_ALL,
    "performance:targets_table": FOR_ALL,
    "performance:target_add": only(AUTHORS),
    # This one is not public.
    "performance:target": KEPT,
    "performance:target_figures": KEPT,
    "performance:target_change": CHANGED,
    "performance:target_verdict": CHANGED_BY_BUTTON,
    # One that only the partnership reads.
    "performance:journeys": FOR_ALL,
    "performance:begin_journey": only(AUTHORS, method="post"),
    "performance:journey": KEPT,
    "performance:journey_table": KEPT,
    "performance:journey_questions": KEPT,
    "performance:journey_flow": KEPT,
    "performance:journey_question": CHANGED,
    "performance:journey_question_open": CHANGED_BY_BUTTON,
    "performance:publish_journey": CHANGED_BY_BUTTON,
    "performance:add_journey_step": CHANGED,
    "performance:journey_step": CHANGED,
    "performance:remove_journey_step": CHANGED_BY_BUTTON,
    "performance:add_step_indicator": CHANGED_BY_BUTTON,
    "performance:remove_step_indicator": CHANGED_BY_BUTTON,
    "performance:standards": FOR_ALL,
    "performance:standards_of": FOR_ALL,
    "performance:compare": only(AUTHORS, method="post"),
    "performance:compare_indicator": CHANGED_BY_BUTTON,
    "performance:compared_indicator": KEPT,
    "performance:compared_exposure": FOR_ALL,
    "performance:compared_service": FOR_ALL,
    "performance:standards_table": FOR_ALL,
    "performance:standard_ward": FOR_ALL,
    "performance:standard_enter": only({"head", "analyst", "partner_lead"}),
    "performance:standard_sheet": only({"head", "analyst", "partner_lead"}),
    "performance:observations": only({"head", "analyst", "partner_lead"}),
}


def arguments_of(cast, partnership):
    """An indicator that is not public, with a figure that waits for approval."""
    indicator = add_indicator(
        partnership,
        title="Burglary",
        definition="Homes broken into.",
        kind="count",
        unit="offences",
        polarity="down",
        source="evidence",
        evidence={"dataset": "recorded_crime", "area": "E09000099", "measure": "All"},
        owner=partnership.organisations.get(),
        by=cast["head"],
    )
    by_hand = add_indicator(
        partnership,
        title="Fires set",
        definition="Fires that somebody set.",
        kind="count",
        unit="fires",
        polarity="down",
        owner=partnership.organisations.get(),
        by=cast["head"],
    )
    returned = give(by_hand, Entry(date(2026, 6, 1), value=52), by=cast["partner_lead"])
    target = add_target(partnership, by=cast["head"], **BURGLARY)
    return {
        **of_journeys(cast, partnership),
        "performance:table": ["csv"],
        "performance:figures": [indicator.pk, "csv"],
        "performance:quarters": [indicator.pk, "csv"],
        "performance:groups": [indicator.pk, "csv"],
        "performance:compared_indicator": [indicator.pk, "csv"],
        "performance:compare_indicator": [indicator.pk],
        "performance:return_groups": [by_hand.pk, "2026-06-01"],
        "performance:send_back": [returned.pk],
        "performance:footprints_table": ["areas", "csv"],
        "performance:targets_table": ["csv"],
        "performance:target": [target.pk],
        "performance:target_figures": [target.pk, "path", "csv"],
        "performance:target_change": [target.pk],
        "performance:target_verdict": [target.pk],
        **{
            f"performance:{name}": [indicator.pk]
            for name in ("show", "change", "draw", "retire", "bring_back")
        },
    }


def of_journeys(cast, partnership):
    """A map that is not public, and a ward that somebody looked at."""
    made = begin(partnership, "victim", by=cast["head"])
    step = made.steps.first()
    question = questions_of(made, asked(made, steps_of(made), orphans=[]))[0].name
    of_step = [made.pk, step.pk]
    look = Look("ward-constables", "E05000001", "A ward", 2, date(2026, 4, 1), "Post")
    observe(partnership, [look], by=cast["head"])
    own = Borough("E09000099", "Own", True, False, False, 9.0, 100.0, 90.0, 41.0, 170.0)
    beside = Beside((own,), "2025-04", "2026-03", "", ())
    take_comparison(partnership, beside, by=cast["head"])
    return {
        "performance:begin_journey": ["witness"],
        "performance:journey": [made.pk],
        "performance:journey_table": [made.pk, "csv"],
        "performance:journey_questions": [made.pk, "csv"],
        "performance:journey_flow": [made.pk, "csv"],
        "performance:journey_question": [made.pk, question],
        "performance:journey_question_open": [made.pk, question],
        "performance:publish_journey": [made.pk],
        "performance:add_journey_step": [made.pk],
        "performance:journey_step": of_step,
        "performance:remove_journey_step": of_step,
        "performance:add_step_indicator": of_step,
        "performance:remove_step_indicator": [*of_step, step.indicators.first().pk],
        "performance:standards_of": [partnership.pk],
        "performance:standards_table": [partnership.pk, "csv"],
        "performance:standard_ward": [partnership.pk, "E05000001"],
        "performance:observations": ["csv"],
        "performance:compared_exposure": [partnership.pk, "csv"],
        "performance:compared_service": [partnership.pk, "csv"],
    }
