"""The level advisor on the site."""

import pytest
from django.urls import reverse

from saferplan.definitions import levels
from saferplan.web.plans.services.changing import change_action
from saferplan.web.plans.views.levels import answers_as_typed

pytestmark = pytest.mark.django_db


def page_of(client, action, **query):
    address = reverse("plans:level", args=[action.plan_id, action.pk])
    return client.get(address, query)


@pytest.mark.parametrize("problem", levels().values(), ids=lambda each: each.name)
def test_each_problem_of_the_founding_responses_gets_its_level(client, head, problem):
    client.force_login(head)
    query = answers_as_typed(problem.answers)
    page = client.get(reverse("plans:advisor"), query)
    assert any(f"Advice: {each}</h2>" in page.text for each in problem.label)


def test_nothing_is_asked_for_and_nothing_advised_at_first(client, head, action):
    client.force_login(head)
    page = page_of(client, action)
    assert "Advice:" not in page.text
    assert "How many cases cross a border of the borough?" in page.text
    assert "Put the action at this level" not in page.text


def test_the_reasons_are_given_and_an_unknown_counts_for_nothing(client, head, action):
    client.force_login(head)
    page = page_of(
        client, action, crossing="most", frequency="occasional", specialist="yes"
    )
    assert "Advice: pan-London" in page.text
    assert "It does not respect borough boundaries." in page.text
    assert "The skills are too scarce for every borough." in page.text
    assert "Not known, and so not counted: differences" in page.text
    assert "The law may settle it whatever the points say." in page.text


def test_one_level_is_suggested_and_of_two_none(client, head, action):
    client.force_login(head)
    query = {"crossing": "most", "frequency": "occasional", "specialist": "yes"}
    assert 'value="pan-London" checked' in page_of(client, action, **query).text
    query = {"crossing": "few", "frequency": "common", "local_knowledge": "yes"}
    page = page_of(client, action, **query)
    assert "Advice: neighbourhood or borough" in page.text
    assert " checked" not in page.text


def test_two_answers_are_no_advice(client, head, action):
    client.force_login(head)
    page = page_of(client, action, crossing="most", specialist="yes")
    assert "Advice: cannot tell" in page.text


def test_an_answer_that_is_none_is_refused_and_the_others_kept(client, head, action):
    client.force_login(head)
    page = page_of(client, action, crossing="sometimes", specialist="yes")
    assert page.status_code == 422
    assert "sometimes is not one of the available choices" in page.text
    assert '<option value="yes" selected' in page.text


def test_looking_at_advice_stores_nothing(client, head, action):
    client.force_login(head)
    page_of(client, action, crossing="most", frequency="rare", specialist="yes")
    action.refresh_from_db()
    assert (action.level, action.edition) == ("", 1)


def test_the_level_is_saved_onto_the_action_as_a_new_edition(client, head, action):
    client.force_login(head)
    address = reverse("plans:level", args=[action.plan_id, action.pk])
    page = client.post(
        f"{address}?crossing=most", {"level": "pan-London", "seen": action.edition}
    )
    assert page["Location"] == reverse("plans:action", args=[action.plan_id, action.pk])
    action.refresh_from_db()
    assert (action.level, action.edition) == ("pan-London", 2)
    assert action.revisions.latest("number").by == head


def test_somebody_elses_change_is_not_overwritten(client, head, analyst, action):
    change_action(action, seen=1, by=analyst, text="Other words")
    client.force_login(head)
    address = reverse("plans:level", args=[action.plan_id, action.pk])
    page = client.post(address, {"level": "borough", "seen": 1})
    assert page.status_code == 422
    assert "has changed this action since you opened it" in page.text
    action.refresh_from_db()
    assert action.level == ""


def test_a_level_must_be_chosen(client, head, action):
    client.force_login(head)
    address = reverse("plans:level", args=[action.plan_id, action.pk])
    page = client.post(f"{address}?crossing=few&frequency=common", {"seen": 1})
    assert page.status_code == 422
    assert "Choose a level." in page.text


def test_those_who_may_not_change_the_plan_are_only_advised(
    client, partner_lead, action
):
    client.force_login(partner_lead)
    query = {"crossing": "few", "frequency": "common", "local_knowledge": "yes"}
    page = page_of(client, action, **query)
    assert "Advice: neighbourhood or borough" in page.text
    assert "Put the action at this level" not in page.text
    address = reverse("plans:level", args=[action.plan_id, action.pk])
    refused = client.post(address, {"level": "borough", "seen": 1})
    assert refused.status_code == 403


def test_the_action_links_to_its_advisor(client, head, action):
    client.force_login(head)
    page = client.get(reverse("plans:action", args=[action.plan_id, action.pk]))
    assert reverse("plans:level", args=[action.plan_id, action.pk]) in page.text


def test_the_reasons_are_taken_away(client, head):
    client.force_login(head)
    address = reverse("plans:level_table", args=["csv"])
    table = client.get(address, {"crossing": "most"}).content.decode("utf-8-sig")
    assert "It does not respect borough boundaries." in table
    assert table.count("Not known.") == 8
