"""What a critical reader would ask of a plan being written."""

from dataclasses import replace
from datetime import date

import pytest

from saferplan.plans.checks import check_plan, mentions
from saferplan.plans.drafted import (
    Drafted,
    DraftedCommitment,
    DraftedStrand,
    Promise,
)

GOOD = Promise(
    name="1.1",
    strand=1,
    text="Train 200 bar staff to notice violence and to call for help",
    lead="Example Council",
    measure="Staff trained",
    time_frame="March 2027",
    money=1500.0,
    findings=1,
)


def plan(*promises, **changed):
    made = Drafted(
        title="Example plan",
        begins=date(2026, 4, 1),
        ends=date(2027, 3, 31),
        strands=(DraftedStrand(1, "Violence", "Violence at home and outside."),),
        promises=promises,
    )
    return replace(made, **changed)


def kinds(plan, about="1.1"):
    return {check.kind for check in check_plan(plan) if about in check.about}


def texts(plan, kind):
    return [check.text for check in check_plan(plan) if check.kind == kind]


def test_what_nobody_serves_and_what_nothing_asks_for_is_asked():
    above = DraftedCommitment("2.1", "Open two centres.")
    found = check_plan(
        plan(Promise("1.3", 1, "Talk"), unserved=(above,), unasked=("1.3",))
    )
    asked = {each.key: each.text for each in found}
    assert "“Open two centres.”" in asked["nobody serves it: commitment 2.1 above"]
    assert asked["nothing asks for it: 1.3"] == "No commitment above asks for it."


def test_a_whole_action_is_not_asked_about():
    assert kinds(plan(GOOD)) == set()


@pytest.mark.parametrize(
    ("lacking", "kind"),
    [
        ({"lead": ""}, "no lead"),
        ({"measure": ""}, "no measure"),
        ({"findings": 0}, "no evidence"),
        ({"time_frame": ""}, "no time frame"),
        ({"time_frame": "31 June 2026"}, "time frame not understood"),
        ({"text": "Support partners to do better", "measure": ""}, "not measurable"),
    ],
)
def test_each_thing_an_action_lacks_is_asked_for(lacking, kind):
    assert kind in kinds(plan(replace(GOOD, **lacking)))


def test_a_measure_answers_for_words_that_only_name_a_direction():
    vague = replace(GOOD, text="Support partners to do better")
    assert "not measurable" not in kinds(plan(vague))


def test_an_order_that_is_not_yet_law_is_asked_about():
    early = plan(
        replace(GOOD, text="Use two Stalking Protection Orders", time_frame="March 18"),
        begins=date(2017, 4, 1),
        ends=date(2018, 3, 31),
    )
    [text] = texts(early, "law")
    assert "was not law until 20 January 2020" in text


def test_the_same_action_in_two_strands_is_found():
    words = "Borough wide campaign on healthy relationships for all young residents"
    twice = plan(
        replace(GOOD, text=words),
        replace(GOOD, name="2.1", strand=2, text=words),
        strands=(DraftedStrand(1, "Home", ""), DraftedStrand(2, "Out", "")),
    )
    assert "twice in the plan" in kinds(twice)


def test_a_heading_over_the_wrong_strand_is_found():
    wrong = plan(GOOD, strands=(DraftedStrand(1, "Burglary", "Violence at home."),))
    assert kinds(wrong, about="strand 1") == {"heading and content"}
    empty = plan(
        GOOD, strands=(DraftedStrand(1, "Violence"), DraftedStrand(2, "Theft"))
    )
    assert kinds(empty, about="strand 2") == {"heading and content"}


def test_a_heading_of_which_only_another_strand_speaks_is_found():
    strands = (
        DraftedStrand(1, "Peer on peer abuse", "Violence against women."),
        DraftedStrand(2, "Knives", "Abuse of peers by peers, and knives."),
    )
    (told,) = [
        check.text for check in check_plan(plan(GOOD, strands=strands))
        if check.about == ("strand 1",)
    ]  # fmt: skip
    assert "“Knives” does" in told


def test_a_plan_that_promises_more_than_there_is_is_found():
    dear = plan(replace(GOOD, money=9_000.0), means=5_000.0)
    assert "Its actions need £9,000, and there is £5,000: £4,000 too little." in texts(
        dear, "more than can be carried"
    )
    many = plan(*(replace(GOOD, name=f"1.{n}") for n in range(1, 14)))
    assert any("leads 13 actions" in t for t in texts(many, "more than can be carried"))
    silent = plan(replace(GOOD, money=None))
    assert any("1 of 1 actions" in t for t in texts(silent, "more than can be carried"))


def test_whom_and_what_a_plan_leaves_out_is_named_and_what_it_has_is_not():
    about = {
        name
        for check in check_plan(plan(GOOD))
        if check.kind == "not mentioned"
        for name in check.about
    }
    assert {"older-people", "hate-crime", "probation"} <= about
    told = plan(GOOD, purpose="With probation, for older people, against hate crime.")
    after = {
        name
        for check in check_plan(told)
        if check.kind == "not mentioned"
        for name in check.about
    }
    assert about - after >= {"older-people", "hate-crime", "probation"}


def test_a_duty_is_not_asked_for_before_it_was_law():
    before = plan(GOOD, begins=date(2021, 4, 1), ends=date(2022, 3, 31))
    asked = {name for c in check_plan(before) for name in c.about}
    assert "serious-violence" not in asked
    assert "serious-violence" in {n for c in check_plan(plan(GOOD)) for n in c.about}


def test_the_six_elements_of_a_police_and_crime_plan_are_asked_for():
    bare = plan(strategy=True, strands=(), commitments=(DraftedCommitment("1", "Be."),))
    assert len(texts(bare, "wanted by law")) == 6
    whole = replace(
        bare,
        purpose="Our objectives; the policing to be provided; the budget; how the "
        "chief will report to us; performance; grants.",
    )
    assert texts(whole, "wanted by law") == []


def test_what_the_regulations_want_is_seen_in_the_actions():
    bare = plan(replace(GOOD, lead="", measure="", money=None))
    assert len(texts(bare, "wanted by law")) == 4
    assert len(texts(plan(GOOD), "wanted by law")) == 1
    told = plan(GOOD, purpose="We consult residents and publish a summary.")
    assert texts(told, "wanted by law") == []


def test_a_check_keeps_its_key_while_the_words_around_it_change():
    first = {c.key for c in check_plan(plan(replace(GOOD, lead="")))}
    again = plan(replace(GOOD, lead="", text="Train 300 staff"))
    assert "no lead: 1.1" in first & {c.key for c in check_plan(again)}


def test_a_word_within_another_is_no_mention():
    from saferplan.definitions import expected

    assert not mentions("The great debate", expected()["hate-crime"])
