"""Figures by group: no more than their whole, and small ones hidden."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.performance.figures import figures_of, rolled_up
from saferplan.web.performance.group_picture import said, shown
from saferplan.web.performance.groups import NOT_SAID, splits_of
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.services.grouping import GroupFigure
from saferplan.web.performance.services.returning import Entry, approve, give
from saferplan.web.performance.sheet import sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

JUNE = date(2026, 6, 1)
SEX = [{"by": "Sex", "groups": ["Women", "Men"]}]
WARDS = [{"by": "Ward", "groups": ["Mill", "Quay", "Park"]}]


def address(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


@pytest.fixture
def satisfied(add_one):
    """A share by sex, of which both counts add up."""
    return add_one(
        title="Victims satisfied",
        kind="ratio",
        numerator="Victims who say so",
        denominator="victims asked",
        unit="%",
        polarity="up",
        groups=SEX,
        groups_add="weighted",
    )


@pytest.fixture
def by_ward(add_one):
    """A count by ward, in which no whole is small."""
    return add_one(title="Fires set", groups=WARDS, groups_add="sum")


def share(group, numerator, denominator):
    return GroupFigure("Sex", group, numerator, denominator)


def ward(group, value):
    return GroupFigure("Ward", group, value=value)


@pytest.fixture
def bring(analyst, head):
    """Return a period and approve it."""

    def bringing(indicator, *groups, period=JUNE, **counts):
        entry = Entry(period, groups=groups, **counts)
        return approve(give(indicator, entry, by=analyst), by=head)

    return bringing


def newest(indicator, *, protected=False):
    """Its groups in the newest period of which anything was returned."""
    sheet = sheet_of(indicator, protected=protected)
    known = tuple(each for each in sheet.figures if each.state != "not reported")
    sheet = replace(sheet, figures=known)
    (split,) = splits_of(sheet, protected=protected)
    return {each.group: each.figures[-1] for each in split.series}


def test_the_whole_is_worked_out_where_every_group_is_known(satisfied, bring):
    returned = bring(satisfied, share("Women", 60, 80), share("Men", 10, 40))
    assert (returned.numerator, returned.denominator) == (70, 120)
    # Weighted by how many each was asked: 58%, and not the mean of 75% and 25%.
    assert returned.value == pytest.approx(100 * 70 / 120)
    assert [each["value"] for each in returned.groups] == [75, 25]


def test_what_the_groups_leave_is_counted_as_not_known(satisfied, bring):
    bring(satisfied, share("Women", 60, 80), numerator=70, denominator=100)
    found = newest(satisfied)
    assert found["Men"].state == "not reported"
    assert (found[NOT_SAID].numerator, found[NOT_SAID].denominator) == (10, 20)


@pytest.mark.parametrize(
    ("groups", "whole", "reason"),
    [
        ([share("Women", 60, 80)], {}, "Give the whole too: not every group"),
        (
            [share("Women", 60, 80), share("Men", 10, 40)],
            {"numerator": 65, "denominator": 200},
            "come to 70, more than the whole of 65",
        ),
        (
            [share("Women", 60, 80)],
            {"numerator": 90, "denominator": 100},
            "leave 30 out of 20",
        ),
        ([share("Women", 60, None)], {}, "Women: give both counts"),
        ([share("Women", 60, 50)], {}, "more than all of them"),
        ([share("Women", 1.5, 50)], {}, "1.5 is not a count"),
        ([share("Children", 1, 2)], {}, "no group “Children”"),
    ],
)
def test_groups_that_cannot_be_are_refused(satisfied, analyst, groups, whole, reason):
    with pytest.raises(NotAllowed, match=reason):
        give(satisfied, Entry(JUNE, groups=tuple(groups), **whole), by=analyst)
    assert not Return.objects.exists()


def test_groups_that_overlap_are_never_added(add_one, bring, analyst):
    overlapping = add_one(groups=WARDS)
    parts = [ward("Mill", 30), ward("Quay", 30), ward("Park", 30)]
    with pytest.raises(NotAllowed, match="these groups are not added up"):
        give(overlapping, Entry(JUNE, groups=tuple(parts)), by=analyst)
    bring(overlapping, *parts, value=50)
    assert list(newest(overlapping)) == ["Mill", "Quay", "Park"]


def test_a_median_is_added_up_over_neither_groups_nor_months(add_one, fill):
    waits = add_one(kind="measured", unit="days", roll_up="sum")
    fill(waits, [10, 20, 30])
    assert rolled_up(waits, figures_of(waits, protected=False)[:3]) is None


def test_outside_a_small_group_goes_and_what_would_give_it_away(by_ward, bring):
    bring(by_ward, ward("Mill", 30), ward("Quay", 2), ward("Park", 9))
    inside, outside = newest(by_ward), newest(by_ward, protected=True)
    assert [each.value for each in inside.values()] == [30, 2, 9]
    # The whole is 41: with Quay hidden alone, 41 - 30 - 9 would tell it.
    assert [each.value for each in outside.values()] == [30, None, None]
    assert outside["Quay"].state == outside["Park"].state == "hidden"


def test_what_is_not_known_by_group_gives_nothing_away_either(by_ward, bring):
    bring(by_ward, ward("Mill", 30), ward("Quay", 20), value=52)
    outside = newest(by_ward, protected=True)
    assert outside[NOT_SAID].state == "hidden"
    assert [outside["Mill"].value, outside["Quay"].value] == [30, None]


def test_a_share_whose_rest_is_small_is_hidden_with_another(satisfied, bring):
    bring(satisfied, share("Women", 78, 80), share("Men", 20, 40))
    assert {each.state for each in newest(satisfied, protected=True).values()} == {
        "hidden"
    }


def test_groups_of_a_hidden_whole_are_hidden(add_one, bring):
    few = add_one(groups=WARDS, groups_add="sum", hides_small=True)
    bring(few, ward("Mill", 1), ward("Quay", 2), ward("Park", 0))
    bring(
        few,
        *(ward("Mill", 10), ward("Quay", 20), ward("Park", 30)),
        period=date(2026, 5, 1),
    )
    assert {each.value for each in newest(few, protected=True).values()} == {None}


def test_no_small_count_leaves_by_page_or_file(client, by_ward, bring, head):
    bring(by_ward, ward("Mill", 30), ward("Quay", 2), ward("Park", 9))
    for person, seen in ((None, False), (head, True)):
        client.logout()
        if person:
            client.force_login(person)
        table = client.get(address("groups", by_ward.pk, "csv")).text
        assert ("June 2026,Ward,Quay,2,[x],[x],approved" in table) == seen
        assert ("June 2026,Ward,Quay,[x],[x],[x],hidden" in table) != seen
        page = client.get(address("show", by_ward.pk)).text
        assert ("2 offences" in page) == seen
        assert "By ward" in page
        ods = client.get(address("groups", by_ward.pk, "ods")).content
        assert ods.startswith(b"PK")


def test_the_pictures_are_on_one_scale_and_said_in_words(satisfied, bring):
    for month, (women, men) in enumerate(((60, 20), (64, 18), (58, 22)), start=4):
        groups = share("Women", women, 80), share("Men", men, 40)
        bring(satisfied, *groups, period=date(2026, month, 1))
    sheet = sheet_of(satisfied, protected=False)
    (split,) = splits_of(sheet, protected=False)
    found = shown(sheet, split)
    women, men = found.pictures
    assert women.across == men.across
    assert women.stands == "Not known"  # July, August: due, and nobody said
    assert "3 figures from April 2026" in men.words
    assert women.line.count("L") == 2


def test_a_handful_makes_no_percentage(satisfied, bring):
    bring(satisfied, share("Women", 60, 80), share("Men", 5, 12))
    sheet = sheet_of(satisfied, protected=False)
    (split,) = splits_of(sheet, protected=False)
    men = split.series[1].figures[0]
    assert said(satisfied, men) == "5 of 12, too few for a percentage"


def test_a_period_is_returned_group_by_group_on_its_page(
    client, satisfied, analyst, head
):
    client.force_login(analyst)
    quarter = client.get(address("quarter") + "?quarter=2026-04-01")
    page = address("return_groups", satisfied.pk, "2026-06-01")
    assert f'href="{page}"' in quarter.text
    typed = {
        "g0-0-numerator": "60",
        "g0-0-denominator": "80",
        "g0-1-numerator": "10",
        "g0-1-denominator": "5",
        "send": "yes",
    }
    wrong = client.post(page, typed)
    assert wrong.status_code == 422
    assert "Men: 10 out of 5 is more than all of them" in wrong.text
    assert client.post(page, {**typed, "g0-1-denominator": "40"}).status_code == 302
    client.force_login(head)
    waiting = client.get(address("waiting")).text
    assert "By sex: Women 60 of 80, Men 10 of 40" in waiting


def seen_in(page):
    (found,) = re.findall(r'name="seen"(?: value="(\w*)")?', page.text)
    return found


def test_what_somebody_else_returned_meanwhile_is_not_overwritten_unseen(
    client, by_ward, analyst
):
    page = address("return_groups", by_ward.pk, "2026-06-01")
    client.force_login(analyst)
    before = seen_in(client.get(page))
    give(by_ward, Entry(JUNE, value=12), by=analyst)
    typed = {"whole-value": "14", "send": "yes", "seen": before}
    answer = client.post(page, typed)
    assert "Somebody else has returned this period meanwhile" in answer.text
    again = {**typed, "seen": seen_in(answer)}
    assert client.post(page, again).status_code == 302
    assert Return.objects.get().value == 14


def test_a_page_of_no_period_does_not_exist(client, by_ward, analyst):
    client.force_login(analyst)
    for period in ("2026-06-02", "june"):
        page = client.get(address("return_groups", by_ward.pk, period))
        assert page.status_code == 404


def test_groups_are_typed_as_lines(client, add_one, analyst, council):
    client.force_login(analyst)
    typed = {
        **{"title": "Robbery", "definition": "Of people.", "kind": "count"},
        **{"per": "100", "unit": "offences", "decimals": "0", "polarity": "down"},
        **{"frequency": "month", "roll_up": "sum", "due_after": "30"},
        **{"source": "return", "owner": council.pk, "groups_add": "sum"},
    }
    for groups, reason in (
        ("Sex", "names no groups"),
        ("Sex: Women, women", "is there twice"),
        ("Sex: Women, Men\nSex: Women, Men", "is there twice"),
    ):
        page = client.post(address("make"), {**typed, "groups": groups})
        assert reason in page.text
    page = client.post(
        address("make"),
        {**typed, "groups": "Sex: Women, Men", "groups_add": "weighted"},
    )
    assert "Counts add up" in page.text
    right = {**typed, "groups": "Sex: Women, Men\nAge: Under 25, 25 and over"}
    assert client.post(address("make"), right).status_code == 302
    made = Indicator.objects.get(title="Robbery")
    assert made.groups[1] == {"by": "Age", "groups": ["Under 25", "25 and over"]}
    form = client.get(address("change", made.pk)).text
    assert "Age: Under 25, 25 and over" in form
