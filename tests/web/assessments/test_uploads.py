"""Files sent through the site: kept safely, loaded once, asked about if they differ."""

import threading
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django_tasks_db.management.commands import db_worker
from web.test_jobs import work_off_the_queue

from saferplan.errors import NotAllowed, SaferplanError
from saferplan.sources import load_paths
from saferplan.store import EvidenceStore, default_place
from saferplan.web.assessments import limits, uploads
from saferplan.web.assessments.models import Upload
from saferplan.web.core.jobs import claim, reap
from saferplan.web.core.models import Event, Job

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
    "LSOA name,Crime type,Last outcome category,Context"
)
MARCH = "2024-03-city-of-london-street.csv"


def crimes(*numbers, month="2024-03", force="City of London Police"):
    """A month of street-level crime as data.police.uk writes it."""
    rows = [
        f"{number:064x},{month},{force},{force},-0.0972,51.5152,On or near Cheapside,"
        f"E01000001,City of London 001A,Burglary,Under investigation,"
        for number in numbers
    ]
    return "\n".join([HEADER, *rows, ""]).encode()


def file(body, name=MARCH):
    return SimpleUploadedFile(name, body)


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    # The worker renews its connection now and then; a test's must stay as it is.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


@pytest.fixture
def send(analyst):
    """Send files and let the worker do what there is to do."""

    def send(*files, by=analyst):
        upload = uploads.receive(files, uuid4(), by=by)
        work_off_the_queue()
        upload.refresh_from_db()
        return upload

    return send


def current(dataset="street_crime"):
    return EvidenceStore(default_place()).table(dataset).count().to_pyarrow().as_py()


def answered(upload, by, *, replace_months):
    uploads.answer(upload, by=by, replace_months=replace_months)
    work_off_the_queue()
    upload.refresh_from_db()
    return upload


@pytest.mark.django_db(transaction=True)
def test_files_are_loaded_by_the_worker_and_then_let_go(send):
    upload = send(file(crimes(1, 2, 3)))
    assert upload.state == Upload.State.LOADED
    [release] = upload.report["releases"]
    assert (release["read"], release["kept"]) == (3, 3)
    assert current() == 3
    assert not upload.folder.exists()
    assert Event.objects.filter(what="loaded evidence").count() == 1


def test_a_month_that_differs_waits_for_an_answer(send):
    send(file(crimes(1, 2, 3)))
    upload = send(file(crimes(1, 2, 4, 5)))
    assert upload.state == Upload.State.WAITING
    [change] = upload.report["waiting"]
    assert change["part"] == "data.police.uk, city of london, March 2024"
    assert (change["before"], change["after"]) == (3, 4)
    assert (change["added"], change["removed"]) == (2, 1)
    assert upload.report["refused"] == []
    assert current() == 3  # nothing has changed yet
    assert upload.folder.exists()


def test_replacing_loads_the_newer_month_and_says_what_it_replaced(
    client, send, analyst
):
    send(file(crimes(1, 2, 3)))
    upload = answered(send(file(crimes(1, 2, 4, 5))), analyst, replace_months=True)
    assert upload.state == Upload.State.LOADED
    assert current() == 4
    client.force_login(analyst)
    [release] = upload.report["releases"]
    page = client.get(reverse("assessments:release", args=[release["id"]])).text
    assert "What it replaced" in page
    assert "data.police.uk, city of london, March 2024" in page
    assert "What was in question" in client.get(upload_page(upload)).text


def upload_page(upload):
    return reverse("assessments:upload", args=[upload.pk])


@pytest.mark.django_db(transaction=True)
def test_discarding_changes_nothing_and_lets_the_files_go(send, analyst):
    send(file(crimes(1, 2, 3)))
    upload = answered(send(file(crimes(4))), analyst, replace_months=False)
    assert upload.state == Upload.State.DISCARDED
    assert current() == 3
    assert not upload.folder.exists()
    with pytest.raises(NotAllowed, match="answered for already"):
        uploads.answer(upload, by=analyst, replace_months=True)


def test_what_cannot_be_read_is_named_while_the_rest_waits(send):
    send(file(crimes(1)))
    upload = send(file(crimes(2)), file(b"a,b\n1,2\n", "strange.csv"))
    assert upload.state == Upload.State.WAITING
    assert "strange.csv" in upload.report["unrecognised"][0]["why"]


