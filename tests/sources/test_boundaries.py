"""Outlines of areas from GeoJSON, shapefiles and GeoPackages."""

import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import geopandas as gpd
import numpy as np
import polars as pl
import pytest
import shapely

from saferplan.areas.projection import grid_from_degrees
from saferplan.errors import SourceChanged
from saferplan.sources.boundaries import SOURCE
from saferplan.sources.files import open_file

REAL = Path(__file__).parents[3] / "shared" / "data" / "geo"

WEST, SOUTH = 537_000, 172_000  # on the National Grid, in Lewisham
LONGITUDE, LATITUDE = -0.03, 51.43


def read_all(path):
    with open_file(path) as file:
        assert SOURCE.recognises(file)
        readings = SOURCE.read(file)
    for reading in readings:
        assert reading.rows_read == len(reading.kept) + len(reading.refused)
    return readings


def read(path):
    (reading,) = read_all(path)
    return reading


def square(x=0, y=0, side=0.01):
    """A square of about a kilometre in longitude and latitude."""
    return shapely.box(
        LONGITUDE + x, LATITUDE + y, LONGITUDE + x + side, LATITUDE + y + side
    )


def grid_square(x=0, y=0, side=1_000):
    return shapely.box(WEST + x, SOUTH + y, WEST + x + side, SOUTH + y + side)


OPEN_RING = {"type": "Polygon", "coordinates": [[[0, 51], [0.1, 51], [0.1, 51.1]]]}


def geometry(shape):
    if shape is None or isinstance(shape, dict):
        return shape
    return shapely.geometry.mapping(shape)


def geojson(folder, *areas, crs=None, name="areas.geojson"):
    """A GeoJSON file of areas, each its properties and its shape."""
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": geometry(shape),
        }
        for properties, shape in areas
    ]
    whole = {"type": "FeatureCollection", "features": features}
    if crs:
        whole["crs"] = {"type": "name", "properties": {"name": crs}}
    (folder / name).write_text(json.dumps(whole))
    return folder / name


def ward(code="E05013714", name="Bellingham"):
    return {
        "WD22CD": code,
        "WD22NM": name,
        "LAD22CD": "E09000023",
        "LAD22NM": "Lewisham",
    }


def shapefile(folder, table, shapes, *, grid=True, crs="EPSG:27700"):
    """A zipped shapefile; without `grid` there is no .prj in it."""
    inside = folder / "parts"
    inside.mkdir()
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=crs)
    frame.to_file(inside / "areas.shp", engine="pyogrio")
    with ZipFile(folder / "areas.zip", "w") as archive:
        for part in sorted(inside.iterdir()):
            if grid or part.suffix != ".prj":
                archive.write(part, part.name)
    return folder / "areas.zip"


def test_an_outline_in_degrees_stays_as_it_is(tmp_path):
    reading = read(geojson(tmp_path, (ward(), square())))
    row = reading.kept.row(0, named=True)
    assert shapely.from_wkb(row["geometry"]).equals(square())
    del row["geometry"]
    assert row == {
        "publisher": "ons",
        "area_set": "ward",
        "vintage": 2022,
        "extent": "E09000023",
        "area_code": "E05013714",
        "area_name": "Bellingham",
        "parent_code": "E09000023",
        "parent_name": "Lewisham",
    }
    assert reading.published == date(2022, 12, 31)


def test_the_notes_say_where_outlines_are_drawn_too_coarsely_to_place_a_point(tmp_path):
    coarse = read(geojson(tmp_path, (ward(), square())))
    assert coarse.notes == (
        "Outlines have 5 corners on average: fit for a small map, not for saying which "
        "area a point near a border falls in.",
    )
    fine = read(geojson(tmp_path, (ward(), square().centroid.buffer(0.01))))
    assert fine.notes == ()


def test_an_outline_on_the_grid_is_turned_into_degrees_and_the_notes_say_how_well(
    tmp_path,
):
    path = geojson(tmp_path, (ward(), grid_square()), crs="urn:ogc:def:crs:EPSG::27700")
    reading = read(path)
    shape = shapely.from_wkb(reading.kept["geometry"][0])
    corners = grid_from_degrees(shapely.get_coordinates(shape))
    assert corners == pytest.approx(shapely.get_coordinates(grid_square()), abs=0.01)
    assert "about 5 metres" in reading.notes[0]


