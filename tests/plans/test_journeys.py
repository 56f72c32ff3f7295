"""What a journey map is asked, and the journeys that it begins from."""

import pytest

from saferplan.definitions.journeys import PATHS, journey
from saferplan.plans.journeys import (
    Counted,
    Step,
    check_journey,
    hand_offs,
    step_of,
)


def step(title="Trial", agency="Courts", counts="trials", **options):
    options = {"indicators": (Counted("Effective trials", "up"),), **options}
    return Step(title.casefold(), title, agency, counts, **options)


def kinds(steps, **options):
    return [check.kind for check in check_journey(steps, **options)]


def test_a_step_at_which_nothing_is_counted_is_asked_about():
    (check,) = check_journey([step(indicators=())])
    assert check.kind == "step without indicator"
    assert check.text == "Nothing is counted at “Trial” (Courts)."
    assert "lost" in check.why


def test_an_indicator_at_no_step_is_asked_about():
    (check,) = check_journey([step()], orphans=["Emergency calls answered"])
    assert check.kind == "indicator without step"
    assert "Emergency calls answered" in check.text


def test_one_measure_in_opposite_directions_is_a_contradiction():
    arrests = step("Arrest", "Police", indicators=(Counted("Cautions given", "up"),))
    youth = step(
        "Diversion", "Youth justice", indicators=(Counted("cautions  Given", "down"),)
    )
    (check,) = check_journey([arrests, youth])
    assert check.kind == "opposite directions"
    assert "higher for Police" in check.text
    assert "lower for Youth justice" in check.text


@pytest.mark.parametrize(
    ("agency", "better"), [("Police", "down"), ("Courts", "neither"), ("Courts", "up")]
)
def test_it_takes_two_agencies_and_two_directions_to_contradict(agency, better):
    one = step("Arrest", "Police", indicators=(Counted("Cautions", "up"),))
    other = step("Court", agency, indicators=(Counted("Cautions", better),))
    assert kinds([one, other]) == []


@pytest.mark.parametrize(
    ("wait", "limit", "asked"),
    [
        (31, 30, ["wait too long"]),
        (30, 30, []),  # as long as it may be
        (None, 30, []),  # not known is not too long
        (400, None, []),  # nobody has promised anything
    ],
)
def test_a_wait_is_too_long_only_above_what_was_promised(wait, limit, asked):
    assert kinds([step(wait=wait, limit=limit)]) == asked


def test_two_sides_of_a_hand_off_that_count_differently_are_asked_about():
    police = step("Investigation", "Police", "offences")
    prosecutors = step("Charge", "Crown Prosecution Service", "defendants")
    (check,) = check_journey([police, prosecutors])
    assert check.kind == "counted differently"
    assert check.text.startswith("Police counts offences at “Investigation”; Crown")


def test_within_an_agency_there_is_no_hand_off():
    steps = [step("Hearing", counts="defendants"), step("Trial", counts="trials")]
    assert hand_offs(steps) == []
    assert kinds(steps) == []


def test_where_it_is_not_known_what_is_counted_nothing_is_claimed():
    steps = [step("Arrest", "Police", ""), step()]
    assert hand_offs(steps)[0].counts_alike is None
    assert kinds(steps) == []


def test_a_step_where_both_sides_may_meet_needs_a_rule():
    assert kinds([step(may_meet=True)]) == ["no rule against contact"]
    assert kinds([step(may_meet=True, apart="  ")]) == ["no rule against contact"]
    assert kinds([step(may_meet=True, apart="Separate entrances")]) == []


def test_a_dual_role_path_without_any_rule_is_asked_about_as_a_whole():
    assert kinds([step()], both_roles=True) == ["no rule against contact"]
    assert kinds([step(apart="Never on one day")], both_roles=True) == []


def test_no_steps_raise_no_questions():
    assert kinds([]) == []


@pytest.mark.parametrize("path", PATHS)
def test_each_path_has_steps_that_a_map_can_begin_from(path):
    steps = [step_of(each) for each in journey(path)]
    assert len(steps) >= 6
    assert len({each.title for each in steps}) == len(steps)
    assert check_journey(steps, both_roles=path == "dual role")


def test_the_victims_path_runs_from_harm_to_confidence_in_fourteen_steps():
    steps = journey("victim")
    assert [steps[0].title, steps[-1].title] == [
        "Harm is done",
        "Whether they would come again",
    ]
    assert len(steps) == 14


def test_the_default_dual_role_path_asks_for_its_rules():
    steps = [step_of(each) for each in journey("dual role")]
    asked = [c for c in check_journey(steps, both_roles=True) if "contact" in c.kind]
    assert len(asked) == 4