def test_a_worker_that_was_killed_is_followed_by_one_that_ends_the_work(analyst):
    upload = uploads.receive([file(crimes(1, 2))], uuid4(), by=analyst)
    claim(upload.job_id)
    # Loaded, but the worker died before it could say so.
    load_paths([upload.folder], EvidenceStore(default_place()), by="analyst")
    Job.objects.update(leased_until="2020-01-01T00:00:00Z")
    assert reap() == 1
    work_off_the_queue()
    upload.refresh_from_db()
    assert upload.state == Upload.State.LOADED
    assert current() == 2


def test_work_done_twice_adds_nothing(send):
    upload = send(file(crimes(1, 2)))
    Job.objects.filter(pk=upload.job_id).update(
        state=Job.State.RUNNING, leased_until="2020-01-01T00:00:00Z", lease="gone"
    )
    reap()
    work_off_the_queue()
    upload.refresh_from_db()
    assert upload.job.state == Job.State.DONE
    assert len(upload.report["releases"]) == 1
    assert current() == 2


def test_the_form_sent_twice_is_one_upload(client, analyst):
    client.force_login(analyst)
    token = uuid4()
    for _ in range(2):
        page = client.post(
            reverse("assessments:load"),
            {"sent": file(crimes(1)), "token": token},
        )
        assert page["Location"] == upload_page(Upload.objects.get())
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_that_arrive_at_once_one_is_kept(analyst):
    token, made, start = uuid4(), [], threading.Barrier(2)

    def arrive():
        start.wait()
        made.append(uploads.receive([file(crimes(1))], token, by=analyst).pk)
        connection.close()

    threads = [threading.Thread(target=arrive) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == len(made[:1]) == 1 == Upload.objects.count()
    upload = Upload.objects.get()
    assert [path.name for path in upload.folder.parent.iterdir()] == [str(token)]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\2024-03.csv", "2024-03.csv"),
        (".hidden", "hidden"),
        ("..", "file"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("x" * 300 + ".csv", "x" * 146 + ".csv"),
    ],
)
def test_a_name_cannot_lead_out_of_its_folder(sent, kept):
    assert uploads.safe_name(sent) == kept


def test_too_many_bytes_are_not_kept_and_the_form_says_how_many_may_come(
    client, analyst, monkeypatch
):
    monkeypatch.setattr(limits, "MOST_BYTES", 100)
    client.force_login(analyst)
    token = str(uuid4())
    page = client.post(
        reverse("assessments:load"), {"token": token, "sent": file(crimes(1, 2, 3))}
    )
    assert page.status_code == 422
    assert "more than 2 GB together" in page.text
    assert token in page.text  # sending it again is still the same upload
    assert not Upload.objects.exists()


def test_too_many_files_are_refused_with_what_to_do(client, analyst):
    client.force_login(analyst)
    files = [file(b"x", f"{n}.csv") for n in range(limits.MOST_FILES + 1)]
    page = client.post(reverse("assessments:load"), {"token": uuid4(), "sent": files})
    assert page.status_code == 422
    assert "one zip archive" in page.text


def test_a_full_disk_leaves_no_upload_behind(analyst, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads, "keep_files", full)
    with pytest.raises(SaferplanError, match="No space left"):
        uploads.receive([file(crimes(1))], uuid4(), by=analyst)
    assert not Upload.objects.exists()


def test_people_of_another_partnership_neither_see_nor_answer(client, send, cast):
    send(file(crimes(1)), by=cast["analyst"])
    upload = send(file(crimes(2)), by=cast["analyst"])
    client.force_login(cast["outsider"])
    assert client.get(upload_page(upload)).status_code == 404
    address = reverse("assessments:answer", args=[upload.pk])
    assert client.post(address, {"answer": "replace"}).status_code == 404
    with pytest.raises(NotAllowed, match="Only people who work in"):
        uploads.answer(upload, by=cast["outsider"], replace_months=True)
    upload.refresh_from_db()
    assert upload.state == Upload.State.WAITING


def test_a_councillor_cannot_take_away_refused_rows(client, cast, send):
    broken = crimes(1) + b"only,three,cells\n"
    [release] = send(file(broken), by=cast["analyst"]).report["releases"]
    address = reverse("assessments:quarantine", args=[release["id"], "csv"])
    client.force_login(cast["councillor"])
    assert client.get(address).status_code == 403
    client.force_login(cast["partner_lead"])
    assert "only,three,cells" in client.get(address).content.decode("utf-8-sig")
