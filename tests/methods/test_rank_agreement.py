"""How far two orders agree, with ties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr

from saferplan.errors import MethodError
from saferplan.methods.rank_agreement import kendall, spearman, top_shared

SHORT = st.lists(st.integers(0, 4), min_size=6, max_size=6)


def both(one, other):
    return pd.Series(one, dtype=float), pd.Series(other, dtype=float)


@pytest.mark.published("harm-compared")
def test_coefficients_are_those_of_scipys_manual():
    assert spearman(*both([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])) == pytest.approx(
        0.8207826816681233
    )
    assert kendall(*both([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])) == pytest.approx(
        -0.47140452079103173
    )


@pytest.mark.second_road("harm-compared")
@pytest.mark.parametrize("size", [3, 40, 700])
def test_coefficients_are_those_scipy_works_out(size):
    random = np.random.default_rng(size)
    one, other = random.poisson(2, size), random.poisson(3, size)
    assert spearman(*both(one, other)) == pytest.approx(spearmanr(one, other)[0])
    assert kendall(*both(one, other)) == pytest.approx(kendalltau(one, other)[0])


def test_counts_that_have_nothing_in_common_do_not_seem_to_agree():
    # The short formula gives about 0.24 here: it takes no account of ties.
    random = np.random.default_rng(1)
    one, other = both(random.poisson(0.5, 2_000), random.poisson(0.5, 2_000))
    apart = ((one.rank() - other.rank()) ** 2).sum()
    short = 1 - 6 * apart / (2_000 * (2_000**2 - 1))
    assert short > 0.2
    assert abs(spearman(one, other)) < 0.06


@pytest.mark.property_of("harm-compared")
@given(one=SHORT, other=SHORT)
def test_an_order_agrees_with_itself_and_not_with_its_reverse(one, other):
    first, second = both(one, other)
    for agree in (spearman, kendall):
        found = agree(first, second)
        if np.isnan(found):
            assert first.nunique() == 1 or second.nunique() == 1
            continue
        assert -1 - 1e-9 <= found <= 1 + 1e-9
        assert agree(second, first) == pytest.approx(found)
        assert agree(first, -second) == pytest.approx(-found)
        assert agree(first, first) == pytest.approx(1)


@given(one=SHORT, other=SHORT, top=st.integers(1, 6))
def test_the_top_is_shared_by_as_much_whatever_the_order_of_the_rows(one, other, top):
    first, second = both(one, other)
    found = top_shared(first, second, top=top)
    turned = top_shared(first[::-1], second[::-1], top=top)
    assert found == pytest.approx(turned)
    assert found <= 1 + 1e-9
    if top == 6:
        assert found == pytest.approx(1)


def test_ties_for_the_last_place_count_in_part():
    one, other = both([9, 5, 5, 1], [9, 7, 3, 1])
    # A is in both; of the tie for second place B is half in.
    assert top_shared(one, other, top=2) == 0.75


def test_orders_that_cannot_be_compared_are_refused():
    one, other = both([1, 2], [1, np.nan])
    with pytest.raises(MethodError, match="Leave out areas without"):
        spearman(one, other)
    with pytest.raises(MethodError, match="two or more"):
        kendall(one.head(1), one.head(1))
    with pytest.raises(MethodError, match="no top 3 of 2"):
        top_shared(one, one, top=3)
    with pytest.raises(MethodError, match="not the other"):
        spearman(one, one.head(1))
