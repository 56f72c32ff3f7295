"""What was planted is found: the files loaded and assessed as real ones would be."""

from datetime import date
from types import SimpleNamespace

import pytest
from ibis import _

from saferplan.assessment import assess
from saferplan.sources import load_paths
from saferplan.store import EvidenceStore


@pytest.fixture(scope="module")
def loaded(borough, tmp_path_factory):
    """The store with everything of the demonstration borough, and the report of it."""
    store = EvidenceStore(tmp_path_factory.mktemp("store"))
    report = load_paths([borough.folder], store, by="analyst")
    return SimpleNamespace(store=store, report=report, truths=borough.truths)


@pytest.fixture(scope="module")
def findings(loaded):
    """The borough's findings by the name of what they measure."""
    assessment = assess(loaded.store, loaded.truths.borough.code)
    return {finding.measure.name: finding for finding in assessment.findings}


def recorded(loaded, category, month, as_of=None):
    table = loaded.store.table("recorded_crime", as_of=as_of)
    rows = table.filter(
        _.area_code == loaded.truths.borough.code,
        _.month == month,
        _.minor.upper() == category,
    )
    return rows.aggregate(n=_.offences.sum()).execute()["n"].item()


def test_every_file_is_taken(loaded):
    assert loaded.report.refused == []
    assert loaded.report.unrecognised == []


def test_no_row_is_refused_but_those_of_the_stub_month(loaded):
    for release in loaded.report.releases:
        kept_or_told = release.rows_kept + release.rows_quarantined + release.rows_known
        assert release.rows_read == kept_or_told
        assert all("stub" in reason for reason in release.reasons)


def test_the_stub_does_not_stand_for_its_month(loaded):
    wards = loaded.store.table("recorded_crime").filter(_.area_set == "ward")
    stub, next_one = (
        wards.filter(_.month == month).offences.sum().execute()
        for month in (date(2024, 3, 1), date(2024, 4, 1))
    )
    assert stub == pytest.approx(next_one, rel=0.1)


def test_the_revised_month_is_the_revised_one_and_was_another(loaded):
    planted = loaded.truths.revised
    first = loaded.store.releases("recorded_crime")[0]
    now = recorded(loaded, planted.category, planted.month)
    then = recorded(loaded, planted.category, planted.month, as_of=first.id)
    assert (then, now) == (planted.before, planted.after)


def test_the_missing_month_is_a_gap_and_not_a_fall(loaded, findings):
    months = loaded.store.table("street_crime").month
    assert months.nunique().execute() == 35
    assert (months == loaded.truths.missing_month).sum().execute() == 0
    assert findings["asb"].verdict == "cannot tell"


@pytest.mark.parametrize("topic", ["burglary", "drug offences"])
def test_what_changed_is_told_from_chance(findings, topic):
    found = findings[f"recorded crime: {topic}"]
    assert found.verdict == "real change"
    assert (found.change < 0) == (topic == "burglary")


def test_what_did_not_change_is_not_said_to_have(findings):
    steady = ["vehicle offences", "robbery", "public order offences", "theft"]
    verdicts = {findings[f"recorded crime: {topic}"].verdict for topic in steady}
    assert verdicts == {"within chance"}


def test_violence_rose_and_injury_did_not(findings):
    violence = findings["recorded crime: violence against the person"]
    assert violence.verdict == "real change"
    assert violence.change > 0
    assert findings["flag: knife crime with injury"].verdict == "within chance"


def test_the_vulnerable_small_areas_are_those_of_the_vulnerable_ward(loaded, findings):
    found = findings["vulnerable localities"]
    assert found.value > 200
    names = [column.name for column in found.table.columns]
    over = {
        row[names.index("code")]
        for row in found.table.rows
        if row[names.index("vli")] > 200
    }
    lookup = loaded.store.table("lookup").filter(
        _.to_code == loaded.truths.vulnerable_ward.code
    )
    assert over
    assert over <= set(lookup.execute()["from_code"])


def test_the_rate_ratio_of_searches_is_the_true_one(loaded, findings):
    found = findings["stop and search: ratio, self-defined"]
    true = next(r for g, r in loaded.truths.stop_ratios.items() if g[:5] == "Black")
    assert found.interval.lower < true < found.interval.upper


def test_searches_find_as_much_in_every_group(findings):
    assert "No group differs" in findings["stop and search: finds"].sentence


def test_the_fullest_small_areas_are_the_town_centre(loaded, findings):
    found = findings["fullest small areas"]
    names = [column.name for column in found.table.columns]
    few = len(loaded.truths.concentrated)
    fullest = {row[names.index("code")] for row in found.table.rows[:few]}
    assert fullest == set(loaded.truths.concentrated)


def test_one_answer_moved_and_one_did_not(loaded, findings):
    moved = findings[f"survey: {loaded.truths.real_fall_of_trust.measure}"]
    still = findings[f"survey: {loaded.truths.small_rise.measure}"]
    assert (moved.verdict, still.verdict) == ("real change", "within chance")
    assert moved.change == pytest.approx(-0.19, abs=0.001)


def test_the_quiet_ward_has_the_lowest_rate(loaded, findings):
    quiet = loaded.truths.quiet_ward.name
    assert f"{quiet} the lowest" in findings["rate by ward"].sentence
