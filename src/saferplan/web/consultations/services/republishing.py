"""Taking words out of answers that were published, when they must be nowhere."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from saferplan.consultations.redaction import find_again, redact
from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.services.reporting import digest_of
from saferplan.web.consultations.words_of import put_back

# What the draft said, and what was asked, are nobody's answer.
NOT_OF_PEOPLE = frozenset({"before", "after", "text", "chosen", "title"})


def forget_in_reports(
    consultation: Consultation, words: Sequence[str], *, kind: str
) -> None:
    """
    Take words of a response out of each answer that was published and quotes them.

    No figure in it changes, and from then on it says on which day words went.
    """
    for report in consultation.reports.all():
        body = without(report.body, words, kind)
        if body != report.body:
            today = timezone.localdate().isoformat()
            body["taken_out"] = sorted({*body.get("taken_out", []), today})
            report.body, report.digest = body, digest_of(body)
            put_back(report)


def without(value: Any, words: Sequence[str], kind: str) -> Any:
    """
    Return what JSON holds, with a mark in the place of these words.

    >>> without({"said": "Ann Shah asks.", "points": 2}, ["Ann Shah"], "name")
    {'said': '[redacted: name] asks.', 'points': 2}
    """
    if isinstance(value, str):
        return redact(value, find_again(value, words, kind)).text
    if isinstance(value, list):
        return [without(each, words, kind) for each in value]
    if isinstance(value, dict):
        return {
            key: each if key in NOT_OF_PEOPLE else without(each, words, kind)
            for key, each in value.items()
        }
    return value
