"""People and households behind the rates of the ONS workbook of crime by area."""

from pathlib import Path

import openpyxl
import pytest

from saferplan.sources.files import open_file
from saferplan.sources.ons_crime_year import SOURCE
from saferplan.sources.ons_denominators import denominators

REAL = Path(__file__).parents[3] / "shared" / "data" / "ho_ons"

PARTNERSHIPS = [
    "Police Force Area code",
    "Police Force Area name",
    "Community Safety Partnership code",
    "Community Safety Partnership name",
    "Local Authority code",
    "Local Authority name",
    "Population figures\n (mid-2022) \n- rounded to 100",
    "Household figures\n (mid-2021)\n - rounded to 100",
    "Homicide",
]
MET = ["E23000001", "Metropolitan Police"]
DORSET = ["E23000039", "Dorset"]
ROWS = [
    [*MET, None, None, None, None, 8_855_300, 3_419_000, 0.01],
    [*MET, "E22000208", "Lewisham", "E09000023", "Lewisham ", 298_700, 122_400, 0.02],
    [*MET, None, "Unassigned Metropolitan police", None, None, "[x]", "[X]", "[x]"],
    ["E23000034", "City of London[note 9]", "E22000180", "City of London[note 9]"]
    + ["E09000001", "City of London", 10_800, 4_900, "[u1]"],
    [*DORSET, "E22000100", "Bournemouth", "E06000058", "BCP", 198_200, 84_800, 0.01],
    [*DORSET, "E22000101", "Poole", "E06000058", "BCP", 153_800, 66_200, 0.01],
    [*DORSET, "E22000102", "East and West", "Combined Local Authorities", None]
    + [238_300, 102_400, 0.01],
]
FORCES = [
    [
        "Area Code",
        "Area Name",
        "Population figures\n (mid-2023) rounded to 100 [note 5]",
    ],
    ["E23000001", "Metropolitan Police", 8_931_800],
    ["E12000007", "London [note 10]", 8_945_300],
]


@pytest.fixture
def reading(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    tables = {
        "Table P3": (FORCES, "Table P3: Crime by force, year ending December 2024"),
        "Table C4": (
            [PARTNERSHIPS, *ROWS],
            "Table C4: Rates, year ending December 2024",
        ),
    }
    for name, (rows, title) in tables.items():
        sheet = book.create_sheet(name)
        for row in [[title], ["Some shorthand is used in this table"], *rows]:
            sheet.append(row)
    book.save(tmp_path / "areas.xlsx")
    with open_file(tmp_path / "areas.xlsx") as file:
        (reading,) = denominators(file, "ons-crime-by-area")
    assert reading.rows_read == len(reading.kept) + len(reading.refused)
    return reading


def counts(reading, **where):
    return dict(reading.kept.filter(**where)["area_code", "count"].rows())


def test_households_of_a_borough_and_of_its_partnership_are_read(reading):
    assert counts(reading, unit="households", year=2021) == {
        "E22000208": 122_400,
        "E09000023": 122_400,
        "E22000180": 4_900,
        "E09000001": 4_900,
        "E22000100": 84_800,
        "E22000101": 66_200,
        "E22000102": 102_400,
    }


def test_people_are_of_the_year_in_their_heading(reading):
    assert counts(reading, unit="people", year=2022)["E09000023"] == 298_700
    assert counts(reading, unit="people", year=2023) == {
        "E23000001": 8_931_800,
        "E12000007": 8_945_300,
    }


def test_a_forces_total_is_left_to_the_table_of_forces(reading):
    assert counts(reading, area_set="force", unit="households") == {}


def test_notes_are_gone_from_names(reading):
    assert "City of London" in reading.kept["area_name"].to_list()
    assert not reading.kept["area_name"].str.contains("note").any()


def test_what_is_no_areas_whole_figure_is_refused_with_the_reason(reading):
    reasons = dict(reading.refused.group_by("reason").len().rows())
    assert reasons == {
        "not placed in any area": 2,
        "a part of its area": 4,  # two partnerships of one authority, two figures each
        "several local authorities together": 2,
    }


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
def test_the_real_workbook_gives_households_of_every_london_borough():
    name = "policeforceareatablesyedecember2024_incl_CSP_tables_C1-C5.xlsx"
    with open_file(REAL / name) as file:
        readings = SOURCE.read(file)
    people = next(each for each in readings if each.dataset == "population")
    homes = counts(people, area_set="borough", unit="households")
    london = {code: count for code, count in homes.items() if code.startswith("E09")}
    assert len(london) == 33
    assert london["E09000023"] == 122_400
