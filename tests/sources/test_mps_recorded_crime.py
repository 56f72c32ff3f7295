"""Recorded crime of the Metropolitan Police, on tables small enough to add up."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources.reading_files import read_one

from saferplan.errors import SourceChanged
from saferplan.sources import load_paths
from saferplan.sources.files import open_file
from saferplan.sources.mps_recorded_crime import SOURCE
from saferplan.store import EvidenceStore
from saferplan.store.reading import Reading

DATA = Path(__file__).parents[3] / "shared" / "data" / "mps_datastore"

BOROUGHS = """\
MajorText,MinorText,LookUp_BoroughName,202001,202002,202003
Theft,Shoplifting,Lewisham,10,11,8
Theft,Shoplifting,Barking & Dagenham,20,21,17
Theft,Shoplifting,Unknown,1,1,9
"""
WARDS = """\
MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202402,202403,202404
THEFT,SHOPLIFTING,Abbey,E05014053,Barking and Dagenham,1,70,71
THEFT,SHOPLIFTING,Heathrow Villages,E05013570,Aviation Security (SO18),0,30,29
"""
LSOAS = """\
lsoa_code,lsoa_name,borough,major_category,minor_category,202402,202403,202404
E01000006,Barking and Dagenham 016A,E09000002,THEFT,SHOPLIFTING,0,4,5
E01035720,Westminster 024C,E09000033,NFIB FRAUD,NFIB,0,6,7
"""


def read(path: Path) -> Reading:
    return read_one(path, SOURCE)


@pytest.fixture
def read_text(tmp_path):
    def of(text: str) -> Reading:
        path = tmp_path / "table.csv"
        path.write_text(text)
        return read(path)

    return of


def offences(reading: Reading, **where: object) -> list[int]:
    """The offences of the rows that fit, in order of month."""
    rows = reading.kept.filter(
        pl.col(name).cast(pl.String).eq_missing(pl.lit(value, pl.String))
        for name, value in where.items()
    )
    return rows.sort("month")["offences"].to_list()


def test_each_borough_category_and_month_is_a_row(read_text):
    reading = read_text(BOROUGHS)

    assert reading.rows_read == 9
    assert offences(reading, area_code="E09000023") == [10, 11, 8]
    assert reading.kept.row(0, named=True) == {
        "publisher": "mps",
        "area_set": "borough",
        "vintage": None,
        "area_code": "E09000023",
        "area_name": "Lewisham",
        "parent_code": None,
        "parent_name": None,
        "month": date(2020, 1, 1),
        "scheme": "mps-2024",
        "major": "Theft",
        "minor": "Shoplifting",
        "offences": 10,
    }


@pytest.mark.parametrize(
    "header",
    [
        "MajorText,MinorText,LookUp_BoroughName",
        "MajorText,MinorText,BoroughName",
        "Group,SubGroup,BOCU",
        "Major Category,Minor Category,Borough",
        "majortext,minortext,boroughname",
    ],
)
def test_every_header_the_police_have_used_is_read_the_same(read_text, header):
    text = BOROUGHS.replace("MajorText,MinorText,LookUp_BoroughName", header)
    assert read_text(text).kept.equals(read_text(BOROUGHS).kept)


def test_a_table_with_a_row_for_each_month_is_read_too(read_text):
    reading = read_text(
        ",X,Month,CrimeType ,CrimeDetails,CrimeCount,Borough\n"
        "1,1,201104,Theft & Handling,Theft From Shops,81,Lewisham\n"
        "2,2,201105,Theft & Handling,Theft From Shops,80,Lewisham\n"
    )
    assert offences(reading, scheme="mps-2008", major="Theft and handling") == [81, 80]
    assert reading.published == date(2011, 5, 31)


def test_names_of_boroughs_become_the_ons_name_and_code(read_text):
    reading = read_text(BOROUGHS)
    assert offences(reading, area_name="Barking and Dagenham") == [20, 21, 17]
    assert offences(reading, area_code="E09000002") == [20, 21, 17]


def test_what_is_no_area_is_kept_without_a_code(read_text):
    assert offences(read_text(BOROUGHS), area_code=None, area_name="Unknown") == [
        1,
        1,
        9,
    ]


def test_a_month_with_many_unplaced_offences_is_noted(read_text):
    notes = " ".join(read_text(BOROUGHS).notes)
    assert "March 2020: 9 of 34 offences have no borough" in notes
    assert "February 2020" not in notes


def test_a_borough_nobody_knows_is_refused_and_not_counted_as_unknown(read_text):
    reading = read_text(BOROUGHS.replace("Lewisham", "Lewsham"))
    assert reading.refused["line"].to_list() == [2, 2, 2]
    assert reading.refused["reason"].unique().to_list() == [
        "the borough has a name we do not know"
    ]
    assert reading.refused["text"][0] == "Theft,Shoplifting,Lewsham,202001=10"


def test_a_stub_of_a_month_is_set_aside_cell_by_cell(read_text):
    reading = read_text(WARDS)

    assert reading.kept["month"].unique().sort().to_list() == [
        date(2024, 3, 1),
        date(2024, 4, 1),
    ]
    assert reading.refused.height == 2
    assert reading.refused["text"][0].endswith("Barking and Dagenham,202402=1")
    assert "stub" in reading.refused["reason"][0]
    assert "February 2024 is a stub" in " ".join(reading.notes)


def test_a_quiet_month_is_no_stub(read_text):
    # April 2020 had two thirds of a usual month; a month is a stub under a twentieth.
    assert read_text(WARDS.replace(",1,70,71", ",40,70,71")).refused.is_empty()


def test_a_ward_has_its_code_its_vintage_and_its_borough(read_text):
    row = read_text(WARDS).kept.filter(area_name="Abbey").row(0, named=True)
    assert (row["area_code"], row["vintage"]) == ("E05014053", 2022)
    assert (row["parent_code"], row["parent_name"]) == (
        "E09000002",
        "Barking and Dagenham",
    )


def test_wards_of_before_2014_have_their_own_vintage(read_text):
    older = WARDS.replace("E05014053", "E05000026").replace("E05013570", "E05000330")
    assert read_text(older).kept["vintage"].unique().to_list() == [2002]


def test_a_ward_under_the_airport_police_has_no_borough(read_text):
    row = read_text(WARDS).kept.filter(area_name="Heathrow Villages").row(0, named=True)
    assert row["area_code"] == "E05013570"
    assert (row["parent_code"], row["parent_name"]) == (
        None,
        "Aviation Security (SO18)",
    )


def test_an_lsoa_table_names_boroughs_by_code(read_text):
    row = read_text(LSOAS).kept.filter(area_code="E01000006").row(0, named=True)
    assert (row["parent_code"], row["parent_name"]) == (
        "E09000002",
        "Barking and Dagenham",
    )
    assert row["vintage"] == 2021


def test_categories_come_in_one_form_of_words(read_text):
    majors = read_text(LSOAS).kept["major"].unique().sort().to_list()
    assert majors == ["NFIB fraud", "Theft"]


@pytest.mark.parametrize(
    ("minor", "scheme"),
    [
        ("Common Assault", "mps-2008"),
        ("Drug Trafficking", "mps-2018"),
        ("TRAFFICKING OF DRUGS", "mps-2024"),
    ],
)
def test_the_scheme_of_a_table_is_told_by_its_categories(read_text, minor, scheme):
    reading = read_text(BOROUGHS.replace("Shoplifting", minor))
    assert reading.kept["scheme"].unique().to_list() == [scheme]


def test_zeros_are_kept_and_marks_are_missing(read_text):
    reading = read_text(BOROUGHS.replace("10,11,8", "0,*,<5"))
    assert offences(reading, area_code="E09000023") == [0, None, None]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("ten", "not a number"),
        ("1.5", "not a whole number"),
        ("-1", "fewer than no offences"),
        ("12,34", "not a number"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("1e21", "more offences than London has people"),
    ],
)
def test_a_cell_that_is_no_count_is_refused_alone(read_text, cell, reason):
    reading = read_text(BOROUGHS.replace("Lewisham,10", f'Lewisham,"{cell}"'))
    assert reading.kept.height == 8
    assert reading.refused["reason"].to_list() == [reason]
    assert cell in reading.refused["text"][0]


@given(
    cells=st.lists(
        st.one_of(
            st.integers(-5, 10**12).map(str),
            st.floats(allow_nan=True).map(repr),
            st.sampled_from(["", "*", "<5", "-", "[c]", "[x]", "ten", " 7 ", "1,000"]),
            st.text(alphabet="0123456789,.-eE ", max_size=8),
        ),
        min_size=3,
        max_size=3,
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_cells_hold_each_is_a_count_or_missing_or_refused(cells):
    quoted = ",".join(f'"{cell}"' for cell in cells)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(BOROUGHS.replace("10,11,8", quoted))
        reading = read(path)
    assert reading.rows_read == 9
    kept = reading.kept.filter(area_code="E09000023")["offences"].drop_nulls()
    readable = {cell.replace(",", "").strip() for cell in cells}
    assert all(
        any(is_number(cell) and float(cell) == count for cell in readable)
        for count in kept
    )


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_a_header_without_rows_gives_no_rows(read_text):
    assert read_text(BOROUGHS.splitlines()[0] + "\n").rows_read == 0


def test_thousands_may_be_separated(read_text):
    reading = read_text(BOROUGHS.replace("Lewisham,10", 'Lewisham,"1,010"'))
    assert offences(reading, area_code="E09000023") == [1010, 11, 8]


def test_the_same_area_and_category_twice_is_refused_the_second_time(read_text):
    reading = read_text(BOROUGHS + "THEFT,SHOPLIFTING,Lewisham,5,5,5\n")
    assert offences(reading, area_code="E09000023") == [10, 11, 8]
    assert reading.refused["line"].to_list() == [5, 5, 5]


def test_a_row_without_a_category_is_refused(read_text):
    reading = read_text(BOROUGHS.replace("Shoplifting,Lewisham", ",Lewisham"))
    assert reading.refused["reason"][0] == "the row has no category"


def test_a_code_of_another_kind_of_area_is_refused(read_text):
    reading = read_text(WARDS.replace("E05014053", "E09000002"))
    assert "not that of a ward" in reading.refused["reason"][0]


def test_a_month_still_to_come_is_refused(read_text):
    reading = read_text(BOROUGHS.replace("202003", "209903"))
    assert set(reading.refused["reason"]) == {"the month is not over"}
    assert reading.kept.height == 6


def test_a_ragged_row_counts_once_and_the_others_are_read(read_text):
    reading = read_text(BOROUGHS + "Theft,Shoplifting,Bexley,1\n")
    assert reading.rows_read == 10
    assert reading.kept.height == 9


def test_a_table_that_does_not_say_where_is_refused_whole(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(BOROUGHS.replace("LookUp_BoroughName", "Where"))
    with open_file(path) as file, pytest.raises(SourceChanged, match="borough"):
        SOURCE.read(file)


def test_a_monthly_table_stands_to_the_end_of_its_last_month(read_text):
    assert read_text(BOROUGHS).published == date(2020, 3, 31)


def months(first_year: int, count: int) -> list[str]:
    return [f"{first_year + n // 12}{n % 12 + 1:02}" for n in range(count)]


def wide(columns: list[str], category: str = "SHOPLIFTING") -> str:
    header = ",".join(["MajorText", "MinorText", "BoroughName", *columns])
    return f"{header}\nTHEFT,{category},Lewisham{',5' * len(columns)}\n"


def test_a_historical_table_stands_where_the_monthly_one_beside_it_does(read_text):
    # It ends in December 2013, so the monthly one beside it is of 2014 and 2015.
    assert read_text(wide(months(2011, 36))).published == date(2015, 12, 31)


def test_a_historical_table_of_the_old_layout_came_out_once(read_text):
    table = read_text(wide(months(2011, 36), "Common Assault"))
    assert table.published == date(2013, 12, 31)


def test_a_parquet_copy_gives_the_same_rows(tmp_path, read_text):
    csv = read_text(WARDS)
    pl.read_csv(tmp_path / "table.csv").write_parquet(tmp_path / "table.parquet")
    parquet = read(tmp_path / "table.parquet")
    assert parquet.kept.equals(csv.kept)
    assert parquet.refused["line"].to_list() == [1, 2]  # there is no header line


needs_data = pytest.mark.skipif(not DATA.exists(), reason="real data is not here")


@pytest.mark.real_data
@needs_data
@pytest.mark.parametrize(
    ("file", "stub", "left_behind"),
    [
        ("recorded-crime-ward.parquet", "202402", 40),
        ("recorded-crime-lsoa.parquet", "202402", 39),
        ("ward_vintages/MPS_Ward_Level_Crime_24m__202403-202603.csv.gz", "202403", 47),
    ],
)
def test_the_stubs_of_real_tables_are_found(file, stub, left_behind):
    refused = read(DATA / file).refused
    number = refused["text"].str.extract(rf"{stub}=(\d+)$").cast(pl.Int64)
    assert number.sum() == left_behind
    assert number.null_count() == 0


@pytest.mark.real_data
@needs_data
def test_real_tables_have_the_areas_and_rows_that_are_known_of_them():
    wards = read(DATA / "recorded-crime-ward.parquet").kept
    lsoas = read(DATA / "recorded-crime-lsoa.parquet")
    assert wards["area_code"].n_unique() == 679
    assert lsoas.rows_read == 105_620 * 25
    assert lsoas.kept["area_code"].n_unique() == 4_988
    assert "Sexual offences" not in lsoas.kept["major"].unique().cast(pl.String)


@pytest.mark.real_data
@needs_data
def test_march_2020_is_as_published_before_and_after_it_was_rebased():
    folder = DATA / "borough_vintages"
    before = read(folder / "MPS_Borough_Level_Crime_24m__201811-202010.csv.gz")
    after = read(DATA / "recorded-crime-borough-historical.parquet")
    march = {"month": "2020-03-01", "area_code": "E09000023"}
    assert sum(offences(before, **march)) == 2_103
    assert sum(offences(after, **march)) == 1_653
    assert any("March 2020: 12,578 of" in note for note in after.notes)


@pytest.mark.real_data
@needs_data
def test_the_newest_of_all_borough_tables_has_every_month():
    newest: dict[date, tuple[date, str]] = {}
    files = [*(DATA / "borough_vintages").iterdir(), *DATA.glob("*-borough*.parquet")]
    for path in files:
        reading = read(path)
        for month in reading.kept["month"].unique():
            newest[month] = max(
                newest.get(month, (date.min, "")), (reading.published, path.name)
            )
    months_by_file: dict[str, list[date]] = {}
    for month, (_, name) in newest.items():
        months_by_file.setdefault(name, []).append(month)
    spans = {name: (min(ms), max(ms), len(ms)) for name, ms in months_by_file.items()}
    assert spans == {
        "MPS_Borough_Level_Crime_Historic__2020.csv.gz": (
            date(2008, 1, 1),
            date(2010, 3, 1),
            27,
        ),
        "MPS_Borough_Level_Crime_Historical__os2026.csv.gz": (
            date(2010, 4, 1),
            date(2024, 3, 1),
            168,
        ),
        "MPS_Borough_Level_Crime_24m__os2026.csv.gz": (
            date(2024, 4, 1),
            date(2026, 3, 1),
            24,
        ),
    }


@pytest.mark.real_data
@needs_data
def test_a_store_that_took_tables_of_several_years_holds_the_newest_of_each_month(
    tmp_path,
):
    store = EvidenceStore(tmp_path)
    folder = DATA / "borough_vintages"
    issues = ["Historic__2020", "201811-202010", "kg2024", "__os2026"]
    paths = [path for path in folder.iterdir() if any(i in path.name for i in issues)]
    report = load_paths(paths, store, by="analyst")
    assert report.exit_code == 0

    rows = store.table("recorded_crime").to_polars()
    lewisham = rows.filter(area_code="E09000023")
    by_month = dict(lewisham.group_by("month").agg(pl.sum("offences")).rows())
    assert len(by_month) == 219  # January 2008 to March 2026, none missing
    # Once 2,103; most of what is gone is now under Unknown.
    assert by_month[date(2020, 3, 1)] == 1_653
    newest = read(folder / "MPS_Borough_Level_Crime_24m__os2026.csv.gz")
    for month in (date(2024, 4, 1), date(2026, 3, 1)):
        assert by_month[month] == sum(
            offences(newest, area_code="E09000023", month=str(month))
        )
