"""A service that suggests, kept in check: it may answer wrongly, late or not at all."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from made_answers import made_answers

from saferplan.consultations.endpoint import Endpoint, suggester_of
from saferplan.consultations.endpoint_runs import keep_in
from saferplan.errors import ConsultationError

FRAME = ["Lighting", "Stations", "Young people", "Burglary"]
TELLING = {"Lighting": "lamp", "Stations": "counter", "Burglary": "burglary"}


def reply_to(question):
    """What a service that does as it is told would answer."""
    asked = json.loads(question["messages"][1]["content"])
    given = [
        {
            "number": each["number"],
            "themes": [
                theme
                for theme in asked["themes"]
                if TELLING.get(theme, "young people") in each["answer"].casefold()
            ],
        }
        for each in asked["answers"]
    ]
    return json.dumps({"answers": given})


class Service(BaseHTTPRequestHandler):
    """A service on this machine; `does` says how it behaves, request by request."""

    does = ()
    seen = ()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        question = json.loads(body)
        type(self).seen = (*self.seen, (dict(self.headers), question))
        turn = len(self.seen) - 1
        behaviour = self.does[turn] if turn < len(self.does) else "well"
        getattr(self, f"do_{behaviour}")(reply_to(question))

    def send(self, text, code=200, length=None, **headers):
        content = text.encode()
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(length or len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_well(self, content):
        message = {"message": {"content": content}}
        self.send(json.dumps({"choices": [message]}))

    def do_prose(self, _content):
        self.do_well("Here are the themes you asked for: Lighting!")

    def do_html(self, _content):
        self.send("<html>Please sign in</html>")

    def do_unknown(self, content):
        self.do_well(content.replace('"themes": [', '"themes": ["Parking", ', 1))

    def do_missing(self, content):
        self.do_well(json.dumps({"answers": json.loads(content)["answers"][1:]}))

    def do_busy(self, _content):
        self.send("{}", 429, Retry_After="7")

    def do_broken(self, _content):
        self.send("{}", 500)

    def do_refused(self, _content):
        self.send("{}", 401)

    def do_elsewhere(self, _content):
        self.send("{}", 302, Location="http://127.0.0.1:9/steal")

    def do_slow(self, _content):
        threading.Event().wait(0.6)

    def do_truncated(self, content):
        self.send(content[:20], length=10_000)

    def do_endless(self, _content):
        self.send("x" * 1_000_100)

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def service():
    kind = type("OneService", (Service,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield kind, f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture
def ask(service):
    """Put forty answers to the service; twenty-five of them a person has coded."""
    kind, url = service
    texts, truth = made_answers(40)

    def asking(*does, **choices):
        kind.does = does
        runs, waits = [], []
        endpoint = Endpoint(url, "vigil-2", "secret", timeout=0.3, **choices)
        suggest = suggester_of(endpoint, keep=runs.append, wait=waits.append)
        try:
            found = suggest(texts, truth.head(25))
        except ConsultationError as error:
            found = error
        return found, runs[0], waits, kind.seen

    return asking


def test_it_feeds_the_same_queue_and_is_judged_alike_under_its_own_name(ask):
    found, run, waits, seen = ask()
    assert found.by == "endpoint, model vigil-2"
    assert found.samples_f1 > 0.6
    assert set(found.top.columns) == {"answer", "rank", "theme", "score"}
    assert "may get other themes tomorrow" in found.cautions[0]
    assert (len(run.asked), len(seen), waits) == (40, 4, [])
    headers, question = seen[0]
    assert headers["Authorization"] == "Bearer secret"
    assert question["temperature"] == 0
    assert question["response_format"]["json_schema"]["strict"]


def test_it_is_never_told_what_people_chose(ask):
    _, _, _, seen = ask()
    for _, question in seen:
        asked = json.loads(question["messages"][1]["content"])
        assert set(asked) == {"themes", "answers"}
        assert set(asked["answers"][0]) == {"number", "answer"}


@pytest.mark.parametrize(
    "fault",
    ["prose", "html", "unknown", "missing", "broken", "slow", "truncated", "endless"],
)
def test_what_goes_wrong_once_is_asked_again(ask, fault):
    found, run, _, seen = ask(fault)
    assert found.samples_f1 > 0.6
    assert len(seen) == 5
    assert [each.tries for each in run.asked[:11]] == [2] * 10 + [1]


def test_it_waits_as_long_as_it_is_asked_to(ask):
    found, _, waits, _ = ask("busy", "broken")
    assert waits == [7.0, 4.0]
    assert found.coded == 25


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("unknown", "'Parking' is not a theme of the code frame"),
        ("prose", "not JSON"),
        ("missing", "each answer once"),
        ("broken", "answered 500"),
        ("slow", "No whole reply"),
    ],
)
def test_what_stays_wrong_is_given_up_and_the_run_kept(ask, fault, reason):
    refused, run, _, seen = ask(*[fault] * 9)
    assert isinstance(refused, ConsultationError)
    assert reason in str(refused)
    assert len(seen) == 3
    assert [each.themes for each in run.asked] == [None] * 10
    assert reason in run.asked[0].reason


def test_who_is_refused_is_told_at_once(ask):
    refused, run, _, seen = ask("refused")
    assert "401" in str(refused)
    assert "SAFERPLAN_ENDPOINT_KEY" in str(refused)
    assert "secret" not in str(refused)
    assert (len(seen), run.asked) == (1, ())


def test_answers_and_the_key_are_not_sent_on_elsewhere(ask):
    refused, _, _, seen = ask("elsewhere")
    assert "302" in str(refused)
    assert len(seen) == 1


def test_a_run_is_kept_word_for_word_and_without_the_key(ask, tmp_path):
    _, run, _, _ = ask("unknown")
    kept = keep_in(tmp_path / "runs", run)
    told = json.loads(kept.read_text())
    assert (told["model"], told["frame"]) == ("vigil-2", FRAME)
    assert json.loads(told["asked"][0]["reply"])["choices"]
    assert "secret" not in kept.read_text()
    assert keep_in(tmp_path / "runs", run).exists()


def test_an_address_in_the_clear_or_without_a_model_is_refused(monkeypatch):
    for address in ("http://example.org/v1", "ftp://127.0.0.1", "example.org"):
        with pytest.raises(ConsultationError, match="begins with https"):
            Endpoint.of(address, "vigil-2")
    with pytest.raises(ConsultationError, match="which model"):
        Endpoint.of("https://example.org/v1", "")


def test_its_key_is_read_from_the_settings_and_from_nowhere_else(monkeypatch):
    monkeypatch.delenv("SAFERPLAN_ENDPOINT_KEY", raising=False)
    assert Endpoint.of("https://example.org/v1/", "vigil-2").api_key == ""
    monkeypatch.setenv("SAFERPLAN_ENDPOINT_KEY", "k")
    found = Endpoint.of("https://example.org/v1/", "vigil-2")
    assert (found.base_url, found.model) == ("https://example.org/v1", "vigil-2")
    assert found.api_key == "k"
