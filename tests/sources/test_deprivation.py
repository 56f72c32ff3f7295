"""Indices of deprivation, in the layouts of the Ministry, the GLA and the R package."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from sources.reading_files import read_one

from saferplan.errors import SourceChanged
from saferplan.sources.deprivation import SOURCE
from saferplan.sources.deprivation_words import meaning_of

REAL = Path(__file__).parents[3] / "shared" / "data" / "denominators"

LSOA_2019 = [
    "LSOA code (2011)",
    "LSOA name (2011)",
    "Local Authority District code (2019)",
    "Local Authority District name (2019)",
]
FIRST = ["E01003189", "Lewisham 001A", "E09000023", "Lewisham"]


def read(path):
    return read_one(path, SOURCE)


def workbook(folder, sheets, name="deprivation.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


def values(reading):
    rows = reading.kept["area_code", "domain", "statistic", "value"].rows()
    return {key: value for *key, value in rows for key in [tuple(key)]}


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Index of Multiple Deprivation (IMD) Score", ("IMD", "score")),
        (
            # As the Ministry's file of 2025 has it, cut off by Excel.
            "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10%",
            ("IMD", "decile"),
        ),
        ("Barriers to Housing and Services Score", ("housing and services", "score")),
        ("Housing_and_Access_rank", ("housing and services", "rank")),
        ("Outdoors Sub-domain Rank (where 1 is most deprived)", ("outdoors", "rank")),
        ("IMD 2019 - Local concentration ", ("IMD", "local concentration")),
        ("IDAOPI score (rank)", ("IDAOPI", "rank of average score")),
        (
            "imd_rank_of_proportion_of_lso_as_in_most_deprived_10_percent_nationally",
            ("IMD", "rank of share in most deprived 10%"),
        ),
    ],
)
def test_publishers_headings_have_one_meaning_in_our_words(heading, meaning):
    assert meaning_of(heading) == meaning


@pytest.mark.parametrize(
    "heading", ["Population", "Crime", "LSOA name (2011)", "Worst LSOA Code", ""]
)
def test_other_headings_have_none(heading):
    assert meaning_of(heading) is None


def test_the_ministrys_workbook_is_read_from_its_sheet(tmp_path):
    head = [
        "LSOA code (2021)",
        "LSOA name (2021)",
        "Local Authority District code (2024)",
        "Local Authority District name (2024)",
        "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10%",
    ]
    path = workbook(
        tmp_path, {"Notes": [["A note"]], "IMD25": [head, [*FIRST, 26525, 8]]}
    )
    reading = read(path)
    assert values(reading) == {
        ("E01003189", "IMD", "rank"): 26525,
        ("E01003189", "IMD", "decile"): 8,
    }
    row = reading.kept.row(0, named=True)
    assert (row["publisher"], row["edition"], row["vintage"]) == (
        "mhclg",
        "IoD 2025",
        2021,
    )
    assert (reading.rows_read, reading.published) == (2, date(2025, 10, 30))


def test_the_ministrys_csv_of_2019_is_read_too(tmp_path):
    path = tmp_path / "file7.csv"
    path.write_text(
        ",".join([*LSOA_2019, "Income Score (rate)", "Total population: mid 2015"])
        + ",Crime Score\n"
        + ",".join([*FIRST, "0.211", "1350", "-1.2"])
        + "\n"
    )
    assert values(read(path)) == {
        ("E01003189", "income", "score"): 0.211,
        ("E01003189", "crime", "score"): -1.2,
    }


def test_a_formula_that_slipped_into_a_cell_is_refused_and_never_worked_out(tmp_path):
    head = [
        *LSOA_2019,
        "Income  Score (rate)",  # two spaces, as in a workbook made by hand
        "Employment Score (rate)",
    ]
    second = ["E01003190", *FIRST[1:]]
    path = workbook(
        tmp_path,
        {
            "IoD2019 Scores": [
                head,
                [*FIRST, 0.211, 0.1],
                # Nobody has worked this out, and it refers to another column.
                [*second, "=F2/E2", 0.2],
            ]
        },
    )
    reading = read(path)
    assert values(reading) == {
        ("E01003189", "income", "score"): 0.211,
        ("E01003189", "employment", "score"): 0.1,
        ("E01003190", "employment", "score"): 0.2,
    }
    assert reading.refused["line"].to_list() == [3]


def london(tmp_path):
    boroughs = [
        *LSOA_2019[2:],
        "IMD - Average score ",
        "IMD - Rank of average score ",
        "",
    ]
    return workbook(
        tmp_path,
        {
            "IMD 2019": [
                [*LSOA_2019, "Income Score (rate)"],
                [*FIRST, 0.211],
                ["E01003190", "Lewisham 001B", "E09000023", "Lewisham", None],
            ],
            "Borough summary measures": [
                boroughs,
                ["E09000023", "Lewisham", 26.66, 63, None],
            ],
            "Population figures": [[*LSOA_2019, "Crime Score"], [*FIRST, 9]],
        },
    )


def test_the_glas_workbook_gives_lsoas_and_boroughs_under_the_glas_name(tmp_path):
    reading = read(london(tmp_path))
    assert values(reading) == {
        ("E01003189", "income", "score"): 0.211,
        ("E09000023", "IMD", "average score"): 26.66,
        ("E09000023", "IMD", "rank of average score"): 63,
    }
    assert set(reading.kept["publisher"]) == {"gla"}
    sets = reading.kept["area_set", "vintage"].unique(maintain_order=True)
    assert sets.rows() == [("lsoa", 2011), ("borough", 2019)]


def test_a_figure_that_is_not_given_is_refused_with_its_line(tmp_path):
    reading = read(london(tmp_path))
    row = reading.refused.row(0, named=True)
    assert (row["line"], row["reason"]) == (3, "the publisher gives no figure")


def test_the_glas_wards_are_averages_and_the_edition_is_in_the_files_name(tmp_path):
    rows = [
        [
            "Ward Code",
            "Ward Name",
            "Borough",
            "Population",
            "Income score",
            "Income rank",
        ]
    ]
    rows.append(["E05000437", "Bellingham", "Lewisham", 15000, 0.24, 12])
    path = workbook(tmp_path, {"wards_id_summary": rows}, "London_wards_id2019.xlsx")
    reading = read(path)
    assert values(reading) == {
        ("E05000437", "income", "average score"): 0.24,
        ("E05000437", "income", "rank of average score"): 12,
    }
    assert reading.kept["area_name", "vintage"].unique().rows() == [
        ("Bellingham", 2002)
    ]
    other = workbook(tmp_path, {"wards_id_summary": rows}, "wards.xlsx")
    with pytest.raises(SourceChanged, match="of which edition"):
        read(other)


def parquet(folder, **columns):
    path = folder / "deprivation.parquet"
    pl.DataFrame({name: [value] for name, value in columns.items()}).write_parquet(path)
    return path


def test_the_r_packages_table_has_every_statistic(tmp_path):
    path = parquet(
        tmp_path,
        lsoa21_code="E01003189",
        IMD_score=8.742,
        IMD_rank=26525.0,
        Housing_and_Services_decile=9.0,
    )
    reading = read(path)
    assert values(reading) == {
        ("E01003189", "IMD", "score"): 8.742,
        ("E01003189", "IMD", "rank"): 26525,
        ("E01003189", "housing and services", "decile"): 9,
    }
    # It came after the Ministry's first file, which has less in it.
    assert reading.published == date(2025, 10, 31)


def test_the_r_packages_boroughs_are_averages_of_2019_or_2025(tmp_path):
    before = read(parquet(tmp_path, ltla23_code="E09000023", Score=26.66, Extent=0.2))
    assert values(before) == {
        ("E09000023", "IMD", "average score"): 26.66,
        ("E09000023", "IMD", "extent"): 0.2,
    }
    assert set(before.kept["edition"]) == {"IMD 2019"}
    after = parquet(
        tmp_path,
        ltla24_code="E09000023",
        imd_average_score=26.0,
        rank_of_income_scale=9.0,
    )
    assert values(read(after))["E09000023", "income", "rank of scale"] == 9


def test_two_columns_of_one_figure_are_a_change_of_layout(tmp_path):
    path = tmp_path / "deprivation.csv"
    path.write_text("lsoa21_code,IMD_score,Score\nE01003189,1,2\n")
    with pytest.raises(SourceChanged, match="'IMD_score' and 'Score'"):
        read(path)


@pytest.mark.parametrize(
    ("code", "value", "reason"),
    [
        ("E09000023", "1", "not the code of an LSOA"),
        ("E01003189", "high", "not a number"),
        ("E01003189", "NaN", "not a number"),
    ],
)
def test_a_bad_figure_is_refused(tmp_path, code, value, reason):
    path = tmp_path / "deprivation.csv"
    path.write_text(f"lsoa21_code,IMD_score,IMD_rank\n{code},{value},1\n")
    reading = read(path)
    assert reason in reading.refused["reason"].to_list()


needs_real = pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")


@pytest.mark.real_data
@needs_real
def test_the_real_editions_cover_england_and_agree_with_each_other():
    first = read(REAL / "File_1_IoD2025_Index_of_Multiple_Deprivation.xlsx").kept
    full = read(REAL / "imd2025_england_lsoa21.parquet").kept
    assert (len(first), len(full)) == (33_755 * 2, 33_755 * 24)
    keys = ["area_code", "domain", "statistic"]
    both = first.join(full, on=keys, how="inner", suffix="_full")
    assert len(both) == len(first)
    assert (both["value"] == both["value_full"]).all()


@pytest.mark.real_data
@needs_real
def test_lewishams_average_of_2019_is_the_same_from_the_gla_and_from_the_ministry():
    gla = values(read(REAL / "ID_2019_for_London.xlsx"))
    ministry = values(read(REAL / "imd2019_england_ltla23.parquet"))
    key = ("E09000023", "IMD", "average score")
    assert gla[key] == pytest.approx(ministry[key], abs=0.1)
    lsoas = {code for code, domain, what in gla if (domain, what) == ("IMD", "score")}
    assert len(lsoas) == 4835
