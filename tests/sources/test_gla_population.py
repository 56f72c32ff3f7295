"""The GLA's profiles and projections, with all their rounding and summary rows."""

from pathlib import Path

import pytest
from sources.reading_files import read_one

from saferplan.sources import gla_borough_population, gla_profiles

REAL = Path(__file__).parents[3] / "shared" / "data" / "denominators"

WARDS = (
    "Ward name,Old code,New code,Population - 2015,Working-age (16-64) - 2015,"
    "Median House Price (£) - 2014,Number of Household spaces - 2011\r\n"
    "City of London,00AA,E09000001,8100,6250,765000,5530\r\n"
    "Lewisham - Bellingham,00AZGA,E05000437,15300,9950,250000,6178\r\n"
    "City of London,00AA,E09000001,8100,6250,765000,5530\r\n"
    "Lewisham,00AZ,E09000023,293050,205000,300000,118617\r\n"
    "London,H,E12000007,8632850,5900000,400000,3387255\r\n"
    "England,64,E92000001,54613400,34700000,200000,24429618\r\n"
)


def read(path, source=gla_profiles.SOURCE):
    return read_one(path, source)


def read_text(folder, text, source=gla_profiles.SOURCE, encoding="utf-8-sig"):
    (folder / "profiles.csv").write_bytes(text.encode(encoding))
    return read(folder / "profiles.csv", source)


def counts(reading, **where):
    rows = reading.kept.filter(**where)
    return dict(rows["area_code", "count"].rows())


def test_wards_boroughs_and_nations_in_one_column_are_told_apart(tmp_path):
    reading = read_text(tmp_path, WARDS)
    spaces = reading.kept.filter(unit="household spaces")
    assert dict(spaces["area_code", "area_set"].rows()) == {
        "E09000001": "borough",
        "E05000437": "ward",
        "E09000023": "borough",
        "E12000007": "region",
        "E92000001": "country",
    }


def test_projected_people_and_household_spaces_have_units_of_their_own(tmp_path):
    reading = read_text(tmp_path, WARDS)
    everyone = counts(reading, unit="people, projected and rounded", age_from=0)
    assert everyone["E05000437"] == 15_300
    assert counts(reading, age_from=16, age_to=64)["E05000437"] == 9_950
    assert counts(reading, unit="household spaces", year=2011)["E05000437"] == 6_178
    assert any("empty homes" in note for note in reading.notes)


def test_the_boroughs_name_is_not_part_of_the_wards(tmp_path):
    names = read_text(tmp_path, WARDS).kept["area_code", "area_name"].unique().rows()
    assert ("E05000437", "Bellingham") in names


def test_the_city_that_stands_twice_is_kept_once(tmp_path):
    reading = read_text(tmp_path, WARDS)
    assert reading.refused["line"].to_list() == [4, 4, 4]
    assert reading.refused["reason"].unique().to_list() == [
        "this area's figure is in the file twice"
    ]


def test_the_twin_in_another_encoding_gives_the_same_rows(tmp_path):
    first = read_text(tmp_path, WARDS)
    twin = WARDS.replace("8100,6250", "8100.0,6250.0")
    second = read_text(tmp_path, twin, encoding="cp1252")
    assert second.kept.equals(first.kept)


def test_a_pound_sign_that_was_lost_is_nothing_to_us(tmp_path):
    lost = WARDS.replace("(£)", "(\N{REPLACEMENT CHARACTER}")
    assert read_text(tmp_path, lost).kept.equals(read_text(tmp_path, WARDS).kept)


BOROUGHS = (
    "Code,New code,Area name,Inner/ Outer London,GLA Population Estimate 2013,"
    "GLA Household Estimate 2013,Inland Area (Hectares)\n"
    ",,,,,,\n"
    '00AZ,E09000023,Lewisham,Inner London,"286,000","120,439","3,515"\n'
    '1B,E13000001,Inner London,.,"3,339,900","1,408,739",\n'
    "64,E92000001,England,,.,-,\n"
)


def test_households_of_boroughs_are_read_past_commas_and_marks(tmp_path):
    reading = read_text(tmp_path, BOROUGHS)
    assert counts(reading, unit="households") == {
        "E09000023": 120_439,
        "E13000001": 1_408_739,
    }
    assert set(reading.refused["reason"]) == {"the publisher gives no figure"}


def test_a_line_of_commas_is_no_row(tmp_path):
    assert read_text(tmp_path, BOROUGHS).rows_read == 3 * 2


CENSUS = (
    "Borough,Ward Code,WardName,Persons: All Ages\r\n"
    'City of London,E00000001,All Wards,"7,375"\r\n'
    'Lewisham,E05000437,Bellingham,"14,775"\r\n'
)


def test_wards_of_the_2011_census_are_read_and_a_made_up_code_is_refused(tmp_path):
    reading = read_text(tmp_path, CENSUS)
    row = reading.kept.row(0, named=True)
    assert (row["area_code"], row["count"], row["year"]) == ("E05000437", 14_775, 2011)
    assert (row["unit"], row["vintage"]) == ("people", 2002)
    assert reading.refused["line"].to_list() == [2]  # the code of an output area


PROJECTIONS = (
    "Code,Name,Year,Source,Population,Inland_Area _Hectares\n"
    "E09000023,Lewisham,2010,ONS MYE,272525,3514.9\n"
    "E09000023,Lewisham,2021,GLA Population Projections,320574,3514.9\n"
    "E09000023,Lewisham,2022,Crystal ball,1,3514.9\n"
)


def test_projections_are_never_mistaken_for_estimates(tmp_path):
    reading = read_text(tmp_path, PROJECTIONS, gla_borough_population.SOURCE)
    assert reading.kept["year", "unit", "count"].rows() == [
        (2010, "people", 272_525),
        (2021, "people, projected", 320_574),
    ]
    assert "neither an ONS estimate" in reading.refused["reason"][0]


needs_real = pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")


@pytest.mark.real_data
@needs_real
def test_the_real_profiles_come_to_lewishams_household_spaces_by_both_roads():
    reading = read(REAL / "ward-profiles-excel-version.csv.gz")
    spaces = counts(reading, unit="household spaces")
    wards = [spaces[f"E05000{number}"] for number in range(437, 455)]
    assert sum(wards) == spaces["E09000023"] == 118_617
    assert reading.rows_read == 660 * 5


@pytest.mark.real_data
@needs_real
def test_the_real_twin_gives_the_same_rows():
    first = read(REAL / "ward-profiles-excel-version.csv.gz")
    second = read(REAL / "ward-profiles-excel-version__resaved.csv.gz")
    assert second.kept.equals(first.kept)


@pytest.mark.real_data
@needs_real
def test_the_real_projection_of_2021_was_20_000_above_the_census():
    path = REAL / "housing-density-borough_pop_1999-2050.csv.gz"
    reading = read(path, gla_borough_population.SOURCE)
    assert reading.rows_read == 1_872
    projected = counts(reading, unit="people, projected", year=2021)["E09000023"]
    assert projected - 300_553 == pytest.approx(20_000, abs=500)
