"""
Suggestions from an OpenAI-compatible service, where an operator has set one up.

Off unless it is given. What comes back is checked against a schema and the code frame,
goes into the same queue as any other suggestion, and is judged on the same coded
answers, which the service is never told. Every run is kept word for word, because such
a service may say something else tomorrow.
"""

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from saferplan.consultations.endpoint_asking import (
    Misunderstood,
    batches,
    question_for,
    themes_in,
)
from saferplan.consultations.endpoint_runs import Asked, Run
from saferplan.errors import ConsultationError
from saferplan.methods.suggestions import Suggestions, as_suggestions, check_coded

LARGEST_REPLY = 1_000_000  # bytes
MOST_UNANSWERED = 0.1  # of the answers; more, and there is no use in going on
LOCAL = ("localhost", "127.0.0.1", "::1")
TRY_AGAIN = (408, 409, 425, 429, 500, 502, 503, 504)


class Unreachable(Exception):
    """One try failed in a way that another might not; told with its reason."""


@dataclass(frozen=True)
class Endpoint:
    """
    base_url  where it is, up to and with the version: https://host/v1
    model     which model to ask for
    api_key   what lets us in; never stored and never shown
    timeout   seconds to wait for one reply
    tries     how often one question is put before it is left unanswered
    """

    base_url: str
    model: str
    api_key: str = ""
    timeout: float = 60.0
    tries: int = 3

    @classmethod
    def of(cls, base_url: str, model: str, **choices: Any) -> "Endpoint":
        """
        Return an endpoint with its key from SAFERPLAN_ENDPOINT_KEY.

        Raises ConsultationError for an address that would send answers in the clear, or
        without a model.
        """
        address = urlsplit(base_url)
        safe = address.scheme == "https" or (
            address.scheme == "http" and address.hostname in LOCAL
        )
        if not safe or not address.hostname:
            raise ConsultationError(
                f"{base_url!r} is not an address that answers may be sent to. Use one "
                f"that begins with https://, or one on this machine."
            )
        if not model:
            raise ConsultationError("Say which model to ask for, with its version.")
        key = os.environ.get("SAFERPLAN_ENDPOINT_KEY", "")
        return cls(base_url.rstrip("/"), model, key, **choices)


def suggester_of(
    endpoint: Endpoint,
    *,
    keep: Callable[[Run], None],
    wait: Callable[[float], None] = time.sleep,
    progress: Callable[[int, int], None] | None = None,
) -> Callable[[pd.Series, pd.DataFrame], Suggestions]:
    """
    Return a suggester that asks an endpoint, to stand where the small classifier does.

    keep  is given the run when it is over, well or badly, to store it

    It raises ConsultationError if the endpoint refuses us, or leaves more than a tenth
    of the answers without themes that can be used.
    """

    def suggest(texts: pd.Series, coded: pd.DataFrame) -> Suggestions:
        check_coded(coded, texts)
        frame = [str(theme) for theme in coded.columns]
        asked: list[Asked] = []
        try:
            for batch in batches(texts):
                asked += put(endpoint, batch, frame, wait)
                if progress is not None:
                    progress(len(asked), len(texts))
                check_worth_going_on(endpoint, asked, len(texts))
        finally:
            keep(Run(endpoint.model, endpoint.base_url, tuple(frame), tuple(asked)))
        return as_suggestions(
            scores_of(asked, texts, frame),
            coded,
            by=f"endpoint, model {endpoint.model}",
            cautions=list(cautions_on(endpoint, asked)),
        )

    return suggest


def put(
    endpoint: Endpoint,
    batch: dict[Any, str],
    frame: list[str],
    wait: Callable[[float], None],
) -> list[Asked]:
    """Ask for the themes of a few answers, again where it went wrong."""
    reason, reply = "", ""
    for tried in range(1, endpoint.tries + 1):
        try:
            reply = send(endpoint, question_for(endpoint.model, batch, frame))
            themes = themes_in(reply, batch, frame)
        except Misunderstood as no:
            reason = str(no)
        except Unreachable as no:
            reason = str(no.args[0])
            if tried < endpoint.tries:
                wait(float(no.args[1]) if len(no.args) > 1 else 2.0**tried)
        else:
            return [Asked(row, themes[row], tried, reply) for row in batch]
    return [Asked(row, None, endpoint.tries, reply, reason) for row in batch]


def send(endpoint: Endpoint, question: dict[str, Any]) -> str:
    """Send one question. Raises Unreachable if trying again may help."""
    request = urllib.request.Request(
        f"{endpoint.base_url}/chat/completions",
        data=json.dumps(question).encode(),
        headers={"Content-Type": "application/json"}
        | ({"Authorization": f"Bearer {endpoint.api_key}"} if endpoint.api_key else {}),
    )
    try:
        with OPENER.open(request, timeout=endpoint.timeout) as reply:
            content: bytes = reply.read(LARGEST_REPLY + 1)
    except urllib.error.HTTPError as no:
        no.close()
        if no.code in TRY_AGAIN:
            raise Unreachable(f"It answered {no.code}.", *pause(no)) from None
        raise ConsultationError(
            f"The endpoint refused us: {no.code} {no.reason}. Check its address, the "
            f"model and the key in SAFERPLAN_ENDPOINT_KEY."
        ) from None
    except (OSError, http.client.HTTPException) as no:
        raise Unreachable(f"No whole reply came: {no or type(no).__name__}.") from None
    if len(content) > LARGEST_REPLY:
        raise Unreachable(f"Its reply has more than {LARGEST_REPLY:,} bytes.")
    return content.decode("utf-8", "replace")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Answers and the key go where the operator said, and nowhere else."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def pause(error: urllib.error.HTTPError) -> tuple[float, ...]:
    """The seconds it asks us to wait, if it says so, and a minute at most."""
    told = error.headers.get("Retry-After", "") if error.headers else ""
    return (min(float(told), 60.0),) if told and told.isdigit() else ()


def check_worth_going_on(endpoint: Endpoint, asked: list[Asked], answers: int) -> None:
    lost = [each for each in asked if each.themes is None]
    if len(lost) > MOST_UNANSWERED * answers:
        raise ConsultationError(
            f"Model {endpoint.model} left {len(lost):,} of {answers:,} answers without "
            f"themes that can be used, the last because: {lost[-1].reason} The run is "
            f"kept. Use the small classifier, or another model."
        )


def scores_of(asked: list[Asked], texts: pd.Series, frame: list[str]) -> pd.DataFrame:
    """One for each theme it gave, nought for the others and where it gave nothing."""
    given = {each.row: each.themes or () for each in asked}
    rows = [[float(theme in given[row]) for theme in frame] for row in texts.index]
    return pd.DataFrame(rows, index=texts.index, columns=frame)


def cautions_on(endpoint: Endpoint, asked: list[Asked]) -> Iterator[str]:
    yield (
        f"Suggested by {endpoint.model}, outside this machine's control: the same "
        f"answers may get other themes tomorrow. The run is kept."
    )
    if lost := sum(each.themes is None for each in asked):
        yield f"It gave nothing that can be used for {lost:,} answers. Read them."