def test_a_small_areas_borough_is_told_from_its_name(tmp_path):
    lsoa = {"LSOA21CD": "E01003244", "LSOA21NM": "Lewisham 001A"}
    row = read(geojson(tmp_path, (lsoa, square()))).kept.row(0, named=True)
    assert (row["area_set"], row["vintage"]) == ("lsoa", 2021)
    assert (row["parent_code"], row["parent_name"]) == ("E09000023", "Lewisham")
    assert row["extent"] == "E09000023"


def test_areas_of_many_boroughs_are_of_london(tmp_path):
    boroughs = [
        ({"LAD24CD": "E09000023", "LAD24NM": "Lewisham"}, square()),
        ({"LAD24CD": "E09000011", "LAD24NM": "Greenwich"}, square(x=0.02)),
    ]
    assert set(read(geojson(tmp_path, *boroughs)).kept["extent"]) == {"E12000007"}


def test_areas_beyond_london_are_of_england(tmp_path):
    district = {"LAD24CD": "E07000196", "LAD24NM": "South Staffordshire"}
    reading = read(geojson(tmp_path, (district, square(x=-2, y=1))))
    assert reading.kept["extent"].to_list() == ["E92000001"]


GLA_WARDS = {
    "NAME": ["Bellingham", "Abbey"],
    "GSS_CODE": ["E05000437", "E05009317"],
    "HECTARES": [1.0, 1.0],
    "NONLD_AREA": [0.0, 0.0],
    "LB_GSS_CD": ["E09000023", "E09000012"],
    "BOROUGH": ["Lewisham", "Hackney"],
}


def test_the_glas_wards_get_their_year_from_their_codes(tmp_path):
    path = shapefile(tmp_path, GLA_WARDS, [grid_square(), grid_square(x=2_000)])
    kept = read(path).kept
    assert kept["publisher", "vintage", "extent"].unique().rows() == [
        ("gla", 2014, "E12000007")
    ]
    assert kept["parent_code"].to_list() == ["E09000023", "E09000012"]


def test_a_shapefile_that_does_not_say_its_grid_is_taken_to_be_on_ours(tmp_path):
    shapes = [grid_square(), grid_square(x=2_000)]
    path = shapefile(tmp_path, GLA_WARDS, shapes, grid=False)
    west, south, east, north = shapely.from_wkb(read(path).kept["geometry"][0]).bounds
    assert (west, south) == pytest.approx((-0.0306, 51.4302), abs=0.001)
    assert (east - west, north - south) == pytest.approx((0.0146, 0.0094), abs=0.001)


def test_coordinates_of_no_system_we_can_tell_are_refused_whole(tmp_path):
    shapes = [shapely.box(2e6, 2e6, 2.1e6, 2.1e6)] * 2
    path = shapefile(tmp_path, GLA_WARDS, shapes, grid=False)
    with pytest.raises(SourceChanged, match="does not say in which coordinates"):
        read(path)


def test_any_other_system_that_is_named_is_turned_into_degrees(tmp_path):
    frame = gpd.GeoDataFrame(GLA_WARDS, geometry=[square(), square(x=0.02)], crs=4326)
    mercator = frame.to_crs(3857)
    path = shapefile(tmp_path, GLA_WARDS, list(mercator.geometry), crs="EPSG:3857")
    west, south, *_ = shapely.from_wkb(read(path).kept["geometry"][0]).bounds
    assert (west, south) == pytest.approx((LONGITUDE, LATITUDE), abs=1e-6)


def test_an_outline_that_crosses_itself_is_mended_and_counted(tmp_path):
    bow = shapely.Polygon(
        [(-0.03, 51.4), (-0.02, 51.41), (-0.02, 51.4), (-0.03, 51.41)]
    )
    reading = read(geojson(tmp_path, (ward(), bow)))
    shape = shapely.from_wkb(reading.kept["geometry"][0])
    assert shape.is_valid
    assert shape.area == pytest.approx(0.01 * 0.01 / 2)
    assert "1 outlines crossed themselves and were mended." in reading.notes


