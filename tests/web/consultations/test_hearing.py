"""Who answered is set against who lives here, while others can still be heard."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from web.consultations.conftest import respond

from saferplan.errors import NotAllowed
from saferplan.web.consultations.census_groups import matched
from saferplan.web.consultations.models import AboutPerson, Response
from saferplan.web.consultations.services.hearing import (
    by_week,
    gaps_in,
    heard_by_group,
    keep_population,
    log_outreach,
    participation_of,
    sensitivity_of,
)
from saferplan.web.consultations.services.responding import owner_of, take_back

pytestmark = pytest.mark.django_db
PEOPLE = {"Under 25": 3_000, "25 to 64": 5_000, "65 or older": 2_000}
BANDS = {
    **{"15 to 19": 10, "20 to 24": 20, "25 to 29": 30, "30 to 34": 40},
    **{"85 years and over": 5, "all": 105},
}


@pytest.fixture
def age(consultation):
    return consultation.questions.get(key="age")


@pytest.fixture
def agree(consultation):
    return consultation.questions.get(key="q2")


def many(consultation, group, count, *, chose=None, **words):
    """So many people of a group, without going through the form."""
    age = consultation.questions.get(key="age")
    now = consultation.opens_at
    made = Response.objects.bulk_create(
        Response(
            consultation=consultation,
            token=(token := uuid4()),
            reference=str(token)[:12],
            begun_at=now,
            sent_at=now,
            standing="in_time",
            **words,
        )
        for _ in range(count)
    )
    AboutPerson.objects.bulk_create(
        AboutPerson(
            consultation=consultation,
            question=age,
            owner=owner_of(response.token),
            chosen=[group],
        )
        for response in made
    )
    for response in made if chose else []:
        response.answers.create(
            question=consultation.questions.get(key="q2"), chosen=[chose]
        )


def test_only_individuals_whose_response_counts_are_counted(consultation, age):
    many(consultation, "Under 25", 4)
    many(consultation, "Under 25", 2, kind="organisation")
    many(
        consultation,
        "25 to 64",
        3,
        accepted_late=False,
        withdrawn_at=age.consultation.opens_at,
    )
    respond(consultation)  # did not say
    said, silent = heard_by_group(age)
    assert (dict(said), silent) == ({"Under 25": 4}, 1)


def test_what_a_person_takes_back_is_in_no_share(consultation, age):
    many(consultation, "Under 25", 1)
    take_back(Response.objects.get())
    assert heard_by_group(age)[0] == {}


def test_who_is_missing_stands_with_limits(consultation, age, head):
    assert participation_of(age) is None
    keep_population(age, PEOPLE, source="Census 2021", by=head)
    many(consultation, "Under 25", 12)
    many(consultation, "25 to 64", 70)
    many(consultation, "65 or older", 38)
    found = participation_of(age)
    rows = {row["group"]: row for row in found["groups"]}
    young = rows["Under 25"]
    assert young["index"] == pytest.approx(12 / 120 / 0.3)
    assert young["lower"] < young["index"] < young["upper"] < 1
    assert found["missing"] == ["Under 25"]


def test_a_small_group_is_hidden_on_the_page_and_in_the_table(
    client, consultation, age, head
):
    keep_population(age, PEOPLE, source="Census 2021", by=head)
    many(consultation, "Under 25", 3)
    many(consultation, "25 to 64", 70)
    many(consultation, "65 or older", 60)
    rows = {row["group"]: row for row in participation_of(age)["groups"]}
    assert rows["Under 25"]["respondents"] is None
    client.force_login(head)
    page = client.get(reverse("consultations:heard", args=[consultation.pk]))
    assert "hidden" in page.content.decode()
    table = client.get(
        reverse("consultations:heard_table", args=[consultation.pk, "csv"])
    ).content.decode()
    assert ",3,Under" not in table
    assert "[x]" in table


def test_weights_are_a_check_beside_the_share(client, consultation, age, agree, head):
    assert sensitivity_of(agree, "Yes") is None
    keep_population(age, PEOPLE, source="Census 2021", by=head)
    many(consultation, "Under 25", 30, chose="No")
    many(consultation, "25 to 64", 60, chose="Yes")
    many(consultation, "65 or older", 60, chose="Yes")
    many(consultation, "25 to 64", 20)  # who said nothing to this question
    found = sensitivity_of(agree, "Yes")
    assert found["asked"] == 150
    assert any("150 answers" in each for each in found["cautions"])
    assert found["plain"][0] == pytest.approx(120 / 150)
    assert found["weighted"][0] == pytest.approx(0.7, abs=0.01)
    assert 50 < found["effective"] < 150
    client.force_login(head)
    of_question = [consultation.pk, agree.pk]
    page = client.get(reverse("consultations:weights", args=of_question)).text
    assert "80.0%" in page
    assert page.count("Weighted, 150 answers tell as much as") == 1
    table = client.get(
        reverse("consultations:weights_table", args=[*of_question, "csv"])
    )
    assert "Yes,0.8," in table.text


def test_outreach_is_logged_for_a_group_of_the_question(client, age, head):
    client.force_login(head)
    address = reverse("consultations:outreach", args=[age.consultation_id, age.pk])
    assert client.post(address, {"group": "Under 25"}).status_code == 422
    said = {"group": "Under 25", "what": "A stall at the youth club"}
    client.post(address, said | {"on": "2027-02-03", "reached": "40"})
    page = client.get(reverse("consultations:heard", args=[age.consultation_id]))
    assert "A stall at the youth club (about 40 people)" in page.content.decode()
    with pytest.raises(NotAllowed, match="no group"):
        log_outreach(age, "Martians", what="A signal", on=date(2027, 2, 3), by=head)


def test_a_gap_stands_with_what_was_done_for_it(client, consultation, age, head):
    keep_population(age, PEOPLE, source="Census 2021", by=head)
    many(consultation, "Under 25", 12)
    many(consultation, "25 to 64", 70)
    many(consultation, "65 or older", 38)
    client.force_login(head)
    address = reverse("consultations:heard", args=[consultation.pk])
    page = client.get(address).text
    assert "Nothing is noted yet that was done to hear them." in page
    outreach = reverse("consultations:outreach", args=[consultation.pk, age.pk])
    assert f'href="{outreach}?group=Under%2025"' in page
    for group, what in (("Under 25", "A stall"), ("25 to 64", "A leaflet")):
        log_outreach(age, group, what=what, on=date(2027, 2, 3), by=head)
    found = participation_of(age)
    [gap] = gaps_in(found, age.outreach.all())
    assert (gap["group"], [each.what for each in gap["done"]]) == (
        "Under 25",
        ["A stall"],
    )
    page = client.get(address).text
    assert "Nothing is noted yet" not in page
    assert "25 to 64, 3 February 2027: A leaflet" in page


def test_responses_are_counted_by_the_week_they_came_in(consultation):
    opened = timezone.localdate(consultation.opens_at)  # ten days ago
    many(consultation, "Under 25", 3)
    respond(consultation)
    assert by_week(consultation) == [(opened, 3), (opened + timedelta(days=7), 1)]


def test_numbers_of_residents_need_their_source(client, age, head):
    client.force_login(head)
    address = reverse("consultations:population", args=[age.consultation_id, age.pk])
    people = {"people_0": "3000", "people_1": "5000", "people_2": "2000"}
    wrong = client.post(address, people)
    assert wrong.status_code == 422
    assert 'value="3000"' in wrong.content.decode()
    assert client.post(address, people | {"source": "Census 2021"}).status_code == 302
    assert age.population.people == PEOPLE


def test_the_census_is_matched_only_where_it_counts_the_same():
    options = ["Under 25", "15 to 24", "16 to 24", "85 or older", "Asian", "Other"]
    census = {"age": BANDS, "ethnic group (5)": {"Asian": 7, "Black": 8}}
    assert matched(options, census) == {"15 to 24": 30, "85 or older": 5, "Asian": 7}
