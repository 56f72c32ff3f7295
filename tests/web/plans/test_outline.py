"""A plan's own words, strands and themes, changed after it was made."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse
from web.plans.conftest import ADOPTED

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.plans.contents import contents_of
from saferplan.web.plans.models import Plan, Version
from saferplan.web.plans.services.answering import answer_check
from saferplan.web.plans.services.changing import (
    add_strand,
    make_plan,
    remove_action,
)
from saferplan.web.plans.services.outlining import (
    PartChanged,
    add_part,
    change_part,
    change_plan,
    go_back_to,
    move_part,
    take_out_part,
)
from saferplan.web.plans.services.putting_forward import put_forward

pytestmark = pytest.mark.django_db


def now(plan):
    return Plan.objects.get(pk=plan.pk)


def titles(plan, kind="strands"):
    return [each.title for each in getattr(plan, kind).standing()]


@pytest.fixture
def second(plan, strand, head):
    return add_strand(plan, title="Burglary", by=head)


def send(client, name, *arguments, **said):
    return client.post(reverse(f"plans:{name}", args=arguments), said, follow=True)


def words(plan, **changed):
    """What the form of a plan's own words sends."""
    return {
        "title": plan.title,
        "begins": plan.begins.isoformat(),
        "ends": plan.ends.isoformat(),
        "level": plan.level,
        "every": plan.every,
        "seen": plan.edition,
        **changed,
    }


def test_a_plan_gets_other_words_and_the_earlier_ones_are_kept(plan, head):
    changed = change_plan(plan, seen=1, by=head, title="Other", level="sub-regional")
    assert (changed.title, changed.level, changed.edition) == (
        *("Other", "sub-regional"),
        2,
    )
    kept = [each.outline["plan"]["title"] for each in plan.revisions.all()]
    assert kept == ["Other", "Safer Example Plan"]
    event = Event.objects.order_by("-number").first()
    assert (event.what, event.by) == ("changed a plan", head)


def test_the_same_words_again_are_no_change(plan, head):
    events = Event.objects.count()
    assert change_plan(plan, seen=1, by=head, title=plan.title).edition == 1
    assert Event.objects.count() == events


def test_the_second_of_two_sees_what_the_first_wrote(plan, head, analyst):
    change_plan(plan, seen=1, by=head, title="The head's title")
    with pytest.raises(PartChanged, match="The head") as clash:
        change_plan(plan, seen=1, by=analyst, title="The analyst's title")
    assert clash.value.theirs["title"] == "The head's title"
    assert now(plan).title == "The head's title"


def test_two_people_change_different_parts_and_both_are_saved(
    plan, strand, second, head, analyst
):
    seen = now(plan).edition
    change_part(plan, "strands", strand.pk, seen=seen, by=head, title="Knives")
    change_part(plan, "strands", second.pk, seen=seen, by=analyst, title="Theft")
    change_plan(plan, seen=seen, by=head, purpose="Fewer people harmed.")
    assert titles(plan) == ["Knives", "Theft"]
    with pytest.raises(PartChanged):
        change_part(plan, "strands", strand.pk, seen=seen, by=analyst, title="Mine")


def test_strands_and_themes_change_places(plan, strand, second, head):
    move_part(plan, "strands", second.pk, up=True, by=head)
    assert titles(plan) == ["Burglary", "Violence"]
    edition = now(plan).edition
    move_part(plan, "strands", second.pk, up=True, by=head)  # it is first already
    assert now(plan).edition == edition
    first = plan.themes.first()
    move_part(plan, "themes", first.pk, up=False, by=head)
    assert titles(plan, "themes")[:2] == ["Prevention", "Awareness raising"]


def test_answers_follow_the_actions_of_a_strand_that_moves(plan, second, add, head):
    add()
    answer_check(plan, "no lead: 1.1", reason="The county leads.", by=head)
    answer_check(plan, "heading and content: strand 2", reason="New.", by=head)
    move_part(plan, "strands", second.pk, up=True, by=head)
    stands = plan.answers.latest_each()
    assert {key: each.reason for key, each in stands.items()} == {
        "no lead: 2.1": "The county leads.",
        "heading and content: strand 1": "New.",
    }


