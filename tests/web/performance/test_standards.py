"""Standards of service by ward: met, not met, or unknown."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from web.assessments.made_by_hand import example

from saferplan.assessment.beside_boroughs import Beside, Borough
from saferplan.assessment.finding import Column, Outline, Table
from saferplan.assessment.similar import WardsAlike
from saferplan.errors import NotAllowed, SourceChanged
from saferplan.plans.kept_promises import Seen
from saferplan.reports.area_map import SHADES
from saferplan.web.assessments import services
from saferplan.web.assessments.models import Decision
from saferplan.web.assessments.wards import Place, places_in
from saferplan.web.core.models import Event
from saferplan.web.performance.models import Observation
from saferplan.web.performance.served import Served, served_by
from saferplan.web.performance.services.comparing import take_comparison
from saferplan.web.performance.services.standards import Look, observe
from saferplan.web.performance.standard_sheet import read_sheet
from saferplan.web.performance.standing import (
    about_as_much,
    promises,
    seen_in,
    touching,
)
from saferplan.web.performance.ward_maps import exposure_map, promise_map

TODAY = date(2026, 6, 30)
WARDS = (
    Place("E05000001", "Abbey", 90.0, 9_000, 810),
    Place("E05000002", "Bridge", 60.0, 9_000, 540),
    Place("E05000003", "Castle", 30.0, 9_000, 270),
)
PLACES = Served((Place("E09000099", "Example"),), WARDS)


def square(code, name, left):
    ring = ((left, 0.0), (left + 1, 0.0), (left + 1, 1.0), (left, 1.0), (left, 0.0))
    return Outline(code, name, "ward", (ring,))


OUTLINES = tuple(square(each.code, each.name, at) for at, each in enumerate(WARDS))


def look(value=2.0, area="E05000001", name="Abbey", day=None, **words):
    day = day or timezone.localdate()
    return Look(
        "ward-constables", area, name, value, day, **{"source": "Post", **words}
    )


def to(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


def test_what_is_entered_is_recorded_with_the_standards(partnership, partner_lead):
    observe(partnership, [look(), look(1, "E05000002", "Bridge")], by=partner_lead)
    assert Observation.objects.count() == 2
    event = Event.objects.latest("pk")
    assert event.subject == "2 observations of standards of service"
    assert event.detail == {"standards": ["Two dedicated constables"]}


def test_only_officers_who_know_enter_and_nothing_else_is_kept(
    partnership, councillor, head
):
    with pytest.raises(NotAllowed):
        observe(partnership, [look()], by=councillor)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong in (
        [],
        [look(), look(day=tomorrow)],
        [look(source=" ")],
        [replace(look(), standard="no-such")],
    ):
        with pytest.raises(NotAllowed):
            observe(partnership, wrong, by=head)
    assert not Observation.objects.exists()


def test_wards_are_those_somebody_entered_something_about(partnership, head):
    observe(partnership, [look()], by=head)
    places = served_by(partnership, head)
    assert [each.name for each in places.wards] == ["Abbey"]
    assert [each.code for each in places.boroughs] == ["E09000099"]
    found = promises(places, seen_in(partnership), today=timezone.localdate())
    constables, officers = found["ward"]
    assert constables.counts == {"met": 1, "not met": 0, "unknown": 0}
    assert officers.counts == {"met": 0, "not met": 0, "unknown": 1}
    assert len(found["borough"]) == 8


def with_wards():
    """The example assessment, with a finding of rates by ward and their outlines."""
    content = example()
    columns = [Column(name, name) for name in ("ward", "code", "residents", "offences")]
    rows = tuple((w.name, w.code, w.residents, w.offences, w.rate) for w in WARDS)
    finding = replace(
        content.findings[0],
        measure=replace(content.findings[0].measure, name="rate by ward"),
        table=Table("Wards", (*columns, Column("rate", "rate")), rows),
        charts=(),
    )
    return replace(content, findings=(finding,), outlines=OUTLINES), finding


def test_outside_rates_are_known_only_from_an_accepted_published_finding(
    client, partnership, head, analyst
):
    content, finding = with_wards()
    made = services.keep_assessment(content, partnership, by=analyst)
    assert [each.rate for each in served_by(partnership, head).wards] == [90, 60, 30]
    observe(partnership, [look(1.0)], by=head)
    outside = client.get(to("standards_of", partnership.pk)).text
    assert "A postcode lottery?" not in outside
    assert "Bridge" not in outside
    services.decide(made, finding, Decision.Outcome.ACCEPTED, by=analyst)
    services.publish(made, by=head)
    outside = client.get(to("standards_of", partnership.pk)).text
    assert "A postcode lottery?" in outside
    assert "chance alone would make about" in outside
    assert "Abbey: 90 for 1,000" in outside
    assert "Too little is known to set the two halves side by side." in outside
    page = client.get(to("standard_ward", partnership.pk, "E05000002")).text
    assert "Wards that border it" in page
    assert page.count("app-wards__ward--here") == 3
    assert page.index("Abbey") < page.index("Castle")


def test_a_ward_stands_beside_those_most_like_it_once_they_were_found(
    client, partnership, head, analyst
):
    content, _finding = with_wards()
    services.keep_assessment(content, partnership, by=analyst)
    client.force_login(head)
    address = to("standard_ward", partnership.pk, "E05000001")
    assert "they are found when the borough is compared" in client.get(address).text
    own = Borough("E09000099", "Example", True, False, False, *[None] * 5)
    beside = Beside((own,), "2025-04", "2026-03", "", ("abc123abc123",))
    alike = WardsAlike({"E05000001": ("E05000003",)}, "Judged by age.", ("r2",))
    made = take_comparison(partnership, beside, wards=alike, by=head)
    assert made.releases == ["abc123abc123", "r2"]
    page = client.get(address).text
    most_like = page[page.index("Wards most like it") : page.index("about as much")]
    assert "Castle" in most_like
    assert "Bridge" not in most_like
    assert "Judged by age." in most_like


def test_a_hidden_figure_of_a_ward_is_not_known():
    _, finding = with_wards()
    rows = [list(row) for row in finding.table.rows]
    rows[0][3] = "[c]"
    hidden = replace(finding, table=replace(finding.table, rows=tuple(rows)))
    assert places_in(hidden)[0].offences is None
    assert places_in(replace(finding, table=None)) == []


def test_wards_that_share_a_border_share_two_corners():
    assert touching(OUTLINES, "E05000001") == ["E05000002"]
    assert touching(OUTLINES, "E05000002") == ["E05000001", "E05000003"]
    assert touching((), "E05000001") == []


def test_the_nearest_in_crime_come_first():
    assert about_as_much(WARDS, "E05000002") == ["E05000001", "E05000003"]
    assert about_as_much(WARDS, "E05000009") == []


def promise_of(*values):
    looks = [
        Seen("ward-constables", ward.code, value, TODAY, "Post")
        for ward, value in zip(WARDS, values, strict=True)
    ]
    return promises(PLACES, looks, today=TODAY)["ward"][0]


def test_the_map_has_a_sign_for_each_ward_and_says_it_in_words():
    picture = promise_map(promise_of(2, 1, None), OUTLINES)
    assert [shape.mark.sign for shape in picture.shapes] == ["✓", "✗", "?"]
    assert not picture.are_tiles
    assert picture.description == (
        "Two dedicated constables, by ward. Met: Abbey. Not met: Bridge. "
        "Unknown: Castle."
    )
    assert [shape.x for shape in picture.shapes] == [60, 180, 300]
    assert [each.words for each in picture.key][:2] == [
        "Met in 1 ward",
        "Not met in 1 ward",
    ]


def test_the_ward_that_a_map_is_about_is_drawn_over_the_others():
    picture = promise_map(promise_of(2, 1, None), OUTLINES, here="E05000001")
    assert [(each.name, each.is_here) for each in picture.shapes] == [
        ("Bridge", False),
        ("Castle", False),
        ("Abbey", True),
    ]


def test_without_outlines_the_wards_are_tiles():
    picture = promise_map(promise_of(2, 1, None), OUTLINES[:2])
    assert picture.are_tiles
    assert [shape.name for shape in picture.shapes] == ["Abbey", "Bridge", "Castle"]
    assert (picture.width, picture.height) == (360, 60)
    assert [shape.x for shape in picture.shapes] == [30, 90, 150]


def test_the_map_of_crime_is_darker_where_there_is_more():
    unknown = replace(WARDS[2], rate=None)
    picture = exposure_map((*WARDS[:2], unknown), OUTLINES)
    assert [(each.mark.kind, each.mark.sign) for each in picture.shapes] == [
        ("shade-5", "90"),
        ("shade-1", "60"),
        ("unknown", "?"),
    ]
    assert [each.words for each in picture.key] == [
        "60 to 60",
        "90 to 90",
        "Not available",
    ]
    assert picture.description.endswith("the most first: Abbey 90, Bridge 60.")
    assert exposure_map((unknown,), OUTLINES) is None


def test_the_styles_have_the_shades_of_every_other_map():
    styles = Path("frontend/styles/_standards.scss").read_text(encoding="utf-8")
    for at, shade in enumerate(SHADES, start=1):
        assert f'"shade-{at}": {shade.lower()}' in styles


HEADINGS = "standard,area,value,date,source\n"


def read(*rows, headings=HEADINGS):
    return read_sheet(headings + "\n".join(rows), PLACES, today=TODAY)


def test_a_table_is_read_by_names_or_codes_in_any_order_of_columns():
    lines = read_sheet(
        "\ufeffSource\tdate\tVALUE\tArea\tstandard\tnote\n"
        "Post\t31/3/2026\t2\tabbey\tTwo dedicated constables\tx\n"
        "Post\t2026-03-31\tunknown\tE05000002\tward-constables\t\n"
        "\t\t\t\t\t\n",
        PLACES,
        today=TODAY,
    )
    assert [line.problem for line in lines] == ["", ""]
    assert [line.look.value for line in lines] == [2, None]
    assert lines[0].look.area_name == "Abbey"
    assert lines[0].look.day == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("no-such,Abbey,2,2026-03-31,Post", "is not a standard"),
        ("ward-constables,Nowhere,2,2026-03-31,Post", "is not a ward here"),
        ("ward-constables,Example,2,2026-03-31,Post", "is not a ward here"),
        ("counter-day-and-night,Abbey,1,2026-03-31,Post", "is not a borough here"),
        ("ward-constables,Abbey,two,2026-03-31,Post", "is not a number"),
        ("ward-constables,Abbey,-1,2026-03-31,Post", "is not a number"),
        ("ward-constables,Abbey,nan,2026-03-31,Post", "is not a number"),
        ("ward-constables,Abbey,2,31.3.26,Post", "is not a date"),
        ("ward-constables,Abbey,2,2027-03-31,Post", "has not come yet"),
        ("ward-constables,Abbey,2,2026-03-31,", "Say who says so"),
        ("ward-constables,Abbey", "is not a date"),
        ("<b>=1+1</b>,Abbey,2,2026-03-31,Post", "is not a standard"),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_with_the_reason(row, problem):
    (line,) = read(row)
    assert problem in line.problem
    assert line.look is None
    assert line.cells[0] == row.split(",")[0]


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(SourceChanged, match="no column called value or source"):
        read("x", headings="standard,area,date\n")
    with pytest.raises(SourceChanged, match="no column called"):
        read_sheet("", PLACES, today=TODAY)


def test_a_table_is_entered_whole_or_not_at_all(
    client, partnership, head, partner_lead
):
    observe(partnership, [look()], by=head)
    good = "ward-constables,Abbey,1,2026-03-31,Post"
    client.force_login(partner_lead)
    page = client.post(
        to("standard_sheet"), {"text": f"{HEADINGS}{good}\nward-constables,Zoo,1,x,y"}
    )
    assert page.status_code == 422
    assert "1 row of 2 could not be read. Nothing was entered." in page.text
    assert "“Zoo” is not a ward here" in page.text
    assert good in page.text
    file = SimpleUploadedFile("seen.csv", f"{HEADINGS}{good}".encode())
    page = client.post(to("standard_sheet"), {"file": file})
    assert page.status_code == 302
    assert Observation.objects.count() == 2


def test_a_file_that_is_not_what_it_says_is_refused(client, partner_lead):
    client.force_login(partner_lead)
    file = SimpleUploadedFile("seen.csv", b"PK\x03\x04\x00\xff")
    page = client.post(to("standard_sheet"), {"file": file})
    assert page.status_code == 422
    assert "seen.csv is not a CSV file in UTF-8." in page.text
    page = client.post(to("standard_sheet"), {})
    assert "Choose a file, or paste the table." in page.text


def test_one_observation_is_entered_by_hand(client, partnership, head, partner_lead):
    observe(partnership, [look()], by=head)
    client.force_login(partner_lead)
    typed = {
        "standard": "ward-constables",
        "area": "E05000001",
        "value": "",
        "day": "2026-03-31",
        "source": "Borough commander",
    }
    assert client.post(to("standard_enter"), typed).status_code == 302
    assert Observation.objects.latest("pk").value is None
    page = client.post(to("standard_enter"), typed | {"area": "E09000099"})
    assert page.status_code == 422
    assert "This is promised to each ward: choose one." in page.text
    assert 'value="Borough commander"' in page.text
    page = client.post(to("standard_enter"), typed | {"source": ""})
    assert "Say who says so: a post or a document." in page.text


def test_tables_to_take_away_say_what_is_unknown(client, partnership, head):
    observe(partnership, [look()], by=head)
    text = client.get(to("standards_table", partnership.pk, "csv")).text
    assert "Two dedicated constables,2,dedicated constables,up,Abbey" in text
    assert ",unknown,[x],[x],[x],[x],[x],[x]" in text
    client.force_login(head)
    assert "ward-constables,Abbey" in client.get(to("observations", "csv")).text


def test_a_resident_is_led_to_the_one_partnership_there_is(client, partnership, head):
    assert "Nobody has looked yet" in client.get(to("standards")).text
    observe(partnership, [look()], by=head)
    page = client.get(to("standards"), follow=True).text
    assert "Standards of service" in page
    assert "Met in 1 ward" in page


def test_a_ward_that_nobody_knows_does_not_exist(client, partnership):
    address = to("standard_ward", partnership.pk, "E05999999")
    assert client.get(address).status_code == 404
