"""The demonstration's indicators have something of every kind to show."""

import pytest

from saferplan.store import EvidenceStore
from saferplan.web.partnerships.demonstration import make_people
from saferplan.web.partnerships.models import Partnership
from saferplan.web.performance.demonstration import make_performance
from saferplan.web.performance.library import library_of
from saferplan.web.performance.models import Indicator
from saferplan.web.plans.demonstration import close_last_quarter, make_plans
from saferplan.web.plans.models import BoardPack

pytestmark = pytest.mark.django_db

ADVISER = "Victims who stay with their adviser to the end"


@pytest.fixture
def library(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("SAFERPLAN_STORE", str(tmp_path))
    EvidenceStore(tmp_path)
    settings.DEMONSTRATION = True
    partnership = make_people()
    make_plans(partnership, lambda said: None)
    said = []
    make_performance(partnership, said.append)
    make_performance(partnership, said.append)
    assert said == ["Adding indicators"]
    return library_of(Indicator.objects.with_all(), inside=lambda each: True)


def test_the_demonstration_has_something_of_every_kind(library):
    by_title = {each.indicator.title: each for each in library.sheets}
    assert len(by_title) == 14
    again = by_title["Homes burgled again within a year"]
    assert (again.rating, again.verdict) == ("red", "common cause")
    assert [figure.earlier != () for figure in again.figures].count(True) == 1
    adviser = by_title[ADVISER]
    assert (adviser.rating, adviser.verdict) == ("green", "concern")
    assert by_title["Shops visited of those that should be"].stands == "Not reported"
    assert by_title["Referrals to independent advisers"].verdict == "high"
    assert by_title["Days until a victim is first spoken to"].verdict == "improvement"
    assert by_title["Young people injured with a knife"].reading.kind == "small counts"
    assert [str(each.indicator) for each in library.retired] == [
        "Calls to the noise line"
    ]
    assert by_title["Pupils with a mentor"].verdict == "cannot tell"


def test_the_quarter_of_the_demonstration_is_closed_with_its_indicators(library):
    partnership = Partnership.objects.get()
    close_last_quarter(partnership)
    close_last_quarter(partnership)
    pack = BoardPack.objects.get()
    assert len(pack.content["indicators"]) == 8
    tables = pack.content["groups"]
    [sex] = [each for each in tables if each["title"] == f"{ADVISER}, by sex"]
    [age] = [each for each in tables if each["title"] == f"{ADVISER}, by age"]
    intervals = {row[0]: row[-1] for row in (*sex["rows"], *age["rows"])}
    hidden = {group for group, interval in intervals.items() if interval == "None"}
    assert hidden == {"45 to 64", "65 and over"}
    assert {"Everybody", "Women", "Men", "Under 25", "25 to 44"} <= intervals.keys()
