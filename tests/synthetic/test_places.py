"""The invented places: well-formed codes, nobody's names, outlines that tile."""

import json

import numpy as np
import pytest
import shapely

from saferplan.areas.codes import area_set_of, is_area_code
from saferplan.areas.places import london_boroughs
from saferplan.synthetic import places
from saferplan.synthetic.boundaries import joined, write_boundaries
from saferplan.synthetic.city import MAIN_LSOAS, build_city
from saferplan.synthetic.outlines import RIVER


@pytest.fixture(scope="module")
def city():
    return build_city(np.random.default_rng(4), 9)


def test_every_code_is_of_the_kind_it_says(city):
    assert {area_set_of(code) for code in city.lsoas["code"]} == {"lsoa"}
    assert {area_set_of(code) for code in city.lsoas["msoa_code"]} == {"msoa"}
    assert {area_set_of(code) for code in city.wards["code"]} == {"ward"}
    assert {area_set_of(code) for code in city.boroughs["code"]} == {"borough"}
    assert {area_set_of(code) for code in city.boroughs["partnership_code"]} == {"csp"}


def test_no_code_or_borough_name_is_a_real_one(city):
    codes = [*city.lsoas["code"], *city.wards["code"], *city.boroughs["code"]]
    assert all(map(places.is_invented, codes))
    assert not set(places.BOROUGHS) & set(london_boroughs().values())
    assert is_area_code("E09000023")
    assert not places.is_invented("E09000023")


def test_the_demonstration_borough_has_nineteen_wards(city):
    main = city.wards.filter(borough=0)
    assert sorted(main["name"]) == sorted(places.WARDS)
    assert len(main) == 19
    assert city.main.sum() == MAIN_LSOAS


def test_one_ward_name_is_in_two_boroughs(city):
    shared = city.wards.filter(name=places.SHARED)
    assert shared["borough_name"].to_list() == ["Tamesford", "Aldermarsh"]
    assert not city.wards.select("borough", "name").is_duplicated().any()


def test_areas_neither_overlap_nor_leave_gaps(city):
    whole = shapely.union_all(city.outlines)
    assert shapely.is_valid(city.outlines).all()
    assert whole.area == pytest.approx(shapely.area(city.outlines).sum(), rel=1e-9)
    holes = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    assert not holes


def test_every_ward_and_borough_is_in_one_piece(city):
    wards = joined(city.outlines, city.lsoas["ward"].to_numpy())
    boroughs = joined(wards, city.wards["borough"].to_numpy())
    assert {shape.geom_type for shape in wards} == {"Polygon"}
    assert {shape.geom_type for shape in boroughs} == {"Polygon"}


def test_the_river_parts_the_boroughs(city):
    # Back on the plan, whose middle is the demonstration borough.
    plan = shapely.transform(city.outlines, lambda at: at - [537_000, 174_000])
    assert shapely.area(shapely.intersection(plan, RIVER)).max() < 1
    assert not any(shapely.crosses(plan, RIVER))


def test_each_area_holds_its_own_heart(city):
    hearts = shapely.points(city.lsoas.select("easting", "northing").to_numpy())
    assert shapely.contains(city.outlines, hearts).mean() > 0.99


@pytest.mark.parametrize("boroughs", [7, 16])
def test_any_number_of_boroughs_can_be_drawn(boroughs):
    city = build_city(np.random.default_rng(5), boroughs)
    assert city.lsoas["borough"].n_unique() == boroughs
    assert city.lsoas["code"].is_unique().all()
    assert city.wards.group_by("borough").len()["len"].min() >= 15


def test_boundaries_are_in_longitude_and_latitude(tmp_path, city):
    write_boundaries(tmp_path, city)
    wards = json.loads((tmp_path / "WD24_boundaries.geojson").read_text())
    first = wards["features"][0]
    assert first["properties"]["WD24CD"] == "E05090001"
    longitude, latitude = first["geometry"]["coordinates"][0][0]
    assert -0.3 < longitude < 0.2
    assert 51.3 < latitude < 51.6
