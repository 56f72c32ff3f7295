"""What a second edition, or another cut of the same area, gives away by subtraction."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from methods.made_tables import every_way, one_way, two_way

from saferplan.errors import MethodError
from saferplan.methods.disclosure_attack import attack, published
from saferplan.methods.disclosure_editions import next_edition
from saferplan.methods.disclosure_suppression import narrowed, suppress
from saferplan.methods.disclosure_tables import tables_of

# Handbook on Statistical Disclosure Control (2024), geographical differencing: one
# area by two definitions, the second a little larger.
HOURS = ["over 30", "16-30", "15 or less"]
OUTPUT_AREA = [[50, 54], [128, 140], [39, 49]]
DISTRICT = [[52, 55], [130, 140], [39, 49]]


def handbook(**options):
    """The larger area, its known part, and the rest, which no table shows."""
    rest = np.subtract(DISTRICT, OUTPUT_AREA)
    rows = [
        (part, hours, sex, count)
        for part, table in (("part", OUTPUT_AREA), ("rest", rest))
        for hours, counts in zip(HOURS, table, strict=True)
        for sex, count in zip(["men", "women"], counts, strict=True)
    ]
    columns = ["area", "hours", "sex"]
    counts = pd.DataFrame(rows, columns=[*columns, "count"])
    cells = tables_of(counts, by=columns).cells.index
    hidden = [name for name in cells if "area=rest" in name]
    return tables_of(counts, by=columns, unpublished=hidden, **options)


@pytest.mark.published("disclosure-editions")
def test_the_handbooks_two_areas_give_away_the_strip_between():
    tables = handbook()
    shown = tables.counts.astype(float).where(
        ~tables.counts.index.isin(tables.unpublished)
    )
    found = attack(published(shown, tables.sums))
    strip = [
        found.loc[f"area=rest, hours={hours}, sex={sex}"].tolist()
        for hours in HOURS
        for sex in ("men", "women")
    ]
    assert strip == [[n, n] for n in (2, 1, 2, 0, 0, 0)]


def test_hiding_some_of_the_areas_keeps_the_strip_unknown():
    protected = suppress(handbook(), threshold=3)
    assert "area=rest, hours=over 30, sex=women" in protected.small
    assert not protected.cells.index.str.contains("rest").any()
    assert not protected.log.empty
    found = narrowed(protected.published, threshold=3, cells=protected.small)
    assert found.empty


@pytest.mark.published("disclosure-editions")
def test_twelve_and_then_thirteen_is_one():
    # By hand: both are shown by themselves; together they tell of one person.
    before, now = one_way(12, 40), one_way(13, 60)
    both = next_edition(now, before, suppress(before).published.shown)
    protected = suppress(both)
    assert protected.small == ("added since: ward=w0",)
    assert protected.log["cell"].tolist()[0] == "ward=w0"
    assert len(protected.log) == 2  # the total or the other ward goes with it
    assert suppress(now).log.empty


def test_a_count_that_did_not_change_is_shown_again():
    before = one_way(12, 40)
    both = next_edition(before, before, suppress(before).published.shown)
    assert suppress(both).log.empty


def test_what_was_hidden_stays_hidden_beside_a_new_edition():
    # The ward had 3 of 43, hidden with the other; now it has 9, and 4 wards do.
    before, now = one_way(3, 40), one_way(9, 60)
    shown = suppress(before).published.shown
    protected = suppress(next_edition(now, before, shown))
    assert "earlier: ward=w0" in protected.small
    assert narrowed(protected.published, cells=protected.small).empty
    assert protected.cells.index.tolist() == now.cells.index.tolist()


@st.composite
def editions(draw):
    before = draw(st.lists(st.integers(0, 3), min_size=2, max_size=2))
    added = draw(st.lists(st.integers(0, 2), min_size=2, max_size=2))
    return one_way(*before), one_way(*np.add(before, added))


@pytest.mark.second_road("disclosure-editions")
@settings(max_examples=25)
@given(editions())
def test_listing_every_way_finds_what_was_added_open(made):
    before, now = made
    shown = suppress(before, threshold=2).published.shown
    protected = suppress(next_edition(now, before, shown), threshold=2)
    if protected.published.shown.isna().sum() > 5:  # too many to list
        return
    names, ways = every_way(protected.published, 10)
    for cell in protected.small:
        seen = ways[:, list(names).index(cell)]
        assert seen.min() <= (2 if cell.endswith("everything") else 1)
        assert seen.max() >= 2


@pytest.mark.property_of("disclosure-editions")
@settings(max_examples=25)
@given(
    st.lists(st.integers(0, 30), min_size=6, max_size=6),
    st.lists(st.integers(0, 9), min_size=6, max_size=6),
)
def test_neither_edition_nor_the_difference_is_narrowed(counts, added):
    first = np.reshape(counts, (3, 2)).tolist()
    then = np.reshape(np.add(counts, added), (3, 2)).tolist()
    before, now = two_way(first), two_way(then)
    shown = suppress(before).published.shown
    protected = suppress(next_edition(now, before, shown))
    assert narrowed(protected.published, cells=protected.small).empty


def test_a_count_that_fell_or_nothing_in_common_is_refused():
    shown = one_way(12, 40).counts.astype(float)
    with pytest.raises(MethodError, match="ward=w0 fell from 12 to 11"):
        next_edition(one_way(11, 40), one_way(12, 40), shown)
    other = tables_of(pd.DataFrame({"lsoa": ["a"], "count": [5]}), by=["lsoa"])
    renamed = other.cells.rename(index={"everything": "all of it"})
    with pytest.raises(MethodError, match="no cell in common"):
        next_edition(one_way(12), type(other)(renamed, ()), shown)
