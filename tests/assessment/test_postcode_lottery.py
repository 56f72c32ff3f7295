"""Exposure to crime, and the service promised, are two inequalities."""

import pytest

from saferplan.assessment.postcode_lottery import exposure, service

RATES = {"A": 90.0, "B": 80.0, "C": 50.0, "D": 40.0}


def test_exposure_is_the_highest_tenth_over_the_lowest_and_what_chance_makes():
    offences = {f"W{at}": 100.0 * at for at in range(1, 11)}
    found = exposure(offences, dict.fromkeys(offences, 10_000.0))
    assert found.ratio == pytest.approx(10)
    assert found.lower < 10 < found.upper
    assert found.by_chance < 0.05
    assert "is 10.0 times that of the ward with least" in found.sentence
    assert "nobody’s failing" in found.means


def test_wards_that_differ_by_chance_alone_are_said_to():
    found = exposure(dict.fromkeys("ABCD", 100.0), dict.fromkeys("ABCD", 10_000.0))
    assert found.by_chance == 1
    assert found.ratio is None  # fewer than ten wards have no tenths
    assert found.sentence == (
        "Of what the rates of 4 wards differ by, chance alone would make about 100%."
    )


def test_too_few_wards_or_no_crime_say_nothing_of_exposure():
    assert exposure({"A": 5.0, "B": 7.0}, {"A": 100.0, "B": 100.0}) is None
    assert exposure(dict.fromkeys("ABC", 0.0), dict.fromkeys("ABC", 100.0)) is None
    assert exposure({}, {}) is None


def test_against_no_crime_at_all_there_is_no_ratio():
    offences = {f"W{at}": 100.0 * at for at in range(10)}
    assert exposure(offences, dict.fromkeys(offences, 10_000.0)).ratio is None


def test_service_sets_the_half_with_more_crime_beside_the_half_with_less():
    found = service({"A": False, "B": False, "C": True, "D": True}, RATES)
    assert (found.more, found.less) == ((0, 2), (2, 2))
    assert found.difference == -1
    assert "met in 0 of 2 wards with more recorded crime" in found.sentence
    assert "−100 points" in found.sentence


def test_service_is_not_judged_by_rates_it_is_set_beside():
    evenly = service({"A": True, "B": False, "C": True, "D": False}, RATES)
    assert evenly.difference == 0
    assert "Chance could make that of so few wards." in evenly.sentence


def test_many_wards_can_show_what_chance_would_not():
    rates = {f"W{at:02}": float(at) for at in range(20)}
    found = service({code: rate < 10 for code, rate in rates.items()}, rates)
    assert found.upper < 0
    assert "more than chance would make" in found.sentence


def test_unknown_is_counted_and_is_neither():
    found = service({"A": None, "B": True, "C": True, "D": None}, RATES)
    assert (found.more, found.less, found.unknown) == ((1, 1), (1, 1), 2)
    assert found.sentence.endswith("Of 2 of 4 wards nobody knows.")


def test_where_nothing_is_known_of_a_half_there_is_no_difference():
    found = service({"A": None, "B": None, "C": True, "D": True}, RATES)
    assert found.difference is None
    assert found.sentence.startswith("Too little is known")


def test_of_an_odd_number_the_middle_ward_is_in_neither_half():
    found = service({"A": True, "B": True, "C": True}, RATES)
    assert (found.more, found.less) == ((1, 1), (1, 1))
