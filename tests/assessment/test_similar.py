"""Which wards are most alike, by the people and the place of each."""

import pandas as pd
import pytest

from saferplan.assessment import likeness as facts
from saferplan.assessment import similar
from saferplan.assessment.assess import borough
from saferplan.assessment.likeness import likeness
from saferplan.assessment.places import lsoas_of
from saferplan.assessment.similar import similar_wards


@pytest.fixture(scope="module")
def area(city, evidence):
    _store, truths = city
    return borough(evidence, truths.borough.code)


@pytest.fixture(scope="module")
def wards(evidence, area):
    return sorted(evidence.children("ward", area.code))


def test_each_ward_has_the_three_most_like_it_and_never_itself(evidence, area, wards):
    found = similar_wards(evidence, area)
    assert sorted(found.alike) == wards
    for code, others in found.alike.items():
        assert len(set(others) - {code}) == 3
    assert "by no count of crimes" in found.note
    assert "Crime is one of the seven parts of the deprivation score." in found.note
    assert found.releases


def test_the_census_of_a_ward_is_that_of_its_small_areas(evidence, wards):
    table, _releases = likeness(evidence, "ward", wards)
    within = lsoas_of(evidence, "ward", wards)
    mine = within[within["area"] == wards[0]]["lsoa"].tolist()
    census = evidence.table("census")
    rows = census.filter(
        census.area_set == "lsoa", census.topic == "age", census.area_code.isin(mine)
    ).execute()
    rows = rows[rows["category"] != "all"]
    old = rows[rows["category"].isin(facts.OLD)]["count"].sum()
    share = table.loc[wards[0], "share aged 65 and over"]
    assert share == pytest.approx(old / rows["count"].sum())


def test_where_too_little_is_known_it_says_what_it_takes(monkeypatch, evidence, area):
    thin = pd.DataFrame({"deprivation score": [1.0, 2.0]}, index=["A", "B"])
    monkeypatch.setattr(similar, "likeness", lambda *asked: (thin, ("r1",)))
    found = similar_wards(evidence, area)
    assert (found.alike, found.releases) == ({}, ())
    assert "It takes the Census 2021 tables" in found.note


def test_a_ward_that_lacks_a_small_area_is_not_judged(monkeypatch, evidence, wards):
    known = lsoas_of(evidence, "ward", wards)
    more = pd.DataFrame({"lsoa": ["E01999999"], "area": [wards[0]]})
    monkeypatch.setattr(
        facts, "lsoas_of", lambda *asked: pd.concat([known, more], ignore_index=True)
    )
    table, _releases = likeness(evidence, "ward", wards)
    assert pd.isna(table.loc[wards[0], "share aged 15 to 24"])
    assert table["share aged 15 to 24"].notna().sum() == len(wards) - 1
