"""Where the store is."""

from pathlib import Path

from saferplan.store import EvidenceStore, default_place

CRIME = "recorded_crime"


def test_the_environment_says_where(monkeypatch):
    monkeypatch.setenv("SAFERPLAN_STORE", "~/evidence of the borough")
    assert default_place() == Path.home() / "evidence of the borough"


def test_by_default_it_is_among_this_persons_data(monkeypatch, tmp_path):
    monkeypatch.delenv("SAFERPLAN_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_place().is_relative_to(tmp_path)
    assert default_place().parts[-2:] == ("saferplan", "store")


def test_any_folder_name_will_do(tmp_path, reading, counts):
    row = ("E09000023", "2024-01", 10)
    store = EvidenceStore(tmp_path / "50% of Môn's [#1] evidence*?" / "store")
    store.load([reading(row)], by="analyst")
    assert counts(store.table(CRIME)) == [row]


def test_a_relative_place_stays_where_it_was(tmp_path, reading, counts, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = EvidenceStore("evidence")
    store.load([reading(("E09000023", "2024-01", 10))], by="analyst")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    assert len(counts(store.table(CRIME))) == 1
