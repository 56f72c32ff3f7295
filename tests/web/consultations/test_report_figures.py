"""What is published of themes, campaigns and groups has its limits, and stays."""

import csv
import io
import zipfile

import pytest
from django.urls import reverse
from web.consultations.conftest import ACCEPTED, close, respond
from web.consultations.test_hearing import PEOPLE, many

from saferplan.web.consultations.models import Point, Report
from saferplan.web.consultations.services.bundling import bundle_of
from saferplan.web.consultations.services.coding import (
    add_theme,
    keep_run,
    retire_theme,
)
from saferplan.web.consultations.services.deciding import decide
from saferplan.web.consultations.services.forgetting import erase
from saferplan.web.consultations.services.hearing import keep_population
from saferplan.web.consultations.services.report_figures import themes_in
from saferplan.web.consultations.services.reporting import body_of, publish

pytestmark = pytest.mark.django_db
LOOK = {
    "themes": [],
    "campaigns": [
        {
            "campaign": 1,
            "sureness": "certain",
            "submissions": 40,
            "texts": 3,
            "people": 38,
            "please_look": 0,
            "template_of": "1",
        }
    ],
    "added": [],
    "of": {},
}


def counted(theme, **words):
    """What a count of one theme comes to."""
    row = {
        "theme": theme.pk,
        "share": 0.4,
        "lower": 0.33,
        "upper": 0.47,
        "answers": 80,
        "answers_lower": 66,
        "answers_upper": 94,
        "coded": 41,
        "basis": "the sample",
        "caution": "",
    }
    found = {
        "answers": 200,
        "coded": 100,
        "left_out": 40,
        "cautions": ["A theme is not weighed by how many raise it."],
        "by": "suggestions 1",
        "samples_f1": 0.81,
        "themes": [row],
        "suggested": {},
        "agreement": None,
    }
    return {**found, **words}


def keep(question, what, result, by):
    return keep_run(question, what, seed=1, read="", result=result, by=by)


@pytest.fixture
def figured(consultation, head):
    """Read, coded, counted and answered; nobody can answer more."""
    question = consultation.questions.first()
    many(consultation, "Under 25", 12)
    many(consultation, "25 to 64", 70)
    many(consultation, "65 or older", 38)
    keep_population(
        consultation.questions.get(key="age"), PEOPLE, source="2021", by=head
    )
    respond(consultation, name="Quiet", email="q@example.org")
    theme = add_theme(question, name="Counters", by=head)
    keep(question, "look", LOOK, head)
    keep(question, "count", counted(theme), head)
    points = list(Point.objects.select_related("response__consultation"))
    decide(points, **ACCEPTED, by=head)
    return close(consultation)


def test_a_theme_is_published_with_its_limits_and_never_without(client, figured, head):
    report = publish(figured, note="Cabinet", by=head)
    page = client.get(reverse("consultations:feedback", args=[figured.pk])).text
    assert "40.0%" in page
    assert "33.0% to 47.0%" in page
    assert "66 to 94" in page
    assert "not of residents" in page
    address = reverse("consultations:feedback_figures", args=[figured.pk, 1, "csv"])
    table = csv.DictReader(io.StringIO(client.get(address).text.lstrip("\ufeff")))
    rows = {row["What"]: row for row in table if row["What"] != "Group: index"}
    theme = rows["Theme: share of answers"]
    assert (theme["Lower 95%"], theme["Upper 95%"]) == ("0.33", "0.47")
    assert rows["Campaign"]["Note"] == "3 distinct texts; distinct people: 38"
    [question] = [each for each in report.body["questions"] if each["themes"]]
    assert all(
        row["lower"] < row["share"] < row["upper"] for row in question["themes"]["rows"]
    )


def test_what_people_chose_is_shown_and_taken_away(client, consultation, head):
    many(consultation, "Under 25", 3, chose="Yes")
    many(consultation, "Under 25", 1, chose="No")
    publish(close(consultation), note="Cabinet", by=head)
    page = client.get(reverse("consultations:feedback", args=[consultation.pk])).text
    assert "3 responses" in page
    assert "(75%)" in page
    address = reverse(
        "consultations:feedback_figures", args=[consultation.pk, 1, "csv"]
    )
    assert "Chosen,Do you agree?,Yes,3" in client.get(address).text


def test_a_campaign_is_three_numbers(client, figured, head):
    publish(figured, note="Cabinet", by=head)
    page = client.get(reverse("consultations:feedback", args=[figured.pk])).text
    row = page[page.index("1 (certain)") :]
    numbers = row[: row.index("</tr>")]
    assert [numbers.count(f">{each}<") for each in ("40", "3", "38")] == [1, 1, 1]


def test_groups_are_published_with_their_protection(client, figured, head):
    report = publish(figured, note="Cabinet", by=head)
    [asked] = report.body["participation"]
    young = asked["groups"][0]
    assert young["index"] == pytest.approx(12 / 120 / 0.3)
    assert young["lower"] < young["index"] < young["upper"] < 1
    assert asked["missing"] == ["Under 25"]
    page = client.get(reverse("consultations:feedback", args=[figured.pk])).text
    assert "Heard too little:</strong> Under 25" in page


def test_a_small_group_is_hidden_in_what_is_published(consultation, head):
    keep_population(
        consultation.questions.get(key="age"), PEOPLE, source="2021", by=head
    )
    many(consultation, "Under 25", 3)
    many(consultation, "25 to 64", 70)
    many(consultation, "65 or older", 60)
    [asked] = body_of(close(consultation))["participation"]
    assert asked["groups"][0]["respondents"] is None


def test_a_dropped_theme_is_not_published(figured, head):
    question = figured.questions.first()
    retire_theme(question.themes.get(), by=head)
    assert themes_in(question)["rows"] == []


def test_a_question_nobody_counted_has_no_figures(consultation):
    found = body_of(consultation)
    assert [each["themes"] for each in found["questions"]] == [None, None]
    assert found["participation"] == []


def test_what_comes_later_leaves_the_published_figures_as_they_were(
    client, figured, head
):
    before = publish(figured, note="Cabinet", by=head).body
    question = figured.questions.first()
    page = reverse("consultations:feedback", args=[figured.pk])
    shown = client.get(page).content
    erase(figured.responses.get(name="Quiet"), why="They asked.", by=head)
    keep(question, "count", counted(question.themes.get(), answers=7), head)
    assert Report.objects.get().body == before
    assert client.get(page).content == shown


def test_the_gunning_file_holds_the_figures_that_were_published(figured, head):
    publish(figured, note="Cabinet", by=head)
    with zipfile.ZipFile(io.BytesIO(bundle_of(figured))) as bundle:
        figures = bundle.read("figures.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(figures)))
    assert {row["What"] for row in rows} == {
        "Theme: share of answers",
        "Campaign",
        "Group: index",
    }
