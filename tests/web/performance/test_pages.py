"""The pages of indicators: who sees what, and what was typed is kept."""

from datetime import date

import pytest
from django.urls import reverse
from web.performance.conftest import QUIET

from saferplan.web.core.models import Event, Job
from saferplan.web.performance.forms import IndicatorForm
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.services.keeping import change_indicator
from saferplan.web.performance.services.returning import Entry, give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

THIRD = "2026-07-01"


def address(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


def words(response):
    return " ".join(response.content.decode().split())


def typed_in(**more):
    return {
        "title": "Robbery",
        "definition": "Robberies of people.",
        "kind": "count",
        "per": "100",
        "unit": "offences",
        "decimals": "0",
        "polarity": "down",
        "frequency": "month",
        "roll_up": "sum",
        "due_after": "30",
        "source": "return",
        **more,
    }


def test_a_resident_reads_the_sheet_of_a_public_indicator(client, indicator, fill):
    fill(indicator, QUIET)
    said = words(client.get(address("show", indicator.pk)))
    for part in (
        "50 offences, September 2026",
        "No change beyond chance",
        "Homes broken into.",
        "A line of 24 periods from October 2024",
        "15 October 2026",
    ):
        assert part in said
    assert "The head of community safety, 15 October" not in said
    assert "Return figures" not in said
    everything = words(client.get(address("all")))
    assert "1 control chart on this page" in everything
    assert "Burglary" in everything


def test_those_inside_read_who_approved(client, indicator, fill, partner_lead):
    fill(indicator, QUIET)
    client.force_login(partner_lead)
    said = words(client.get(address("show", indicator.pk)))
    assert "The head of community safety, 15 October 2026" in said


def test_an_indicator_that_is_not_public_does_not_exist_outside(
    client, indicator, head, councillor, partner_lead
):
    change_indicator(indicator, by=head, public=False)
    for person, status in ((None, 404), (councillor, 404), (partner_lead, 200)):
        client.logout()
        if person:
            client.force_login(person)
        assert client.get(address("show", indicator.pk)).status_code == status
        assert (b"Burglary" in client.get(address("all")).content) == (status == 200)


def test_what_is_done_with_an_indicator_that_is_not_public_is_not_told_outside(
    add_one, councillor, analyst
):
    add_one(title="Not public", public=False)
    add_one(title="Public")
    read = {
        person: set(Event.objects.visible_to(person).values_list("subject", flat=True))
        for person in (councillor, analyst)
    }
    assert read[councillor] == {"Public"}
    assert read[analyst] == {"Public", "Not public"}


def test_a_small_count_is_in_no_page_or_file_for_those_outside(
    client, add_one, fill, head
):
    few = add_one(title="Few", hides_small=True)
    fill(few, [17, 3, 21])
    for person, seen in ((None, False), (head, True)):
        client.logout()
        if person:
            client.force_login(person)
        table = client.get(address("figures", few.pk, "csv")).content.decode()
        assert ("November 2024,3," in table) == seen
        assert ("November 2024,[x]" in table) != seen
        assert ("Hidden" in words(client.get(address("show", few.pk)))) != seen


def test_tables_are_taken_away_as_csv_and_ods(client, share, fill):
    fill(share, [(30, 40)])
    table = client.get(address("figures", share.pk, "csv")).content.decode("utf-8-sig")
    assert table.splitlines()[1].startswith("October 2024,75,30,40,approved,")
    assert client.get(address("table", "ods")).content.startswith(b"PK")
    fill(share, [(20, 40), (40, 40)], first=date(2024, 11, 1))
    table = client.get(address("quarters", share.pk, "csv")).content.decode("utf-8-sig")
    assert table.splitlines()[-1] == "October to December 2024,75,Not rated"
    assert client.get(address("figures", share.pk, "exe")).status_code == 404


def test_an_indicator_is_added_and_what_was_typed_is_kept_on_error(
    client, analyst, council
):
    client.force_login(analyst)
    wrong = typed_in(owner=council.pk, green_from="10", amber_from="5")
    page = client.post(address("make"), wrong)
    assert page.status_code == 422
    assert "Amber must be higher than green." in words(page)
    assert "Robberies of people." in words(page)
    right = {**wrong, "amber_from": "1,500", "public": "on"}
    assert client.post(address("make"), right).status_code == 302
    made = Indicator.objects.get()
    assert (made.amber_from, made.is_public, made.made_by) == (1500, True, analyst)
    again = client.post(address("make"), right)
    assert "There is an indicator of that name." in words(again)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"title": ""}, "Say what it is called."),
        ({"definition": ""}, "Say what exactly is counted."),
        ({"unit": ""}, "Say what it is counted in, such as offences."),
        ({"kind": "ratio"}, "Say what it is out of."),
        ({"green_from": "5"}, "Give both thresholds, or neither."),
        ({"green_from": "ten"}, "Type a number in digits"),
        (
            {"polarity": "neither", "green_from": "5", "amber_from": "9"},
            "What is green needs a better way.",
        ),
        ({"source": "evidence"}, "Say which evidence it is drawn from."),
        (
            {"source": "evidence", "dataset": "flagged_crime", "measure": "All"},
            "Its parts overlap",
        ),
    ],
)
def test_what_an_indicator_lacks_is_said(client, analyst, council, more, reason):
    client.force_login(analyst)
    page = client.post(address("make"), typed_in(owner=council.pk, **more))
    assert (page.status_code, reason in words(page)) == (422, True)


