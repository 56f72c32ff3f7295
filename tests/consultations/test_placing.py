"""What an answer refers to, put on the draft; or why it has no place there."""

import pytest

from saferplan.consultations import anchors_of, place, place_heading, read_references

DRAFT = """\
# 1 Safer streets

The alleys behind the shops will have lamps by March.

# 2 Victims

2.1 Every victim is told who deals with the case.

## Objective 8: Restorative justice

Victims who want to can meet the offender.
\f
# 3 Hatred and intolerance

Hate crime is reported to the hub. Hate crime on buses is recorded.

# Annex B

## Table 2

# 4 Your views

- What would you like to see more emphasis on?
"""
ANCHORS = anchors_of(DRAFT)
BY_ID = {anchor.id: anchor for anchor in ANCHORS}


def placed(text, **more):
    (reference,) = read_references(text)
    return place(reference, ANCHORS, **more)


def texts(placement):
    return [BY_ID[each].label or BY_ID[each].text for each in placement.anchors]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("section 2", ["2"]),
        ("chapter two", ["2"]),
        ("para 2.1", ["2.1"]),
        ("Objective 8", ["Objective 8"]),
        ("sections 1 to 3", ["1", "2", "3"]),
        ("Q1", ["Question 1"]),
        ("Annex B", ["Annex B"]),
        ("Appendix B", ["Annex B"]),
        ("Table 2", ["Table 2"]),
        ("p. 2", ["2"]),
        ("the “Victims” section", ["2"]),
    ],
)
def test_a_number_or_a_name_that_the_draft_has_is_a_place(words, where):
    found = placed(words)
    assert (texts(found), found.sure) == (where, True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("section 9", "The draft has no section 9."),
        ("page 7", "The draft has no page 7."),
        ("Priority 8", "The draft has no priority 8."),
        ("section 17 of the Crime and Disorder Act", "It refers to the law"),
        ("page 3 of the Guardian", "It refers to another document"),
        ("Annex 1 to this letter", "It refers to the answer itself"),
    ],
)
def test_what_the_draft_has_not_is_told(words, why):
    found = placed(words)
    assert found.anchors == ()
    assert found.why.startswith(why)


def test_a_page_number_is_no_section_s():
    assert [BY_ID[each].kind for each in placed("page 2").anchors] == ["page"]
    assert [BY_ID[each].kind for each in placed("section 2").anchors] == ["section"]


def test_a_quotation_leads_to_the_paragraph_on_the_page():
    words = "“The alleys behind the shops will have lamps” (page 1) is welcome."
    found = placed(words, words=words)
    assert [BY_ID[each].kind for each in found.anchors] == ["paragraph", "page"]


def test_a_heading_above_leads_to_the_section_on_the_page():
    found = placed("page 1", under=("Victims",))
    assert texts(found) == ["2", "1"]


def test_a_heading_with_the_same_words_is_sure_and_one_like_it_is_not():
    same = place_heading("3. HATRED AND INTOLERANCE", ANCHORS)
    assert (texts(same), same.how, same.sure) == (["3"], "name", True)
    like = place_heading("Hatred, intolerance and fear", ANCHORS)
    assert (texts(like), like.how, like.sure) == (["3"], "heading", False)


def test_a_heading_of_other_words_is_offered_the_section_that_speaks_of_it():
    found = place_heading("Hate crime", ANCHORS)
    assert (texts(found), found.how, found.sure) == (["3"], "words", False)
    assert "speaks of" in found.why


def test_a_draft_without_pages_says_so():
    (reference,) = read_references("page 2")
    found = place(reference, anchors_of(DRAFT.replace("\f", "")))
    assert found.why == "The draft was taken in without page numbers."
