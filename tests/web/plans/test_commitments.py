"""A strategy's commitments: corrected, added and taken out as its actions are."""

import pytest
from django.urls import reverse
from web.plans.conftest import ADOPTED

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.plans.contents import contents_of
from saferplan.web.plans.models import Commitment, Plan, Version
from saferplan.web.plans.services.answering import align, answer_check, set_parent
from saferplan.web.plans.services.changing import make_plan
from saferplan.web.plans.services.committing import (
    add_commitment,
    change_commitment,
    go_back,
    put_back,
    remove_commitment,
)
from saferplan.web.plans.services.outlining import (
    PartChanged,
    add_part,
    change_part,
    take_out_part,
)
from saferplan.web.plans.services.putting_forward import put_forward

pytestmark = pytest.mark.django_db

VAGUE = "Work with partners to improve trust."
COUNTED = "Open two advice centres in the borough."


@pytest.fixture
def strategy(partnership, plan, head):
    return make_plan(
        partnership, title="The Mayor's", begins=plan.begins, ends=plan.ends, by=head
    )


@pytest.fixture
def promised(strategy, head):
    """Three commitments in two lists: 1.1, 1.2 and 2.1."""
    under = (("Streets", VAGUE), ("Streets", "Be seen."), ("Courts", "Build one."))
    return [
        add_commitment(strategy, section=section, text=text, by=head)
        for section, text in under
    ]


@pytest.fixture
def send(client, head):
    client.force_login(head)

    def sending(name, *arguments, **said):
        address = reverse(f"plans:{name}", args=arguments)
        return client.post(address, said, follow=True)

    return sending


def now(row):
    return type(row).objects.get(pk=row.pk)


def told(plan):
    """What the plan being written promises, in its order."""
    return [(each["name"], each["text"]) for each in contents_of(plan)["commitments"]]


def test_a_commitment_is_added_last_of_its_list(strategy, promised, head):
    assert [each.name for each in promised] == ["1.1", "1.2", "2.1"]
    added = add_commitment(strategy, section="Streets", text=COUNTED, by=head)
    assert (added.name, added.verdict) == ("1.3", "measurable")
    assert [name for name, _ in told(strategy)] == ["1.1", "1.2", "1.3", "2.1"]
    numbers = strategy.commitments.values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_other_words_get_the_verdict_that_they_deserve(promised, head):
    first = promised[0]
    assert first.verdict == "not measurable"
    changed = change_commitment(first, seen=1, text=COUNTED, by=head)
    assert (changed.edition, changed.verdict) == (2, "measurable")
    assert "“two advice centres" in changed.why
    assert [each.text for each in first.revisions.all()] == [COUNTED, VAGUE]
    event = Event.objects.order_by("-number").first()
    assert (event.what, event.by) == ("changed a commitment", head)


def test_the_same_words_again_are_no_change(promised, head):
    events = Event.objects.count()
    assert change_commitment(promised[0], seen=1, text=VAGUE, by=head).edition == 1
    assert Event.objects.count() == events


def test_the_second_of_two_sees_what_the_first_wrote(promised, head, analyst):
    change_commitment(promised[0], seen=1, text="The head's", by=head)
    with pytest.raises(PartChanged, match="The head") as clash:
        change_commitment(promised[0], seen=1, text="The analyst's", by=analyst)
    assert clash.value.theirs == {"text": "The head's"}
    assert now(promised[0]).text == "The head's"


def test_an_earlier_wording_can_be_had_again(promised, head):
    changed = change_commitment(promised[0], seen=1, text=COUNTED, by=head)
    again = go_back(changed, 1, seen=2, by=head)
    assert (again.text, again.edition, again.verdict) == (VAGUE, 3, "not measurable")


def test_what_is_taken_out_is_asked_of_nobody_and_keeps_its_name(
    strategy, promised, add, head
):
    action = add(text=VAGUE)
    set_parent(action.plan, strategy, by=head)
    first, *_ = promised
    align(first, action, verdict="serves", by=head)
    with pytest.raises(NotAllowed, match="Say why"):
        remove_commitment(first, reason=" ", by=head)
    remove_commitment(first, reason="The law does it now.", by=head)
    assert [name for name, _ in told(strategy)] == ["1.2", "2.1"]
    with pytest.raises(NotAllowed, match="Put it back first"):
        change_commitment(first, seen=1, text="Else", by=head)
    added = add_commitment(strategy, section="Streets", text=COUNTED, by=head)
    assert added.name == "1.3"
    put_back(first, by=head)
    assert [name for name, _ in told(strategy)] == ["1.1", "1.2", "1.3", "2.1"]


