"""Answers given in another system come in whole, once, and who said them apart."""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from web.test_jobs import work_off_the_queue

from saferplan.errors import ConsultationError, NotAllowed
from saferplan.web.consultations.models import AboutPerson, Response, SurveyFile
from saferplan.web.consultations.services import bringing_in
from saferplan.web.consultations.services.bringing_in import (
    bring_in,
    discard,
    receive,
)
from saferplan.web.consultations.services.survey_columns import placed_in
from saferplan.web.consultations.services.survey_rows import as_said, opened
from saferplan.web.core.models import Event, Job

pytestmark = pytest.mark.django_db

EXPORT = """\
Response ID,Your e-mail,What should change?,Do you agree?,How old are you?,Anything else
11,a@example.org,More lighting in the park.,Yes,Under 25,
12,b@example.org,Keep the counters open at night please.,no,65 or older,Thank you
13,c@example.org,,Not sure,25 to 64,
13,d@example.org,A second answer of one person.,Yes,25 to 64,
14,e@example.org,,,,Only a remark
15,f@example.org,More wardens near the school gates.,Yes,Older than 90,
"""


def sent(consultation, by, text=EXPORT, **words):
    words.setdefault("received_on", timezone.localdate())
    words.setdefault("token", uuid4())
    return receive(consultation, text.encode(), "export.csv", by=by, **words)


def test_columns_are_taken_for_the_questions_they_answer(consultation, analyst):
    file = sent(consultation, analyst)
    q1 = consultation.questions.first()
    assert file.columns == {
        "Response ID": "",
        "Your e-mail": "",
        "What should change?": q1.key,
        "Do you agree?": "q2",
        "How old are you?": "age",
        "Anything else": "",
    }
    placed = {each.column.name: each for each in placed_in(file, opened(file))}
    assert placed["Do you agree?"].because.startswith("its heading is the question")
    assert "who somebody is" in placed["Your e-mail"].because
    assert placed["How old are you?"].answers == 4


def test_every_row_is_a_response_or_is_told_of(consultation, analyst):
    file = sent(consultation, analyst)
    assert bring_in(file, by=analyst) is None
    file.refresh_from_db()
    assert (file.brought["read"], file.brought["kept"]) == (6, 4)
    assert [each["line"] for each in file.brought["quarantined"]] == [5, 6]
    assert "came before" in file.brought["quarantined"][0]["why"]
    assert "None of its answers" in file.brought["quarantined"][1]["why"]
    made = consultation.responses.counted()
    assert made.count() == 4
    assert {each.channel for each in made} == {"other"}
    assert {each.received_on for each in made} == {timezone.localdate()}
    first = made.get(answers__text="More lighting in the park.")
    assert first.answers.get(question__key="q2").chosen == ["Yes"]
    assert first.points.get().text == "More lighting in the park."


def test_what_is_no_option_is_kept_as_their_own_words(consultation, analyst):
    bring_in(sent(consultation, analyst), by=analyst)
    unsure = consultation.responses.get(answers__text="Not sure").answers.get()
    assert (unsure.chosen, unsure.text) == ([], "Not sure")
    lower = consultation.responses.get(answers__text__startswith="Keep the")
    assert lower.answers.get(question__key="q2").chosen == ["No"]


def test_who_they_are_is_kept_apart(consultation, analyst):
    bring_in(sent(consultation, analyst), by=analyst)
    about = AboutPerson.objects.filter(consultation=consultation)
    assert sorted(option for each in about for option in each.chosen) == [
        "25 to 64",
        "65 or older",
        "Under 25",
    ]
    assert about.get(chosen=[]).text == "Older than 90"
    assert not consultation.responses.filter(answers__question__key="age").exists()
    assert set(consultation.responses.values_list("email", flat=True)) == {""}


def test_the_same_file_again_makes_none_twice(consultation, analyst):
    bring_in(sent(consultation, analyst), by=analyst)
    again = sent(consultation, analyst)
    bring_in(again, by=analyst)
    again.refresh_from_db()
    assert consultation.responses.count() == 4
    assert (again.brought["kept"], again.brought["fresh"]) == (4, 0)


def test_the_same_form_sent_twice_is_one_file(consultation, analyst):
    token = uuid4()
    assert sent(consultation, analyst, token=token) == sent(
        consultation, analyst, token=token
    )


