"""From files to releases: in which order, in how many, and what is said of each."""

import gzip
import zipfile
from datetime import date

import pytest

from saferplan.sources import load_paths, loading
from saferplan.store import EvidenceStore

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
    "LSOA name,Crime type,Last outcome category,Context"
)
FORCE = "Metropolitan Police Service"


def crimes(month="2024-03", rows=2, outcome="Under investigation"):
    """A file of street-level crime."""
    point = "-0.013512,51.461514,On or near Lewisham Way,E01003189,Lewisham 001A"
    lines = [
        f"{month}-{number},{month},{FORCE},{FORCE},{point},Burglary,{outcome},\n"
        for number in range(rows)
    ]
    return f"{HEADER}\n{''.join(lines)}".encode()


OUTCOMES = (
    b"Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
    b"LSOA name,Outcome type\n"
    b"1,2024-03,Kent Police,Kent Police,,,No location,,,Suspect charged\n"
)


@pytest.fixture
def folder(tmp_path):
    """Write files into a folder."""

    def write(**files):
        place = tmp_path / "files"
        place.mkdir(exist_ok=True)
        for name, data in files.items():
            (place / name.replace("__", ".")).write_bytes(data)
        return place

    return write


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path / "store")


def load(place, store, **options):
    return load_paths([place], store, by="analyst", **options)


def rows_in(store, dataset="street_crime"):
    return store.table(dataset).count().execute()


def test_files_of_one_source_make_one_release(folder, store):
    place = folder(a__csv=crimes("2024-02"), b__csv=crimes("2024-03", rows=3))
    report = load(place, store)
    [release] = report.releases
    assert [file.name for file in release.files] == ["a.csv", "b.csv"]
    assert (release.rows_read, release.rows_kept) == (5, 5)
    assert report.exit_code == 0


def test_each_source_and_dataset_has_a_release_of_its_own(folder, store):
    report = load(folder(a__csv=crimes(), b__csv=OUTCOMES), store)
    assert [r.dataset for r in report.releases] == ["crime_outcome", "street_crime"]


def test_loading_again_adds_nothing_and_says_in_which_release_the_files_are(
    folder, store
):
    place = folder(a__csv=crimes())
    [release] = load(place, store).releases
    again = load(place, store)
    assert again.releases == []
    assert [(f.name, f.release.id) for f in again.already_known] == [
        ("a.csv", release.id)
    ]
    assert (again.exit_code, rows_in(store)) == (0, 2)
    assert any("nothing added" in line for line in again.lines())


def test_the_same_bytes_twice_in_one_call_are_loaded_once(folder, store):
    place = folder(a__csv=crimes(), b__csv__gz=gzip.compress(crimes()))
    report = load(place, store)
    assert [bad.why for bad in report.repeated] == [
        "b.csv.gz is the same, byte for byte, as a.csv."
    ]
    assert (rows_in(store), report.exit_code) == (2, 0)


def test_two_publications_of_a_month_are_two_releases_the_older_first(tmp_path, store):
    place = tmp_path / "files"
    place.mkdir()
    for archive, outcome in [("2024-09", "Suspect charged"), ("2024-06", "Unknown")]:
        with zipfile.ZipFile(place / f"{archive}.zip", "w") as out:
            name = "2024-03/2024-03-metropolitan-street.csv"
            out.writestr(name, crimes(outcome=outcome))
    report = load(place, store)
    first, second = report.releases
    assert [r.published for r in (first, second)] == [
        date(2024, 6, 30),
        date(2024, 9, 30),
    ]
    [revision] = second.revisions
    assert (revision.rows_before, revision.rows_after) == (2, 2)
    now = store.table("street_crime").to_polars()
    assert now["outcome"].unique().to_list() == ["Suspect charged"]
    assert any("revised: police-uk.metropolitan" in line for line in report.lines())


def test_only_the_files_that_share_a_month_wait_for_another_release(folder, store):
    place = folder(
        a__csv=crimes("2024-01"),
        b__csv=crimes("2024-01", rows=3),
        c__csv=crimes("2024-02"),
    )
    first, second = load(place, store).releases
    assert [file.name for file in first.files] == ["a.csv", "c.csv"]
    assert [file.name for file in second.files] == ["b.csv"]


def test_the_person_may_say_when_it_was_published(folder, store):
    report = load(folder(a__csv=crimes()), store, published=date(2025, 1, 15))
    assert report.releases[0].published == date(2025, 1, 15)


