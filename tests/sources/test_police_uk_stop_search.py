"""Stops and searches: London time, one vocabulary, and what not stated means."""

from datetime import date, datetime
from pathlib import Path

import pytest

from saferplan.errors import SourceChanged
from saferplan.sources import load_paths, police_uk_stop_search
from saferplan.sources.catalogue import recognise
from saferplan.sources.files import open_file
from saferplan.sources.police_uk_words import ethnic_group
from saferplan.store import EvidenceStore

HEADER = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,"
    "Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,"
    "Object of search,Outcome,Outcome linked to object of search,"
    "Removal of more than just outer clothing"
)
MARCH = "2024-03-metropolitan-stop-and-search.csv"
REAL = Path("../shared/data/police_uk").resolve()


def row(**changes):
    """One line of a file, sound but for what a test changes."""
    cells = {
        "type": "Person search",
        "date": "2024-03-05T23:30:00+00:00",
        "operation": "False",
        "name": "",
        "y": "51.461514",
        "x": "-0.013512",
        "gender": "Male",
        "age": "18-24",
        "self": "Other ethnic group - Not stated",
        "officer": "Black",
        "law": "Misuse of Drugs Act 1971 (section 23)",
        "object": "Controlled drugs",
        "outcome": "A no further action disposal",
        "linked": "",
        "clothing": "False",
    }
    return ",".join((cells | changes).values())


@pytest.fixture
def read(tmp_path):
    def read_lines(*rows, header=HEADER, name=MARCH, end="\n", force=""):
        path = tmp_path / name
        path.write_bytes(end.join([header, *rows, ""]).encode())
        with open_file(path) as file:
            assert recognise(file) is police_uk_stop_search.SOURCE
            object.__setattr__(file, "force", force)
            [reading] = police_uk_stop_search.read(file)
        assert reading.rows_read == reading.kept.height + reading.refused.height
        return reading

    return read_lines


def test_a_search_is_kept_in_our_columns(read):
    [kept] = read(row()).kept.rows(named=True)
    assert kept == {
        "publisher": "police-uk",
        "force": "metropolitan",
        "month": date(2024, 3, 1),
        "searched_at": datetime(2024, 3, 5, 23, 30),
        "kind": "person",
        "operation": False,
        "longitude": -0.013512,
        "latitude": 51.461514,
        "gender": "Male",
        "age_range": "18-24",
        "self_defined": "Other ethnic group - Not stated",
        "officer_defined": "Black",
        "self_defined_group": None,
        "officer_defined_group": "Black",
        "legislation": "Misuse of Drugs Act 1971 (section 23)",
        "object_of_search": "Controlled drugs",
        "outcome": "A no further action disposal",
        "outcome_linked": None,
        "more_than_outer_clothing": False,
    }


def test_a_search_late_on_31_march_is_one_of_april_in_london(read):
    name = "2015-04-metropolitan-stop-and-search.csv"
    [kept] = read(row(date="2015-03-31T23:00:00+00:00"), name=name).kept.rows(
        named=True
    )
    assert kept["searched_at"] == datetime(2015, 4, 1, 0, 0)
    assert kept["month"] == date(2015, 4, 1)


def test_a_search_of_another_month_than_the_file_is_refused(read):
    reading = read(row(), row(date="2024-02-05T10:00:00+00:00"))
    [(line, reason)] = reading.refused.select("line", "reason").rows()
    assert (line, "2024-03, which the file is about" in reason) == (3, True)


GROUPS = {
    "White - English/Welsh/Scottish/Northern Irish/British": "White",
    "White - White British (W1)": "White",
    "White - Gypsy or Irish Traveller": "White",
    "Black or Black British - African (B2)": "Black",
    "Black/African/Caribbean/Black British - Caribbean": "Black",
    "Asian or Asian British - Pakistani (A2)": "Asian",
    "Asian/Asian British - Chinese": "Asian",
    "Chinese or other ethnic group - Chinese (O1)": "Asian",
    "Chinese or other ethnic group - Any other ethnic group (O9)": "Other",
    "Mixed - White and Asian (M3)": "Mixed",
    "Mixed/Multiple ethnic groups - White and Black African": "Mixed",
    "Other ethnic group - Any other ethnic group": "Other",
    "Other ethnic group - Arab": "Other",
    "Other ethnic group - Not stated": None,
    "Not Stated (NS)": None,
    "Other": "Other",
    "Martian": None,
}


@pytest.mark.parametrize(("words", "group"), GROUPS.items())
def test_old_and_new_words_for_ethnicity_give_the_census_groups(words, group):
    assert ethnic_group(words) == group


