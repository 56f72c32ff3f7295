"""Single words that a reading keeps of the answers, once nobody says them any more."""

import re
from collections.abc import Iterable
from typing import Any

from saferplan.web.consultations.models import ReadingRun, Response

WORD = re.compile(r"\w+")
GONE = "[redacted]"


def forget_in_readings(response: Response, texts: Iterable[str]) -> None:
    """
    Take words out of the readings of the questions that a response answered.

    texts  what was taken out of the response; a word of it that another answer still
           says leads to nobody, and stays
    """
    words = words_in(texts)
    runs = ReadingRun.objects.filter(question__answers__response=response)
    for run in runs.select_related("question").distinct():
        still = words_in(run.question.answers.values_list("text", flat=True))
        result = without(run.result, words - still)
        if result != run.result:
            run.result = result
            run.save(update_fields=["result"])


def words_in(texts: Iterable[str]) -> set[str]:
    return {word.lower() for text in texts for word in WORD.findall(text)}


def without(value: Any, words: set[str]) -> Any:
    """
    Return what JSON holds, with a mark in the place of these words.

    >>> without({"words": ["light", "quill road"], "share": 0.4}, {"quill"})
    {'words': ['light', '[redacted] road'], 'share': 0.4}
    """
    if isinstance(value, str):
        return WORD.sub(
            lambda found: GONE if found[0].lower() in words else found[0], value
        )
    if isinstance(value, list):
        return [without(each, words) for each in value]
    if isinstance(value, dict):
        return {key: without(each, words) for key, each in value.items()}
    return value