def test_nothing_of_the_file_stays_once_it_is_brought_in_or_put_away(
    consultation, analyst
):
    first, second = (sent(consultation, analyst) for _ in range(2))
    bring_in(first, by=analyst)
    discard(second, by=analyst)
    assert {bytes(each.content) for each in SurveyFile.objects.all()} == {b""}
    told = str(list(SurveyFile.objects.values_list("brought", "columns")))
    told += str(list(Event.objects.values_list("subject", "detail")))
    assert "example.org" not in told
    assert "A second answer" not in told
    with pytest.raises(NotAllowed, match="already"):
        bring_in(second, by=analyst)


def test_an_export_left_lying_for_a_month_goes(consultation, analyst, capsys):
    fresh, old = (sent(consultation, analyst) for _ in range(2))
    month_ago = timezone.now() - timedelta(days=32)
    SurveyFile.objects.filter(pk=old.pk).update(at=month_ago)
    call_command("forget_names", "--dry-run")
    assert "an export left lying would go" in capsys.readouterr().out
    assert bytes(SurveyFile.objects.get(pk=old.pk).content)
    call_command("forget_names")
    assert bytes(SurveyFile.objects.get(pk=old.pk).content) == b""
    assert bytes(SurveyFile.objects.get(pk=fresh.pk).content)


def test_after_the_close_the_day_needs_a_reason(closed, analyst):
    day = timezone.localdate() - timedelta(days=9)
    with pytest.raises(NotAllowed, match="Say how you know"):
        sent(closed, analyst, received_on=day)
    file = sent(closed, analyst, received_on=day, why="The dates in the export.")
    bring_in(file, by=analyst)
    taken = closed.responses.counted()
    assert taken.count() == 4
    assert "The dates in the export." in taken.first().accepted_why


def test_before_the_launch_and_of_a_day_to_come_nothing_is_taken(
    being_set_up, consultation, analyst
):
    with pytest.raises(NotAllowed, match="launch"):
        sent(being_set_up, analyst)
    with pytest.raises(NotAllowed, match="still to come"):
        sent(consultation, analyst, received_on=date(2999, 1, 1))
    with pytest.raises(ConsultationError):
        sent(consultation, analyst, text="")


def test_options_named_together_in_one_cell_are_told_apart(consultation, analyst):
    question = consultation.questions.get(key="q2")
    question.kind, question.options = "many", ["Lighting", "Wardens", "Schools"]
    said = as_said(question, ["lighting; SCHOOLS", ("Wardens", "Trees")])
    assert said.chosen == ["Lighting", "Schools", "Wardens"]
    assert said.text == "Trees"


@pytest.mark.django_db(transaction=True)
def test_an_officer_looks_changes_a_column_and_brings_it_in(
    client, consultation, analyst, monkeypatch
):
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(bringing_in, "AT_ONCE", 3)
    client.force_login(analyst)
    page = reverse("consultations:bring_in", args=[consultation.pk])
    assert client.post(page, {"why": ""}).status_code == 422
    words = {"received_on": timezone.localdate().isoformat(), "token": uuid4()}
    upload = SimpleUploadedFile("export.csv", EXPORT.encode())
    answer = client.post(page, {**words, "sent": upload})
    file = SurveyFile.objects.get()
    assert answer.url.endswith(f"/bring-in/{file.pk}/")
    shown = client.get(answer.url).text
    assert "came before: whose answer counts?" in shown
    table = reverse("consultations:quarantined", args=[consultation.pk, file.pk, "csv"])
    [row] = csv.DictReader(io.StringIO(client.get(table).text.lstrip("\ufeff")))
    assert "A second answer of one person." in row.values()
    none = {f"column_{number}": "" for number in range(6)}
    refused = client.post(answer.url, none)
    assert refused.status_code == 422
    assert "Say of at least one column" in refused.text
    started = client.post(answer.url, {**none, "column_5": "q1"})
    job = Job.objects.get()
    assert started.url == reverse("home:job", args=[job.pk])
    work_off_the_queue()
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.message == "2 of 6 rows were brought in."
    said = set(Response.objects.values_list("answers__text", flat=True))
    assert said == {"Thank you", "Only a remark"}
    over = client.get(answer.url).text
    assert "Kept as responses" in over
