"""Levels and changes of recorded crime, on stores that can be added up in the head."""

from datetime import date

import pytest
from assessment.conftest import HERE, THERE, two_years

from saferplan.assessment import Evidence, assess
from saferplan.errors import AreaError
from saferplan.store import EvidenceStore


def finding_on(assessment, name):
    (found,) = [f for f in assessment.findings if f.measure.name == name]
    return found


def test_a_fall_is_told_with_its_figure_and_its_doubt(small_store):
    store = small_store(two_years(HERE, "Burglary", before=100, after=80))
    found = finding_on(assess(store, HERE), "recorded crime: burglary")
    assert (found.value, found.verdict, found.meaning) == (960, "real change", "better")
    assert found.change == pytest.approx(-0.2)
    assert (
        "fell by 20.0% to 960 offences in the year to February 2026" in found.sentence
    )
    assert "95% interval −" in found.sentence
    assert found.comparison == "March 2024 to February 2025"


def test_a_small_difference_is_within_chance(small_store):
    store = small_store(two_years(HERE, "Burglary", before=10, after=11))
    found = finding_on(assess(store, HERE), "recorded crime: burglary")
    assert (found.verdict, found.meaning) == ("within chance", "no change shown")
    assert "no more than chance could make" in found.sentence


def test_no_percentage_on_a_base_under_fifty(small_store):
    store = small_store(two_years(HERE, "Burglary", before=4, after=9))
    found = finding_on(assess(store, HERE), "recorded crime: burglary")
    assert found.change is None
    assert "%" not in found.sentence
    assert "too few for a percentage" in found.sentence


def test_a_missing_month_means_we_cannot_tell(small_store):
    gone = [date(2025, 6, 1)]
    store = small_store(two_years(HERE, "Burglary", 100, 80, without=gone))
    report = assess(store, HERE)
    found = finding_on(report, "recorded crime: burglary")
    assert (found.verdict, found.value, found.change) == ("cannot tell", None, None)
    assert "1 of the 24 months compared are missing" in found.sentence
    assert any("June 2025" in gap.sentence for gap in report.gaps)


def test_a_category_not_listed_in_a_published_month_had_none(small_store):
    burglary = two_years(HERE, "Burglary", 100, 100)
    robbery = two_years(HERE, "Robbery", 10, 10, without=[date(2025, 6, 1)])
    found = finding_on(
        assess(small_store([*burglary, *robbery]), HERE), "recorded crime: robbery"
    )
    assert found.value == 110


def test_a_mark_in_place_of_a_number_is_no_zero(small_store):
    rows = two_years(HERE, "Burglary", 100, 100)
    rows[20] = (*rows[20][:3], None)
    found = finding_on(assess(small_store(rows), HERE), "recorded crime: burglary")
    assert (found.verdict, found.value) == ("cannot tell", None)


def test_more_of_what_police_find_is_neither_good_nor_bad(small_store):
    store = small_store(two_years(HERE, "Drug offences", before=50, after=90))
    found = finding_on(assess(store, HERE), "recorded crime: drug offences")
    assert (found.verdict, found.meaning) == ("real change", "it depends")
    assert any("more police work" in text for text in found.caveats)


def test_more_of_what_is_seldom_reported_is_neither_good_nor_bad(small_store):
    store = small_store(two_years(HERE, "Sexual offences", before=50, after=90))
    found = finding_on(assess(store, HERE), "recorded crime: sexual offences")
    assert found.meaning == "it depends"


def test_fraud_reported_nationally_is_not_the_boroughs(small_store):
    rows = two_years(HERE, "Burglary", 10, 10) + two_years(HERE, "NFIB fraud", 90, 90)
    found = finding_on(
        assess(small_store(rows), HERE), "recorded crime: all recorded crime"
    )
    assert found.value == 120


def test_a_finding_cites_the_releases_of_its_own_months_only(small_store):
    store = small_store(two_years(HERE, "Burglary", 10, 10))
    (release,) = store.releases()
    report = assess(store, HERE)
    assert {each for f in report.findings for each in f.releases} == {release.id}
    assert [cited.id for cited in report.releases] == [release.id]
    assert report.releases[0].title == "Recorded crime by borough, ward and LSOA"


def test_what_is_not_loaded_is_a_gap_that_says_what_to_load(small_store):
    store = small_store(two_years(HERE, "Burglary", 10, 10))
    gaps = {gap.topic: gap for gap in assess(store, HERE).gaps}
    for topic in ("wards", "stop and search", "courts", "confidence in the police"):
        assert gaps[topic].remedy.startswith("Load ")
    assert gaps["last year’s plan"].head == "delivery"


def test_a_borough_that_is_not_there_is_named_with_some_that_are(small_store):
    store = small_store(two_years(THERE, "Burglary", 10, 10))
    with pytest.raises(AreaError, match="E09000011 Greenwich"):
        assess(store, HERE)


def test_an_empty_store_says_what_to_do(tmp_path):
    with pytest.raises(AreaError, match="saferplan load"):
        assess(EvidenceStore(tmp_path), HERE)


def test_a_borough_known_by_its_incidents_alone_can_be_assessed(city):
    # The City of London's police publish incidents and no table by borough.
    store, truths = city
    evidence = Evidence(store)
    evidence.boroughs = {
        code: name
        for code, name in Evidence(store).boroughs.items()
        if code != truths.borough.code
    }
    report = assess(evidence, truths.borough.code)
    assert report.area.name == truths.borough.name
    assert "anti-social behaviour" in {finding.topic for finding in report.findings}
    assert "all recorded crime" in {gap.topic for gap in report.gaps}