def test_only_what_is_empty_is_taken_out_and_it_can_be_had_again(
    plan, strand, second, add, head
):
    action = add()
    with pytest.raises(NotAllowed, match="1 action stands in the strand"):
        take_out_part(plan, "strands", strand.pk, by=head)
    with pytest.raises(NotAllowed, match="in the theme"):
        take_out_part(plan, "themes", action.theme_id, by=head)
    remove_action(action, reason="Done by the county.", by=head)
    take_out_part(plan, "strands", strand.pk, by=head)
    assert titles(plan) == ["Burglary"]
    assert plan.strands.get(title="Burglary").number == 1
    with pytest.raises(NotAllowed, match="taken out"):
        change_part(plan, "strands", strand.pk, seen=1, by=head, title="Else")
    plan = now(plan)
    before = plan.revisions.all()[1].number
    go_back_to(plan, before, seen=plan.edition, by=head)
    assert titles(plan) == ["Violence", "Burglary"]


def test_an_outline_without_what_holds_actions_is_not_gone_back_to(plan, add, head):
    add()
    with pytest.raises(NotAllowed, match="1 action stands"):
        go_back_to(plan, 1, seen=now(plan).edition, by=head)


def test_a_strand_is_not_added_twice(plan, strand, head):
    with pytest.raises(NotAllowed, match="called violence already"):
        add_part(plan, "strands", title="violence", by=head)


def test_plans_are_not_above_each_other(plan, partnership, head):
    other = make_plan(
        partnership, title="Other", begins=plan.begins, ends=plan.ends, by=head
    )
    change_plan(plan, seen=1, by=head, parent=other)
    with pytest.raises(NotAllowed, match="above itself"):
        change_plan(other, seen=1, by=head, parent=now(plan))


def test_an_adopted_version_keeps_the_outline_it_had(plan, strand, action, head):
    version = put_forward(plan, **ADOPTED, note="Minute 4", by=head)
    change_plan(plan, seen=now(plan).edition, by=head, title="Other")
    change_part(
        plan, "strands", strand.pk, seen=now(plan).edition, by=head, title="Knives"
    )
    kept = Version.objects.get(pk=version.pk).content
    assert kept["title"] == "Safer Example Plan"
    assert kept["strands"][0]["title"] == "Violence"


def test_the_page_notices_other_names_of_bodies_strands_and_the_plan_above(
    plan, strand, action, council, partnership, head
):
    above = make_plan(
        partnership, title="The Mayor's", begins=plan.begins, ends=plan.ends, by=head
    )
    change_plan(plan, seen=now(plan).edition, by=head, parent=above)

    def said():
        found = contents_of(now(plan))
        (theme, *_) = found["strands"][0]["themes"]
        return found["parent"], theme["title"], theme["actions"][0]["lead"]

    assert said() == ("The Mayor's", "Awareness raising", "Example Council")
    council.name = "Another Council"
    council.save()
    change_plan(above, seen=1, by=head, title="The Mayor's new one")
    theme = plan.themes.first()
    seen = now(plan).edition
    change_part(plan, "themes", theme.pk, seen=seen, by=head, title="Telling")
    assert said() == ("The Mayor's new one", "Telling", "Another Council")


def test_partner_leads_see_the_outline_and_change_nothing(client, plan, partner_lead):
    client.force_login(partner_lead)
    page = client.get(reverse("plans:outline", args=[plan.pk])).content.decode()
    assert "Awareness raising" in page
    assert "Move down" not in page


