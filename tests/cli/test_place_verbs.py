"""The verbs about places and times: files in, sentences, tables and maps out."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from saferplan.areas.projection import degrees_from_grid
from saferplan.cli import app


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def answer(*words):
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def burglaries(count=600, months=16):
    """A crowd round one corner, and the rest anywhere in two kilometres."""
    random = np.random.default_rng(4)
    crowd = random.normal([533_600, 171_400], 90, (count // 3, 2))
    anywhere = random.uniform([533_000, 171_000], [535_000, 173_000], (count, 2))
    table = pd.DataFrame(np.concatenate([crowd, anywhere]), columns=["x", "y"])
    days = random.integers(0, months * 30, len(table))
    dates = pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D")
    return table.round(1).assign(date=dates.strftime("%Y-%m-%d"))


@pytest.fixture
def file(tmp_path):
    def write(table, name="events.csv"):
        table.to_csv(tmp_path / name, index=False)
        return tmp_path / name

    return write


def shapes(path, *geometries):
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in geometries
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_hot_spots_are_told_hottest_first_and_with_what_they_do_not_mean(file):
    said = answer("hot-spots", file(burglaries()))
    assert "cells of 250 m are hot" in said
    assert "as many cells drawn at random from all; 5% false discoveries" in said
    assert "keep the counts in the partnership" in said
    # The crowd stands in the cell whose centre is 533,625 by 171,375.
    hottest = said.split("verdict")[1].splitlines()[1].split()
    assert abs(int(hottest[1]) - 533_625) + abs(int(hottest[2]) - 171_375) <= 500
    assert hottest[-1] == "hot"


def test_hot_spots_are_written_as_a_table_and_as_a_map(file, tmp_path):
    csv, geojson = tmp_path / "cells.csv", tmp_path / "cells.geojson"
    words = ["--bandwidth", 400, "--shape", "hexagon", "--csv", csv]
    said = answer("hot-spots", file(burglaries()), *words, "--geojson", geojson)
    assert "events per square kilometre, each spread 400 m" in said
    table, drawn = pd.read_csv(csv), json.loads(geojson.read_text())["features"]
    assert len(table) == len(drawn)
    assert table["count"].sum() > 700
    hottest = table["density"].idxmax()
    assert table.loc[hottest, "verdict"] == "hot"
    assert drawn[hottest]["properties"]["verdict"] == "hot"
    west, south = np.array(drawn[hottest]["geometry"]["coordinates"][0]).min(axis=0)
    assert (round(west, 1), round(south, 1)) == (-0.1, 51.4)


def test_hot_spots_over_months_have_a_history(file):
    told = answer(
        "hot-spots", file(burglaries(6_000)), "--over", "month", "--cell", 150
    )
    assert "Over 16 months from 2024-01 to 2025-04:" in told
    assert "persistent: hot in nine tenths of the steps or more" in told


def test_places_may_be_in_degrees_and_some_may_be_missing(file):
    table = burglaries()
    degrees = degrees_from_grid(table[["x", "y"]].to_numpy())
    table["Longitude"], table["Latitude"] = degrees.T
    table = table.drop(columns=["x", "y"])
    table.loc[3, "Latitude"] = np.nan
    said = answer("hot-spots", file(table))
    assert said.startswith("1 of 800 events have no place, and are left out.")
    assert "533625 171375" in said


def test_an_area_keeps_cells_to_itself(file, tmp_path):
    corners = [[533_000, 171_000], [534_000, 171_000], [534_000, 172_000]]
    corners += [[533_000, 172_000], corners[0]]
    area = shapes(
        tmp_path / "area.geojson", ({}, {"type": "Polygon", "coordinates": [corners]})
    )
    found = json.loads(
        answer("hot-spots", file(burglaries()), "--area", area, "--cell", 200, "--json")
    )
    assert len(found["table"]) == 25
    assert any("outside the area" in sentence for sentence in found["sentences"])


def test_what_is_to_be_published_has_no_counts_in_it(file, tmp_path):
    events = file(burglaries())
    words = ["--public", "--csv", tmp_path / "cells.csv", "--json"]
    hot = json.loads(answer("hot-spots", events, "--over", "month", *words))
    assert set(hot["table"][0]) == {"cell", "x", "y", "verdict", "pattern", "of"}
    assert list(pd.read_csv(tmp_path / "cells.csv")) == list(hot["table"][0])
    assert "count" not in answer("hot-spots", events, "--public").split("\n\n")[1]
    map_words = ["--cell", 500, "--share", 0.1, "--public", "--csv", tmp_path / "m.csv"]
    answer("predict-places", events, *map_words)
    assert list(pd.read_csv(tmp_path / "m.csv")) == ["cell", "x", "y", "marked_at"]
    few = json.loads(answer("concentration", events, "--public", "--json"))
    assert few["table"] == []
    assert 0 < few["gini"] < 1
    failed = run("concentration", events, "--public", "--csv", tmp_path / "c.csv")
    assert "there is no table to write" in failed.stderr


def test_near_repeats_are_told_by_bands(file):
    words = ["--metres", "0,200,400", "--days", "0,14,28", "--shuffles", 19]
    found = json.loads(answer("near-repeat", file(burglaries()), *words, "--json"))
    assert len(found["table"]) == 4
    assert "800 events, 19 shuffles of the dates." in found["sentences"]
    assert "one offender" in found["sentences"][-1]


def test_maps_of_places_are_tested_beside_hindsight_and_the_next_is_drawn(
    file, tmp_path
):
    csv = tmp_path / "next.csv"
    words = ["--cell", 500, "--share", 0.1, "--lag", 1, "--csv", csv]
    said = answer("predict-places", file(burglaries()), *words)
    assert "4 months predicted, each from those published before it." in said
    assert "hindsight" in said
    assert "The map is for 2025-05" in said
    cells = pd.read_csv(csv)
    assert cells.loc[cells["expected"].idxmax(), "marked_at"] == 0.1
    assert cells["marked_at"].notna().sum() == int(len(cells) * 0.1)


def test_concentration_takes_counts_by_place(file):
    table = pd.DataFrame({"place": list("ABCDEFGHIJ"), "count": [5, 2, 1, *[0] * 7]})
    found = json.loads(answer("concentration", file(table), "--json"))
    assert found["gini"] == pytest.approx(0.8)
    assert found["generalised_gini"] == pytest.approx(0.75)
    assert "Half of 8 events are in 10.0% of 10 places." in found["sentences"]


def test_concentration_counts_events_in_cells_on_streets_and_at_places(file, tmp_path):
    events = file(burglaries())
    assert "Half of 800 events are in" in answer("concentration", events)
    lines = [
        ({"name": f"Road {n}"}, {"type": "LineString", "coordinates": each})
        for n, each in enumerate(
            [[533_000, y], [535_000, y]] for y in range(171_000, 173_001, 400)
        )
    ]
    streets = shapes(tmp_path / "streets.geojson", *lines)
    said = answer("concentration", events, "--streets", streets, "--within", 200)
    assert "of segments; chance alone would take" in said
    assert "Road 1" in said
    shops = pd.DataFrame(
        {"name": ["Mill", "Dock"], "x": [533_600, 534_900], "y": [171_400, 172_900]}
    )
    said = answer(
        "concentration", events, "--spots", file(shops, "s.csv"), "--within", 300
    )
    assert "The nearest place need not be the cause." in said
    assert said.index("Mill") < said.index("Dock")


def test_hours_of_the_week(file):
    table = pd.DataFrame({"start": ["2026-01-05 08:00"], "end": ["2026-01-05 12:00"]})
    said = answer("time-of-week", file(table))
    assert "The busiest hour is Monday from 8:00." in said
    found = json.loads(answer("time-of-week", file(table), "--json"))
    assert found["table"][0]["11"] == 0.25


POLICE_UK = pd.DataFrame(
    {
        "Crime ID": ["a"] * 5,
        "Falls within": ["Metropolitan Police Service"] * 5,
        "LSOA code": ["E01000001"] * 5,
        "Month": ["2026-01"] * 5,
        "Longitude": [-0.01, -0.02, -0.03, -0.04, -0.05],
        "Latitude": [51.45, 51.46, 51.44, 51.45, 51.47],
    }
)


@pytest.mark.parametrize(
    ("verb", "words", "helps"),
    [
        ("near-repeat", [], "police-uk publishes no exact places"),
        ("hot-spots", ["--cell", 100], "At 100 m a map would show those points"),
        ("predict-places", ["--cell", 500], "Fewer than 2 months"),
        ("hot-spots", ["--over", "week"], "Choose month, quarter or year"),
        ("hot-spots", ["--shape", "round"], "square or hexagon"),
        ("near-repeat", ["--metres", "0;100"], "numbers with commas between"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(file, verb, words, helps):
    failed = run(verb, file(POLICE_UK), *words)
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("verb", "table", "helps"),
    [
        ("hot-spots", {"x": ["1"]}, "needs x and y in metres"),
        ("hot-spots", {"x": ["far"], "y": ["1"]}, "x must be a number"),
        ("hot-spots", {"x": [533_000], "y": [171_000]}, "bound no area"),
        ("hot-spots", {"longitude": [0], "latitude": [1e18]}, "off the map"),
        ("hot-spots", {"longitude": [], "latitude": []}, "no rows under it"),
        ("near-repeat", {"x": [1e308], "y": [0], "date": ["2025-01-01"]}, "on earth"),
        ("concentration", {"count": [0, 0]}, "nothing is concentrated"),
        ("time-of-week", {"when": ["now"]}, "no column start"),
    ],
)
def test_a_wrong_file_is_named_with_what_it_needs(file, verb, table, helps):
    failed = run(verb, file(pd.DataFrame(table)))
    assert failed.exit_code == 1
    assert helps in failed.stderr


@pytest.mark.parametrize(
    ("text", "helps"),
    [("streets", "is no GeoJSON"), ('{"features": []}', "has no shapes in it")],
)
def test_outlines_that_are_none_are_refused(file, tmp_path, text, helps):
    path = tmp_path / "area.geojson"
    path.write_text(text)
    failed = run("hot-spots", file(burglaries(60)), "--area", path)
    assert failed.exit_code == 1
    assert helps in failed.stderr


def test_places_to_count_at_need_names(file):
    shops = file(pd.DataFrame({"x": [533_600], "y": [171_400]}), "shops.csv")
    failed = run("concentration", file(burglaries(60)), "--spots", shops)
    assert failed.exit_code == 1
    assert "Give each place its own" in failed.stderr
