"""Targets as they are set, and where they clash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.targets import Target, conflicts


def target(number=800, ends="2016-03", *, baseline=(1_000,), **options):
    return Target("Burglary", number, ends, 4, baseline, **options)


def kinds(*targets):
    return [found.kind for found in conflicts(targets)]


def test_two_numbers_for_one_year_clash_and_the_stricter_is_named():
    found = conflicts([target(800, set_by="Board"), target(900, set_by="City")])
    assert [one.kind for one in found] == ["number"]
    assert "the stricter is Board’s" in found[0].why


def test_where_more_is_better_the_stricter_is_the_higher():
    more = [
        target(1_200, better="up", set_by="Board"),
        target(1_300, better="up", set_by="City"),
    ]
    assert "the stricter is City’s" in conflicts(more)[0].why


def test_opposite_directions_clash_before_anything_else():
    assert kinds(target(800), target(1_200, better="up")) == ["direction"]


def test_a_later_target_may_not_let_it_slip():
    slips = target(900, "2017-03", set_by="City")
    found = conflicts([slips, target(800, "2016-03")])
    assert found[0].kind == "order"
    assert found[0].first.ends == "2016-03"  # the earlier one comes first
    assert "lets it slip" in found[0].why
    assert kinds(target(800, "2016-03"), target(700, "2017-03")) == []


def test_percentages_of_two_baselines_cannot_be_set_side_by_side():
    assert kinds(target(), target(baseline=(1_100,))) == ["baseline"]
    # 1,000 and 1,004 are one number rounded twice.
    assert kinds(target(), target(baseline=(1_004,))) == []


def test_other_measures_and_places_do_not_clash():
    other = Target("Robbery", 10, "2016-03", 4, (100,))
    assert kinds(target(), other) == []
    assert kinds(target(900), target(800, area="Lewisham")) == []


@pytest.mark.property_of("target")
@given(numbers=st.lists(st.integers(1, 999), min_size=2, max_size=5))
def test_clashes_do_not_depend_on_the_order_they_are_told_in(numbers):
    targets = [target(number) for number in numbers]
    there, back = conflicts(targets), conflicts(targets[::-1])
    assert len(there) == len(back)
    assert {frozenset([c.first.number, c.second.number]) for c in there} == {
        frozenset([c.first.number, c.second.number]) for c in back
    }


@pytest.mark.parametrize(
    ("wrong", "helps"),
    [
        ({"number": 1_200}, "no target where down is better"),
        ({"number": 900, "better": "up"}, "no target where up is better"),
        ({"number": -1}, "from 0"),
        ({"ends": "some day"}, "not a month"),
        ({"better": "sideways"}, "down or up"),
        ({"baseline": ()}, "whole years"),
    ],
)
def test_what_is_no_target_is_refused(wrong, helps):
    with pytest.raises(MethodError, match=helps):
        target(**wrong)


def test_a_target_needs_a_name_and_a_year():
    with pytest.raises(MethodError, match="name of what is counted"):
        Target(" ", 8, "2016-03", 4, (10,))
    for years in (0, 2.5, 1_000):
        with pytest.raises(MethodError, match="whole years after"):
            Target("Burglary", 8, "2016-03", years, (10,))
    for number in (float("nan"), float("inf")):
        with pytest.raises(MethodError, match="count of offences"):
            Target("Burglary", number, "2016-03", 4, (10,))
    with pytest.raises(MethodError, match="no fall to aim at"):
        Target("Burglary", 0, "2016-03", 4, (0,))
