"""How the areas of two agencies lie over each other."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.footprints import agreement, footprints, footprints_of_land

# Four boroughs. The police put the first two together; health puts the middle two.
WITHIN = pd.DataFrame(
    {
        "Council": ["A", "A", "B", "B", "C", "D"],
        "Police": ["AB", "AB", "AB", "AB", "C", "D"],
        "Health": ["A", "A", "BC", "BC", "BC", "D"],
    },
    index=[f"E0100000{n}" for n in range(6)],
)
PEOPLE = pd.Series([100, 200, 150, 150, 250, 150], WITHIN.index)


def pair(found, one, other):
    rows = found.agencies
    return rows[(rows["one"] == one) & (rows["other"] == other)].iloc[0]


@pytest.mark.published("footprints")
@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ([0, 0, 1, 1], [0, 0, 1, 1], 1.0),
        ([0, 0, 1, 1], [0, 0, 1, 2], 0.8),
        ([0, 0, 1, 1], [0, 1, 2, 3], 2 / 3),
        ([0, 0, 0, 0], [0, 1, 2, 3], 0.0),
        ([0, 0, 1, 1], [0, 1, 0, 1], 0.0),
    ],
)
def test_agreement_is_that_of_scikit_learns_manual(one, other, value):
    assert agreement(pd.crosstab(pd.Series(one), pd.Series(other)).to_numpy(float)) == (
        pytest.approx(value, abs=1e-9)
    )


def test_the_relation_of_two_agencies_is_told_in_words():
    found = footprints(WITHIN, PEOPLE)
    police = pair(found, "Council", "Police")
    assert police["relation"] == "each Council area lies in one Police area"
    assert (police["same"], police["people_same"]) == (2, 0.4)
    assert pair(found, "Police", "Health")["relation"] == "they cross"
    same = WITHIN.assign(Fire=WITHIN["Council"] + " brigade")
    again = pair(footprints(same, PEOPLE), "Council", "Fire")
    assert (again["relation"], again["agreement"]) == ("the same areas", 1)


def test_shares_of_people_are_worked_out_both_ways():
    found = footprints(WITHIN[["Police", "Health"]], PEOPLE).overlaps
    rows = found.set_index(["agency", "area", "other_area"])
    assert rows.loc[("Police", "AB", "BC"), "share"] == 0.5
    assert rows.loc[("Police", "AB", "BC"), "share_of_other"] == 300 / 550
    assert rows.loc[("Health", "BC", "AB"), "share"] == 300 / 550
    assert rows.loc[("Health", "D", "D"), "same"]


def test_each_area_is_told_how_many_partners_it_has():
    found = footprints(WITHIN[["Police", "Health"]], PEOPLE).areas
    row = found[(found["agency"] == "Police") & (found["area"] == "AB")].iloc[0]
    assert (row["partners"], row["main"], row["main_share"]) == (2, "A", 0.5)


def test_a_sliver_is_no_partner_and_breaks_no_border():
    within = WITHIN[["Council"]].assign(Fire=WITHIN["Council"])
    within.loc["E01000009"] = ["A", "B"]  # a few households, by another's drawing
    people = pd.concat([PEOPLE, pd.Series({"E01000009": 1})])
    found = footprints(within, people)
    assert found.agencies["relation"].tolist() == ["the same areas"]
    assert (found.areas["partners"] == 1).all()
    strict = footprints(within, people, sliver=0)
    assert strict.agencies["relation"].tolist() == ["they cross"]


def test_people_outside_an_agency_count_in_the_area_and_not_in_the_overlap():
    within = WITHIN[["Council"]].assign(Scheme=["X", None, None, None, None, None])
    found = footprints(within, PEOPLE).overlaps
    assert found["share"].tolist() == pytest.approx([1 / 3, 1])


@pytest.mark.second_road("footprints")
@settings(max_examples=40)
@given(seed=st.integers(0, 500))
def test_shares_and_agreement_are_those_counted_person_by_person(seed):
    random = np.random.default_rng(seed)
    within = pd.DataFrame(random.integers(0, 3, (12, 2)), columns=["One", "Other"])
    people = pd.Series(random.integers(0, 9, 12))
    if not people.sum():
        return
    each = within.loc[within.index.repeat(people)]
    found = footprints(within, people)
    for row in found.overlaps.itertuples():
        mine = each[each[row.agency] == row.area]
        assert row.share == pytest.approx((mine[row.other] == row.other_area).mean())
    # The V-measure as Rosenberg and Hirschberg write it, by conditional entropy.
    table = pd.crosstab(each["One"], each["Other"]).to_numpy(float)
    joint = table / table.sum()

    def known(axis):
        given_other = joint / joint.sum(axis=axis, keepdims=True)
        left = -(joint * np.log(np.where(joint > 0, given_other, 1))).sum()
        shares = joint.sum(axis=1 - axis)
        spread = -(shares * np.log(shares)).sum()
        return 1.0 if spread == 0 else 1 - left / spread

    a, b = known(0), known(1)
    both = 0 if a + b == 0 else 2 * a * b / (a + b)
    assert found.agencies["agreement"].iloc[0] == pytest.approx(both, abs=1e-9)


@pytest.mark.property_of("footprints")
@settings(max_examples=40)
@given(labels=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_the_order_of_agencies_does_not_matter_and_shares_add_to_one(labels):
    within = pd.DataFrame(labels, columns=["One", "Other"])
    people = pd.Series(10, within.index)
    found = footprints(within, people)
    turned = footprints(within[["Other", "One"]], people)
    one, other = found.agencies.iloc[0], turned.agencies.iloc[0]
    assert one["agreement"] == pytest.approx(other["agreement"], abs=1e-9)
    assert one["people_same"] == pytest.approx(other["people_same"])
    assert 0 <= one["agreement"] <= 1 + 1e-9
    shares = found.overlaps.groupby(["agency", "area"])["share"].sum()
    assert shares.to_numpy() == pytest.approx(np.ones(len(shares)))


def test_land_stands_in_for_people_where_there_are_only_outlines():
    overlaps = pd.DataFrame(
        {
            "from_code": ["A", "A", "B"],
            "to_code": ["X", "Y", "Y"],
            "square_metres": [9e5, 1e5, 2e6],
        }
    )
    found = footprints_of_land(overlaps, one="Police", other="Health")
    assert found.agencies["relation"].tolist() == ["they cross"]
    assert any("as much as a tower block" in each for each in found.cautions)
    assert found.people == 3e6


@pytest.mark.parametrize(
    ("within", "people", "words"),
    [
        (WITHIN[["Police"]], PEOPLE, "two agencies or more"),
        (WITHIN, PEOPLE.head(3), "not the other"),
        (WITHIN, -PEOPLE, "not below 0"),
        (WITHIN, PEOPLE * 0, "somebody"),
        (pd.concat([WITHIN, WITHIN]), pd.concat([PEOPLE, PEOPLE]), "stands twice"),
        (WITHIN.assign(Health=None), PEOPLE, "no people in common"),
    ],
)
def test_what_cannot_be_compared_is_refused(within, people, words):
    with pytest.raises(MethodError, match=words):
        footprints(within, people)
