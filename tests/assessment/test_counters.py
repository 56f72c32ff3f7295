"""Front counters in the borough, and the one that closed."""

import shutil

import pytest

from saferplan.assessment import Evidence
from saferplan.assessment.counters import counters
from saferplan.assessment.finding import Gap
from saferplan.sources import load_paths
from saferplan.store import EvidenceStore


@pytest.fixture
def said(evidence, assessment):
    return counters(evidence, assessment.area)


def test_the_counter_that_closed_is_named(said, city):
    _store, truths = city
    (finding,) = said
    assert f"{truths.closed_counter} closed since the list of" in finding.sentence
    assert truths.closed_counter not in finding.sentence.split(".")[0]
    rows = {row[0]: row[1:] for row in finding.table.rows}
    assert rows[truths.closed_counter] == ("listed", "not listed")


def test_a_neighbours_counters_are_not_the_boroughs(said):
    # Twenty-one are listed for nine boroughs; three of them were in this one.
    (finding,) = said
    assert len(finding.table.rows) == 3
    assert finding.value == 2


def test_without_a_list_it_says_what_to_load(tmp_path, assessment):
    nothing = Evidence(EvidenceStore(tmp_path / "store"))
    (gap,) = counters(nothing, assessment.area)
    assert isinstance(gap, Gap)
    assert "front counters" in gap.remedy


def test_a_list_without_a_date_is_called_undated(city, assessment, tmp_path):
    whole, _truths = city
    files = whole.place.parent / "files"
    newest = max(files.glob("front-counters/**/*.csv"))
    shutil.copy(newest, tmp_path / "police-stations.csv")
    store = EvidenceStore(tmp_path / "store")
    boundaries = files / "boundaries"
    load_paths([tmp_path / "police-stations.csv", boundaries], store, by="test")
    (finding,) = counters(Evidence(store), assessment.area)
    assert finding.period.label == "an undated list"
    assert finding.table.columns[1].title == "An undated list"
    assert "1970" not in finding.sentence
