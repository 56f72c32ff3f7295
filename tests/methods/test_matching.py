"""People elsewhere who are like those in a cohort."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from saferplan.errors import MethodError
from saferplan.methods.match_balance import balance
from saferplan.methods.match_score import chances
from saferplan.methods.matching import match

published = pytest.mark.published("matching")
second_road = pytest.mark.second_road("matching")
property_of = pytest.mark.property_of("matching")

# LaLonde's training programme, as in R's MatchIt: 185 who were trained, 429 others, and
# the 185 of those whom 1:1 matching on the chance of being trained leaves. Counts of
# each, and the standardised differences that the vignette of MatchIt 4 prints. The
# matching itself, run on all 614 people, gives the whole of its printed table: means
# and differences of ages, years of schooling and earnings as well.
LALONDE = {
    "black": (156, 87, 87, 1.7615, 1.0259),
    "hispanic": (11, 61, 40, -0.3498, -0.6629),
    "white": (18, 281, 58, -1.8819, -0.7296),
    "married": (35, 220, 39, -0.8263, -0.0552),
    "no degree": (131, 256, 118, 0.2450, 0.1546),
}


def some(people, seed, shift=0.0, names="p"):
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "age": random.normal(30 - 4 * shift, 8, people).round(),
            "priors": random.poisson(2 + 2 * shift, people),
            "sex": random.choice(["F", "M"], people, p=[0.3, 0.7]),
        },
        index=[f"{names}{n}" for n in range(people)],
    )


def yes(count, people):
    return [1] * count + [0] * (people - count)


@published
@pytest.mark.parametrize("name", LALONDE)
def test_lalondes_differences_are_those_printed(name):
    ours, theirs, matched, before, after = LALONDE[name]
    group = pd.DataFrame({name: yes(ours, 185)})
    # Of the 429, those matched stand first among the yes and first among the no.
    pool = pd.DataFrame({name: yes(theirs, 429)})
    weights = yes(matched, theirs) + yes(185 - matched, 429 - theirs)
    found = balance(group, pool, on=[name], weights=weights).loc[name]
    assert found["before"] == pytest.approx(before, abs=5e-5)
    assert found["after"] == pytest.approx(after, abs=5e-5)


@published
def test_a_match_of_two_for_each_worked_by_hand():
    # Scores fall with age, as the group is younger. So d (20) comes first and takes the
    # nearest, 21, then e (30) takes 30; in the second round d takes 26 and e takes 33.
    group = pd.DataFrame({"age": [30, 20]}, index=["e", "d"])
    pool = pd.DataFrame({"age": [60, 33, 26, 21, 30]}, index=list("vwxyz"))
    found = match(group, pool, on=["age"], k=2, caliper=None)
    assert found.pairs[["person", "match", "place"]].values.tolist() == [
        ["d", "y", 1], ["e", "z", 1], ["d", "x", 2], ["e", "w", 2],
    ]  # fmt: skip
    assert found.weights.tolist() == [0, 0.5, 0.5, 0.5, 0.5]
    row = found.balance.loc["age"]
    # Means of 25 against 27.5; deviation of 20 and 30 is 7.071.
    assert (row["group"], row["matched"]) == (25, 27.5)
    assert row["after"] == pytest.approx(-2.5 / 7.0711, abs=1e-4)


@second_road
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("exact", [(), ("sex",)])
def test_it_is_what_plain_loops_find(seed, exact):
    group, pool = some(25, seed, 0.4, "g"), some(60, seed + 50)
    found = match(group, pool, on=["age", "priors"], exact=exact, k=2)
    both = pd.concat([group, pool])[["age", "priors"]].to_numpy(dtype=float)
    score = chances(both, 25)
    reach = 0.2 * score.std(ddof=1)
    score = score.round(8)
    order = sorted(range(25), key=lambda person: (-score[person], person))
    used, told = set(), []
    for place in (1, 2):
        for person in order:
            near = [
                (round(abs(score[25 + other] - score[person]), 8), other)
                for other in range(60)
                if other not in used
                and all(group[c].iloc[person] == pool[c].iloc[other] for c in exact)
            ]
            if near and min(near)[0] <= reach:
                used.add(min(near)[1])
                told.append([f"g{person}", f"p{min(near)[1]}", place])
    assert found.pairs[["person", "match", "place"]].values.tolist() == told


@second_road
def test_the_score_is_where_the_likelihood_is_highest():
    group, pool = some(80, 1, 0.5), some(200, 2)
    values = pd.concat([group, pool])[["age", "priors"]].to_numpy(dtype=float)
    x = np.column_stack([np.ones(280), (values - values.mean(0)) / values.std(0)])
    sign = np.where(np.arange(280) < 80, -1.0, 1.0)

    def loss(told):
        return np.logaddexp(0, sign * (x @ told)).sum()

    best = minimize(loss, np.zeros(3), tol=1e-10).x
    assert chances(values, 80) == pytest.approx(x @ best, abs=1e-4)


@property_of
@settings(max_examples=25)
@given(seed=st.integers(0, 999), k=st.integers(1, 4), tight=st.floats(0.05, 2))
def test_nobody_is_used_twice_and_weights_add_up_to_those_matched(seed, k, tight):
    group, pool = some(15, seed, 0.3, "g"), some(50, seed + 1)
    try:
        found = match(group, pool, on=["age", "sex"], k=k, caliper=tight)
    except MethodError:
        return  # nobody near enough, or told apart entirely
    pairs = found.pairs
    assert not pairs["match"].duplicated().any()
    assert pairs.groupby("person").size().max() <= k
    matched = pairs["person"].nunique()
    assert found.weights.sum() == pytest.approx(matched)
    assert len(found.unmatched) == 15 - matched
    again = match(group, pool, on=["age", "sex"], k=k, caliper=tight)
    assert again.pairs.equals(pairs)


@property_of
@settings(max_examples=15)
@given(seed=st.integers(0, 999))
def test_the_unit_of_a_column_does_not_matter(seed):
    group, pool = some(20, seed, 0.4, "g"), some(60, seed + 1)
    one = match(group, pool, on=["age", "priors"], caliper=None)
    in_days = [t.assign(age=t["age"] * 365.25) for t in (group, pool)]
    other = match(*in_days, on=["age", "priors"], caliper=None)
    assert one.balance["after"].tolist() == pytest.approx(
        other.balance["after"].tolist(), nan_ok=True
    )


def test_matching_brings_groups_nearer_than_they_were():
    group, pool = some(150, 3, 0.6, "g"), some(1_500, 4)
    found = match(group, pool, on=["age", "priors", "sex"], k=3)
    assert found.balance["after"].abs().max() < 0.1
    assert found.balance["before"].abs().max() > 0.4
    assert found.cautions == () or "fewer than 3" in found.cautions[-1]
    ratio = found.balance["ratio"]
    assert 0.6 < ratio["age"] < 1.6
    assert np.isnan(ratio["sex: F"])


def test_of_two_alike_the_one_who_stands_first_is_taken():
    group = pd.DataFrame({"age": [30, 40]}, index=["a", "b"])
    pool = pd.DataFrame({"age": [45, 30, 30, 20]}, index=list("wxyz"))
    found = match(group, pool, on=["age"], caliper=None)
    assert "x" in set(found.pairs["match"])
    assert "y" not in set(found.pairs["match"])


def test_those_without_anybody_near_are_named_and_cautioned_about():
    group = some(30, 5, 0.0, "g")
    group.loc["g0", "age"] = 95
    pool = some(40, 6)
    found = match(group, pool, on=["age"], caliper=0.05, k=2)
    assert "g0" in found.unmatched
    assert any("have no match" in each for each in found.cautions)
    assert any("fewer than 2 matches" in each for each in found.cautions)


def test_what_is_still_not_alike_is_named():
    group, pool = some(40, 7, 1.5, "g"), some(45, 8)
    found = match(group, pool, on=["age", "priors"], caliper=None)
    assert "Still not alike in age, priors" in found.cautions[0]


def test_an_exact_column_is_the_same_in_every_pair():
    group, pool = some(20, 9, 0.2, "g"), some(60, 10)
    pairs = match(group, pool, on=["age"], exact=["sex"]).pairs
    assert (
        group["sex"][pairs["person"]].tolist() == pool["sex"][pairs["match"]].tolist()
    )


def test_where_all_of_the_group_are_alike_so_are_their_matches():
    group = some(12, 11, 0.2, "g").assign(sex="M", town="Here")
    pool = some(60, 12).assign(town=["Here", "There"] * 30)
    found = match(group, pool, on=["age", "sex", "town"], k=2)
    matches = pool.loc[found.pairs["match"]]
    assert set(matches["sex"]) == {"M"}
    assert set(matches["town"]) == {"Here"}
    alone = match(group, pool, on=["sex"])
    assert alone.pairs["match"].tolist() == pool.index[pool["sex"] == "M"][:12].tolist()
    with pytest.raises(MethodError, match="Nobody in the pool has what all"):
        match(group, pool.assign(town="There"), on=["age", "town"])


def test_all_the_same_in_the_group_has_no_deviation():
    group, pool = pd.DataFrame({"a": [1, 1]}), pd.DataFrame({"a": [1, 0]})
    assert balance(group, pool, on=["a"])["before"].isna().all()
    with pytest.raises(MethodError, match="weight"):
        balance(group, pool, on=["a"], weights=[0, 0])


@pytest.mark.parametrize(
    ("choices", "helps"),
    [
        ({"on": ["height"]}, "no height"),
        ({"on": []}, "Name the columns"),
        ({"k": 0}, "k must be"),
        ({"caliper": 0}, "caliper"),
        ({"scale": "odds"}, "logit or share"),
        ({"exact": ["town"]}, "Nobody has a match"),
    ],
)
def test_what_cannot_be_asked_is_named(choices, helps):
    group = some(10, 1, 0.2, "g").assign(town="Here")
    pool = some(20, 2).assign(town="There")
    with pytest.raises(MethodError, match=helps):
        match(group, pool, **{"on": ["age"]} | choices)


def test_gaps_names_that_come_twice_and_groups_told_apart_are_refused():
    group, pool = some(10, 1, 0.2, "g"), some(20, 2)
    with pytest.raises(MethodError, match="age has gaps in the pool"):
        match(group, pool.assign(age=np.nan), on=["age"])
    with pytest.raises(MethodError, match="numbers in one table and of words"):
        match(group, pool.assign(age="old"), on=["age"])
    with pytest.raises(MethodError, match="age has no end"):
        match(group, pool.assign(age=np.inf), on=["age"])
    with pytest.raises(MethodError, match="'p0' comes twice"):
        match(group, pd.concat([pool, pool.head(1)]), on=["age"])
    with pytest.raises(MethodError, match="tell the group and the pool apart"):
        match(group.assign(age=20), pool.assign(age=60), on=["age"])
