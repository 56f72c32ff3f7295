"""The grammar of time frames: what is understood, and what is left to a person."""

from datetime import date

import pytest

from saferplan.plans import read_time_frame


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("March 28", {"due": date(2028, 3, 31)}),
        ("by end of Sept 2028", {"due": date(2028, 9, 30)}),
        ("Begin July 27", {"begins": date(2027, 7, 1)}),
        ("July 27 / monthly", {"begins": date(2027, 7, 1), "every": "P1M"}),
        ("June 27 – ongoing", {"begins": date(2027, 6, 1), "ongoing": True}),
        (
            "Sept 27 March 28",
            {"first_due": date(2027, 9, 30), "due": date(2028, 3, 31)},
        ),
        ("Sept 27 - March 28", {"begins": date(2027, 9, 1), "due": date(2028, 3, 31)}),
        ("3rd February 2028", {"due": date(2028, 2, 3)}),
        ("2028-02-29", {"due": date(2028, 2, 29)}),
        ("29/02/28", {"due": date(2028, 2, 29)}),
        ("Q2 2027/28", {"due": date(2027, 9, 30)}),
        ("Quarter 4 27/28", {"due": date(2028, 3, 31)}),
        ("2027/28", {"due": date(2028, 3, 31)}),
        ("Ongoing throughout the life of the Plan", {"ongoing": True}),
        ("Review quarterly", {"review": True, "every": "P3M"}),
        ("Immediate – review weekly", {"immediate": True, "every": "P1W"}),
        ("Quarterly review board", {"every": "P3M", "rest": "board"}),
        ("Review 6 monthly for effect", {"every": "P6M", "rest": "for effect"}),
        ("6 month review", {"after": "P6M", "review": True}),
        ("every 2 weeks", {"every": "P2W"}),
        ("As required", {"as_required": True}),
    ],
)
def test_time_frames_people_write(printed, said):
    frame = read_time_frame(printed)
    assert frame.problem == ""
    assert {name: getattr(frame, name) for name in said} == said


@pytest.mark.parametrize(
    ("printed", "problem"),
    [
        ("", "No time frame is given."),
        ("soon", "We cannot tell a time from “soon”."),
        ("31 June 2028", "There is no such day as 31 June 2028."),
        ("30/02/2028", "There is no such day as 30/02/2028."),
        ("2028-13-01", "There is no such day as 2028-13-01."),
        ("May 27 June 27 July 27", "3 dates"),
        ("May 27 unless June 27", "We cannot tell which date"),
        ("weekly until Sept", "looks like a date"),
    ],
)
def test_what_cannot_be_read_is_kept_with_the_reason(printed, problem):
    frame = read_time_frame(printed)
    assert problem in frame.problem
    assert frame.text == printed
    assert frame.due is None


def test_the_number_after_a_month_may_be_a_day_if_no_year_is_near():
    assert "a year or a day" in read_time_frame("July 31", years=(2017, 2018)).problem
    assert read_time_frame("July 18", years=(2017, 2018)).due == date(2018, 7, 31)