def test_an_indicator_with_figures_keeps_its_meaning_on_the_page(
    client, indicator, fill, head, council
):
    fill(indicator, QUIET)
    client.force_login(head)
    page = client.post(
        address("change", indicator.pk), typed_in(owner=council.pk, unit="homes")
    )
    assert "Add another indicator instead." in words(page)
    right = typed_in(owner=council.pk, caveats="Sheds are not homes.")
    client.post(address("change", indicator.pk), right)
    said = words(client.get(address("show", indicator.pk)))
    assert "Sheds are not homes." in said


def cell(indicator, month, part="value"):
    return f"i{indicator.pk}-2026{month:02}-{part}"


def test_a_quarter_is_returned_in_one_form_and_a_mistake_loses_nothing(
    client, indicator, share, partner_lead
):
    client.force_login(partner_lead)
    page = address("quarter") + f"?quarter={THIRD}"
    assert "July 2026" in words(client.get(page))
    typed = {
        cell(indicator, 7): "1,052",
        cell(indicator, 8): "forty",
        cell(share, 7, "numerator"): "50",
        cell(share, 7, "denominator"): "40",
        f"i{indicator.pk}-note": "A new system.",
        "send": "yes",
    }
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert "Burglary, August 2026: type a number in digits" in words(answer)
    assert "A new system." in words(answer)
    assert 'value="forty"' in words(answer)
    assert not Return.objects.exists()
    typed[cell(indicator, 8)] = "48"
    answer = client.post(page, typed)
    assert "50 out of 40 is more than all of them" in words(answer)
    assert not Return.objects.exists()
    typed[cell(share, 7, "numerator")] = "30"
    answer = client.post(page, typed, follow=True)
    assert "3 figures sent for approval." in words(answer)
    assert "Waits for approval: 1,052 offences" in words(answer)
    assert Return.objects.filter(note="A new system.").count() == 2


def test_drafts_are_saved_and_sent_later_without_typing_again(
    client, indicator, partner_lead
):
    client.force_login(partner_lead)
    page = address("quarter") + f"?quarter={THIRD}"
    client.post(page, {cell(indicator, 7): "52", "save": "yes"})
    assert Return.objects.get().state == "draft"
    shown = {f"initial-{cell(indicator, 7)}": "52", cell(indicator, 7): "52"}
    client.post(page, {**shown, "send": "yes"})
    assert Return.objects.get().state == "returned"
    nothing = client.post(page, {**shown, "send": "yes"}, follow=True)
    assert "Nothing was typed" in words(nothing)


