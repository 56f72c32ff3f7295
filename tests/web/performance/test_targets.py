"""Targets on the site: explained, tried otherwise, and their verdicts kept."""

import dataclasses
import time

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from web.performance.targets_by_hand import BURGLARY, CONFIDENCE, MOPAC_7

from saferplan.errors import MethodError, NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.core.pages import day
from saferplan.web.performance import target_forms
from saferplan.web.performance.models import Target
from saferplan.web.performance.services.targets import (
    add_target,
    change_target,
    keep_verdict,
)
from saferplan.web.performance.targets.asked import asked_of
from saferplan.web.performance.targets.explained import by_methods, explain

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(partnership, head):
    return add_target(partnership, by=head, public=True, **MOPAC_7)


@pytest.fixture
def confidence(partnership, head):
    return add_target(partnership, by=head, public=True, **CONFIDENCE)


@pytest.fixture
def burglary(partnership, head):
    return add_target(partnership, by=head, public=True, **BURGLARY)


def page_of(client, target, **query):
    return client.get(reverse("performance:target", args=[target.pk]), query)


def typed(**words):
    """What a person types into the form of a target."""
    said = {
        **{name: value for name, value in MOPAC_7.items() if name != "since"},
        "baseline": "411,033",
        "number": "328,826",
        "ends": "2016-03",
        "since": "384,474",
        "rule": "mean",
    }
    return said | words


def test_the_mayors_target_of_2013_is_explained_to_anybody(client, target):
    page = page_of(client, target)
    assert page.status_code == 200
    assert "328,826 in the twelve months to 2016-03, 20.0% fewer" in page.text
    assert "384,474, 6.46% fewer than the baseline (real change)" in page.text
    assert "5.43% fewer a year" in page.text
    for in_all in ("205,518", "211,245", "246,621"):
        assert in_all in page.text
    assert "The 250,000 fewer that was claimed is the target held for 3" in page.text
    assert "One year alone" in page.text
    assert "No evidence is given for why it should be this number" in page.text
    assert "<svg" in page.text
    assert "Linear path" in page.text


def test_only_one_way_gives_the_claim(target):
    found = explain(asked_of(target))
    claim = next(each for each in found.sections if each.slug == "claim")
    ways = {row[0]: row[3] for row in claim.tables[0].rows}
    assert [way for way, gives in ways.items() if gives == "Yes"] == [
        "Held for 3 years"
    ]


def test_the_same_rise_is_real_in_london_and_chance_in_a_borough(client, confidence):
    page = page_of(client, confidence)
    assert "within chance" in page.text
    found = explain(asked_of(confidence))
    sizes = next(each for each in found.sections if each.slug == "since").tables[0]
    verdicts = {row[1]: row[4] for row in sizes.rows}
    assert verdicts == {"400": "Within chance", "12,800": "Real change"}
    assert "74.4% if it is of the baseline, and 82.0% if it is points" in page.text


def test_a_borough_survey_is_tried_at_londons_size(client, confidence):
    page = page_of(client, confidence, asked="12800", asked_now="12800")
    assert "As you tried it" in page.text
    tried = page.text.partition("As you tried it")[2]
    assert "real change" in tried


def test_a_survey_of_one_person_tells_nothing(client, confidence):
    page = page_of(client, confidence, asked="1")
    assert page.status_code == 200
    assert "nan " not in page.text


def test_another_number_is_tried_beside_the_one_that_was_set(client, target):
    page = page_of(client, target, number="390,000", ends="2016-03", years="4")
    assert "the target you tried, not the one that was set" in page.text
    assert "390,000 in twelve months" in page.text
    assert "328,826 in twelve months" in page.text
    target.refresh_from_db()
    assert target.number == 328_826


def test_an_address_may_say_only_what_is_different(client, target):
    page = page_of(client, target, change="-10")
    assert 'value="411,033"' in page.text
    assert 'value="2016-03"' in page.text
    assert "369,930 in twelve months" in page.text


