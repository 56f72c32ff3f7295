"""Street-level crime: every header there has been, every quirk seen in the files."""

import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from saferplan.errors import SourceChanged
from saferplan.sources import load_paths, police_uk_street
from saferplan.sources.catalogue import recognise
from saferplan.sources.files import open_file
from saferplan.sources.police_uk import FORCES, force_of
from saferplan.store import EvidenceStore

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
    "LSOA name,Crime type,Last outcome category,Context"
)
# The header of December 2010, before crimes had an ID or an LSOA.
OLD_HEADER = (
    "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context"
)
REAL = Path("../shared/data/police_uk").resolve()


def row(**changes):
    """One line of a file, sound but for what a test changes."""
    cells = {
        "id": "a" * 64,
        "month": "2024-03",
        "force": "Metropolitan Police Service",
        "within": "Metropolitan Police Service",
        "x": "-0.013512",
        "y": "51.461514",
        "location": "On or near Lewisham Way",
        "lsoa": "E01003189",
        "lsoa_name": "Lewisham 001A",
        "type": "Burglary",
        "outcome": "Under investigation",
        "context": "",
    }
    return ",".join((cells | changes).values())


@pytest.fixture
def read(tmp_path):
    """Read some lines as a file of street-level crime."""

    def read_lines(*rows, header=HEADER, name="crimes.csv", end="\n"):
        path = tmp_path / name
        path.write_bytes(end.join([header, *rows, ""]).encode())
        with open_file(path) as file:
            assert recognise(file) is police_uk_street.SOURCE
            [reading] = police_uk_street.read(file)
        assert reading.rows_read == reading.kept.height + reading.refused.height
        return reading

    return read_lines


def test_a_row_is_kept_in_our_columns(read):
    reading = read(row())
    [kept] = reading.kept.rows(named=True)
    assert kept == {
        "publisher": "police-uk",
        "force": "metropolitan",
        "month": date(2024, 3, 1),
        "crime_id": "a" * 64,
        "reported_by": "Metropolitan Police Service",
        "falls_within": "Metropolitan Police Service",
        "longitude": -0.013512,
        "latitude": 51.461514,
        "location": "On or near Lewisham Way",
        "lsoa_code": "E01003189",
        "lsoa_name": "Lewisham 001A",
        "crime_type": "Burglary",
        "outcome": "Under investigation",
    }
    assert reading.published == date(2024, 3, 31)


def test_a_file_of_2010_has_metres_on_the_grid_and_no_ids(read):
    police = "Metropolitan Police Service"
    reading = read(
        f"2010-12,{police},{police},538880,177320,On or near Blackheath Ave,Burglary,",
        f"2010-12,{police},{police},0,0,No Location,Violent crime,",
        header=OLD_HEADER,
    )
    placed, unplaced = reading.kept.rows(named=True)
    # The Royal Observatory, TQ 3888 7732, stands on the old meridian, which satellite
    # positioning puts some 100 m west of the new one.
    assert placed["longitude"] == pytest.approx(-0.0015, abs=0.0003)
    assert placed["latitude"] == pytest.approx(51.4778, abs=0.0003)
    assert (placed["crime_id"], placed["lsoa_code"]) == (None, None)
    assert (unplaced["longitude"], unplaced["crime_type"]) == (None, "Violent crime")


def test_a_header_in_small_letters_and_underscores_is_the_same_header(read):
    header = HEADER.lower().replace(" ", "_")
    assert read(row(), header=header).kept.equals(read(row()).kept)


def test_carriage_returns_change_nothing(read):
    unix, windows = read(row(), row()), read(row(), row(), end="\r\n")
    assert unix.kept.equals(windows.kept)


def test_crime_types_may_be_written_as_slugs(read):
    kept = read(row(type="anti-social-behaviour"), row(type="BURGLARY")).kept
    assert kept["crime_type"].to_list() == ["Anti-social behaviour", "Burglary"]


def test_anti_social_behaviour_has_no_crime_id_and_is_kept(read):
    reading = read(row(id="", type="Anti-social behaviour", outcome=""), row())
    assert reading.kept["crime_id"].null_count() == 1
    assert reading.refused.is_empty()


def test_rows_that_repeat_a_crime_id_are_all_kept_and_noted(read):
    many = [row(), row(), row(outcome="Suspect charged"), row(id="b" * 64)]
    reading = read(*many)
    assert reading.kept.height == 4
    assert any("repeat the Crime ID" in note for note in reading.notes)
    assert any("March 2024: 2 of 4 rows" in note for note in reading.notes)


def test_no_location_is_kept_without_a_point_and_noted(read):
    reading = read(
        row(x="", y="", location="No Location", lsoa="", lsoa_name=""),
        row(x="0", y="0", location="No location", lsoa="", lsoa_name=""),
        row(location="On or near "),
    )
    assert reading.kept["longitude"].null_count() == 2
    assert any("no small area counts them" in note for note in reading.notes)
    assert reading.kept["location"][2] == "On or near "


def test_rows_far_from_the_force_are_kept_and_noted(read):
    home = [row(id=str(n)) for n in range(1_500)]
    reading = read(*home, row(lsoa_name="Birmingham 138A", x="-1.89", y="52.48"))
    assert reading.kept.height == 1_501
    assert any("far outside its area" in note for note in reading.notes)
    assert not any("far outside" in note for note in read(*home).notes)


def test_lsoa_codes_of_2011_and_2021_may_stand_side_by_side(read):
    reading = read(row(lsoa="E01003189"), row(lsoa="E01033769"))
    assert reading.kept["lsoa_code"].to_list() == ["E01003189", "E01033769"]
    assert any("first drawn in 2021" in note for note in reading.notes)
    assert not any("2021" in note for note in read(row(lsoa="E01033768")).notes)


