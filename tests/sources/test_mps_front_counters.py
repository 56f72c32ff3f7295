"""Police front counters, with a list's slips and no date inside."""

from datetime import date
from pathlib import Path

import pytest
from sources.reading_files import read_one

from saferplan.definitions.undated import UNDATED
from saferplan.sources.mps_front_counters import SOURCE, day_in

DATA = Path(__file__).parents[3] / "shared" / "data" / "geo" / "london"

# As published: a mark at the start, spaces after names, no end to the last line.
LIST = (
    "\ufeffStation,Latitude,Longitude\n"
    "Acton ,51.50865831,-0.274952357\n"
    "Dagenham\u00a0 ,51.54521825,0.16572898\n"
    "Nowhere,0,0\n"  # the sea off Africa
    "Swapped,-0.11349904,51.46484074\n"
    "Acton,51.5,-0.27\n"  # listed already
    "Lewisham,51.46,-0.01"
)


def read(path):
    return read_one(path, SOURCE)


@pytest.fixture
def reading(tmp_path):
    path = tmp_path / "police-stations-2026-01.csv"
    path.write_text(LIST, encoding="utf-8")
    return read(path)


def test_names_lose_the_spaces_that_hang_on_to_them(reading):
    assert reading.kept["counter"].to_list() == ["Acton", "Dagenham", "Lewisham"]


def test_the_day_comes_from_the_name(reading):
    assert reading.published == date(2026, 1, 1)
    assert reading.kept["listed_on"].unique().to_list() == [date(2026, 1, 1)]
    assert reading.notes == ()


def test_places_that_cannot_be_are_refused_with_their_line(reading):
    refused = dict(reading.refused.select("line", "reason").iter_rows())
    assert refused == {
        4: "the place is not in the United Kingdom",
        5: "the place is not in the United Kingdom",
        6: "the counter is in the list twice",
    }


def test_a_list_without_a_date_says_so(tmp_path):
    path = tmp_path / "police-stations.csv"
    path.write_text(LIST, encoding="utf-8")
    reading = read(path)
    assert reading.published == UNDATED
    assert "Put the month in its name" in reading.notes[0]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2025-01/police-stations.csv", date(2025, 1, 1)),
        ("counters-2025-06-30.csv", date(2025, 6, 30)),
        ("counters-2025-02-30.csv", date(2025, 2, 1)),  # there is no such day
        ("2024-01/counters-2025-03.csv", date(2025, 3, 1)),  # the nearest says most
        ("counters-12025-01.csv", UNDATED),
    ],
)
def test_a_day_is_found_in_names_and_folders(name, day):
    assert day_in(name) == day


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")
def test_the_real_list_has_twenty_one_counters():
    assert read(DATA / "police-stations.csv").kept.height == 21
