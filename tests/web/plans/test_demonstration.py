"""The demonstration's plan."""

import pytest
from django.urls import reverse
from django.utils import timezone
from web.assessments.made_by_hand import burglary_fell, example

from saferplan.assessment.finding import Measure
from saferplan.web.assessments.services import decide, keep_assessment, publish
from saferplan.web.partnerships.demonstration import make_people
from saferplan.web.plans.contents import contents_of
from saferplan.web.plans.demonstration import RESTS_ON, close_last_quarter, make_plans
from saferplan.web.plans.demonstration_of_duties import (
    ADDED,
    PRIORITIES,
    make_duty_records,
    make_priorities,
)
from saferplan.web.plans.duties import counted as counted_states
from saferplan.web.plans.duties import register_of
from saferplan.web.plans.models import Action, Alignment, Plan
from saferplan.web.plans.services.reminding import reminders_of
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
    served = Alignment.objects.filter(action__plan=plan, verdict="serves")
    assert served.values("commitment").distinct().count() == 3


def test_somebody_is_asked_how_the_demonstrated_actions_stand(settings):
    settings.DEMONSTRATION = True
    make_plans(make_people(), print)
    plan = Plan.objects.get(level="borough")
    asked = {each.address for each in reminders_of(plan)}
    assert asked == {"advisers@example.org", "partner-lead@example.org"}


def test_the_pack_of_the_quarter_before_has_what_was_done_in_it(settings):
    settings.DEMONSTRATION = True
    partnership = make_people()
    make_plans(partnership, print)
    close_last_quarter(partnership)
    done = Plan.objects.get(level="borough").packs.get().content["summary"][0]
    assert "finished in this quarter" in done


def test_the_demonstrated_actions_serve_the_priorities_and_rest_on_findings(settings):
    settings.DEMONSTRATION = True
    partnership = make_people()
    publish_findings_on(ADDED, partnership)
    make_priorities(partnership, print)
    make_plans(partnership, print)
    actions = Plan.objects.get(level="borough").actions
    serving = actions.exclude(priority=None)
    assert {str(each.priority) for each in serving} == set(PRIORITIES)
    for action in actions.with_all():
        rests = [title for title in RESTS_ON.get(action.name, []) if title in ADDED]
        assert [each["title"] for each in action.findings] == rests
    # Those that rest on nothing are there to be asked about.
    assert 0 < sum(each.name not in RESTS_ON for each in actions.with_all()) < 5


def test_a_priority_leads_on_to_the_actions_that_serve_it(client, settings):
    settings.DEMONSTRATION = True
    partnership = make_people()
    publish_findings_on(ADDED, partnership)
    make_priorities(partnership, print)
    make_plans(partnership, print)
    era = partnership.eras.get(priorities__title="Knife crime")
    action = Action.objects.get(text="Mentors for pupils at risk of exclusion")
    address = reverse("plans:era", args=[era.pk])
    page = client.get(address).text
    assert "Safer Partnership Plan" in page
    assert f"/versions/1/#strand-{action.strand.number}" in page
    client.force_login(partnership.memberships.get(role="head").person)
    page = client.get(address).text
    assert reverse("plans:action", args=[action.plan_id, action.pk]) in page
    page = client.get(reverse("plans:action", args=[action.plan_id, action.pk])).text
    _, chain = page.split("From evidence to result")
    assert f"{address}#priority-" in chain


def test_the_demonstration_has_priorities_and_duties_of_several_states(
    settings,
):
    settings.DEMONSTRATION = True
    partnership = make_people()
    publish_findings_on(ADDED, partnership)
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


def publish_findings_on(titles, partnership):
    head = partnership.memberships.get(role="head").person
    analyst = partnership.memberships.get(role="analyst").person
    counted = [
        burglary_fell(
            topic=title.lower(),
            measure=Measure(title, title, "offences", "down is good"),
            value=1000.0 + number,
        )
        for number, title in enumerate(titles)
    ]
    made = keep_assessment(example(*counted), partnership, by=analyst)
    for finding in made.content.findings:
        decide(made, finding, "accepted", by=analyst)
    publish(made, by=head)
