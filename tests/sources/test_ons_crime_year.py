"""The ONS workbook of crime by area, in the odd shape of the real one."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from saferplan.errors import SourceChanged
from saferplan.sources.files import open_file
from saferplan.sources.ons_crime_year import SOURCE
from saferplan.store.reading import Reading

DATA = Path(__file__).parents[3] / "shared" / "data" / "ho_ons"

PLACES = [
    "Police Force\n Area code",
    "Police Force\nArea name",
    "Community Safety\n Partnership code",
    "Community Safety\nPartnership name",
    "Local Authority code",
    "Local Authority name",
]
MET = ["E23000001", "Metropolitan Police"]
LEWISHAM = [*MET, "E22000208", "Lewisham", "E09000023", "Lewisham"]
CITY = ["E23000034", "City of London[note 9]", "E22000180", "City of London[note 9]"]
COUNTS = [
    [*PLACES, "Total recorded crime\n (excluding fraud)", "Homicide"],
    [*MET, "", "", "", "", 948_211, 110],
    [*LEWISHAM, 29_808, 4],
    [*MET, "", "Unassigned Metropolitan police", "", "", 700, 0],
    [*CITY, "E09000001", "City of London", 9_270, 0],
]
RATES = [
    [
        *PLACES,
        "Population figures\n (mid-2022) \n- rounded to 100",
        "Total recorded crime\n (excluding fraud)",
        "Residential burglary (per 1,000 population)",
        "Residential burglary (per 1,000 household)",
    ],
    [*LEWISHAM, 298_700, 99.8, 5.0, 12.1],
    [*CITY, "E09000001", "City of London", 10_800, "[x]", "[u1]", "[x]"],
]
BY_FORCE = [
    ["Area Code", "Area Name", "Total recorded crime\n (excluding fraud) \n[note 2]"],
    ["K04000001", "ENGLAND AND WALES [note 3]", 5_350_405],
    ["E12000007", "London", 957_481],
    ["E23000001", "Metropolitan Police ", 948_211],
    ["", "British Transport Police", 82_863],
]
COUNT_TITLE = (
    "Table C2: Number of police recorded crimes for headline offences by Community "
    "Safety Partnership area, England and Wales, year ending December 2024 [note 1]"
)
RATE_TITLE = (
    "Table C4:  Recorded crime rate per 1,000 population/households for headline "
    "offences, by Community Safety Partnership area, year ending December 2024"
)
FORCE_TITLE = (
    "Table P1:  Police recorded crime by offence group and police force area, England "
    "and Wales, number of offences, year ending December 2024 [note 1]"
)
CHANGE_TITLE = (
    "Table C3: Percentage change between recorded crimes for headline offences, by "
    "Community Safety Partnership area, for year ending December 2024"
)
TABLES = {
    "Table P1": (FORCE_TITLE, BY_FORCE),
    "Table C2": (COUNT_TITLE, COUNTS),
    "Table C3": (CHANGE_TITLE, COUNTS),
    "Table C4": (RATE_TITLE, RATES),
}


@pytest.fixture
def read(tmp_path):
    def of(tables: dict[str, tuple[str, list[list]]]) -> Reading:
        book = openpyxl.Workbook()
        book.active.title = "Cover_sheet"
        for name, (title, rows) in tables.items():
            sheet = book.create_sheet(name)
            # The header stands on line 8, under notes.
            for line in [title, *["Some shorthand is used"] * 6]:
                sheet.append([line])
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "areas.xlsx")
        return read_file(tmp_path / "areas.xlsx")

    return of


def read_file(path: Path) -> Reading:
    with open_file(path) as file:
        assert SOURCE.recognises(file)
        reading, *_ = SOURCE.read(file)
    assert reading.rows_read == reading.kept.height + reading.refused.height
    return reading


def value(reading: Reading, **where: object) -> float | None:
    return reading.kept.filter(**where)["value"].item()


TOTAL = "Total recorded crime (excluding fraud)"


def test_a_partnership_has_its_offences_and_its_rates(read):
    reading = read(TABLES)
    lewisham = {"area_set": "csp", "area_code": "E22000208"}
    assert value(reading, **lewisham, offence=TOTAL, statistic="offences") == 29_808
    rates = reading.kept.filter(**lewisham, offence="Residential burglary")
    assert dict(rates.select("statistic", "value").rows()) == {
        "per 1,000 residents": 5.0,
        "per 1,000 households": 12.1,
    }
    assert value(reading, **lewisham, statistic="residents") == 298_700


def test_a_partnership_knows_its_borough_its_force_and_its_year(read):
    row = read(TABLES).kept.filter(area_code="E22000208").row(0, named=True)
    assert row["authority_code"] == "E09000023"
    assert (row["parent_code"], row["parent_name"]) == tuple(MET)
    assert row["year_ending"] == date(2024, 12, 31)


def test_shorthand_is_missing_and_never_zero(read):
    city = read(TABLES).kept.filter(area_code="E22000180", area_name="City of London")
    rates = city.filter(pl.col("statistic").str.starts_with("per"))
    assert rates["value"].to_list() == [None, None, None]


def test_what_has_no_partnership_keeps_its_name_and_has_no_code(read):
    reading = read(TABLES)
    unassigned = reading.kept.filter(area_name="Unassigned Metropolitan police")
    assert unassigned["area_code"].to_list() == [None, None]
    assert unassigned["area_set"].to_list() == ["csp", "csp"]


def test_forces_regions_and_nations_are_told_apart_by_their_codes(read):
    sets = dict(
        read(TABLES)
        .kept.filter(pl.col("area_set") != "csp")
        .select("area_name", "area_set")
        .rows()
    )
    assert sets == {
        "England and Wales": "country",
        "London": "region",
        "Metropolitan Police": "force",
        "British Transport Police": "force",
    }


def test_a_force_is_taken_once_though_two_tables_have_it(read):
    met = read(TABLES).kept.filter(area_code="E23000001", offence=TOTAL)
    assert met["value"].to_list() == [948_211]


def test_a_force_is_taken_from_the_partnership_table_where_there_is_no_other(read):
    reading = read({"Table C2": TABLES["Table C2"]})
    assert value(reading, area_set="force", offence=TOTAL) == 948_211


def test_percentage_changes_are_left_out(read):
    alone = read({"Table C2": TABLES["Table C2"]})
    beside = read({"Table C2": TABLES["Table C2"], "Table C3": TABLES["Table C3"]})
    assert alone.kept.equals(beside.kept)


def test_a_word_in_place_of_a_number_is_refused_with_its_sheet_and_line(read):
    rows = [*COUNTS[:2], [*LEWISHAM, "lots", 4]]
    reading = read({"Table C2": (COUNT_TITLE, rows)})
    assert reading.refused.row(0) == (
        10,
        "not a number",
        f"Table C2,E22000208,Lewisham,{TOTAL},offences,lots",
    )


def test_a_workbook_whose_sheets_say_nothing_is_refused_whole(read):
    with pytest.raises(SourceChanged, match="changed its layout"):
        read({"Table C2": ("Recorded crime", COUNTS)})


needs_data = pytest.mark.skipif(not DATA.exists(), reason="real data is not here")


@pytest.mark.real_data
@needs_data
def test_the_real_workbook_has_every_partnership_for_two_years():
    name = "policeforceareatablesyedecember2024_incl_CSP_tables_C1-C5.xlsx"
    reading = read_file(DATA / name)
    offences = reading.kept.filter(area_set="csp", statistic="offences", offence=TOTAL)
    assert offences["area_code"].drop_nulls().n_unique() == 314
    lewisham = offences.filter(authority_code="E09000023").sort("year_ending")
    assert lewisham.select("year_ending", "value").rows() == [
        (date(2023, 12, 31), 30_131.0),
        (date(2024, 12, 31), 29_808.0),
    ]
    key = ["area_set", "area_code", "area_name", "year_ending", "offence", "statistic"]
    assert not reading.kept.select(key).is_duplicated().any()
    assert reading.refused.is_empty()


@pytest.mark.real_data
@needs_data
def test_an_older_workbook_without_partnerships_is_read_too():
    reading = read_file(DATA / "pfatablesyedec23.xlsx")
    assert reading.published == date(2023, 12, 31)
    met = {"area_code": "E23000001", "offence": TOTAL, "statistic": "offences"}
    years = reading.kept.filter(**met)["year_ending"].sort().to_list()
    assert years == [date(2022, 12, 31), date(2023, 12, 31)]
