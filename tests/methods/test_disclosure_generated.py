"""
A thousand tables made by chance, each protected, and then attacked.

`python -m benchmarks disclosure` does the same with ten thousand.
"""

import numpy as np
import pytest

from benchmarks import disclosure
from saferplan.methods.disclosure_attack import published
from saferplan.methods.disclosure_suppression import narrowed

TABLES = 1_000


@pytest.mark.property_of(
    "disclosure-suppression", "disclosure-attack", "disclosure-editions"
)
@pytest.mark.parametrize("way", range(len(disclosure.WAYS)), ids=disclosure.WAYS)
def test_the_attacker_narrows_no_small_count(way):
    small = 0
    for seed in range(way, TABLES, len(disclosure.WAYS)):
        protected = disclosure.protected_table(seed)
        small += len(protected.small)
        assert disclosure.open_cells(protected) == [], seed
    assert small > TABLES / len(disclosure.WAYS)  # there was something to protect


def test_without_the_further_cells_hidden_the_attacker_finds_much():
    # The same tables with the small counts hidden and nothing else.
    given_away = tables = 0
    for seed in range(1, 80, len(disclosure.WAYS)):
        made = disclosure.made(np.random.default_rng(seed), "rows by columns")
        shown = made.counts.astype(float)
        shown = shown.where((shown == 0) | (shown >= 5))
        tables += bool(shown.isna().any())
        found = narrowed(published(shown, made.sums, lowest=1))
        given_away += bool(len(found))
    assert given_away > tables / 2 > 5