def test_ethnicity_not_stated_is_missing_and_never_other(read):
    kept = read(row(), row(self="Not Stated (NS)"), row(self="", officer="")).kept
    assert kept["self_defined_group"].null_count() == 3
    assert kept["officer_defined_group"].to_list() == ["Black", "Black", None]


def test_an_ethnicity_in_new_words_is_kept_as_published_and_noted(read):
    reading = read(row(self="Martian"), row())
    assert reading.kept["self_defined"][0] == "Martian"
    assert any("cannot group: Martian" in note for note in reading.notes)


def test_outcomes_of_before_2018_are_brought_to_todays_words(read):
    old = ["Nothing found - no further action", "Suspect arrested", "Local resolution"]
    kept = read(*(row(outcome=outcome) for outcome in old), row(outcome="")).kept
    assert kept["outcome"].to_list() == [
        "A no further action disposal",
        "Arrest",
        "Community resolution",
        None,
    ]


def test_an_empty_yes_or_no_is_missing_and_a_file_without_any_says_so(read):
    reading = read(row(operation="", linked="", clothing=""))
    assert reading.kept["outcome_linked"].to_list() == [None]
    assert reading.kept["operation"].to_list() == [None]
    assert any("missing, not no" in note for note in reading.notes)
    assert not any("missing, not no" in n for n in read(row(linked="True")).notes)


def test_rows_alike_in_everything_are_all_kept(read):
    assert read(row(), row(), row()).kept.height == 3


def test_searches_without_a_place_are_kept_and_noted(read):
    reading = read(row(x="", y=""), row(x="", y=""), row())
    assert reading.kept["longitude"].null_count() == 2
    assert any("March 2024: most searches have no location" in n for n in reading.notes)


def test_a_month_that_stops_on_the_17th_is_noted_as_incomplete(read):
    days = [row(date=f"2024-03-{1 + n % 17:02}T12:00:00+00:00") for n in range(170)]
    assert any("not complete" in note for note in read(*days).notes)
    whole = [row(date=f"2024-03-{1 + n % 31:02}T12:00:00+00:00") for n in range(310)]
    assert not any("not complete" in note for note in read(*whole).notes)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_way_of_writing_the_header_gives_the_same_rows(read, end):
    small = read(row(), header=HEADER.lower().replace(" ", "_"), end=end)
    assert small.kept.equals(read(row()).kept)


REFUSED = {
    "the date is not written as 2024-03-31T23:00:00+00:00": {"date": "5/3/2024"},
    "there is no such type of search": {"type": "Strip search"},
    "outcome linked is neither True nor False": {"linked": "perhaps"},
    "longitude and latitude are swapped": {"x": "51.461514", "y": "-0.013512"},
    "the point is outside the United Kingdom": {"x": "100", "y": "10"},
}


@pytest.mark.parametrize(("reason", "change"), REFUSED.items(), ids=REFUSED.keys())
def test_a_row_that_cannot_be_right_is_refused(read, reason, change):
    reading = read(row(), row(**change))
    assert reading.refused.rows() == [(3, reason, row(**change))]


def test_without_a_force_in_its_name_the_file_is_refused_with_what_to_do(read):
    with pytest.raises(SourceChanged, match="--force metropolitan"):
        read(row(), name="stops.csv")
    with pytest.raises(SourceChanged, match="'atlantis'"):
        read(row(), name="stops.csv", force="atlantis")


def test_the_person_may_say_which_force_it_is(read):
    kept = read(row(), name="stops.csv", force="kent").kept
    assert kept["force"].to_list() == ["kent"]


def test_load_paths_passes_the_force_on(tmp_path):
    path = tmp_path / "stops.csv"
    path.write_text(f"{HEADER}\n{row()}\n")
    store = EvidenceStore(tmp_path / "store")
    report = load_paths([path], store, by="analyst", force="kent")
    assert [release.rows_kept for release in report.releases] == [1]


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not here")
def test_a_copy_with_carriage_returns_is_the_same_evidence(tmp_path):
    name = "2018-03-metropolitan-stop-and-search.csv.gz"
    store = EvidenceStore(tmp_path / "store")
    first = load_paths([REAL / "metropolitan_stop_and_search" / name], store, by="a")
    second = load_paths([REAL / "crlf_variant" / name], store, by="a")
    assert first.releases[0].rows_kept > 10_000
    assert second.releases == []
    assert len(second.already_known) == 1


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not here")
def test_the_mets_december_2022_is_known_to_be_incomplete():
    folder = REAL / "metropolitan_stop_and_search"
    with open_file(folder / "2022-12-metropolitan-stop-and-search.csv.gz") as file:
        [reading] = police_uk_stop_search.read(file)
    assert reading.kept.height == 5_706
    assert any("from day 1 to day 17" in note for note in reading.notes)
