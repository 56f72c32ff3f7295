"""What a consultation would have said, weighed to the census."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from saferplan.errors import MethodError
from saferplan.methods.weighting import rake, sensitivity

# The worked table of the literature on iterative proportional fitting: rows, columns.
SEED = np.array(
    [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
)
ROWS, COLUMNS = [150, 300, 400, 150], [200, 300, 400, 100]


def people_of(table):
    row, column = np.indices(table.shape)
    counts = table.ravel()
    return pd.DataFrame(
        {
            "row": np.repeat(row.ravel(), counts),
            "column": np.repeat(column.ravel(), counts),
        }
    )


MARGINS = {"row": pd.Series(ROWS), "column": pd.Series(COLUMNS)}


def weighed(found, people, total=1_000):
    sums = found.weights.groupby([people["row"], people["column"]]).sum()
    return (sums / found.weights.sum() * total).to_numpy().reshape(4, 4)


@pytest.mark.published("weighting")
def test_the_worked_table_of_iterative_proportional_fitting():
    people = people_of(SEED)
    found = rake(people, MARGINS, largest=100)
    # Printed after three turns, so to within half a person.
    printed = [
        [64.61, 46.28, 35.42, 3.83],
        [49.95, 68.15, 156.49, 25.37],
        [56.70, 144.40, 145.06, 53.76],
        [28.74, 41.18, 63.03, 17.03],
    ]
    assert weighed(found, people) == pytest.approx(np.array(printed), abs=0.5)


@pytest.mark.published("weighting")
def test_effective_number_and_design_effect_are_kishs():
    # 30 weigh 2/3 each and 10 weigh 2: (40)^2 / (30 x 4/9 + 10 x 4) = 30.
    people = pd.DataFrame({"sex": ["f"] * 30 + ["m"] * 10})
    found = rake(people, {"sex": pd.Series({"f": 1, "m": 1})})
    assert found.effective == pytest.approx(30)
    assert found.design_effect == pytest.approx(40 / 30)


@pytest.mark.second_road("weighting")
def test_weights_are_those_of_least_information():
    # Raking minimises the relative entropy: solve that problem directly instead.
    people = people_of(SEED)
    design = np.hstack(
        [np.eye(4)[people["row"]], np.eye(4)[people["column"]]]
    )  # one column per group
    wanted = np.concatenate([np.array(ROWS), np.array(COLUMNS)]) / 1_000

    def dual(x):
        w = np.exp(design @ x) / len(people)
        return w.sum() - x @ wanted, design.T @ w - wanted

    solved = minimize(
        dual, np.zeros(8), jac=True, method="BFGS", options={"gtol": 1e-9}
    )
    expected = np.exp(design @ solved.x)
    found = rake(people, MARGINS, largest=100).weights
    assert found.to_numpy() == pytest.approx(expected / expected.mean(), abs=1e-4)


@pytest.mark.second_road("weighting")
def test_one_margin_is_post_stratification():
    people = pd.DataFrame({"ward": ["a"] * 50 + ["b"] * 30 + ["c"] * 20})
    agree = pd.Series([1] * 25 + [0] * 25 + [1] * 24 + [0] * 6 + [1] * 2 + [0] * 18)
    shares = pd.Series({"a": 200, "b": 300, "c": 500})
    found = sensitivity(agree, rake(people, {"ward": shares}))
    # 0.2 x 25/50 + 0.3 x 24/30 + 0.5 x 2/20
    assert found.shares.loc["weighted", "share"] == pytest.approx(0.39)
    assert found.shares.loc["unweighted", "share"] == pytest.approx(0.51)
    assert found.moved == pytest.approx(-0.12)
    assert any("-12.0 points" in said for said in found.cautions)
    assert any("majority" in said for said in found.cautions)


@pytest.mark.property_of("weighting")
@settings(max_examples=30, deadline=None)
@given(
    cells=st.lists(st.integers(4, 40), min_size=16, max_size=16),
    rows=st.lists(st.integers(50, 500), min_size=4, max_size=4),
    columns=st.lists(st.integers(50, 500), min_size=4, max_size=4),
)
def test_margins_are_reached_and_weights_average_one(cells, rows, columns):
    people = people_of(np.array(cells).reshape(4, 4))
    margins = {"row": pd.Series(rows), "column": pd.Series(columns)}
    found = rake(people, margins, largest=1_000)
    assert found.weights.mean() == pytest.approx(1)
    assert found.design_effect >= 1 - 1e-9
    assert found.margins["reached"].to_numpy() == pytest.approx(
        found.margins["target"].to_numpy(), abs=1e-4
    )


@pytest.mark.property_of("weighting")
def test_a_mirror_of_the_population_keeps_its_weights_of_one():
    people = people_of(np.full((4, 4), 5))
    equal = pd.Series([1, 1, 1, 1])
    found = rake(people, {"row": equal, "column": equal})
    assert found.weights.to_numpy() == pytest.approx(np.ones(80))
    assert found.effective == pytest.approx(80)


def test_no_voice_counts_for_more_than_the_largest_and_what_is_missed_is_said():
    people = pd.DataFrame({"age": ["young"] * 2 + ["old"] * 98})
    found = rake(people, {"age": pd.Series({"young": 50, "old": 50})}, largest=4)
    assert found.weights.max() / found.weights.min() <= 4 * 4 + 1e-9
    assert found.trimmed == 2
    assert any("missed by" in said for said in found.cautions)
    assert any("fewer than 5 respondents" in said for said in found.cautions)


def test_those_who_did_not_come_are_named_and_those_who_did_not_say_are_kept():
    people = pd.DataFrame({"age": ["young"] * 20 + ["old"] * 20 + [None] * 10})
    found = rake(people, {"age": pd.Series({"young": 1, "old": 2, "oldest": 1})})
    assert len(found.weights) == 50
    assert any("Nobody answered of oldest" in said for said in found.cautions)
    assert any("10 did not say their age" in said for said in found.cautions)


@pytest.mark.parametrize(
    ("people", "margins", "options", "helps"),
    [
        ({"age": ["a"] * 40}, {}, {}, "which margins"),
        ({"age": ["a"] * 40}, {"sex": {"f": 1}}, {}, "no column sex"),
        ({"age": ["a"] * 40}, {"age": {"b": 1}}, {}, "nobody in the population"),
        ({"age": [None] * 40}, {"age": {"b": 1}}, {}, "No respondent"),
        ({"age": ["a"] * 40}, {"age": {"a": -1}}, {}, "nought or more"),
        ({"age": ["a"] * 40}, {"age": {"a": 1}}, {"largest": 1}, "above 1"),
        ({"age": ["a"] * 9}, {"age": {"a": 1}}, {}, "too few"),
    ],
)
def test_what_cannot_be_weighed_is_refused(people, margins, options, helps):
    population = {name: pd.Series(of) for name, of in margins.items()}
    with pytest.raises(MethodError, match=helps):
        rake(pd.DataFrame(people), population, **options)
