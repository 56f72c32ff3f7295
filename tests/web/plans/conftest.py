"""A small plan, and the founding shape of one as a document."""

from datetime import date

import pytest

from saferplan.web.plans.services.changing import add_action, add_strand, make_plan
from saferplan.web.plans.services.prioritising import (
    Chosen,
    begin_era,
    save_problem,
)

DOCUMENT = """\
Safer Example Plan 26-27

VIOLENCE:

Violence against women and girls

All strands of violence against women and girls.

What will be done?

\tActions\tTime frame\tCompleted
Awareness raising\tBorough wide campaign against violence\tBegin July 26\t✓
\t<p>Third party sites</p><p>Launch of the strategy</p>\t<p>July 26</p>\t<p>✓</p>
Prevention\tSchools safety programme\tSept 26\t✓
\tTraining for bar staff\tReview quarterly\t✓ in the town centre
Analytical review\tProfile of repeat victims\tMarch 27\t
"""

# How the tests that are not about equality adopt a plan.
ADOPTED = {"state": "adopted", "equality_reason": "Screened: nothing changes"}


@pytest.fixture
def plan(partnership, head):
    return make_plan(
        partnership,
        title="Safer Example Plan",
        begins=date(2026, 4, 1),
        ends=date(2027, 3, 31),
        by=head,
    )


@pytest.fixture
def strand(plan, head):
    return add_strand(plan, title="Violence", scope="At home and outside.", by=head)


@pytest.fixture
def add(plan, strand, head):
    """Add an action with these words to the first theme."""

    def adding(text="Run a campaign", theme=0, **words):
        themes = list(plan.themes.all())
        words.setdefault("time_frame", "March 2027")
        return add_action(
            plan, strand=strand, theme=themes[theme], by=head, text=text, **words
        )

    return adding


@pytest.fixture
def action(add, council):
    return add(lead=council, measure="People reached")


def problem_of(partnership, title, *, by, **values):
    """A candidate added by hand, with these values."""
    return save_problem(
        partnership,
        title=title,
        source="Petition of March",
        values={
            name: {"value": value, "source": "Police count"}
            for name, value in values.items()
        },
        by=by,
    )


def chosen(problem, **changed):
    """A candidate with all that a priority needs."""
    return Chosen(
        problem,
        **{
            "why": "It harms most.",
            "measure": "Homes burgled in a year",
            "view": "Nobody feels safe at night.",
            "view_source": "Residents' survey, 2025",
            "evidence_gap": "Police count",
        }
        | changed,
    )


AGREED = {
    "begins": date(2026, 4, 1),
    "ends": date(2029, 3, 31),
    "review_on": date(2027, 1, 15),
    "rationale": "Most harm, and what residents fear most.",
    "agreed": "Board, 18 March 2026, minute 6",
}


def priorities_of(partnership, *, by):
    """Burglary chosen before shop theft; and the one that was not chosen."""
    burglary = problem_of(partnership, "Burglary", by=by, volume=300, harm=90)
    theft = problem_of(partnership, "Shop theft", by=by, volume=900, harm=10)
    era = begin_era(
        partnership,
        chosen=[chosen(burglary)],
        not_chosen={theft: "Shops and police have a scheme already."},
        by=by,
        **AGREED,
    )
    return era, theft


def said_throughout(analysis, **changed):
    """The analysis with an answer to everything, or with these answers."""
    words = {
        "service": "Community safety",
        "aims": "Fewer people are harmed.",
        "affected": "Everybody who lives or works here.",
        "outcome": "adjust",
        "review_on": date(2027, 9, 30),
        **dict.fromkeys(
            (
                *("intersectional", "eliminate", "advance", "foster", "alternatives"),
                *("mitigation", "outcome_why", "monitoring"),
            ),
            "As the evidence says.",
        ),
        **changed,
    }
    for name, value in words.items():
        setattr(analysis, name, value)
    analysis.save()
    analysis.groups.update(
        effect="neutral", why="Nothing differs.", evidence="Census 2021"
    )
    return analysis