def test_a_quoted_comma_shifts_no_column(read):
    [kept] = read(row(location='"On or near High Road, Ickenham"')).kept.rows(
        named=True
    )
    assert kept["location"] == "On or near High Road, Ickenham"
    assert kept["lsoa_code"] == "E01003189"


def test_a_file_of_one_crime_type_says_so(read):
    assert any("Holds only Burglary" in note for note in read(row(), row()).notes)
    assert not any("Holds only" in n for n in read(row(), row(type="Drugs")).notes)


REFUSED = {
    "the month is not written as 2024-03": {"month": "March 2024"},
    "the month is before December 2010, when these data begin": {"month": "2009-05"},
    "the month is in the future": {"month": "2199-01"},
    "there is no such crime type": {"type": "Bürglary"},
    "no force has this name": {"force": "Metropolitan Politburo"},
    "there is no force that reported it": {"force": ""},
    "the LSOA code is not one": {"lsoa": "Lewisham 001A"},
    "half of the point is missing": {"x": ""},
    "the point is not two numbers": {"x": "west"},
    "longitude and latitude are swapped": {"x": "51.461514", "y": "-0.013512"},
    "the point is (0, 0), in the sea off Africa": {"x": "0.000000", "y": "0.0"},
    "the point is outside the United Kingdom": {"x": "2.35", "y": "48.85"},
}


@pytest.mark.parametrize(("reason", "change"), REFUSED.items(), ids=REFUSED.keys())
def test_a_row_that_cannot_be_right_is_refused_with_its_line_and_text(
    read, reason, change
):
    reading = read(row(), row(**change), row())
    assert reading.refused.rows() == [(3, reason, row(**change))]
    assert reading.kept.height == 2


def test_shifted_columns_are_refused(read):
    shifted = row().removeprefix("a" * 64 + ",") + ","
    reading = read(row(), shifted)
    assert reading.refused["line"].to_list() == [3]


def test_a_row_of_another_month_than_the_files_name_says_is_refused(read):
    reading = read(row(), row(month="2024-02"), name="2024-03-metropolitan-street.csv")
    [reason] = reading.refused["reason"]
    assert reason == "the month is not 2024-03, which the file is about"


def test_a_few_stray_rows_never_stand_for_a_whole_month(read):
    # Taken as given, one mistyped row would replace the whole of February.
    reading = read(*[row()] * 99, row(month="2024-02"))
    [reason] = reading.refused["reason"]
    assert reason.startswith("too few rows of this month")


def test_one_file_may_hold_several_months_and_forces(read):
    city = "City of London Police"
    rows = [row(month="2024-02")] * 40 + [row()] * 50 + [row(force=city, within=city)]
    reading = read(*rows)
    assert reading.refused.is_empty()
    assert reading.kept["force"].unique().sort().to_list() == [
        "city-of-london",
        "metropolitan",
    ]


def test_a_file_that_came_in_an_archive_was_published_with_the_archive(tmp_path):
    path = tmp_path / "2024-12.zip"
    with zipfile.ZipFile(path, "w") as archive:
        name = "2024-03/2024-03-metropolitan-street.csv"
        archive.writestr(name, f"{HEADER}\n{row()}\n")
    with open_file(path) as file:
        [reading] = police_uk_street.read(file)
    assert reading.published == date(2024, 12, 31)


def test_a_missing_column_is_named_with_where_to_look(read):
    header = HEADER.replace("Crime type", "Kind of crime")
    with pytest.raises(SourceChanged, match=r"crimes\.csv has no column crime-type"):
        read(row(), header=header)
    header = HEADER.replace("Longitude", "Lon")
    with pytest.raises(SourceChanged, match="longitude/easting"):
        read(row(), header=header)


def test_a_new_column_is_left_out_and_noted(read):
    reading = read(row() + ",yes", header=HEADER + ",Knife flag")
    assert any("Knife flag" in note for note in reading.notes)
    assert reading.kept.height == 1


def test_every_force_has_the_short_name_of_its_files():
    names = {
        "Avon and Somerset Constabulary": "avon-and-somerset",
        "British Transport Police": "btp",
        "Devon & Cornwall Police": "devon-and-cornwall",
        "Dyfed-Powys Police": "dyfed-powys",
        "Greater Manchester Police": "greater-manchester",
        "Police Service of Northern Ireland": "northern-ireland",
        "Thames Valley Police": "thames-valley",
        "West Midlands Police": "west-midlands",
    }
    assert {name: force_of(name) for name in names} == names
    assert len(set(FORCES)) == len(FORCES) == 45


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not here")
def test_city_of_london_comes_to_31_499_rows_and_again_to_none(tmp_path):
    store = EvidenceStore(tmp_path / "store")
    folder = REAL / "city_of_london_all_crime"
    paths = sorted(folder.glob("*-street.csv.gz"))
    report = load_paths(paths, store, by="analyst")
    [release] = report.releases
    assert (release.rows_read, release.rows_kept) == (31_499, 31_499)

    crimes = store.table("street_crime").to_polars()
    assert crimes["month"].n_unique() == 48
    without_id = crimes.filter(pl.col("crime_id").is_null())
    assert without_id["crime_type"].unique().to_list() == ["Anti-social behaviour"]
    assert without_id.height == 3_793

    again = load_paths(paths, store, by="analyst")
    assert (again.releases, len(again.already_known)) == ([], 48)
    assert store.table("street_crime").count().execute() == 31_499
