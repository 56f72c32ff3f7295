"""The answers of the level advisor that figures can give."""

import numpy as np
import pandas as pd
import pytest

from saferplan.methods.concentration import concentration
from saferplan.methods.level_advice import advise_level
from saferplan.methods.level_measured import measured_answers

AREAS = [f"W{n:02}" for n in range(36)]
LEVELS = pd.DataFrame(
    {
        "borough": np.repeat(list("ABCDEF"), 6),
        "sub-regional": np.repeat(["E", "W"], 18),
    },
    index=AREAS,
)
PEOPLE = pd.Series(12_000, AREAS)


def counts(mean, hot=()):
    random = np.random.default_rng(3)
    rate = pd.Series(float(mean), AREAS)
    rate[list(hot)] *= 8
    return pd.Series(random.poisson(rate), AREAS)


def test_hot_places_within_boroughs_speak_for_the_neighbourhood():
    found = measured_answers(counts(100, hot=AREAS[::9]), PEOPLE, LEVELS)
    assert found.answers["differences"] > 0.8
    assert found.answers["concentration"] < 0.3
    assert found.answers["frequency"]["borough"] == 1
    advice = advise_level(found.answers)
    assert advice.deliver == ("neighbourhood",)
    # To tell a change, though, a neighbourhood has too few of them.
    assert advice.level == "neighbourhood or borough"
    assert set(found.tables) == {"differences", "events"}


def test_what_is_rare_and_the_same_everywhere_speaks_for_london():
    found = measured_answers(counts(3), PEOPLE, LEVELS)
    assert found.answers["differences"] == "alike"
    assert "differences" not in found.as_likely
    frequency = found.answers["frequency"]
    assert [frequency["neighbourhood"], frequency["borough"]] == [0, 0]
    # Chance alone puts half of a rare thing in a third of the places.
    assert "concentration" not in found.answers
    assert any("may be chance" in each for each in found.said)
    answers = {**found.answers, "owner": "pan-London"}
    assert advise_level(answers).level == "pan-London"


@pytest.mark.second_road("level-evidence")
def test_answers_are_those_of_the_methods_asked_one_by_one():
    seen = counts(100, hot=AREAS[:2])
    found = measured_answers(seen, PEOPLE, LEVELS)
    assert found.answers["concentration"] == concentration(seen).half_in
    enough = (seen.groupby(LEVELS["borough"]).sum() >= 352).mean()
    assert found.answers["frequency"]["borough"] == pytest.approx(enough)


def test_flows_answer_whether_it_crosses_borders():
    flows = pd.DataFrame(
        {"home": ["W00", "W01", "W30", ""], "place": "W00", "cases": [30, 30, 40, 9]}
    )
    found = measured_answers(counts(100), PEOPLE, LEVELS, flows=flows)
    assert found.answers["crossing"] == 0.4
    low, high = found.as_likely["crossing"]
    assert low < 0.4 < high
    assert "of 9 it is not known" in found.said[-1]
    unknown = flows.assign(home="")
    found = measured_answers(counts(100), PEOPLE, LEVELS, flows=unknown)
    assert "crossing" not in found.answers
    assert "too few to say" in found.said[-1]


def test_without_a_level_between_its_events_are_those_of_boroughs():
    found = measured_answers(counts(30), PEOPLE, LEVELS[["borough"]])
    frequency = found.answers["frequency"]
    assert frequency["sub-regional"] == frequency["borough"]
    assert frequency["pan-London"] == 1