@pytest.mark.parametrize(
    ("properties", "shape", "reason"),
    [
        (ward(code=None), square(), "no area code"),
        (ward(code="Bellingham"), square(), "not an ONS area code"),
        (ward(code="E09000023"), square(), "a local authority among outlines"),
        (ward(code="E05013715"), square(), "the area is in the file twice"),
        (ward(), None, "no outline"),
        (ward(), OPEN_RING, "no outline that can be read"),
        (ward(), shapely.Point(-0.03, 51.4), "a point, not an outline"),
        (ward(), square(x=10), "outside the United Kingdom"),
        (ward(), grid_square(), "outside the United Kingdom"),
    ],
)
def test_a_bad_outline_is_refused_and_the_others_kept(
    tmp_path, properties, shape, reason
):
    good = [(ward(f"E050137{n}"), square()) for n in (15, 16)]
    reading = read(geojson(tmp_path, *good, (properties, shape)))
    assert len(reading.kept) == 2
    row = reading.refused.row(0, named=True)
    assert row["line"] == 3
    assert reason in row["reason"]
    assert json.loads(row["text"]) == properties


def test_the_outline_of_another_area_is_known_by_its_length(tmp_path):
    # A council's own outline went about under the name of its first ward.
    as_told = (ward() | {"Shape_Leng": 3_617.0}, square())
    too_long = (ward("E05013715") | {"Shape_Leng": 3_617.0}, square(side=0.05))
    reading = read(geojson(tmp_path, as_told, too_long))
    assert reading.kept["area_code"].to_list() == ["E05013714"]
    assert "not of the length" in reading.refused["reason"][0]


def test_a_file_with_nothing_to_keep_is_still_counted(tmp_path):
    reading = read(geojson(tmp_path, (ward(), None)))
    assert (reading.rows_read, len(reading.kept), len(reading.refused)) == (1, 0, 1)
    assert reading.published == date(2022, 12, 31)


def geopackage(folder):
    frame = gpd.GeoDataFrame(
        {"LAD24CD": ["E09000023"], "LAD24NM": ["Lewisham"]},
        geometry=[shapely.MultiPolygon([grid_square()])],
        crs=27700,
    )
    frame.to_file(folder / "areas.gpkg", layer="boroughs", engine="pyogrio")
    return folder / "areas.gpkg"


def test_a_geopackage_is_read_alone_or_in_a_zip(tmp_path):
    path = geopackage(tmp_path)
    with ZipFile(tmp_path / "areas.zip", "w") as archive:
        archive.write(path, "areas.gpkg")
    alone, zipped = read(path), read(tmp_path / "areas.zip")
    assert alone.kept["area_code"].to_list() == ["E09000023"]
    assert zipped.kept.equals(alone.kept)


def test_outlines_with_names_alone_are_not_ours(tmp_path):
    path = geojson(tmp_path, ({"name": "Lewisham"}, square()))
    with open_file(path) as file:
        assert not SOURCE.recognises(file)


def test_a_map_cut_short_is_said_to_be_damaged(tmp_path):
    path = geojson(tmp_path, (ward(), square()))
    (tmp_path / "half.geojson").write_text(path.read_text()[:-40])
    with (
        open_file(tmp_path / "half.geojson") as file,
        pytest.raises(SourceChanged, match=r"half\.geojson cannot be read as a map"),
    ):
        SOURCE.recognises(file)


def test_wards_outside_london_must_say_their_year(tmp_path):
    table = {**GLA_WARDS, "GSS_CODE": ["E05009861", "E05009862"]}
    path = shapefile(tmp_path, table, [grid_square(), grid_square(x=2_000)])
    with pytest.raises(SourceChanged, match="does not say of which year"):
        read(path)


CENSUS = {
    "LSOA11CD": ["E01003189", "E01003190"],
    "LSOA11NM": ["Lewisham 001A", "Lewisham 001B"],
    "USUALRES": [1465, 1436],
    "HHOLDS": [876, 830],
}