def test_a_note_alone_says_why_there_is_no_figure(client, indicator, partner_lead):
    client.force_login(partner_lead)
    page = address("quarter") + f"?quarter={THIRD}"
    note = {f"i{indicator.pk}-note": "The system was down.", "send": "yes"}
    client.post(page, note)
    found = Return.objects.values_list("value", "note")
    assert list(found) == [(None, "The system was down.")] * 3


def test_two_who_type_the_same_cell_do_not_overwrite_each_other(
    client, indicator, partner_lead, vcse_officer
):
    client.force_login(partner_lead)
    page = address("quarter") + f"?quarter={THIRD}"
    give(indicator, Entry(date(2026, 7, 1), value=61), by=vcse_officer)
    mine = {f"initial-{cell(indicator, 7)}": "", cell(indicator, 7): "52"}
    answer = client.post(page, {**mine, "send": "yes"})
    assert answer.status_code == 422
    assert "changed July 2026 meanwhile: it now says 61 offences" in words(answer)
    assert Return.objects.get().value == 61
    seen = {f"initial-{cell(indicator, 7)}": "61", cell(indicator, 7): "52"}
    client.post(page, {**seen, "send": "yes"})
    assert Return.objects.get().value == 52


def test_an_organisation_that_owns_nothing_is_told(client, partner_lead):
    client.force_login(partner_lead)
    said = words(client.get(address("quarter")))
    assert "Nothing to return for this quarter" in said


def test_what_waits_is_approved_by_ticking_it_and_the_rest_sent_back(
    client, indicator, partner_lead, head
):
    first = give(indicator, Entry(date(2026, 7, 1), value=61), by=partner_lead)
    second = give(indicator, Entry(date(2026, 8, 1), value=600), by=partner_lead)
    client.force_login(head)
    assert "600 offences" in words(client.get(address("waiting")))
    told = client.post(address("waiting"), {"approve": [first.pk]}, follow=True)
    assert "1 figure approved." in words(told)
    none = client.post(address("waiting"), {}, follow=True)
    assert "Nothing was ticked" in words(none)
    page = address("send_back", second.pk)
    silent = client.post(page, {"why": ""})
    assert silent.status_code == 422
    assert "Say what is wrong with it." in words(silent)
    client.post(page, {"why": "Ten times as many as usual."})
    second.refresh_from_db()
    assert (second.state, second.sent_back) == ("draft", "Ten times as many as usual.")
    assert "Nothing waits" in words(client.get(address("waiting")))
    client.force_login(partner_lead)
    said = words(client.get(address("quarter") + f"?quarter={THIRD}"))
    assert "Sent back: Ten times as many as usual." in said


def test_an_indicator_is_drawn_in_the_background(client, add_one, analyst):
    drawn = add_one(
        title="Robbery",
        source="evidence",
        evidence={"dataset": "recorded_crime", "area": "E09000099", "measure": "All"},
    )
    client.force_login(analyst)
    assert client.get(address("draw", drawn.pk)).status_code == 405
    client.post(address("draw", drawn.pk))
    assert Job.objects.get().title == "Draw the figures of Robbery"


def test_the_list_asks_the_database_no_more_the_more_indicators_there_are(
    client, add_one, fill, django_assert_max_num_queries
):
    for number in range(6):
        fill(add_one(title=f"Indicator {number}"), QUIET)
    with django_assert_max_num_queries(4):
        client.get(address("all"))


def test_every_field_of_the_form_is_on_its_page(client, analyst):
    client.force_login(analyst)
    page = client.get(address("make")).text
    fields = IndicatorForm(partnership=analyst.membership.partnership).fields
    assert [name for name in fields if f'name="{name}"' not in page] == ["actions"]
