"""
Answer a consultation over several connections, as people's browsers would.

It runs in a process of its own. A form is opened for its token and then sent until the
site says that it has it, always with that token. Prints what was acknowledged.
"""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Lock, Thread
from time import perf_counter, sleep, time
from typing import Any, Self
from urllib.parse import urlencode

TOKEN = re.compile(r'name="token" value="([^"]+)"')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 60  # seconds for one answer
PAUSE = 0.05  # before trying again


@dataclass
class Voice:
    """
    One browser: a connection, its cookie, and how often it had to try again.

    times  seconds that each request which was answered took
    """

    port: int
    cookie: str = ""
    csrf: str = ""
    retries: int = 0
    times: list[float] = field(default_factory=list)
    connection: HTTPConnection | None = None

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Return the status, the address it sends on to, and the page."""
        while True:
            try:
                start = perf_counter()
                answer = self.once(method, path, form)
            except (OSError, HTTPException):
                self.forget()
            else:
                self.times.append(perf_counter() - start)
                # Busy or broken: the form is still in our hands.
                if answer[0] < 500:
                    return answer
            self.retries += 1
            sleep(PAUSE)

    def once(
        self, method: str, path: str, form: dict[str, str] | None
    ) -> tuple[int, str, str]:
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookie}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrf="):
                self.cookie = value.split(";")[0]
        return answer.status, answer.getheader("Location") or "", page

    def forget(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def open_form(self, path: str) -> str:
        """Open a form and return its token."""
        status, _, page = self.ask("GET", path)
        found, csrf = TOKEN.search(page), CSRF.search(page)
        if status != 200 or found is None or csrf is None:
            raise RuntimeError(f"{path} answered {status} and gave no form.")
        self.csrf = csrf[1]
        return found[1]

    def send(self, path: str, token: str, words: str) -> str:
        """Send a form until the site says that it has it; return where it leads."""
        form = {
            "csrfmiddlewaretoken": self.csrf,
            "token": token,
            "q1-text": words,
            "kind": "individual",
        }
        status, to, _page = self.ask("POST", path, form)
        if status != 302:
            raise RuntimeError(f"{path} answered {status} to a form that was right.")
        return to


def at_once(
    how_many: int, port: int, work: Callable[[int, Voice], None]
) -> tuple[list[Voice], float]:
    """Have so many browsers do it at once; return them and the seconds it took."""
    voices = [Voice(port) for _ in range(how_many)]
    faults: list[BaseException] = []

    def guarded(at: int, voice: Voice) -> None:
        try:
            work(at, voice)
        except BaseException as fault:  # noqa: BLE001 - told by the caller
            faults.append(fault)

    started = perf_counter()
    threads = [Thread(target=guarded, args=pair) for pair in enumerate(voices)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return voices, perf_counter() - started


def submit(port: int, path: str, *, clients: int, many: int) -> dict[str, Any]:
    """Open and send this many forms, each with words of its own."""
    numbers = Turns(many)
    acknowledged: dict[str, str] = {}

    def work(at: int, voice: Voice) -> None:
        for number in numbers:
            token = voice.open_form(path)
            words = f"Voice {number} of many."
            acknowledged[words] = voice.send(path, token, words)

    voices, seconds = at_once(clients, port, work)
    return told(voices, seconds) | {"acknowledged": acknowledged}


def again(
    port: int, path: str, *, clients: int, tokens: int, times: int
) -> dict[str, Any]:
    """Send each of these forms again and again, from all browsers at once."""
    first = Voice(port)
    opened = [first.open_form(path) for _ in range(tokens)]
    turns = Turns(tokens * times)
    led_to: dict[str, set[str]] = {token: set() for token in opened}
    lock = Lock()

    def work(at: int, voice: Voice) -> None:
        voice.cookie, voice.csrf = first.cookie, first.csrf
        for turn in turns:
            # All posts of a form follow each other, so that they meet.
            token = opened[turn // times]
            to = voice.send(path, token, f"Pressed again, {turn // times}.")
            with lock:
                led_to[token].add(to)

    voices, seconds = at_once(clients, port, work)
    most = max(len(each) for each in led_to.values())
    return told(voices, seconds) | {"posts": tokens * times, "most_answers": most}


def close(
    port: int, rounds: list[tuple[str, float]], *, clients: int, many: int
) -> dict[str, Any]:
    """
    Send forms within two seconds of each close, until there were this many.

    rounds  the form's path and the moment of its close, by this machine's clock
    """
    sent: list[dict[str, Any]] = []
    for path, moment in rounds:
        # A round that is too near to prepare for is left out.
        if len(sent) < many and moment - time() > 3:
            sent += one_close(port, path, moment, clients)
    return {"sent": sent}


def one_close(
    port: int, path: str, moment: float, clients: int
) -> list[dict[str, Any]]:
    """Send forms from two seconds before a close to two seconds after it."""
    first = Voice(port)
    opened = collected(port, path, clients, first, until=moment - 2)
    sent: list[dict[str, Any]] = []
    lock = Lock()

    def work(at: int, voice: Voice) -> None:
        voice.cookie, voice.csrf = first.cookie, first.csrf
        for turn in count():
            # One in five is opened now, and so after the close if that is over.
            fresh = turn % 5 == 4 or not opened
            token = voice.open_form(path) if fresh else opened.pop()
            words = f"At the close, {path} {at} {turn}."
            posted = time()
            if posted > moment + 2:
                return
            voice.send(path, token, words)
            with lock:
                sent.append({"words": words, "posted": posted, "answered": time()})

    at_once(clients, port, work)
    return sent


def collected(
    port: int, path: str, clients: int, first: Voice, *, until: float
) -> list[str]:
    """Open forms, ready to be sent, until shortly before a moment."""
    tokens = [first.open_form(path)]

    def work(at: int, voice: Voice) -> None:
        voice.cookie = first.cookie
        while time() < until - 0.3:
            tokens.append(voice.open_form(path))

    at_once(clients, port, work)
    sleep(max(0.0, until - time()))
    return tokens


class Turns:
    """Numbers that several threads share, each going to one of them."""

    def __init__(self, many: int) -> None:
        self.numbers, self.lock = iter(range(many)), Lock()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> int:
        with self.lock:
            return next(self.numbers)


def told(voices: list[Voice], seconds: float) -> dict[str, Any]:
    times = sorted(each for voice in voices for each in voice.times)
    return {
        "seconds": seconds,
        "requests": len(times),
        "retries": sum(voice.retries for voice in voices),
        "p95": 1_000 * times[int(len(times) * 0.95)],
    }


if __name__ == "__main__":
    asked = json.loads(sys.stdin.read())
    kinds: dict[str, Callable[..., dict[str, Any]]] = {
        "submit": submit,
        "again": again,
        "close": close,
    }
    kind = kinds[asked.pop("what")]
    print(json.dumps(kind(asked.pop("port"), asked.pop("path"), **asked)))
