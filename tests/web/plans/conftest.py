"""A small plan, and the founding shape of one as a document."""

from datetime import date

import pytest

from saferplan.web.plans.services.changing import add_action, add_strand, make_plan

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
