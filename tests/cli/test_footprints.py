"""saferplan footprints: look-ups or outlines in, overlaps out."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import box
from typer.testing import CliRunner

from saferplan.cli import app

WITHIN = """area,residents,Police,Council
E01000001,100,AB,A
E01000002,300,AB,B
E01000003,600,C,C
"""


def run(*words):
    return CliRunner().invoke(app, ["footprints", *map(str, words)])


def outlines(path, boxes):
    shapes = [box(*corners) for corners in boxes.values()]
    frame = gpd.GeoDataFrame({"code": list(boxes)}, geometry=shapes, crs=27700)
    frame.to_file(path)
    return path


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "within.csv"
    path.write_text(WITHIN)
    return path


def test_look_ups_are_compared_by_people(table):
    told = run(table)
    assert told.exit_code == 0
    assert "each Council area lies in one Police area" in told.output
    assert "1 of 2 and 3 areas are the same, with 60%" in told.output


def test_every_overlap_can_be_listed(table, tmp_path):
    csv = tmp_path / "told.csv"
    told = run(table, "--overlaps", "--json", "--csv", csv)
    answer = json.loads(told.output)
    assert answer["agencies"][0]["same"] == 1
    assert len(answer["table"]) == 6
    assert csv.read_text().startswith("agency,area,other,other_area,people")


def test_outlines_are_compared_by_land(tmp_path):
    east, north = 537_000, 174_000
    one = {"A": (east, north, east + 1_000, north + 1_000)}
    two = {
        "X": (east, north, east + 750, north + 1_000),
        "Y": (east + 750, north, east + 1_000, north + 1_000),
    }
    police = outlines(tmp_path / "police.gpkg", one)
    health = outlines(tmp_path / "health.gpkg", two)
    told = run("--outlines", police, "--outlines", health, "--json")
    answer = json.loads(told.output)
    assert answer["agencies"][0]["relation"] == (
        "each health area lies in one police area"
    )
    assert answer["table"][0]["main"] == "X"
    assert answer["table"][0]["main_share"] == pytest.approx(0.75, abs=0.001)


def test_what_is_wrong_is_told_in_one_line(table, tmp_path):
    assert "two map files" in run().output
    told = run("--outlines", table, "--outlines", table)
    assert told.exit_code == 1
    assert "needs a field code" in told.output
    bare = tmp_path / "bare.txt"
    bare.write_text("nothing")
    assert "is no map file" in run("--outlines", bare, "--outlines", bare).output
