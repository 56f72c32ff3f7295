"""What kind of area a code names, and when its boundaries were drawn."""

import pytest

from saferplan.areas.codes import (
    AREA_SETS,
    IN_WORDS,
    area_set_of,
    is_area_code,
    london_ward_codes,
    ward_vintage,
)
from saferplan.errors import AreaError


@pytest.mark.parametrize(
    ("code", "area_set"),
    [
        ("E00000028", "oa"),
        ("E01003244", "lsoa"),
        ("W01000001", "lsoa"),
        ("E02000653", "msoa"),
        ("E05013714", "ward"),
        ("E06000001", "borough"),
        ("E07000196", "borough"),
        ("E08000003", "borough"),
        ("E09000023", "borough"),
        ("E12000007", "region"),
        ("E22000208", "csp"),
        ("E23000001", "force"),
        ("E92000001", "country"),
    ],
)
def test_the_first_three_characters_say_what_kind_of_area_it_is(code, area_set):
    assert area_set_of(code) == area_set


def test_a_name_is_no_code_and_the_message_says_what_a_code_looks_like():
    with pytest.raises(AreaError) as error:
        area_set_of("Borchester")
    assert str(error.value) == (
        "'Borchester' is not an ONS area code. Codes are one letter and eight digits, "
        "for example E07000196."
    )


@pytest.mark.parametrize(
    "code", ["", "E0900002", "E090000234", "e09000023", "E09 0023"]
)
def test_nearly_a_code_is_no_code(code):
    assert not is_area_code(code)
    with pytest.raises(AreaError, match="one letter and eight digits"):
        area_set_of(code)


def test_a_kind_of_area_we_do_not_use_is_said_to_be_one():
    with pytest.raises(AreaError, match="E14"):
        area_set_of("E14000787")  # a constituency


def test_every_kind_of_area_has_its_words():
    assert set(AREA_SETS.values()) == set(IN_WORDS)


def test_a_set_of_wards_is_as_new_as_its_newest_ward():
    assert ward_vintage(["E05000437", "E05000454"]) == 2002
    assert ward_vintage(["E05000437", "E05011095"]) == 2018
    assert ward_vintage(["E05013714", "E05009317"]) == 2022


def test_the_vintage_of_wards_outside_london_cannot_be_told():
    assert ward_vintage(["E05013714", "E05009861"]) is None
    assert ward_vintage([]) is None


def test_runs_of_ward_codes_are_in_order_and_do_not_overlap():
    ends = [code for run in london_ward_codes() for code in (run.first, run.last)]
    assert ends == sorted(ends)
