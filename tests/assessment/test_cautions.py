"""Evidence that has grown old says so; so does a rate where hardly anyone lives."""

from dataclasses import replace
from datetime import date

import pytest
from reports.made_by_hand import finding

from saferplan.assessment import cautions
from saferplan.assessment.finding import Area, Period
from saferplan.definitions.undated import UNDATED
from saferplan.methods import cite

CITY = Area("E09000001", "City of London", "borough")


def ending(year, month, **other):
    day = date(year, month, 28)
    return replace(finding(**other), period=Period(date(2020, 1, 1), day, "to then"))


@pytest.fixture
def cautious(monkeypatch):
    """What each of some findings warns of, in a borough of many or few residents."""

    def of(*findings, few=False):
        monkeypatch.setattr(cautions, "_few_live_here", lambda *_about: few)
        return [
            " ".join(each.caveats)
            for each in cautions.with_cautions(None, CITY, findings)
        ]

    return of


def test_what_ended_over_a_year_before_the_newest_says_so(cautious):
    old, new = cautious(ending(2023, 12), ending(2026, 3))
    assert "it ends in December 2023, 27 months before the newest" in old
    assert "This is old" not in new


def test_a_year_behind_is_not_yet_old(cautious):
    assert "This is old" not in cautious(ending(2025, 3), ending(2026, 3))[0]
    assert "This is old" in cautious(ending(2025, 2), ending(2026, 3))[0]


def test_what_is_undated_makes_nothing_old_and_is_not_called_old(cautious):
    undated = replace(finding(), period=Period(UNDATED, UNDATED, "an undated list"))
    assert not any("old" in words for words in cautious(undated, ending(2020, 1)))


def test_a_rate_warns_where_few_live_and_a_count_does_not(cautious):
    rate = ending(2026, 3, method=cite("rates"))
    count = ending(2026, 3, method=cite("change"))
    warned, plain = cautious(rate, count, few=True)
    assert "Few people live here" in warned
    assert "Few people live here" not in plain
    assert "Few people live here" not in cautious(rate)[0]
