"""The Gunning file: four gates with their evidence."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from saferplan.consultations.gates import Record, gates, verdicts
from saferplan.consultations.timetable import LONDON, timetable

OPENS = datetime(2026, 9, 2, 9, tzinfo=LONDON)
FAIR = Record(
    timetable=timetable(OPENS, datetime(2026, 11, 25, 17, tzinfo=LONDON)),
    options_open=True,
    decided_on=date(2027, 1, 14),
    decision_paper_on=date(2027, 1, 6),
    documents=(("Draft plan", date(2026, 9, 1)),),
    equality_on=date(2026, 9, 2),
    reasons_given=True,
    reading_age=12,
    late_rule="Read until the day after, and said to be late.",
    points=40,
    answered=40,
    read_by=True,
    paper_cites=True,
)


def of(**changed):
    return [gate.verdict for gate in gates(replace(FAIR, **changed))]


def test_a_fair_consultation_passes_all_four():
    assert of() == ["met"] * 4
    assert verdicts(gates(FAIR)) == "4 of 4 gates met."


def test_nothing_recorded_is_unknown_and_never_met():
    assert [gate.verdict for gate in gates(Record())] == ["unknown"] * 4


@pytest.mark.parametrize(
    ("changed", "gate", "verdict"),
    [
        ({"options_open": False}, 1, "not met"),
        ({"decided_on": date(2026, 11, 25)}, 1, "not met"),
        ({"decided_on": None}, 1, "met"),
        ({"equality_on": None}, 2, "unknown"),
        ({"equality_on": date(2026, 9, 3)}, 2, "not met"),
        ({"documents": ()}, 2, "unknown"),
        ({"reading_age": 17}, 2, "not met"),
        ({"late_rule": ""}, 3, "not met"),
        ({"late_rule": None}, 3, "unknown"),
        ({"answered": 39}, 4, "not met"),
        ({"points": None}, 4, "unknown"),
        ({"read_by": None}, 4, "unknown"),
        ({"decision_paper_on": date(2026, 11, 20)}, 4, "not met"),
    ],
)
def test_one_line_alone_can_close_a_gate(changed, gate, verdict):
    found = of(**changed)
    assert found[gate - 1] == verdict
    assert [each for n, each in enumerate(found, 1) if n != gate] == ["met"] * 3


def test_too_few_days_fail_the_third_gate_and_holidays_are_only_weighed():
    short = timetable(OPENS, datetime(2026, 9, 30, 17, tzinfo=LONDON))
    assert of(timetable=short)[2] == "not met"
    over_christmas = timetable(
        datetime(2025, 12, 1, 9, tzinfo=LONDON),
        datetime(2026, 2, 25, 17, tzinfo=LONDON),
    )
    found = gates(Record(timetable=over_christmas, late_rule="Read."))[2]
    assert found.verdict == "met"
    assert any("To weigh: Christmas" in line.text for line in found.evidence)
