"""At which level to take up a problem."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.definitions.levels import levels
from saferplan.errors import MethodError
from saferplan.methods.level_advice import CANNOT_TELL, advise_level
from saferplan.methods.level_criteria import CRITERIA, LEVELS, points_of

LOCAL = {"crossing": "few", "local knowledge": "yes", "concentration": "few places"}
WIDE = {"crossing": "most", "specialist": "yes", "anonymity": "yes"}

ANSWERS = {
    name: st.sampled_from(list(criterion.words) or list(LEVELS))
    for name, criterion in CRITERIA.items()
}
SOME = st.fixed_dictionaries({}, optional=ANSWERS)


@pytest.mark.published("level-advice")
@pytest.mark.parametrize("name", list(levels()))
def test_the_founding_responses_are_agreed_with(name):
    said = levels()[name]
    assert advise_level(said.answers).level in said.label


@pytest.mark.published("level-advice")
def test_no_one_level_would_agree_with_them_all():
    told = {advise_level(each.answers).level for each in levels().values()}
    assert len(told) >= 4


@pytest.mark.second_road("level-advice")
def test_points_are_those_added_up_by_hand():
    found = advise_level({**WIDE, "funding": "sub-regional"})
    # Specialist, anonymity and funding: 0 0 3 2 of 3. Crossing: 0 0 0.5 1.
    scores = found.scores.loc["sub-regional"]
    assert (scores["hold"], scores["deliver"]) == (1, 0.5)
    assert found.scores["all"].tolist() == [0, 0, 3.5 / 4, 3 / 4]
    assert found.hold == ("sub-regional",)
    assert found.deliver == ("pan-London",)
    assert found.level == "sub-regional"


@pytest.mark.second_road("level-advice")
def test_what_the_advice_rests_on_is_found_by_leaving_each_out():
    for said in levels().values():
        found = advise_level(said.answers)
        slow = []
        for name in said.answers:
            rest = {key: each for key, each in said.answers.items() if key != name}
            if advise_level(rest).level != found.level:
                slow.append(name)
        assert found.rests_on == tuple(slow)


@pytest.mark.property_of("level-advice")
@settings(max_examples=60)
@given(answers=SOME, scale=st.floats(0.1, 10))
def test_advice_does_not_hang_on_order_or_on_the_unit_of_weights(answers, scale):
    found = advise_level(answers)
    turned = advise_level(dict(reversed(answers.items())))
    weighed = advise_level(answers, weights=dict.fromkeys(CRITERIA, scale))
    assert found.level == turned.level == weighed.level
    known = found.scores.dropna(axis="columns")
    assert ((known >= 0) & (known <= 1)).all(axis=None)
    assert len(found.reasons) == len(CRITERIA)
    if len(answers) < 3:
        assert found.level == CANNOT_TELL


@pytest.mark.property_of("level-advice")
def test_more_cases_that_cross_never_make_it_more_local():
    for first, second in product(range(0, 100, 5), repeat=2):
        if first < second:
            near, _ = points_of("crossing", first / 100)
            far, _ = points_of("crossing", second / 100)
            assert all(near[level] >= far[level] for level in (0, 1))
            assert all(near[level] <= far[level] for level in (2, 3))


def test_local_answers_are_taken_up_locally_and_wide_ones_widely():
    assert advise_level(LOCAL).level == "neighbourhood"
    assert advise_level(WIDE).level == "pan-London"


def test_a_plan_may_be_held_widely_and_delivered_locally():
    found = advise_level({"owner": "pan-London", "specialist": "yes", **LOCAL})
    assert found.level == "pan-London, delivered at neighbourhood level"
    other = advise_level({"owner": "borough", "funding": "borough", "crossing": "most"})
    assert other.level == "borough, delivered at pan-London level"


def test_where_one_part_speaks_for_near_and_far_the_other_decides():
    found = advise_level({"owner": "borough and pan-London", **LOCAL})
    assert found.level == "borough"
    assert set(found.hold) == {"borough", "pan-London"}


def test_two_levels_that_do_as_well_are_both_named():
    found = advise_level(
        {"crossing": "few", "local knowledge": "yes", "frequency": "common"}
    )
    assert found.level == "neighbourhood or borough"


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"crossing": "most", "specialist": "yes"},
        {"crossing": "some", "specialist": "no", "anonymity": "no"},
        {"owner": "borough and pan-London", "specialist": "no", "anonymity": "no"},
        {
            "crossing": "some",
            "owner": "neighbourhood and pan-London",
            "anonymity": "no",
        },
    ],
)
def test_too_little_or_what_speaks_both_ways_is_no_advice(answers):
    found = advise_level(answers)
    assert found.level == CANNOT_TELL


def test_reasons_are_in_words_and_what_is_unknown_is_said():
    found = advise_level({**LOCAL, "crossing": 0.12})
    rows = found.reasons.set_index("criterion")
    assert rows.loc["crossing", "reason"] == (
        "12% of cases cross a border of the borough."
    )
    assert rows.loc["owner", "reason"] == "Not known."
    assert any("Not known, and so not counted: frequency" in c for c in found.cautions)
    assert any("argued with" in each for each in found.cautions)


def test_evidence_that_leaves_the_advice_open_says_so():
    answers = {"crossing": 0.3, "local knowledge": "yes", "specialist": "no"}
    found = advise_level(answers, as_likely={"crossing": (0.2, 0.4)})
    assert not any("leaves open" in each for each in found.cautions)
    found = advise_level(
        {"crossing": 0.3, "concentration": 0.35, "specialist": "no"},
        as_likely={"crossing": (0.2, 0.6)},
    )
    assert any("If crossing were 0.6" in each for each in found.cautions)


def test_a_weight_of_nothing_takes_a_criterion_out():
    found = advise_level({**LOCAL, "owner": "pan-London"}, weights={"owner": 0})
    assert found.level == "neighbourhood"


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({"crossing": 0.2}, (1, 1, 0, 0)),
        ({"crossing": 0.5}, (0, 0, 0.5, 1)),
        ({"differences": 0.8}, (0.8, 0.6, 0.1, 0)),
        ({"concentration": 0.1}, (1, 0.5, 0, 0)),
        ({"concentration": 0.5}, (0, 0, 0, 0)),
        (
            {"frequency": dict(zip(LEVELS, (0, 0.3, 0.8, 1), strict=True))},
            (0, 0.4, 1, 1),
        ),
    ],
)
def test_numbers_give_points_between_those_of_the_words(answers, wanted):
    ((name, answer),) = answers.items()
    assert points_of(name, answer)[0] == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"weather": "fine"}, "no criterion 'weather'"),
        ({"crossing": "a lot"}, "most, some, few; or the share"),
        ({"crossing": 1.2}, "share from 0 to 1"),
        ({"anonymity": 0.5}, "in words"),
        ({"anonymity": "perhaps"}, "yes, no$|yes, no\\.?"),
        ({"crossing": [1]}, "in words or by a share"),
        ({"crossing": True}, "in words or by a share"),
        ({"owner": "the county"}, "the county is no level"),
        ({"crossing": {"borough": 1}}, "Only the frequency"),
        ({"frequency": {"borough": 1}}, "a share for each"),
    ],
)
def test_answers_that_are_none_are_refused(answers, words):
    with pytest.raises(MethodError, match=words):
        advise_level(answers)


def test_weights_must_be_of_known_criteria_and_not_below_nothing():
    with pytest.raises(MethodError, match="no criterion weather"):
        advise_level(LOCAL, weights={"weather": 1})
    with pytest.raises(MethodError, match="0 or more"):
        advise_level(LOCAL, weights={"owner": -1})