def test_a_month_is_replaced_only_when_the_person_agrees(folder, store):
    load(folder(a__csv=crimes(rows=5)), store)
    asked = []

    def refuse(changes):
        asked.extend(changes)
        return False

    place = folder(a__csv=crimes(rows=9))
    report = load(place, store, confirm=refuse)
    assert [(c.rows_before, c.rows_after) for c in asked] == [(5, 9)]
    assert (report.releases, report.exit_code, rows_in(store)) == ([], 1, 5)
    assert "not accepted" in report.refused[0].why

    load(place, store, confirm=lambda _: True)
    assert rows_in(store) == 9


def test_one_bad_file_does_not_stop_the_others(folder, store):
    place = folder(a__csv=b"", b__csv=crimes(), c__zip=b"PK\x03\x04 not a zip")
    report = load(place, store)
    assert rows_in(store) == 2
    assert [bad.name for bad in report.refused] == ["a.csv", "c.zip"]
    assert report.exit_code == 1


def test_a_stray_file_in_a_folder_is_named_and_is_no_error(folder, store):
    place = folder(a__csv=crimes(), notes__txt=b"Ring the council\nabout wards\n")
    report = load(place, store)
    [stray] = report.unrecognised
    assert stray.why == (
        "notes.txt: no source knows a table with the columns Ring the council."
    )
    assert report.exit_code == 0


def test_a_file_that_the_person_named_has_to_be_known(folder, store):
    place = folder(notes__txt=b"Ring the council\nabout wards\n")
    report = load_paths([place / "notes.txt"], store, by="analyst")
    assert report.exit_code == 1


def test_a_header_without_rows_is_nothing_to_load(folder, store):
    report = load(folder(a__csv=f"{HEADER}\n".encode()), store)
    assert "has a header and no rows" in report.unrecognised[0].why


def test_a_file_of_which_no_row_can_be_taken_is_refused_whole(folder, store):
    place = folder(a__csv=crimes(month="March"), b__csv=crimes())
    report = load(place, store)
    [bad] = report.refused
    assert bad.why.startswith("a.csv: not one of its 2 rows could be taken. The first")
    assert "line 2: the month is not written as 2024-03" in bad.why
    assert report.releases[0].rows_quarantined == 0


def test_rows_set_aside_are_in_quarantine_word_for_word(folder, store):
    sound = crimes(rows=3).decode()
    place = folder(
        a__csv=sound.replace("2024-03-1,2024-03", "2024-03-1,March").encode()
    )
    report = load(place, store)
    [release] = report.releases
    assert (release.rows_read, release.rows_kept, release.rows_quarantined) == (3, 2, 1)
    [row] = store.quarantine(release.id).rows(named=True)
    assert (row["file"], row["line"]) == ("a.csv", 3)
    assert row["text"] in place.joinpath("a.csv").read_text().splitlines()
    assert "  quarantined: 1 row, the month is not written as 2024-03" in report.lines()


def test_the_account_of_a_release_adds_up_on_one_line(folder, store):
    report = load(folder(a__csv=crimes(rows=1_200)), store)
    assert report.lines()[0] == (
        "street_crime from police-uk-street, 1 file: 1,200 rows read = 1,200 kept + "
        f"0 quarantined + 0 already known (release {report.releases[0].id})"
    )


def test_what_waits_on_the_disk_is_loaded_like_the_rest(folder, store, monkeypatch):
    monkeypatch.setattr(loading, "MOST_IN_MEMORY", 0)
    place = folder(a__csv=crimes("2024-02"), b__csv=crimes("2024-03"))
    [release] = load(place, store).releases
    assert (release.rows_kept, rows_in(store)) == (4, 4)


def test_progress_is_told_of_every_file(folder, store):
    told = []
    place = folder(a__csv=crimes("2024-02"), b__csv=crimes("2024-03"))
    load(place, store, progress=lambda *step: told.append(step))
    assert told == [("a.csv", 0, 2), ("b.csv", 1, 2)]


def test_files_of_one_name_in_two_folders_are_both_in_the_release(tmp_path, store):
    for folder, month in [("one", "2024-02"), ("two", "2024-03")]:
        place = tmp_path / "files" / folder
        place.mkdir(parents=True)
        (place / "crimes.csv").write_bytes(crimes(month))
    [release] = load(tmp_path / "files", store).releases
    assert [f.name for f in release.files] == ["one/crimes.csv", "two/crimes.csv"]
