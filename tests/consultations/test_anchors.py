"""The places of a draft keep their names when everything around them moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.consultations.anchors import anchors_of, follow, labelled
from saferplan.plans import document_of, plan_of, plan_to_json

DRAFT = """\
# Draft safer plan

## 1 Safer streets

We know that lighting matters to the people who walk home late at night.

## 2 Victims

2.1 Every victim is told who deals with the case.

The partnership will:

- Open a counter in each ward by March 2027.
- Train every officer in the new code.

## 3 Your views

- Do you agree with the priorities of this plan?
- What would you add to it or change?
"""


def by_text(anchors):
    return {anchor.text: anchor for anchor in anchors}


def test_a_draft_has_sections_paragraphs_commitments_and_questions():
    found = [(each.kind, each.label, each.text[:20]) for each in anchors_of(DRAFT)]
    assert found == [
        ("section", "", "Draft safer plan"),
        ("section", "1", "Safer streets"),
        ("paragraph", "", "We know that lightin"),
        ("section", "2", "Victims"),
        ("paragraph", "2.1", "Every victim is told"),
        ("paragraph", "", "The partnership will"),
        ("commitment", "", "Open a counter in ea"),
        ("commitment", "", "Train every officer "),
        ("section", "3", "Your views"),
        ("question", "Question 1", "Do you agree with th"),
        ("question", "Question 2", "What would you add t"),
    ]


def test_an_anchor_says_where_its_words_are_and_in_which_section():
    for anchor in anchors_of(DRAFT):
        start, end = anchor.range
        assert anchor.text in DRAFT[start:end]
    found = by_text(anchors_of(DRAFT))
    assert found["Train every officer in the new code."].within == "section-victims"


def test_a_section_keeps_its_name_when_everything_is_numbered_anew():
    later = DRAFT.replace("## 2 ", "## 3 ").replace("2.1 ", "3.1 ")
    later = later.replace("## 1 ", "## 2 ").replace("# Draft", "# A draft", 1)
    later = later.replace(
        "## 2 Safer", "## 1 Foreword\n\nFrom the chair.\n\n## 2 Safer"
    )
    before, after = by_text(anchors_of(DRAFT)), by_text(anchors_of(later))
    assert after["Victims"].label == "3"
    for text in set(before) & set(after):
        assert before[text].id == after[text].id
    assert len(set(before) & set(after)) == 10


def test_changed_words_are_followed_and_gone_ones_are_told():
    later = DRAFT.replace("## 2 Victims", "## 2 Those who suffered")
    later = later.replace("Train every officer in", "Train every police officer in")
    later = later.replace("Every victim is told who deals with the case.", "")
    old, new = anchors_of(DRAFT), anchors_of(later)
    went = follow(old, new)
    texts = {anchor.id: anchor.text for anchor in new}
    told = {
        anchor.text: (texts.get(went[anchor.id].to), went[anchor.id].likeness)
        for anchor in old
    }
    # Its paragraphs went there, though its heading has other words.
    assert told["Victims"][0] == "Those who suffered"
    assert told["Train every officer in the new code."] == (
        "Train every police officer in the new code.",
        pytest.approx(0.75, abs=0.1),
    )
    assert told["Every victim is told who deals with the case."] == (None, 0.0)
    assert told["Safer streets"] == ("Safer streets", 1.0)


def test_headings_that_stand_twice_are_told_apart_by_their_section():
    text = "# 1 Streets\n\n### Aims\n\nLights.\n\n# 2 Homes\n\n### Aims\n\nLocks.\n"
    ids = [a.id for a in anchors_of(text) if a.text == "Aims"]
    assert ids == ["section-aims-in-streets", "section-aims-in-homes"]


def test_a_plan_that_was_read_gives_its_actions():
    text = "Shop theft\n\n\tActions\tTime frame\nAlarm\tFit alarms\tMarch 2027\n"
    plan = plan_of(document_of(text.encode(), "plan.txt"))
    found = anchors_of(plan_to_json(plan))
    assert found == anchors_of(plan)
    assert [(each.kind, each.label, each.text) for each in found] == [
        ("section", "Strand 1", "Shop theft"),
        ("action", "1.1.1", "Fit alarms"),
    ]
    assert found[1].within == found[0].id


def test_a_text_with_form_feeds_has_pages():
    pages = [
        (each.label, each.text)
        for each in anchors_of("# One\n\nFirst words.\n\f# Two\n\nOther words.\n")
        if each.kind == "page"
    ]
    assert pages == [("1", "# One First words."), ("2", "# Two Other words.")]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Objective 8: Safer streets", "Objective 8"),
        ("Q4. Do you agree?", "Question 4"),
        ("Part IV - Money", "Part 4"),
        ("Annex B", "Annex B"),
        ("Recommendations:", ""),
        ("9 out of 10 people agree", ""),
        ("Section 17 places a duty on partners", ""),
        ("7.3 section 2 of the Act", "7.3"),
    ],
)
def test_a_number_before_a_heading_is_its_label(words, label):
    assert labelled(words)[0] == label


paragraphs = st.lists(
    st.sampled_from(
        ["# Aims", "# Aims 2", "Light the alleys.", "- Lock up.", "Q1. Do you agree?"]
    )
)


@given(paragraphs)
def test_no_two_anchors_have_one_name_and_the_same_draft_has_the_same(parts):
    found = anchors_of("\n\n".join(parts))
    assert len({anchor.id for anchor in found}) == len(found)
    assert max((len(anchor.id) for anchor in found), default=0) <= 64
    assert found == anchors_of("\n\n".join(parts))
    assert {went.likeness for went in follow(found, found).values()} <= {1.0}
