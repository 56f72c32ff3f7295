"""saferplan reach: areas and counters in, shares of people out."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

AREAS = """area,residents,over_65,x,y
A,500,50,0,0
B,300,30,1000,0
C,200,120,2000,0
"""
SITES = """site,x,y,hours
Desk,0,0,Mon-Fri 09:00-17:00
Hub,2000,0,24/7
"""


def run(*words):
    return CliRunner().invoke(app, ["reach", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


@pytest.fixture
def files(file):
    return file("areas.csv", AREAS), file("sites.csv", SITES)


def test_the_share_in_time_is_told_with_what_it_does_not_mean(files):
    told = run(*files, "--group", "over_65", "--within", 10, "--detour", 1)
    assert told.exit_code == 0
    assert "70% of residents are within 10 minutes of a site" in told.output
    assert "over_65" in told.output
    assert "no river" in told.output
    assert "is not going there" in told.output


def test_a_closure_is_told_by_whom_it_takes_from(files, tmp_path):
    csv = tmp_path / "told.csv"
    told = run(*files, "--close", "Desk", "--within", 10, "--json", "--csv", csv)
    answer = json.loads(told.output)
    assert answer["table"][0]["lose"] == 500
    assert answer["sites"][1] == {"site": "Hub", "before": 200, "after": 1000}
    assert "500 residents are no longer within" in answer["sentences"][0]
    assert csv.read_text().startswith("group,people,before,after")


def test_areas_can_be_sorted_by_a_column(files, file):
    head, *rows = AREAS.splitlines()
    fifths = [f"{row},{fifth}" for row, fifth in zip(rows, ["1", "5", ""], strict=True)]
    areas = file("fifths.csv", "\n".join([f"{head},fifth", *fifths]))
    told = run(areas, files[1], "--by", "fifth", "--json")
    groups = {row["group"]: row["people"] for row in json.loads(told.output)["table"]}
    assert groups == {"Everyone": 1000, "fifth 1": 500, "fifth 5": 300}


def test_hours_are_looked_up(files):
    told = run(*files, "--at", "Sat 22:00", "--within", 10)
    assert "At Sat 22:00, 20% of residents" in told.output


def test_the_next_place_is_chosen(files, file):
    places = file("places.csv", "site,x,y\nMiddle,1000,0\nEnd,2000,0\n")
    told = run(*files, "--candidates", places)
    assert "Middle: from" in told.output
    assert "All 2 sets tried" in told.output
    told = run(*files, "--candidates", places, "--aim", "cover", "--within", 10)
    assert "from 70% to 100% in time" in told.output


def test_a_place_may_be_chosen_for_one_group_above_all(files, file):
    places = file("places.csv", "site,x,y\nWest,0,0\nEast,2000,0\n")
    nowhere = file("far.csv", "site,x,y\nFar,90000,0\n")
    assert "West: from" in run(files[0], nowhere, "--candidates", places).output
    told = run(files[0], nowhere, "--candidates", places, "--weigh", "over_65")
    assert "East: from" in told.output


def test_where_every_site_closes_the_way_is_endless_and_json_says_null(files, file):
    places = file("places.csv", "site,x,y\nWest,0,0\nEast,2000,0\n")
    shut = ["--close", "Desk", "--close", "Hub", "--candidates", places]
    assert "from no way at all to" in run(*files, *shut).output
    assert json.loads(run(*files, *shut, "--json").output)["before"] is None


def test_where_every_site_closes_no_minutes_are_made_up(files):
    told = run(*files, "--close", "Desk", "--close", "Hub").output
    assert "No site is left to go to." in told
    assert "minutes on average" not in told


def test_a_table_without_areas_is_named(files, file):
    none = file("none.csv", "area,residents,x,y\n")
    assert "none.csv has a line of names and no rows" in run(none, files[1]).output


def test_routes_and_degrees_are_understood(files, file):
    routes = file("routes.csv", "area,site,minutes\nA,Desk,5\nB,Hub,30\n")
    told = run(*files, "--times", routes)
    assert "50% of residents" in told.output
    assert "Minutes from routes.csv" in told.output
    assert "by the detour" not in told.output
    areas = file("d.csv", "area,residents,longitude,latitude\nA,100,-0.0180,51.4460\n")
    sites = file("s.csv", "site,longitude,latitude\nDesk,-0.0180,51.4500\n")
    told = run(areas, sites, "--json")  # 445 metres, 579 by the detour
    assert json.loads(told.output)["table"][0]["middle"] == pytest.approx(7.2, abs=0.1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--group", "young"], "has no column young"),
        (["--close", "Moon"], "Moon cannot close"),
        (["--mode", "horse"], "Choose: walk"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(files, words, said):
    told = run(*files, *words)
    assert told.exit_code == 1
    assert said in told.output


def test_a_table_without_places_hours_or_residents_is_refused(files, file):
    bare = file("bare.csv", "site,name\nDesk,Desk\n")
    assert "longitude and latitude" in run(files[0], bare).output
    nowhere = file("n.csv", "site,x,y\nDesk,0,0\n")
    assert "no column hours" in run(files[0], nowhere, "--at", "Sat 22:00").output
    assert "has no column area, residents" in run(bare, files[1]).output
