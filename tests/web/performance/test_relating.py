"""What the page of an action says of its indicators and targets."""

import pytest
from django.urls import reverse
from web.performance.conftest import QUIET
from web.performance.targets_by_hand import BURGLARY

from saferplan.web.performance.services.targets import add_target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_the_page_of_an_action_leads_to_its_indicators_and_targets(
    client, indicator, fill, action, head
):
    plan = action.plan
    fill(indicator, QUIET)
    indicator.actions.add(action)
    target = add_target(plan.partnership, by=head, action=action, **BURGLARY)
    client.force_login(head)
    page = client.get(reverse("plans:action", args=[plan.pk, action.pk]))
    said = " ".join(page.text.split())
    assert "50 offences, September 2026. No change beyond chance" in said
    assert reverse("performance:show", args=[indicator.pk]) in said
    assert target.verdicts.get().headline in said
    assert reverse("performance:target", args=[target.pk]) in said


def test_an_action_that_no_indicator_follows_says_so(client, action, head):
    client.force_login(head)
    page = client.get(reverse("plans:action", args=[action.plan_id, action.pk]))
    assert "No measure, and no indicator." in page.text
