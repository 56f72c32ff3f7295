"""The demonstration's plan."""

import pytest
from django.utils import timezone
from web.assessments.made_by_hand import burglary_fell, example

from saferplan.assessment.finding import Measure
from saferplan.web.assessments.services import decide, keep_assessment, publish
from saferplan.web.partnerships.demonstration import make_people
from saferplan.web.plans.contents import contents_of
from saferplan.web.plans.demonstration import make_plans
from saferplan.web.plans.demonstration_of_duties import (
    ADDED,
    make_duty_records,
    make_priorities,
)
from saferplan.web.plans.duties import counted as counted_states
from saferplan.web.plans.duties import register_of
from saferplan.web.plans.models import Plan
from saferplan.web.plans.shown import delivery_of

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_something_of_every_kind(settings):
    settings.DEMONSTRATION = True
    partnership = make_people()
    said = []
    make_plans(partnership, said.append)
    make_plans(partnership, said.append)
    assert said == ["Bringing in the plan"]
    plan = Plan.objects.get(level="borough")
    assert plan.parent.commitments.count() == 8
    found = delivery_of(plan, contents_of(plan))
    states = dict(found.counts)
    assert {"done", "reported", "not reported", "not settled", "stopped"} <= set(states)
    assert sum(states.values()) == plan.actions.count() == 20
    assert plan.versions.get().in_force
    ground = plan.versions.get().equality_ground
    assert ground.analysis.completeness.unknown
    assert ground.analysis.completeness.open == ()


def test_the_demonstration_has_priorities_and_duties_of_several_states(
    settings,
):
    settings.DEMONSTRATION = True
    partnership = make_people()
    head = partnership.memberships.get(role="head").person
    analyst = partnership.memberships.get(role="analyst").person
    counted = [
        burglary_fell(
            topic=title.lower(),
            measure=Measure(title, title, "offences", "down is good"),
            value=1000.0 + number,
        )
        for number, title in enumerate(ADDED)
    ]
    made = keep_assessment(example(*counted), partnership, by=analyst)
    for finding in made.content.findings:
        decide(made, finding, "accepted", by=analyst)
    publish(made, by=head)
    said = []
    for _ in range(2):
        make_priorities(partnership, said.append)
        make_duty_records(partnership, said.append)
    assert said == ["Choosing priorities", "Keeping the register of duties"]
    now, before = partnership.eras.all()
    assert (now.state, before.state) == ("current", "superseded")
    assert now.priorities.count() == 3
    states = dict(counted_states(register_of(partnership, timezone.localdate())))
    assert {"done", "overdue", "due soon", "not recorded", "not ours"} <= set(states)
