"""Names of boroughs and wards, and names that are of no area."""

import pandas as pd
import pytest

from saferplan.areas.codes import area_set_of
from saferplan.areas.places import (
    borough_code,
    borough_codes,
    demonstration_boroughs,
    known_boroughs,
    london_boroughs,
    non_areas,
    resolve,
    why_not_an_area,
)
from saferplan.errors import AreaError

WARDS = pd.DataFrame(
    [
        ("E05000026", "Abbey", "E09000002", "Barking and Dagenham"),
        ("E05000455", "Abbey", "E09000024", "Merton"),
        ("E05013727", "Lewisham Central", "E09000023", "Lewisham"),
        ("E05013567", "Heathrow Villages", "E09000017", "Hillingdon"),
    ],
    columns=["area_code", "area_name", "parent_code", "parent_name"],
)


def test_there_are_33_boroughs_with_codes_in_a_row():
    assert list(london_boroughs()) == [f"E090000{n:02}" for n in range(1, 34)]
    assert london_boroughs()["E09000023"] == "Lewisham"


def test_the_invented_boroughs_have_names_and_codes_that_no_london_borough_has():
    assert list(demonstration_boroughs()) == [f"E09{n:06}" for n in range(901, 934)]
    assert borough_code("Tamesford") == "E09000901"
    assert not set(demonstration_boroughs().values()) & set(london_boroughs().values())


def test_every_other_name_leads_to_a_borough():
    assert set(borough_codes().values()) == set(known_boroughs())
    assert {area_set_of(code) for code in borough_codes().values()} == {"borough"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kensington & Chelsea", "E09000020"),
        ("Kingston Upon Thames ", "E09000021"),
        ("City of Westminster", "E09000033"),
        ("LEWISHAM", "E09000023"),
    ],
)
def test_the_names_the_police_use_lead_to_the_ons_code(name, code):
    assert borough_code(name) == code


@pytest.mark.parametrize(
    "name",
    [
        "Unknown",
        "Aviation Security (SO18)",
        "Aviation Security (SO18) (Legacy Only)",
        "CO18 (Heathrow Airport) (Legacy Only)",
        "Heathrow",
        "London Heathrow and London City Airports",
        "Non MET police force",
        "",
        None,
    ],
)
def test_names_of_no_area_are_known_for_what_they_are(name):
    assert why_not_an_area(name)


def test_a_name_of_no_area_has_no_code_and_the_message_says_why():
    with pytest.raises(AreaError, match="a police command at the airports"):
        borough_code("Aviation Security (SO18)")


def test_a_name_cannot_be_both_a_borough_and_no_area():
    assert not set(non_areas()) & set(borough_codes())


def test_a_place_elsewhere_is_not_a_london_borough():
    assert why_not_an_area("Borchester") is None
    with pytest.raises(AreaError, match="'Borchester' is not a London borough"):
        borough_code("Borchester")


def test_a_ward_is_found_by_its_name():
    assert resolve("lewisham central", WARDS) == "E05013727"
    assert resolve("Heathrow Villages", WARDS) == "E05013567"


def test_a_ward_name_in_two_boroughs_needs_the_borough():
    with pytest.raises(AreaError, match="in Barking and Dagenham, Merton"):
        resolve("Abbey", WARDS)
    assert resolve("Abbey", WARDS, within="Merton") == "E05000455"
    assert resolve("Abbey", WARDS, within="E09000002") == "E05000026"


def test_a_ward_that_is_not_there_is_said_not_to_be():
    with pytest.raises(AreaError, match="No area is called 'Abbey' in Lewisham"):
        resolve("Abbey", WARDS, within="Lewisham")
