"""What is new and what is due."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from saferplan.definitions import duties, glossary
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.home.due import duties_by_area, how_often, what_is_due
from saferplan.web.navigation import ENTRIES


def test_what_is_due_is_in_order_and_counts_the_days():
    due = what_is_due(date(2026, 3, 30))
    assert [item.on for item in due] == sorted(item.on for item in due)
    plan = next(item for item in due if item.duty.name == "revise-plan")
    assert (plan.on, plan.days_left) == (date(2026, 3, 31), 1)


def test_a_duty_is_due_on_its_day_and_next_year_from_the_day_after():
    def days_to_plan(today):
        due = what_is_due(today)
        return next(i.days_left for i in due if i.duty.name == "revise-plan")

    assert days_to_plan(date(2026, 3, 31)) == 0
    assert days_to_plan(date(2026, 4, 1)) == 364


def test_a_duty_before_its_law_was_in_force_is_not_due():
    assert what_is_due(date(1990, 1, 1)) == []


def test_how_often_is_said_for_every_duty():
    for duty in duties().values():
        assert how_often(duty)[0].isupper()


def test_every_duty_in_force_is_on_the_page(client, db):
    page = client.get(reverse("home:duties")).text
    today = timezone.localdate()
    for area in duties_by_area(today).values():
        for duty in area:
            assert f'id="{duty.name}"' in page


def test_every_word_of_the_glossary_is_on_the_page(client, db):
    page = client.get(reverse("home:glossary")).text
    for term in glossary().values():
        assert f'id="{term.name}"' in page


def test_home_tells_a_councillor_what_is_new_and_what_is_due(
    client, councillor, analyst, partnership
):
    options = {"by": analyst, "partnership": partnership}
    record_event("loaded", "burglary", audience=Audience.MEMBERS, **options)
    record_event("noted", "for officers only", **options)
    client.force_login(councillor)
    page = client.get(reverse("home:front")).text
    assert "The analyst loaded" in page
    assert "for officers only" not in page
    assert duties()["revise-plan"].title in page


def test_a_stranger_reads_what_the_site_is_for_and_nothing_more(
    client, analyst, partnership
):
    record_event("loaded", "burglary", by=analyst, partnership=partnership)
    page = client.get(reverse("home:front")).text
    assert "Sign in" in page
    assert "burglary" not in page


def test_the_site_says_it_is_well(client, db):
    assert client.get(reverse("home:health")).text == "well\n"


def test_a_stranger_finds_what_anybody_can_read_and_no_more(client, db):
    page = client.get(reverse("home:front")).text
    for name in ("plans:all", "performance:standards", "assessments:all"):
        assert f'href="{reverse(name)}"' in page
    for name in ("home:record", "partnerships:people", "assessments:evidence"):
        assert f'href="{reverse(name)}"' not in page


def test_somebody_without_a_role_is_not_asked_to_sign_in_again(client, no_role):
    client.force_login(no_role)
    page = client.get(reverse("home:front")).text
    assert reverse("plans:all") in page
    assert f'href="{reverse("account_login")}"' not in page


def test_every_page_of_the_navigation_has_a_title_of_the_same_size(client, head):
    client.force_login(head)
    for name in (*(each.page for each in ENTRIES), "plans:duties", "home:duties"):
        assert '<h1 class="govuk-heading-xl">' in client.get(reverse(name)).text, name
