"""Outcomes of street-level crime."""

from datetime import date

import pytest

from saferplan.errors import SourceChanged
from saferplan.sources import police_uk_outcomes
from saferplan.sources.catalogue import recognise
from saferplan.sources.files import open_file

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
    "LSOA name,Outcome type"
)
FORCE = "Metropolitan Police Service"
POINT = "-0.013512,51.461514,On or near Lewisham Way,E01003189,Lewisham 001A"
SOUND = f"{'a' * 64},2024-03,{FORCE},{FORCE},{POINT},Suspect charged"


@pytest.fixture
def read(tmp_path):
    def read_lines(*rows, header=HEADER, end="\n"):
        path = tmp_path / "outcomes.csv"
        path.write_bytes(end.join([header, *rows, ""]).encode())
        with open_file(path) as file:
            assert recognise(file) is police_uk_outcomes.SOURCE
            [reading] = police_uk_outcomes.read(file)
        assert reading.rows_read == reading.kept.height + reading.refused.height
        return reading

    return read_lines


def test_an_outcome_is_kept_with_the_crime_it_belongs_to(read):
    reading = read(SOUND)
    [kept] = reading.kept.rows(named=True)
    assert (kept["crime_id"], kept["outcome"]) == ("a" * 64, "Suspect charged")
    assert (kept["force"], kept["month"]) == ("metropolitan", date(2024, 3, 1))
    assert (kept["longitude"], kept["lsoa_code"]) == (-0.013512, "E01003189")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_way_of_writing_the_header_gives_the_same_rows(read, end):
    small = read(SOUND, header=HEADER.lower().replace(" ", "_"), end=end)
    assert small.kept.equals(read(SOUND).kept)


def test_an_outcome_without_a_place_is_kept(read):
    reading = read(SOUND.replace(POINT, ",,No location,,"))
    assert reading.kept["longitude"].to_list() == [None]


def test_an_outcome_of_no_crime_and_a_crime_without_outcome_are_refused(read):
    reading = read(
        SOUND, SOUND.replace("a" * 64, ""), SOUND.replace("Suspect charged", "")
    )
    assert reading.refused.select("line", "reason").rows() == [
        (3, "there is no Crime ID to say whose outcome it is"),
        (4, "there is no outcome"),
    ]


def test_a_missing_column_is_named(read):
    with pytest.raises(SourceChanged, match="no column falls-within"):
        read(SOUND, header=HEADER.replace("Falls within", "Inside"))
