"""How complete an equality analysis is."""

from hypothesis import given
from hypothesis import strategies as st

from saferplan.definitions import characteristics
from saferplan.plans.equality import NEEDED, PARTS, Said, completeness

SAID = Said("positive", "Because the advisers are free.", True)
EVERYTHING = dict.fromkeys(PARTS, "Said.")


def test_one_hundred_means_that_nothing_is_missing():
    found = completeness({"Age": SAID, "Race": SAID}, EVERYTHING)
    assert (found.score, found.open, found.thin, found.unknown) == (100, (), (), ())


def test_an_unknown_is_an_answer_that_is_counted_and_lowers_the_score():
    unknown = Said("unknown", "Nobody records it.", False)
    found = completeness({"Age": SAID, "Race": unknown}, EVERYTHING)
    # Two groups count four, the twelve parts one each: 14 of 16.
    assert found.score == 87
    assert (found.unknown, found.open) == (("Race",), ())
    assert found.thin == ("Race: say what it rests on.",)


def test_nothing_said_lists_everything_that_is_needed():
    found = completeness({"Age": Said("", "", False)}, {})
    assert found.score == 0
    assert len(found.open) == 1 + len(NEEDED)
    assert "say how it is affected, or that it is unknown" in found.open[0]


def test_an_effect_needs_a_reason():
    found = completeness({"Age": Said("neutral", " ", True)}, EVERYTHING)
    assert found.open == ("Age: say why you think so.",)


def test_harm_to_a_group_needs_a_remedy_before_anybody_signs():
    worse = Said("negative", "Fewer evening sessions.", True)
    found = completeness({"Age": worse}, {**EVERYTHING, "mitigation": " "})
    assert found.open == (f"{PARTS['mitigation']} Affected for the worse: Age.",)
    assert found.thin == ()


def test_a_first_look_needs_only_the_aims_and_the_people():
    parts = {"aims": "Fewer burglaries", "affected": "Everybody who lives here"}
    found = completeness({"Age": Said("", "", False)}, parts, screened_out="No change.")
    assert found.open == ()
    assert found.score < 100
    missing = completeness({}, {}, screened_out="No change.")
    assert missing.open == (PARTS["aims"], PARTS["affected"])


@given(
    st.lists(st.sampled_from(["", "positive", "negative", "neutral", "unknown"])),
    st.sets(st.sampled_from(list(PARTS))),
)
def test_saying_more_never_lowers_the_score(effects, parts):
    groups = {f"G{at}": Said(each, "Why.", False) for at, each in enumerate(effects)}
    some = dict.fromkeys(parts, "Said.")
    before = completeness(groups, some)
    assert 0 <= before.score <= 100
    assert completeness(groups, {**some, "aims": "Said."}).score >= before.score
    assert len(before.unknown) == effects.count("unknown")


def test_nine_characteristics_are_protected_and_disadvantage_goes_with_them():
    assert len(characteristics()) == 10
    limited = [each.name for each in characteristics().values() if each.first_limb_only]
    assert limited == ["marriage-and-civil-partnership"]


def test_words_find_the_sentences_that_may_speak_of_a_characteristic():
    sentences = {
        "race": "Black people are searched at 3.5 times the rate for White residents.",
        "sex": "Violence against women and girls rose by 4%.",
        "age": "Most were children or young adults.",
        "socio-economic-disadvantage": "The most deprived wards have twice the rate.",
        "religion-or-belief": "Islamophobic offences near a mosque doubled.",
    }
    for name, sentence in sentences.items():
        found = [
            each.name
            for each in characteristics().values()
            if each.spoken_of_in(sentence)
        ]
        assert found == [name]


def test_a_word_inside_another_is_not_found():
    for sentence in (
        "Damage to a garage",
        "Tracing stolen vans",
        "Trains and transfers",
    ):
        assert not any(c.spoken_of_in(sentence) for c in characteristics().values())
