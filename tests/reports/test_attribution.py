"""Every edition says what the licences of its evidence ask of every copy."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
from reports.made_by_hand import assessment as by_hand

from saferplan.reports import wording

OPEN = (
    "Contains public sector information licensed under the "
    "Open Government Licence v3.0."
)


def test_the_page_and_the_book_say_the_licence(made):
    assert OPEN in made["assessment.html"].decode()
    cover = openpyxl.load_workbook(io.BytesIO(made["assessment.xlsx"]))["Cover"]
    assert OPEN in [row[0] for row in cover.values]


def test_outlines_name_ordnance_survey_and_their_year():
    plain = by_hand()
    outlines = replace(
        plain.releases[0], source="boundaries", published=date(2024, 12, 31)
    )
    both = replace(plain, releases=(*plain.releases, outlines))
    assert wording.attribution(both) == (
        f"{OPEN} Contains OS data © Crown copyright and database right 2024."
    )


def test_what_a_partner_lent_is_not_called_open():
    lent = replace(by_hand().releases[0], licence="as agreed with the partner")
    assert wording.attribution(replace(by_hand(), releases=(lent,))) == ""
