"""What another tool found comes back as drafts and suggestions, never as a choice."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from web.consultations.being_read import ABOUT, code_all, look, silent
from web.consultations.conftest import respond

from saferplan.consultations.zipped_folders import unpack
from saferplan.errors import ConsultationError, NotAllowed
from saferplan.web.consultations import reading
from saferplan.web.consultations.exporting import file_of
from saferplan.web.consultations.models import AnswerTheme, Coding, ReadingRun
from saferplan.web.consultations.services.bringing_back import bring_back, take_theme
from saferplan.web.consultations.services.coding import draw_sample

pytestmark = pytest.mark.django_db
DAY = "2026-11-20"


def zipped(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def run_over(sent, *, below=""):
    """What a tool would send back: each answer under the subject of its words."""
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    topics = dict(zip("ABC", ABOUT, strict=True))
    mapping = []
    for line in members["inputs/question_part_1/responses.jsonl"].splitlines():
        said = json.loads(line)
        words = set(said["response"].split())
        labels = [each for each, name in topics.items() if len(words & ABOUT[name]) > 2]
        mapping.append({"response_id": said["response_id"], "labels": labels})
    outputs = f"outputs/mapping/{DAY}/question_part_1/"
    members[f"{outputs}themes.json"] = json.dumps(
        [
            {"topic_id": each, "topic_label": name, "topic_description": f"On {name}."}
            for each, name in topics.items()
        ]
    )
    members[f"{outputs}mapping.jsonl"] = "".join(
        json.dumps(each) + "\n" for each in mapping
    )
    return zipped({f"{below}{name}": text for name, text in members.items()})


def with_another_part(sent, text):
    """A zip that also asks and answers something that is no question of ours."""
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    outputs = f"outputs/mapping/{DAY}/question_part_2/"
    members |= {
        "inputs/question_part_2/question.json": json.dumps({"question_text": text}),
        "inputs/question_part_2/responses.jsonl": "",
        f"{outputs}themes.json": "[]",
        f"{outputs}mapping.jsonl": "",
    }
    return zipped(members)


@pytest.fixture
def sent(question):
    return file_of(question.consultation, "zip")


def test_its_themes_are_drafts_and_its_mapping_no_ones_choice(
    question,
    sent,
    analyst,
):
    back = bring_back(question.consultation, run_over(sent), "run.zip", by=analyst)
    [run] = back.runs
    assert (run.what, run.result["by"]) == ("brought", f"ThemeFinder run of {DAY}")
    assert (run.result["answers"], run.result["unknown"]) == (90, 0)
    assert [each["answers"] for each in run.result["themes"]] == [30, 30, 30]
    assert not AnswerTheme.objects.exists()
    assert not Coding.objects.exists()
    words = {word for answer in question.answers.all() for word in answer.text.split()}
    assert not words & set(json.dumps(run.result["labels"]).split('"'))


def test_answers_are_found_again_after_more_have_come_in_and_one_has_gone(
    question,
    consultation,
    sent,
    analyst,
):
    gone = question.answers.first()
    gone.response.withdrawn_at = consultation.opens_at
    gone.response.save()
    respond(consultation, "Something new since then.")
    [run] = bring_back(consultation, run_over(sent), "run.zip", by=analyst).runs
    assert (run.result["answers"], run.result["unknown"]) == (89, 1)
    for answer in question.answers.exclude(pk=gone.pk):
        [label] = run.result["labels"].get(str(answer.pk), [None])
        if label is None:
            assert answer.text == "Something new since then."
        else:
            subject = list(ABOUT.values())["ABC".index(label)]
            assert len(set(answer.text.split()) & subject) > 2


def test_its_suggestions_go_through_the_same_audit(
    question,
    sent,
    analyst,
):
    bring_back(question.consultation, run_over(sent), "run.zip", by=analyst)
    themes = {
        name: take_theme(question, each, by=analyst)
        for each, name in zip("ABC", ABOUT, strict=True)
    }
    look(question, analyst)
    code_all(draw_sample(question, 45, twice=0, by=analyst), themes, by=analyst)
    counted = reading.count(question, seed=1, tell=silent, brought=True)
    assert counted["by"] == f"ThemeFinder run of {DAY}"
    assert counted["samples_f1"] == 1.0  # it found just what the person found
    for row in counted["themes"]:
        assert row["lower"] <= 1 / 3 <= row["upper"]
    assert len(counted["suggested"]) == 45
    ours = reading.count(question, seed=1, tell=silent)
    assert ours["by"] != counted["by"]
    assert Coding.objects.count() == 45


def test_only_questions_of_ours_come_back(question, sent, analyst):
    consultation = question.consultation
    with pytest.raises(NotAllowed, match="no outputs/mapping"):
        bring_back(consultation, sent, "run.zip", by=analyst)
    strange = run_over(sent)
    consultation.questions.filter(pk=question.pk).update(text="Another question?")
    with pytest.raises(NotAllowed, match="does not ask “What should change"):
        bring_back(consultation, strange, "run.zip", by=analyst)
    assert not ReadingRun.objects.exists()


@pytest.mark.parametrize(
    "name", ["../outside.json", "/etc/outside", "inputs\\..\\..\\x", "C:outside"]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    folder = tmp_path / "in"
    folder.mkdir()
    with pytest.raises(ConsultationError, match="put elsewhere"):
        unpack(zipped({"inputs/a.json": "{}", name: "x"}), folder, name="run.zip")
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "outside.json").exists()


def test_a_zip_that_swells_or_holds_too_much_is_refused(tmp_path):
    swells = zipped({"inputs/a.json": "0" * 30_000_000})
    with pytest.raises(ConsultationError, match="far more than answers do"):
        unpack(swells, tmp_path, name="run.zip")
    many = zipped({f"inputs/{number}": "" for number in range(2_001)})
    with pytest.raises(ConsultationError, match="2,001 files"):
        unpack(many, tmp_path, name="run.zip")
    with pytest.raises(ConsultationError, match="no zip"):
        unpack(b"not a zip", tmp_path, name="run.zip")


def test_an_officer_sends_out_and_brings_back(
    client,
    question,
    sent,
    analyst,
):
    client.force_login(analyst)
    page = reverse("consultations:out_and_back", args=[question.consultation_id])
    assert "Download the questions as a zip" in client.get(page).text
    refused = client.post(page, {"sent": SimpleUploadedFile("a.zip", b"nothing")})
    assert refused.status_code == 422
    assert "no zip that we can open" in refused.text
    more = with_another_part(sent, "Comments on the draft")
    upload = SimpleUploadedFile("run.zip", run_over(more, below="a folder/"))
    shown = client.post(page, {"sent": upload}, follow=True).text
    assert "1 question came back." in shown
    assert "left out: “Comments on the draft”." in shown
    of_question = [question.consultation_id, question.pk]
    themes = reverse("consultations:themes", args=of_question)
    assert (
        f"Themes that a machine named: ThemeFinder run of {DAY}"
        in client.get(themes).text
    )
    take = reverse("consultations:theme_take", args=of_question)
    assert "“Counters” is a theme now." in client.post(
        take, {"topic": "A"}, follow=True
    ).text.replace("&ldquo;", "“")
    assert "no such theme" in client.post(take, {"topic": "Z"}, follow=True).text
    assert AnswerTheme.objects.get().description == "On Counters."