def test_the_outline_is_changed_through_its_pages(client, plan, strand, second, head):
    client.force_login(head)
    plan = now(plan)
    page = send(client, "change", plan.pk, **words(plan, title="New", means="50000"))
    assert "Title: Safer Example Plan became New" in page.content.decode()
    assert "£50,000" in page.content.decode()
    page = send(client, "move_part", plan.pk, "strands", second.pk, to="up")
    assert "Another order of the strands" in page.content.decode()
    page = send(client, "theme", plan.pk, title="Recovery")
    assert "New theme: Recovery" in page.content.decode()
    page = send(client, "theme", plan.pk, title="recovery")
    assert page.status_code == 422
    assert "called recovery already" in page.content.decode()
    page = send(client, "take_out_part", plan.pk, "strands", strand.pk)
    assert "An earlier outline brings it back." in page.content.decode()
    page = send(client, "outline_back", plan.pk, now(plan).edition - 1)
    assert titles(plan) == ["Burglary", "Violence"]
    page = send(client, "change", plan.pk, **words(now(plan), ends="2020-01-01"))
    assert page.status_code == 422
    assert "must end after it begins" in page.content.decode()


def test_what_is_left_empty_says_what_to_write(client, plan, strand, action, head):
    client.force_login(head)
    for name, place, told in (
        ("change", [plan.pk], "Give the first day of the plan."),
        ("strand", [plan.pk], "Give the strand a title."),
        ("theme", [plan.pk], "Give the theme a title."),
        ("edit", [plan.pk, action.pk], "Write what will be done."),
        ("add_task", [plan.pk, action.pk], "Write what the next step is."),
        ("remove", [plan.pk, action.pk], "Say why. Others will ask."),
        ("forward", [plan.pk], "Give the day it was agreed."),
    ):
        chosen = {"every": "P3M", "level": "borough", "seen": 1, "state": "consulted"}
        page = send(client, name, *place, text=" ", title=" ", on="", **chosen)
        assert page.status_code == 422
        assert told in page.text, name
        assert "This field is required" not in page.text, name


def test_the_second_editor_sees_both_and_saves_knowing_theirs(
    client, plan, strand, head, analyst
):
    client.force_login(analyst)
    address = reverse("plans:change_strand", args=[plan.pk, strand.pk])
    seen = now(plan).edition
    assert f'name="seen" value="{seen}"' in client.get(address).content.decode()
    change_part(plan, "strands", strand.pk, seen=seen, by=head, title="The head’s")
    mine = {"title": "The analyst’s", "scope": "At home.", "seen": seen}
    answer = client.post(address, mine)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "The head’s" in told
    assert "The analyst’s" in told
    assert f'name="seen" value="{seen + 1}"' in told
    client.post(address, {**mine, "seen": seen + 1})
    assert titles(plan) == ["The analyst’s"]


@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_once_leave_one_truth_and_lose_no_words(plan, head):
    def edit(number):
        try:
            change_plan(plan, seen=1, by=head, title=f"Title of {number}")
        except PartChanged as clash:
            return clash.theirs["title"]
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(8) as together:
        ends = list(together.map(edit, range(20)))
    assert ends.count(None) == 1
    truth = f"Title of {ends.index(None)}"
    assert set(ends) == {None, truth}
    assert (now(plan).title, now(plan).edition) == (truth, 2)


def test_an_action_moves_with_the_answers_about_it(
    client, plan, strand, second, add, head
):
    first, other = add(), add(text="Fit locks")
    answer_check(plan, f"no lead: {other.name}", reason="The county leads.", by=head)
    client.force_login(head)
    theme = plan.themes.get(title="Prevention")
    said = {"strand": second.pk, "theme": theme.pk, "seen": 1}
    page = send(client, "move", plan.pk, other.pk, **said)
    assert "It is action 2.1 now." in page.content.decode()
    assert plan.answers.latest_each().keys() == {"no lead: 2.1"}
    assert first.name == "1.1"
    again = send(client, "move", plan.pk, other.pk, **{**said, "strand": strand.pk})
    assert again.status_code == 422
    assert "has changed this action since" in again.content.decode()
