"""Whether what was promised is met: met, not met, or unknown."""

from datetime import date

import pytest

from saferplan.definitions.standards import standards
from saferplan.plans.kept_promises import Seen, counted, standing, standings

CONSTABLES = standards()["ward-constables"]  # two or more; relied on for 92 days
TODAY = date(2026, 6, 30)


def seen(value, day=date(2026, 6, 1), area="A", standard="ward-constables"):
    return Seen(standard, area, value, day, "Borough commander")


def kept(*looked, today=TODAY):
    return standing(CONSTABLES, "A", looked, today=today).kept


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(2, "met"), (3, "met"), (1, "not met"), (0, "not met"), (None, "unknown")],
)
def test_a_standard_is_met_at_its_threshold(value, verdict):
    assert kept(seen(value)) == verdict


def test_what_nobody_looked_at_is_unknown():
    found = standing(CONSTABLES, "A", [], today=TODAY)
    assert (found.kept, found.why) == ("unknown", "Nobody has looked.")


def test_what_was_seen_elsewhere_says_nothing_here():
    assert kept(seen(2, area="B")) == "unknown"
    assert kept(seen(2, standard="ward-support-officer")) == "unknown"


def test_an_observation_has_a_last_day():
    looked = seen(2, date(2026, 3, 30))
    assert kept(looked, today=date(2026, 6, 30)) == "met"  # the 92nd day after
    assert kept(looked, today=date(2026, 7, 1)) == "unknown"
    late = standing(CONSTABLES, "A", [looked], today=date(2026, 7, 1))
    assert late.seen == looked
    assert late.why == "Last looked at on 30 March 2026; that held until 30 June 2026."


def test_the_newest_day_stands_and_of_one_day_the_later_entry():
    old, new = seen(2, date(2026, 5, 1)), seen(1, date(2026, 6, 1))
    assert kept(new, old) == "not met"
    assert kept(seen(1), seen(2)) == "met"


def test_a_newer_look_that_could_not_tell_outweighs_an_older_one_that_could():
    assert kept(seen(2, date(2026, 5, 1)), seen(None)) == "unknown"


def test_what_is_dated_after_today_is_not_known_yet():
    assert kept(seen(2, date(2026, 7, 2))) == "unknown"


def test_areas_are_counted_and_unknown_is_one_of_the_counts():
    looked = [seen(2), seen(1, area="B")]
    found = standings(CONSTABLES, ["A", "B", "C"], looked, today=TODAY)
    assert [each.area for each in found] == ["A", "B", "C"]
    assert counted(found) == {"met": 1, "not met": 1, "unknown": 1}
    assert counted([]) == {"met": 0, "not met": 0, "unknown": 0}