def test_an_adopted_version_keeps_the_commitment_it_had(strategy, promised, head):
    version = put_forward(strategy, **ADOPTED, note="Published", by=head)
    change_commitment(promised[0], seen=1, text=COUNTED, by=head)
    remove_commitment(promised[1], reason="Done.", by=head)
    kept = Version.objects.get(pk=version.pk).content["commitments"]
    assert [each["text"] for each in kept] == [VAGUE, "Be seen.", "Build one."]
    assert [text for _, text in told(strategy)] == [COUNTED, "Build one."]


def test_commitments_follow_their_heading_and_hold_it(strategy, head):
    strand = add_part(strategy, "strands", title="Streets", by=head)
    held = add_commitment(strategy, section="Streets", text=VAGUE, by=head)
    seen = Plan.objects.get(pk=strategy.pk).edition
    change_part(
        strategy, "strands", strand.pk, seen=seen, title="Safer streets", by=head
    )
    assert now(held).section == "Safer streets"
    with pytest.raises(NotAllowed, match="1 commitment stands in the strand"):
        take_out_part(strategy, "strands", strand.pk, by=head)
    remove_commitment(held, reason="Done.", by=head)
    take_out_part(strategy, "strands", strand.pk, by=head)


def test_an_answer_about_a_commitment_is_not_one_about_an_action(
    client, plan, add, head
):
    add(text="Improve trust")
    add_commitment(plan, section="Streets", text=VAGUE, by=head)
    answer_check(plan, "not measurable: 1.1", reason="Of the action.", by=head)
    client.force_login(head)
    page = client.get(reverse("plans:checks", args=[plan.pk])).text
    _, asked = page.split('id="not-measurable"')
    asked = asked.split("</section>")[0]
    assert asked.count("Of the action.") == 1
    assert "Commitment 1.1</a> Work with partners" in " ".join(asked.split())


def test_a_commitment_is_written_through_its_pages(client, strategy, promised, send):
    plan = strategy.pk
    page = send("add_commitment", plan, text=COUNTED).text
    assert "Say under which heading." in page
    assert COUNTED in page
    page = send("add_commitment", plan, section="Streets", text=" ").text
    assert "Write what is promised." in page
    both = send(
        "add_commitment", plan, text=COUNTED, section="Streets", new_section="Homes"
    )
    assert both.status_code == 422
    assert "not both" in both.text
    page = send("add_commitment", plan, text=COUNTED, new_section="Homes").text
    assert "Commitment 3.1 was added." in page
    first = promised[0].pk
    page = send("change_commitment", plan, first, text="Visit all.", seen=1).text
    assert "The commitment was changed." in page
    assert "Go back to edition 1" in page
    assert f"commitments/{first}/editions/1/#earlier" in page
    send("commitment_back", plan, first, 1)
    assert now(promised[0]).text == VAGUE
    assert (
        "Why?"
        in client.get(reverse("plans:remove_commitment", args=[plan, first])).text
    )
    page = send("remove_commitment", plan, first, reason="The law does it.").text
    assert f"1.1 {VAGUE}</a>: The law does it." in page
    page = send("put_back_commitment", plan, first).text
    assert "Commitment 1.1 is in the plan again." in page


def test_the_second_editor_sees_both_and_saves_knowing_theirs(
    client, strategy, promised, send, analyst
):
    change_commitment(promised[0], seen=1, text="The analyst’s words", by=analyst)
    mine = {"text": "The head’s words", "seen": 1}
    page = send("change_commitment", strategy.pk, promised[0].pk, **mine)
    assert page.status_code == 409
    assert "The analyst’s words" in page.text
    assert "The head’s words" in page.text
    assert 'name="seen" value="2"' in page.text
    send("change_commitment", strategy.pk, promised[0].pk, **{**mine, "seen": 2})
    assert now(promised[0]).text == "The head’s words"


def test_partner_leads_read_a_commitment_and_change_nothing(
    client, strategy, promised, partner_lead
):
    client.force_login(partner_lead)
    page = client.get(reverse("plans:commitment", args=[strategy.pk, promised[0].pk]))
    assert VAGUE in page.text
    assert "Change its words" not in page.text
    assert Commitment.objects.count() == 3
