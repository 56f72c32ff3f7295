"""A figure on its way from whoever returns it to everybody who reads it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.partnerships.models import Membership, Organisation
from saferplan.web.performance.figures import figures_of
from saferplan.web.performance.models import Return
from saferplan.web.performance.services.keeping import change_indicator
from saferplan.web.performance.services.returning import (
    Entry,
    approve,
    approve_all,
    give,
    give_all,
    send_back,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

JUNE = date(2026, 6, 1)
JULY = date(2026, 7, 1)


def test_a_figure_is_returned_by_one_and_approved_by_another(
    indicator, partner_lead, head
):
    given = give(indicator, Entry(JUNE, value=52), by=partner_lead)
    assert figures_of(indicator, protected=False) == []
    approve(given, by=head)
    (figure, *rest) = figures_of(indicator, protected=False)
    assert (figure.label, figure.value) == ("June 2026", 52)
    assert [each.state for each in rest] == ["not reported", "not reported"]
    stands = figure.stands
    assert (stands.returned_by, stands.approved_by) == (partner_lead, head)
    assert [event.what for event in Event.objects.order_by("-number")[:2]] == [
        *("approved", "returned")
    ]


def test_nobody_approves_what_they_returned(indicator, head, analyst):
    given = give(indicator, Entry(JUNE, value=52), by=head)
    with pytest.raises(NotAllowed, match="Somebody else must approve"):
        approve(given, by=head)
    approve(given, by=analyst)


def test_only_the_owner_returns_and_only_the_analyst_or_head_approve(
    indicator, partner_lead, vcse_officer, councillor, partnership
):
    police = Organisation.objects.create(name="Example Police", kind="police")
    partnership.organisations.add(police)
    Membership.objects.filter(person=partner_lead).update(organisation=police)
    partner_lead.refresh_from_db()
    with pytest.raises(NotAllowed, match="returned by Example Council, not by Exam"):
        give(indicator, Entry(JUNE, value=52), by=partner_lead)
    with pytest.raises(NotAllowed, match="This is for"):
        give(indicator, Entry(JUNE, value=52), by=councillor)
    given = give(indicator, Entry(JUNE, value=52), by=vcse_officer)
    with pytest.raises(NotAllowed, match="head of community safety or the analyst"):
        approve(given, by=partner_lead)


def test_the_database_refuses_to_change_or_remove_an_approved_figure(
    indicator, partner_lead, head
):
    given = approve(give(indicator, Entry(JUNE, value=52), by=partner_lead), by=head)
    for change in (
        lambda: Return.objects.filter(pk=given.pk).update(value=10),
        lambda: Return.objects.filter(pk=given.pk).update(state="draft"),
    ):
        with (
            pytest.raises(DatabaseError, match="cannot be changed"),
            transaction.atomic(),
        ):
            change()
    given.refresh_from_db()
    assert given.value == 52


def test_a_correction_stands_once_approved_and_the_old_figure_is_kept(
    indicator, partner_lead, head
):
    approve(give(indicator, Entry(JUNE, value=52), by=partner_lead), by=head)
    with pytest.raises(NotAllowed, match="why the approved figure was wrong"):
        give(indicator, Entry(JUNE, value=25), by=partner_lead)
    again = Entry(JUNE, value=25, note="Digits were swapped.")
    correction = give(indicator, again, by=partner_lead)
    assert figures_of(indicator, protected=False)[0].value == 52
    approve(correction, by=head)
    figure = figures_of(indicator, protected=False)[0]
    assert (figure.value, figure.note) == (25, "Digits were swapped.")
    assert [each.value for each in figure.earlier] == [52]


def test_a_figure_sent_back_is_a_draft_again_with_the_reason(
    indicator, partner_lead, head
):
    given = give(indicator, Entry(JUNE, value=520), by=partner_lead)
    with pytest.raises(NotAllowed, match="what is wrong"):
        send_back(given, why=" ", by=head)
    send_back(given, why="Ten times as many as usual.", by=head)
    with pytest.raises(NotAllowed, match="does not wait"):
        approve(given, by=head)
    again = give(indicator, Entry(JUNE, value=52), by=partner_lead)
    assert again.pk == given.pk
    assert again.sent_back == "Ten times as many as usual."
    assert approve(again, by=head).value == 52


def test_a_draft_may_be_empty_but_what_is_returned_says_why(indicator, partner_lead):
    give(indicator, Entry(JUNE), by=partner_lead, draft=True)
    with pytest.raises(NotAllowed, match="why there is none"):
        give(indicator, Entry(JUNE), by=partner_lead)
    give(indicator, Entry(JUNE, note="The system was down."), by=partner_lead)


def test_a_period_without_a_figure_is_not_reported_though_the_reason_is_approved(
    indicator, partner_lead, head
):
    none = Entry(JUNE, note="The system was down.")
    approve(give(indicator, none, by=partner_lead), by=head)
    figure = figures_of(indicator, protected=False)[0]
    assert (figure.state, figure.value) == ("not reported", None)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (Entry(date(2026, 10, 1), value=3), "October 2026 is not over yet"),
        (Entry(date(2026, 6, 15), value=3), "No period of Burglary begins on"),
        (Entry(JUNE, value=-1), "-1 is not a count"),
        (Entry(JUNE, value=2.5), "2.5 is not a count"),
    ],
)
def test_what_cannot_be_is_refused(indicator, partner_lead, entry, reason):
    with pytest.raises(NotAllowed, match=reason):
        give(indicator, entry, by=partner_lead)


def test_a_ratio_needs_both_counts_and_is_worked_out(share, partner_lead):
    given = give(share, Entry(JUNE, 30, 40), by=partner_lead)
    assert given.value == 75
    with pytest.raises(NotAllowed, match="Give both counts"):
        give(share, Entry(JULY, 30), by=partner_lead)
    with pytest.raises(NotAllowed, match="50 out of 40 is more than all"):
        give(share, Entry(JULY, 50, 40), by=partner_lead)
    with pytest.raises(NotAllowed, match="why there is none"):
        give(share, Entry(JULY, 0, 0), by=partner_lead)
    nobody = give(share, Entry(JULY, 0, 0, note="Nobody was asked."), by=partner_lead)
    assert nobody.value is None


def test_a_locked_period_takes_neither_a_return_nor_an_approval(
    indicator, partner_lead, head
):
    given = give(indicator, Entry(JUNE, value=52), by=partner_lead)
    change_indicator(indicator, by=head, locked_through=date(2026, 6, 30))
    for attempt in (
        lambda: give(indicator, Entry(JUNE, value=3), by=partner_lead),
        lambda: approve(given, by=head),
    ):
        with pytest.raises(NotAllowed, match="June 2026 is locked"):
            attempt()
    give(indicator, Entry(JULY, value=3), by=partner_lead)


def test_several_figures_are_put_in_together_or_not_at_all(
    indicator, share, partner_lead, head, analyst
):
    entries = [(indicator, Entry(JUNE, value=52)), (share, Entry(JUNE, 5, 4))]
    refused = give_all(entries, by=partner_lead, draft=False)
    assert refused.keys() == {1}
    assert not Return.objects.exists()
    assert not Event.objects.filter(what="returned").exists()
    entries[1] = (share, Entry(JUNE, 4, 5))
    assert give_all(entries, by=partner_lead, draft=False) == {}
    own = give(indicator, Entry(JULY, value=50), by=head)
    with pytest.raises(NotAllowed):
        approve_all(Return.objects.all(), by=head)
    assert not Return.objects.approved().exists()
    assert approve_all(Return.objects.all(), by=analyst) == 3
    assert own.pk in Return.objects.approved().values_list("pk", flat=True)


def test_two_returns_in_hand_for_a_period_cannot_be(indicator, partner_lead):
    given = give(indicator, Entry(JUNE, value=52), by=partner_lead)
    given.pk, given.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        given.save()


def test_what_an_indicator_counts_stays_once_figures_are_approved(
    indicator, partner_lead, head
):
    change_indicator(indicator, by=head, unit="homes")
    approve(give(indicator, Entry(JUNE, value=52), by=partner_lead), by=head)
    change_indicator(indicator, by=head, caveats="Sheds are not homes.")
    with pytest.raises(NotAllowed, match="Add another indicator"):
        change_indicator(indicator, by=head, unit="offences")