def test_a_change_is_tried_though_the_number_stands_in_the_form(client, target):
    page = page_of(client, target, number="328,826", change="-10")
    assert "369,930 in twelve months" in page.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"ends": "next March"}, "“next March” is no month"),
        ({"baseline": "411033 lots"}, "“lots” is no figure"),
        ({"number": "450000"}, "is no target where down is better"),
        ({"years": "0"}, "greater than or equal to 1"),
        ({"years": "1", "number": "400000"}, ""),
        ({"number": "nan"}, "Enter a number"),
        ({"number": "300000", "change": "-5"}, "leave one empty"),
        ({"ends": "0000-01"}, "“0000-01” is no month"),
        ({"baseline": "1e300"}, "“1e300” is no figure"),
        ({"baseline": "<script>"}, "&lt;script&gt;"),
    ],
)
def test_what_is_tried_wrongly_is_explained_and_kept(client, target, query, said):
    page = page_of(client, target, **query)
    assert page.status_code == (422 if said else 200)
    assert said in page.text
    assert "<script>" not in page.text
    assert "20.0% fewer than 411,033" in page.text  # the target itself still stands
    if said:
        first = next(iter(query.values())).replace("<", "&lt;").replace(">", "&gt;")
        assert f'value="{first}"' in page.text


def test_a_target_with_months_has_a_chance_and_says_what_was_never_done(burglary):
    found = explain(asked_of(burglary))
    assert found.headline.word in ("Very unlikely", "Unlikely")
    facts = dict(found.facts)
    assert facts["Newest month known"] == "2026-08"
    assert facts["Chance of being met"]
    assert "no twelve months in a row have ever met the target" in " ".join(found.said)
    # The first year after the baseline is read off the months.
    assert found.way.since.levels[0][0] == 1


def test_two_numbers_for_one_measure_are_a_conflict(client, burglary, head):
    stricter = BURGLARY | {"number": 850, "set_by": "The Mayor"}
    add_target(burglary.partnership, by=head, public=True, **stricter)
    page = page_of(client, burglary)
    assert "the stricter is The Mayor’s" in page.text


def test_another_that_is_not_public_is_no_conflict_for_a_resident(
    client, burglary, head
):
    stricter = BURGLARY | {"number": 850, "set_by": "The Mayor"}
    add_target(burglary.partnership, by=head, **stricter)
    assert "the stricter is" not in page_of(client, burglary).text
    client.force_login(head)
    assert "the stricter is" in page_of(client, burglary).text


def test_small_months_are_kept_from_residents(client, burglary, head):
    small = {month: 3 for month in BURGLARY["monthly"]}
    change_target(burglary, by=head, monthly=small, number=900)
    page = page_of(client, burglary)
    assert "so small a count that it could point to a person" in page.text
    assert "What was said then" not in page.text
    assert "Needed each month" not in page.text
    client.force_login(head)
    assert "so small a count" not in page_of(client, burglary).text


def test_a_target_on_so_small_a_count_stays_inside(partnership, head):
    small = BURGLARY | {"baseline": [4], "number": 3, "monthly": {}}
    with pytest.raises(NotAllowed, match="could point to a person"):
        add_target(partnership, by=head, public=True, **small)
    assert add_target(partnership, by=head, **small).pk


def test_the_verdict_is_kept_with_who_when_and_by_which_methods(target, head):
    verdict = target.verdicts.get()
    assert verdict.by == head
    assert verdict.headline == "Cannot tell"
    assert "target/1" in verdict.methods
    assert verdict.asked["number"] == 328_826
    assert "20.0% fewer than 411,033" in verdict.said[0]
    assert Event.objects.filter(what__startswith="kept the verdict").count() == 1


