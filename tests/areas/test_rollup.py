"""Smaller areas added up to larger ones, where the figures allow it."""

import pandas as pd
import pytest

from saferplan.areas.rollup import check_can_sum, sum_up
from saferplan.errors import AreaError

TO_BOROUGH = pd.DataFrame(
    [
        ("E01000001", "E09000001", "exact"),
        ("E01000002", "E09000001", "exact"),
        ("E01000006", "E09000002", "exact"),
    ],
    columns=["from_code", "to_code", "fit"],
)
COUNTS = pd.Series({"E01000001": 3, "E01000002": 4, "E01000006": 5})


@pytest.mark.parametrize(
    ("dataset", "publisher"), [("population", "ons"), ("census", "ons")]
)
def test_people_add_up(dataset, publisher):
    result = sum_up(COUNTS, TO_BOROUGH, dataset=dataset, publisher=publisher)
    assert result["count"].to_dict() == {"E09000001": 7, "E09000002": 5}
    assert set(result["fit"]) == {"exact"}


def test_offences_of_the_met_do_not_add_up_and_the_message_says_what_to_use():
    with pytest.raises(AreaError, match="sexual offences have no LSOA.*their own file"):
        sum_up(COUNTS, TO_BOROUGH, dataset="recorded_crime", publisher="mps")


@pytest.mark.parametrize("dataset", ["flagged_crime", "survey", "deprivation"])
def test_flags_shares_and_scores_do_not_add_up(dataset):
    with pytest.raises(AreaError, match="cannot be added up"):
        check_can_sum(dataset, "mps")


def test_what_nobody_has_checked_is_refused():
    with pytest.raises(AreaError, match="Nobody has checked that recorded_crime"):
        check_can_sum("recorded_crime", "some-other-force")


def test_a_sum_by_best_fit_says_so():
    to_ward = TO_BOROUGH.assign(fit="best fit")
    result = sum_up(COUNTS, to_ward, dataset="census", publisher="ons")
    assert set(result["fit"]) == {"best fit"}


def test_an_area_in_two_larger_ones_is_refused():
    twice = pd.concat([TO_BOROUGH, TO_BOROUGH.assign(to_code="E09000003")])
    with pytest.raises(AreaError, match="falls in 2 larger areas"):
        sum_up(COUNTS, twice, dataset="census", publisher="ons")
