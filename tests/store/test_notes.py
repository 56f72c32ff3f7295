"""A hundred files that say the same of their months say it once."""

from saferplan.store.notes import fold


def test_months_that_say_the_same_are_told_as_one():
    notes = [f"{month} 2015: most have no place." for month in ("May", "April", "June")]
    assert fold(notes) == ["3 months from April 2015 to June 2015: most have no place."]


def test_what_one_month_alone_says_stays_as_it_is():
    notes = ["March 2020: 5 of 9 have no borough.", "May 2020: 6 of 9 have no borough."]
    assert fold(notes) == notes


def test_a_note_that_only_begins_like_a_month_is_left_alone():
    notes = ["Version 2015: new columns.", "Version 2016: new columns."]
    assert fold(notes) == notes


def test_the_folded_note_stands_where_the_first_one_stood():
    notes = ["May 2015: none.", "Old codes.", "June 2015: none."]
    assert fold(notes) == ["2 months from May 2015 to June 2015: none.", "Old codes."]