def test_a_kept_verdict_stands_beside_what_is_found_today(client, burglary, head):
    Target.objects.filter(pk=burglary.pk).update(number=1_150)
    client.force_login(head)
    page = page_of(client, burglary)
    assert "900 in twelve months" in page.text
    assert "1,150 in twelve months" in page.text
    client.post(reverse("performance:target_verdict", args=[burglary.pk]))
    assert burglary.verdicts.count() == 2
    assert dict(burglary.verdicts.first().facts)["Target"] == "1,150 in twelve months"


def test_a_kept_verdict_cannot_be_changed(target):
    verdict = target.verdicts.get()
    verdict.headline = "Met"
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict.save()


def test_only_the_head_and_the_analyst_set_targets(partnership, partner_lead, target):
    with pytest.raises(NotAllowed):
        add_target(partnership, by=partner_lead, **MOPAC_7)
    with pytest.raises(NotAllowed):
        keep_verdict(target, by=partner_lead)


def test_a_target_above_its_baseline_is_none(partnership, head):
    with pytest.raises(MethodError, match="is no target"):
        add_target(partnership, by=head, **MOPAC_7 | {"number": 500_000})
    assert not Target.objects.exists()


def test_a_target_is_set_down_on_the_page(client, analyst):
    client.force_login(analyst)
    page = client.post(reverse("performance:target_add"), typed(public="on"))
    target = Target.objects.get()
    assert page["Location"] == reverse("performance:target", args=[target.pk])
    assert (target.baseline, target.since) == ([411_033], [384_474])
    assert target.is_public
    assert target.verdicts.get().by == analyst


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"number": ""}, "Give the target, or the change it asks."),
        ({"change": "-20"}, "leave one empty"),
        ({"number": "500,000"}, "is no target where down is better"),
        ({"kind": "share"}, "Say how many people the survey asked."),
        ({"monthly": "2026-03 85\nmany"}, "Line 2, “many”, is not a month and a count"),
        ({"monthly": "2026-03 85\n2026-03 86"}, "2026-03 stands twice"),
        ({"since": "1 2 3 4 5"}, "5 years since the baseline are given"),
        ({"measure": ""}, "Say what is counted."),
    ],
)
def test_what_is_typed_wrongly_is_explained_and_kept(client, analyst, words, said):
    client.force_login(analyst)
    page = client.post(reverse("performance:target_add"), typed(**words))
    assert page.status_code == 422
    assert said in page.text
    assert 'value="London"' in page.text
    assert not Target.objects.exists()


def test_months_are_read_as_people_paste_them(client, analyst):
    client.force_login(analyst)
    pasted = "month,count\n2015-01,31204\r\n2015-02\t30,118\n2015-03 29900"
    page = client.post(reverse("performance:target_add"), typed(monthly=pasted))
    assert page.status_code == 302
    assert Target.objects.get().monthly == {
        "2015-01": 31_204,
        "2015-02": 30_118,
        "2015-03": 29_900,
    }


def test_months_are_counted_from_the_evidence_store(client, analyst, monkeypatch):
    counted = {"2015-01": 31_204.0}
    monkeypatch.setattr(target_forms, "months_of_basket", lambda *about: counted)
    client.force_login(analyst)
    address = reverse("performance:target_add")
    page = client.post(address, typed(basket="mopac-7", monthly="2015-01 5"))
    assert "Months come from one place" in page.text
    assert client.post(address, typed(basket="mopac-7")).status_code == 302
    assert Target.objects.get().monthly == counted


def test_an_empty_store_has_nothing_to_count(client, analyst, monkeypatch):
    monkeypatch.setattr(target_forms, "months_of_basket", lambda *about: {})
    client.force_login(analyst)
    page = client.post(reverse("performance:target_add"), typed(basket="mopac-7"))
    assert page.status_code == 422
    assert "The evidence store has no recorded crime" in page.text


