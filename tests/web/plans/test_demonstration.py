"""The demonstration's plan."""

import pytest

from saferplan.web.partnerships.demonstration import make_people
from saferplan.web.plans.contents import contents_of
from saferplan.web.plans.demonstration import make_plans
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
