"""One page for a councillor."""

from dataclasses import replace

import pytest
from django.urls import reverse
from web.assessments.made_by_hand import burglary_fell, example
from web.plans.conftest import ADOPTED

from saferplan.web.assessments.services import decide, keep_assessment, publish
from saferplan.web.plans.services.changing import change_action
from saferplan.web.plans.services.putting_forward import put_forward

pytestmark = pytest.mark.django_db


def page(client, plan):
    return client.get(reverse("plans:one_page", args=[plan.pk]))


def test_it_joins_what_changed_and_what_was_done(client, action, add, head, analyst):
    add(text="Open a desk", time_frame="May 2026")
    put_forward(action.plan, **ADOPTED, note="Minute 4", by=head)
    draft = keep_assessment(example(), action.plan.partnership, by=analyst)
    for finding in draft.content.findings:
        decide(draft, finding, "accepted", by=head)
    before = page(client, action.plan).content.decode()
    assert "No assessment of this area is published" in before
    publish(draft, by=head)
    told = page(client, action.plan).content.decode()
    assert "No assessment of this area is published" not in told
    assert reverse("assessments:show", args=[draft.pk]) in told
    assert "It was due by 31 May 2026, never reported." in told


def test_a_change_is_told_once_though_two_findings_have_it(
    client, action, head, analyst
):
    put_forward(action.plan, **ADOPTED, note="Minute 4", by=head)
    fell = burglary_fell()
    each = replace(fell.measure, name="by ward", title="Each ward")
    other = replace(fell.measure, name="by hour", title="Burglary at night")
    told_twice = example(
        fell,
        replace(fell, measure=each),
        replace(fell, measure=other, change=-0.2),
    )
    draft = keep_assessment(told_twice, action.plan.partnership, by=analyst)
    for finding in draft.content.findings:
        decide(draft, finding, "accepted", by=head)
    publish(draft, by=head)
    told = page(client, action.plan).content.decode()
    assert ">Burglary</a>" in told
    assert "Burglary at night" in told
    assert "Each ward" not in told


def test_it_speaks_of_the_version_in_force_and_not_of_drafts(client, action, head):
    assert page(client, action.plan).status_code == 404
    put_forward(action.plan, **ADOPTED, note="Minute 4", by=head)
    change_action(action, seen=1, by=head, text="Not agreed yet")
    client.force_login(head)
    assert "Not agreed yet" not in page(client, action.plan).content.decode()