def test_changing_a_target_keeps_what_was_found_before(client, target, head):
    client.force_login(head)
    address = reverse("performance:target_change", args=[target.pk])
    page = client.get(address)
    assert 'value="411,033"' in page.text
    page = client.post(address, typed(number="", change="-10", public="on"))
    assert page.status_code == 302
    target.refresh_from_db()
    assert (target.number, target.change) == (None, -10)
    assert target.verdicts.count() == 2


def test_a_draft_is_for_those_who_work_on_it(client, target, head, councillor):
    change_target(target, public=False, by=head)
    assert page_of(client, target).status_code == 404
    client.force_login(councillor)
    assert page_of(client, target).status_code == 404
    client.force_login(head)
    assert page_of(client, target).status_code == 200


def test_the_list_shows_each_target_with_its_verdict(client, target, burglary):
    page = client.get(reverse("performance:targets"))
    assert "Seven neighbourhood crimes" in page.text
    assert "Cannot tell" in page.text
    table = client.get(reverse("performance:targets_table", args=["csv"]))
    lines = table.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert '"328,826 in twelve months"' in lines[2]
    ods = client.get(reverse("performance:targets_table", args=["ods"]))
    assert ods.content[:2] == b"PK"


def test_an_empty_list_says_what_to_do(client, head):
    assert "you can read here" in client.get(reverse("performance:targets")).text
    client.force_login(head)
    assert "Set down a target" in client.get(reverse("performance:targets")).text


def test_the_years_go_with_what_is_tried(client, target):
    address = reverse("performance:target_figures", args=[target.pk, "path", "csv"])
    table = client.get(address).content.decode("utf-8-sig").splitlines()
    assert table[0] == "Year,Linear path,Compound path,What came"
    assert table[1].startswith("Baseline,411033.0")
    assert table[5].endswith(",[x]")
    tried = client.get(address, {"change": "-10"}).content.decode("utf-8-sig")
    assert "369929.7" in tried


@pytest.mark.parametrize("what", ["path", "claim", "facts"])
def test_each_table_is_taken_away(client, target, what):
    page = page_of(client, target)
    for kind, begins in (("csv", b"\xef\xbb\xbf"), ("ods", b"PK")):
        address = reverse("performance:target_figures", args=[target.pk, what, kind])
        assert (address in page.text) or what == "facts"
        assert client.get(address).content.startswith(begins)
    address = reverse("performance:target_figures", args=[target.pk, "other", "csv"])
    assert client.get(address).status_code == 404


def test_a_period_that_is_over_without_its_figures_has_no_verdict(client, confidence):
    found = explain(asked_of(confidence))
    assert found.headline.word == "Cannot tell"
    assert "Its period is over" in page_of(client, confidence).text
    over = dataclasses.replace(asked_of(confidence), since=(63, 64, 66, 67))
    assert explain(over).headline.word == "Missed"


def test_an_explanation_takes_under_a_second(client, burglary):
    by_methods.cache_clear()
    began = time.process_time()
    assert page_of(client, burglary, number="1000").status_code == 200
    assert time.process_time() - began < 1


def test_the_mayors_target_is_set_down_explained_and_its_verdict_stored_by_the_page(
    client, analyst
):
    client.force_login(analyst)
    words = typed(claim="250,000", public="on")
    page = client.post(reverse("performance:target_add"), words, follow=True)
    for said in (
        "328,826 in the twelve months to 2016-03, 20.0% fewer than 411,033",
        "384,474, 6.46% fewer than the baseline",
        "The 250,000 fewer that was claimed is the target held for 3",
    ):
        assert said in page.text
    kept = Target.objects.get().verdicts.get()
    assert dict(kept.facts)["Change asked"] == "20.0% fewer"
    assert "target/1" in kept.methods
    assert any("250,000" in sentence for sentence in sentences_in(kept.said))
    assert f"Kept on {day(kept.at)}" in page.text


def sentences_in(said):
    """Every text in what a verdict says, however deep."""
    if isinstance(said, str):
        return [said]
    parts = said.values() if isinstance(said, dict) else said
    return [text for part in parts for text in sentences_in(part)]