def test_the_census_counts_beside_the_glas_lsoas_are_read_too(tmp_path):
    path = shapefile(tmp_path, CENSUS, [grid_square(), grid_square(x=2_000)])
    boundaries, people = read_all(path)
    assert (boundaries.dataset, people.dataset) == ("boundary", "population")
    homes = people.kept.filter(unit="households")
    assert homes["area_code", "count", "year"].rows() == [
        ("E01003189", 876, 2011),
        ("E01003190", 830, 2011),
    ]
    assert people.kept.filter(unit="people")["count"].sum() == 1465 + 1436


needs_real = pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")


@pytest.mark.real_data
@needs_real
@pytest.mark.parametrize(
    ("name", "area_set", "count"),
    [
        ("lewisham_wards2022_4326.geojson.gz", "ward", 19),
        ("lewisham_wards_dec2025.geojson.gz", "ward", 19),
        ("lewisham_lsoa2011_4326.geojson.gz", "lsoa", 169),
        ("lewisham_lsoa2021_4326.geojson.gz", "lsoa", 175),
        ("lewisham_msoa2021_4326.geojson.gz", "msoa", 37),
    ],
)
def test_the_real_outlines_of_lewisham_are_all_there(name, area_set, count):
    reading = read(REAL / "lewisham_council" / name)
    assert (reading.rows_read, reading.refused.height) == (count, 0)
    assert set(reading.kept["area_set"]) == {area_set}
    assert set(reading.kept["extent"]) == {"E09000023"}


@pytest.mark.real_data
@needs_real
def test_the_real_council_outline_that_says_it_is_a_ward_is_refused():
    reading = read(
        REAL / "lewisham_council" / "lewisham_council_boundary_4326.geojson.gz"
    )
    assert reading.kept.is_empty()
    assert "not of the length" in reading.refused["reason"][0]


@pytest.mark.real_data
@needs_real
def test_our_way_from_the_grid_agrees_with_the_councils_to_a_few_metres():
    # The council gives the same outlines both ways, turned by other software.
    ours = read(REAL / "lewisham_council" / "lewisham_wards2022_27700.geojson.gz").kept
    theirs = read(REAL / "lewisham_council" / "lewisham_wards2022_4326.geojson.gz").kept
    for mine, yours in zip(ours["geometry"], theirs["geometry"], strict=True):
        points = [
            shapely.get_coordinates(shapely.from_wkb(wkb)) for wkb in (mine, yours)
        ]
        metres = grid_from_degrees(points[0]) - grid_from_degrees(points[1])
        assert np.hypot(*metres.T).max() < 5


@pytest.mark.real_data
@needs_real
@pytest.mark.parametrize(
    ("name", "kept", "mended"),
    [
        ("LSOA_2011_London_gen_MHW.shp.zip", 4835, 8),
        ("london-2021-lsoa-gen20.shp.zip", 4994, 0),
        ("London_wards_2014_CityMerged.shp.zip", 629, 2),
        ("London_wards_2018_CityMerged.shp.zip", 633, 0),
        ("London_Borough_Excluding_MHW.shp.zip", 33, 0),
        ("london_borough_LAD24.gpkg", 33, 0),
        ("london_ward_WD24_BGC.gpkg", 684, 0),
    ],
)
def test_the_real_outlines_of_london_are_all_there(name, kept, mended):
    reading, *_ = read_all(REAL / "london" / name)
    assert len(reading.kept) == kept
    assert set(reading.kept["extent"]) == {"E12000007"}
    notes = [note for note in reading.notes if "mended" in note]
    assert notes == (
        [f"{mended} outlines crossed themselves and were mended."] * bool(mended)
    )
    shapes = shapely.from_wkb(reading.kept["geometry"].to_numpy())
    assert shapely.is_valid(shapes).all()


@pytest.mark.real_data
@needs_real
def test_lewisham_had_116_091_households_in_2011():
    _, people = read_all(REAL / "london" / "LSOA_2011_London_gen_MHW.shp.zip")
    homes = people.kept.filter(pl.col("area_name").str.starts_with("Lewisham "))
    assert homes.filter(unit="households")["count"].sum() == 116_091
