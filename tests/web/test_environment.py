"""What is read from the environment, and the kindness of its errors."""

import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from saferplan.web.environment import database, env, mail, read_dotenv, switch


def test_a_file_fills_in_what_the_environment_does_not_say(tmp_path, monkeypatch):
    monkeypatch.setenv("SAID", "by the environment")
    monkeypatch.delenv("UNSAID", raising=False)
    path = tmp_path / ".env"
    path.write_text("# a comment=1\nSAID=by the file\nUNSAID = by = the file\n\n")
    read_dotenv(path)
    assert os.environ["SAID"] == "by the environment"
    assert os.environ.pop("UNSAID") == "by = the file"
    assert "# a comment" not in os.environ


def test_no_file_is_no_fault(tmp_path):
    read_dotenv(tmp_path / ".env")


def test_a_missing_value_is_named(monkeypatch):
    monkeypatch.delenv("NOWHERE", raising=False)
    with pytest.raises(ImproperlyConfigured, match="NOWHERE is not set"):
        env("NOWHERE")


@pytest.mark.parametrize(("value", "answer"), [("yes", True), ("no", False)])
def test_a_switch_is_yes_or_no(monkeypatch, value, answer):
    monkeypatch.setenv("SWITCH", value)
    assert switch("SWITCH") is answer


def test_anything_else_is_refused(monkeypatch):
    monkeypatch.setenv("SWITCH", "True")
    with pytest.raises(ImproperlyConfigured, match="must be yes or no, not 'True'"):
        switch("SWITCH")


def test_an_sqlite_database_is_a_path_from_here_or_from_the_root():
    assert database("sqlite:///var/a.sqlite3")["NAME"] == "var/a.sqlite3"
    assert database("sqlite:////srv/a.sqlite3")["NAME"] == "/srv/a.sqlite3"


def test_a_postgresql_database_is_reached_by_name_or_by_socket():
    named = database("postgresql://me:p%40ss@db.example.org:5433/saferplan")
    assert (named["NAME"], named["USER"], named["PASSWORD"]) == (
        "saferplan",
        "me",
        "p@ss",
    )
    assert (named["HOST"], named["PORT"]) == ("db.example.org", "5433")
    by_socket = database("postgresql://me@/saferplan?host=/run/postgresql")
    assert by_socket["HOST"] == "/run/postgresql"


def test_another_database_is_refused():
    with pytest.raises(ImproperlyConfigured, match="begins with 'mysql'"):
        database("mysql://me@host/name")


def test_mail_goes_to_the_terminal_a_folder_or_a_server():
    assert "console" in str(mail("console:")["EMAIL_BACKEND"])
    assert mail("folder:var/mail")["EMAIL_FILE_PATH"] == "var/mail"
    server = mail("smtp://me:word@mail.example.org")
    assert (server["EMAIL_HOST"], server["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert server["EMAIL_USE_TLS"]
    with pytest.raises(ImproperlyConfigured, match="MAIL_URL"):
        mail("pigeon:")
