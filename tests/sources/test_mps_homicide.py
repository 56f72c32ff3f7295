"""Victims of homicide: counted, and not described."""

from datetime import date
from pathlib import Path

import pytest
from sources.reading_files import read_one

from saferplan.sources.mps_homicide import SOURCE
from saferplan.store.reading import Reading

DATA = Path(__file__).parents[3] / "shared" / "data" / "mps_datastore"

HEADER = (
    "Count of Victims,Age Group,Sex,Method of Killing,Domestic Abuse,Recorded Date,"
    "Homicide Offence Type,Solved Status,Borough,Officer Observed Ethnicity"
)
VICTIMS = f"""\
{HEADER}
1,45 to 54,Male,Shooting,Not Domestic Abuse,Jan-03,Murder,Solved,Hackney,White
1,25 to 34,Female,Blunt Implement,Domestic Abuse,Jun-23,Murder,Unsolved,Lewisham,Asian
"""


def read(path: Path) -> Reading:
    return read_one(path, SOURCE)


@pytest.fixture
def read_text(tmp_path):
    def of(text: str) -> Reading:
        path = tmp_path / "homicide.csv"
        path.write_text(text)
        return read(path)

    return of


def test_a_victim_counts_in_the_month_and_borough_of_the_record(read_text):
    row = read_text(VICTIMS).kept.row(1, named=True)
    assert (row["area_code"], row["month"], row["count"]) == (
        "E09000023",
        date(2023, 6, 1),
        1,
    )
    assert (row["category"], row["subcategory"]) == (
        "Blunt Implement",
        "Domestic Abuse",
    )


def test_nothing_else_about_the_person_is_kept_even_in_quarantine(read_text):
    reading = read_text(VICTIMS.replace("Hackney", "Hakney"))
    held = f"{reading.kept.rows()} {reading.refused.rows()}"
    assert "Hakney" in held
    for words in ("Female", "Male", "45 to 54", "Asian", "White", "Solved"):
        assert words not in held


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("Jan-03", "2003", "the month is not like Jan-03"),
        ("\n1,45", "\none,45", "not a whole number"),
        ("Hackney", "Hakney", "the borough has a name we do not know"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused(read_text, right, wrong, reason):
    reading = read_text(VICTIMS.replace(right, wrong))
    assert reading.refused["reason"].to_list() == [reason]


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="real data is not here")
def test_every_real_victim_is_taken():
    reading = read(DATA / "Homicides_2003_2023.csv.gz")
    assert reading.rows_read == 2_912
    assert reading.refused.is_empty()
