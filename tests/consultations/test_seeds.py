"""The founding responses, read whole and put on the draft."""

from pathlib import Path

import pytest
import typst

from saferplan.consultations import (
    anchors_of,
    open_response,
    read_committee_response,
    read_response,
    response_document,
)

SEEDS = Path(__file__).parents[3] / "shared/seeds"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here"),
]


def seed(number):
    (file,) = SEEDS.glob(f"{number}_*.txt")
    return open_response(file)


@pytest.fixture(scope="module")
def draft():
    """The committee's report on the draft of 2017, the only draft among the seeds."""
    return anchors_of(seed("001"))


def labels(placement, anchors):
    """Where something was placed: the numbers of sections, of what is in them too."""
    by_id = {anchor.id: anchor for anchor in anchors}
    found = [by_id[each] for each in placement.anchors]
    return [(each if each.label else by_id[each.within]).label for each in found]


def test_the_draft_has_seven_questions_word_for_word_and_its_commitments(draft):
    questions = [each for each in draft if each.kind == "question"]
    assert [each.label for each in questions] == [f"Question {n}" for n in range(1, 8)]
    assert (
        questions[4].text == "What do you think the Police and Crime Plan will achieve?"
    )
    assert sum(each.kind == "commitment" for each in draft) == 36
    numbers = [each.label for each in draft if each.kind == "section"]
    assert " ".join(each for each in numbers if each) == (
        "1 2 3 3.1 3.2 3.3 3.4 3.5 4 4.1 4.2 4.3 4.4 4.5 5 6 7 8 9 10 11"
    )


@pytest.mark.parametrize(("number", "points"), [("000", 26), ("002", 182)])
def test_every_character_of_a_response_is_accounted_for(number, points, draft):
    response = read_response(seed(number), draft)
    ranges = sorted(response.ranges())
    assert [start for start, _ in ranges] == [0, *(end for _, end in ranges)][:-1]
    assert ranges[-1][1] == len(response.document.text)
    assert response.left_over == ()
    assert len(response.points) == points
    in_points = sum(end - start for p in response.points for start, end in p.ranges)
    assert in_points / len(response.document.text) > 0.85


# Headings of the responses whose matter the draft of 2017 has, by hand; with the
# sections where a person would look for it.
AT_HOME = {
    "Police stations / access and closures.": {"3.4", "4.4"},
    "Confidence in the police": {"3.2"},
    "Youth reoffending": {"3.5", "4.1"},
    "Commissioning": {"4.5"},
    "Performance": {"4.5"},
    "Counter-terrorism": {"3.4", "4.3"},
    "Maintaining Public Order": {"3.4"},
    "CONFRONTING GANGS": {"4.1"},
    "Boosting Confidence by 20%": {"3.2"},
    "Supporting Victims and Witnesses": {"3.5"},
    "Stop and Search": {"3.2"},
    "Building a Police force that looks like the city that is serves": {"3.4"},
    "Alcohol and Drugs Strategies": {"4.1"},
    "A safer London for women": {"4.2"},
    "Hate crime": {"4.3"},
    "Payment by Results and Social Impact Bonds": {"4.5"},
    "Working with the Government to reform the justice system": {"3.5"},
    "REHABILITATION": {"3.5"},
    "MOPAC Draft Commissioning Principles": {"4.5"},
    "CRIME PREVENTION": {"4.5", "4.3"},
}


def test_headings_are_offered_a_place_on_the_draft(draft):
    """
    A draft of another year has none of the headings, so each place is a suggestion.

    Of the 20 that have a home there by hand, 17 or more have it among three offered.
    The list was made beside the first results, so this holds them; it measures nothing.
    """
    placed = [
        each
        for number in ("000", "002")
        for each in read_response(seed(number), draft).placements
        if each.point == 0
    ]
    assert len(placed) == 49
    assert sum(bool(each.anchors) for each in placed) >= 40
    hits = {
        each.of
        for each in placed
        if AT_HOME.get(each.of, set()) & set(labels(each, draft))
    }
    assert len(hits) >= 17, AT_HOME.keys() - hits
    assert not any(each.sure for each in placed if each.anchors)


def page_references(response):
    return [each for each in response.references if each.kind == "page"]


def test_page_references_are_read_and_told_to_have_no_page_in_a_draft_without(draft):
    response = read_response(seed("002"), draft)
    found = page_references(response)
    drafts = [each.numbers[0] for each in found if each.whose == "draft"]
    assert " ".join(drafts) == "6 6 7 7 7 7 8 8 16 17 23 27 27 27 32 32"
    # The last is of another body's response, which a footnote names.
    assert [each.numbers for each in found if each.whose == "other"] == [("12",)]
    placed = [
        each
        for each in response.placements
        if each.point and "without page numbers" in each.why
    ]
    assert len(placed) == 16
    assert not any(each.sure for each in placed)


# The headings of the draft of 2013 as the network's reply repeats them, on the pages
# that it gives. The draft itself is not among the seeds; this stands in for it.
PAGES_OF_2013 = {
    6: "The Mayor's mission & priorities",
    8: "Objectives and goals",
    16: "Cutting Neighbourhood Crime by 20%",
    17: "Improving public access",
    23: "Developing prevention strategies",
    27: "Seeking swift and sure justice for victims",
    32: "Rehabilitation",
}


def draft_of_2013():
    pages = []
    for number in range(1, 34):
        heading = PAGES_OF_2013.get(number, "").replace("&", "\\&")
        quoted = "Counters stay open, particularly where there are language barriers."
        body = (
            quoted
            if number == 17
            else "What the draft says" + " and says" * number + "."
        )
        pages.append(f"= {heading}\n{body}" if heading else body)
    text = "\n#pagebreak()\n".join(pages)
    return typst.compile(f'#set page(numbering: "1")\n{text}'.encode())


def test_page_references_are_placed_on_a_draft_with_pages():
    anchors = anchors_of(response_document(draft_of_2013(), "draft.pdf"))
    by_id = {anchor.id: anchor for anchor in anchors}
    response = read_response(seed("002"), anchors)
    placed = [each for each in response.placements if each.of.lower().startswith("pg")]
    assert len(placed) == 16
    for each in placed:
        pages = [by_id[a].label for a in each.anchors if by_id[a].kind == "page"]
        assert (each.sure, pages) == (True, [each.of.split("g")[1].strip(" .")])
    # The words it quotes lead to the paragraph, and the heading above to the section.
    (counters,) = [each for each in placed if "17" in each.of]
    assert [by_id[each].kind for each in counters.anchors] == [
        "paragraph",
        "section",
        "page",
    ]


def test_the_headings_that_both_have_are_one_place():
    anchors = anchors_of(response_document(draft_of_2013(), "draft.pdf"))
    response = read_response(seed("002"), anchors)
    sure = {each.of for each in response.placements if each.point == 0 and each.sure}
    assert len(sure - {"Response to:"}) == len(PAGES_OF_2013) - 1


def test_five_resolutions_are_the_committee_s_response(draft):
    response = read_committee_response(seed("003"), draft)
    assert len(response.points) == 5
    assert response.points[0].text.startswith("That the importance of engaging")
    assert response.left_over == ()
    assert {each.reason for each in response.none_ranges} == {
        "not resolved",
        "white space",
    }
    placed = {
        number: labels(each, draft)
        for number in range(1, 6)
        for each in response.of_point(number)
    }
    assert placed[4] == ["4.2"]
    assert "3.4" in placed[5]
