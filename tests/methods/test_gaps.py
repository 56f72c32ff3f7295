"""How far one rate lies from another, and in which unit."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.gaps import conviction_gap, two_readings
from saferplan.methods.proportions import share_difference

DATA = Path(__file__).parents[3] / "shared/data/methods"


def gap(a, n, b, m, **options):
    return conviction_gap(a, n, their_convictions=b, their_completed=m, **options)


@pytest.mark.published("conviction-gap")
def test_points_have_newcombes_published_limits():
    # Table II of Newcombe (1998), method 10: 56 of 70 against 48 of 80.
    found = gap(56, 70, 48, 80)
    assert found.points == pytest.approx(0.2)
    assert [found.points_lower, found.points_upper] == pytest.approx(
        [0.0524, 0.3339], abs=5e-5
    )


@pytest.mark.published("conviction-gap")
def test_percent_has_the_limits_of_a_published_risk_ratio():
    # Middlesbrough 2019, by epitools: 1.562973 (0.994848 to 2.455535).
    found = gap(20, 5_036, 300, 118_067)
    assert [found.percent, found.percent_lower, found.percent_upper] == pytest.approx(
        [0.562973, -0.005152, 1.455535], abs=1e-6
    )


@pytest.mark.published("conviction-gap")
def test_ten_per_cent_lower_than_73_9_is_one_of_two_rates():
    # England and Wales 2014-15, domestic abuse: 73.9% of completed prosecutions.
    found = two_readings(-0.10, 0.739)
    assert found["rate"].round(3).to_dict() == {"percent": 0.665, "points": 0.639}
    assert found["fits"].isna().all()
    assert two_readings(-0.10, 0.739, ours=0.664)["fits"].tolist() == [True, False]
    assert two_readings(-0.10, 0.739, ours=0.640)["fits"].tolist() == [False, True]
    assert two_readings(-0.10, 0.739, ours=0.7)["fits"].tolist() == [False, False]


@pytest.mark.second_road("conviction-gap")
@given(
    a=st.integers(5, 95), n=st.integers(100, 300),
    b=st.integers(5, 95), m=st.integers(100, 300),
)  # fmt: skip
def test_points_are_those_of_the_difference_of_two_shares(a, n, b, m):
    one = [pd.Series([number]) for number in (a, n, b, m)]
    other = share_difference(one[0], one[1], from_part=one[2], from_whole=one[3]).iloc[
        0
    ]
    found = gap(a, n, b, m)
    assert [found.points, found.points_lower, found.points_upper] == pytest.approx(
        [other.difference, other.lower, other.upper]
    )
    assert (found.verdict == "real difference") == (other.verdict == "real change")


@pytest.mark.property_of("conviction-gap")
@given(
    a=st.integers(5, 95), n=st.integers(100, 300),
    b=st.integers(5, 95), m=st.integers(100, 300),
)  # fmt: skip
def test_from_the_other_side_points_turn_about_and_percent_does_not_merely(a, n, b, m):
    one, other = gap(a, n, b, m), gap(b, m, a, n)
    assert one.points == pytest.approx(-other.points)
    assert one.points_lower == pytest.approx(-other.points_upper)
    assert (1 + one.percent) * (1 + other.percent) == pytest.approx(1)
    assert one.ours == pytest.approx(one.theirs + one.points)
    assert one.ours == pytest.approx(one.theirs * (1 + one.percent))


def test_a_gap_says_its_unit_or_is_not_written_at_all():
    found = gap(660, 1_000, 73_900, 100_000)
    assert f"{found:points}".startswith("7.9 percentage points lower (from -10.9")
    assert f"{found:percent}".startswith("10.7 per cent lower (from -14.6")
    for way in (str, format, "{}".format, lambda told: f"{told}", "%s".__mod__):
        with pytest.raises(MethodError, match="Say which"):
            way(found)
    with pytest.raises(MethodError, match="Say which"):
        format(found, ".1f")
    with pytest.raises(TypeError):
        float(found)
    assert "points=" in repr(found)
    assert "percent=" in repr(found)


def test_a_higher_rate_is_higher_and_a_small_gap_is_chance():
    assert "higher" in f"{gap(80, 100, 60, 100):points}"
    assert gap(62, 100, 60, 100).verdict == "within chance"


def test_of_a_rate_of_nought_there_is_no_percentage():
    found = gap(10, 100, 0, 100)
    assert np.isnan(found.percent)
    assert "10.0 percentage points higher" in f"{found:points}"
    with pytest.raises(MethodError, match="use points"):
        format(found, "percent")
    assert gap(0, 100, 10, 100).percent == -1
    everyone = gap(100, 100, 100, 100)
    assert (everyone.percent_lower, everyone.percent_upper) == (0, 0)


@pytest.mark.parametrize(
    ("counts", "helps"),
    [
        ((101, 100, 60, 100), "cannot be"),
        ((60, 100, -1, 100), "cannot be"),
        ((10, 29, 60, 100), "too few for a percentage"),
        ((4, 100, 60, 100), "could be told from"),
        ((60, 100, 97, 100), "could be told from"),
    ],
)
def test_rates_that_cannot_be_or_tell_too_much_are_refused(counts, helps):
    with pytest.raises(MethodError, match=helps):
        gap(*counts)


@pytest.mark.parametrize(("theirs", "ours"), [(73.9, None), (0.739, 66.0)])
def test_rates_are_shares(theirs, ours):
    with pytest.raises(MethodError, match="Divide percentages"):
        two_readings(-0.1, theirs, ours=ours)
