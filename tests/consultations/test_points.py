"""Points: one ask each, and no character lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.consultations import read_response, response_document
from saferplan.consultations.anchors import anchors_of

LETTER = """\
Response of the Riverside Tenants

Dear Sir or Madam,

Thank you for the opportunity to respond to the draft.

1. Lighting

We welcome the promise of new lamps. However, the alleys behind the shops are not
mentioned. Please add them to the list on page 12. They have been dark for years.

We have three concerns:

- the cost of repairs
- who answers the telephone at night
- the bus stop, where we recommend a camera

2. Money

Nothing in the draft says who will pay for all of this, and from which year.

Yours faithfully,

The secretary, Riverside Tenants
"""


def read(text, draft=None):
    document = response_document(text.encode(), "reply.txt")
    return read_response(document, anchors_of(draft) if draft else None)


def told(response):
    return [(point.kind, point.text) for point in response.points]


def whole(response):
    """The ranges in order; they must follow each other from first to last."""
    ranges = sorted(response.ranges())
    assert [start for start, _ in ranges] == [0, *(end for _, end in ranges)][:-1]
    assert (ranges[-1][1] if ranges else 0) == len(response.document.text)
    assert response.left_over == ()
    return ranges


def test_each_distinct_ask_is_a_point_and_keeps_what_belongs_to_it():
    assert told(read(LETTER)) == [
        ("support", "We welcome the promise of new lamps."),
        (
            "ask",
            "However, the alleys behind the shops are not mentioned. Please add them "
            "to the list on page 12. They have been dark for years.",
        ),
        ("criticism", "the cost of repairs"),
        ("criticism", "who answers the telephone at night"),
        ("ask", "the bus stop, where we recommend a camera"),
        (
            "criticism",
            "Nothing in the draft says who will pay for all of this, and from which "
            "year.",
        ),
    ]


def test_what_is_no_point_has_a_reason():
    response = read(LETTER)
    reasons = {
        response.document.text[each.start : each.end].split("\n")[0]: each.reason
        for each in response.none_ranges
        if each.reason != "white space"
    }
    assert reasons == {
        "Response of the Riverside Tenants": "heading",
        "Dear Sir or Madam,": "greeting",
        "Thank you for the opportunity to respond to the draft.": "courtesy",
        "1. Lighting": "heading",
        "We have three concerns:": "opens a list",
        "2. Money": "heading",
        "Yours faithfully,": "signature",
        "The secretary, Riverside Tenants": "signature",
    }
    whole(response)


def test_a_point_says_by_which_words_and_under_which_heading():
    response = read(LETTER)
    point = response.points[1]
    text = response.document.text
    assert [(s.kind, text[s.start : s.end]) for s in point.signals] == [
        ("criticism", "not\nmentioned"),
        ("ask", "Please"),
    ]
    assert point.under == ("Response of the Riverside Tenants", "1. Lighting")


def test_an_item_is_what_the_line_above_its_list_says():
    response = read("We were pleased to see:\n\n- the new lamps\n\n- the wardens\n")
    assert told(response) == [("support", "the new lamps"), ("support", "the wardens")]


def test_a_sentence_that_a_footnote_cuts_in_two_is_one_point():
    text = (
        "We recommend that the lamps behind the shops be\n\n"
        "<sup>1</sup> Survey of 2024\n\nmended before the winter comes.\n"
    )
    (point,) = read(text).points
    assert point.text.endswith("the shops be mended before the winter comes.")
    assert len(point.ranges) == 2
    whole(read(text))


def test_a_question_that_was_asked_is_no_point_but_says_what_is_answered():
    draft = "# Questions\n\n- What would you like to see more emphasis on?\n"
    text = "What would you like to see more emphasis on?\n\nThe night bus.\n"
    response = read(text, draft)
    assert told(response) == [("comment", "The night bus.")]
    (placement,) = response.of_point(1)
    assert (placement.how, placement.sure) == ("question", True)
    assert placement.anchors[0].startswith("question-")


def test_what_is_said_under_a_signature_is_still_said():
    text = "We agree.\n\nKind regards\n\nThe secretary\n\nPS. Please mend the lamp.\n"
    assert told(read(text))[-1] == ("ask", "PS. Please mend the lamp.")


def test_the_words_that_told_are_without_the_bullet():
    (point,) = read("- More lamps\n").points
    assert [(s.words, s.start) for s in point.signals] == [("More", 2)]


def test_words_of_no_known_kind_stay_as_a_comment():
    assert told(read("My street is quiet at last.")) == [
        ("comment", "My street is quiet at last.")
    ]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We do not support the closure.", "criticism"),
        ("We support the closure.", "support"),
        ("Whilst we welcome it, we are concerned about the cost.", "criticism"),
        ("The final plan should name a lead.", "ask"),
        ("Who will pay for it?", "question"),
        ("More police on the buses.", "ask"),
        ("Say what the measures cost.", "ask"),
        ("Increase in knife crime worries us.", "criticism"),
        ("The network plans to support the boroughs.", "comment"),
    ],
)
def test_the_words_tell_the_kind(sentence, kind):
    assert [each for each, _ in told(read(sentence))] == [kind]


BLOCKS = st.sampled_from(
    [
        "# Lighting",
        "Dear all,",
        "We welcome it. We ask for more. This matters.",
        "- should be kept",
        "* * *",
        "Q3. Do you agree?",
        "No.",
        "which broke off on the page",
        "The cost, e.g. of lamps, is on p. 12. Why?",
        "<sup>4</sup> A note.",
        "Yours faithfully",
        "a\tb\tc",
        "12",
        "We are worried about:",
    ]
)


@given(st.lists(BLOCKS, min_size=1), st.sampled_from(["\n\n", "\n", "\r\n\r\n", "\f"]))
def test_every_character_is_in_exactly_one_range(blocks, between):
    response = read(between.join(blocks))
    whole(response)
    for point in response.points:
        for start, end in point.ranges:
            assert response.document.text[start:end].strip()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_whatever_somebody_types_is_accounted_for(text):
    document = response_document(f"words {text}".encode(), "reply.txt")
    whole(read_response(document))


@pytest.mark.parametrize(
    "words",
    [
        "We are writing to object to the closure of the counter.",
        "I am writing to say that nobody walks there at night.",
        "Hello, no police here at night",
        "Hi we need wardens on Elm Road",
        "Dear me, more police please",
        "Thanks for nothing, the station is closed",
        "Thank you for the draft, but the bus stop is missing from it.",
        "POLICE NEVER COME WHEN CALLED TO THE ESTATE",
        "Police Never Come When Called To Our Estate At Night",
        "SE6 4RU never patrolled",
        "Please contact schools before the holidays.",
        "Q3 why are there no wardens on the buses?",
        "We look forward to more wardens on the buses.",
        "Many thanks for the lamps, now mend the lift.",
        "Regards the lamps: all broken",
        "This response is late because we were told of the draft in May.",
        "We hope this plan closes no counter.",
        "We object to the closure of the only counter for the reason below:",
    ],
)
def test_what_says_something_is_never_passed_over(words):
    response = read(f"We live here.\n\n{words}\n\nNobody asked us before now.\n")
    assert words in [point.text for point in response.points]


def test_a_line_that_names_a_page_says_what_the_next_ones_answer():
    draft = "# Aims\n\nFirst.\n\f# Lamps\n\nSecond.\n"
    response = read("Page 2\n\nNot enough.\n\nQ4:\nNo.\n", draft)
    assert told(response) == [("criticism", "Not enough."), ("comment", "No.")]
    (placement,) = response.of_point(1)
    assert (placement.of, placement.sure) == ("Page 2", True)


def test_numbered_lines_are_points_and_no_headings():
    text = (
        "We would like:\n1. More police on the streets of our town at night\n"
        "2. Lower speed\n3. Lamps\n\nOur members have waited for years for any of "
        "this, and they told you so at each meeting that you held.\n"
    )
    assert [each for each, _ in told(read(text))] == ["ask", "ask", "ask", "comment"]
