"""What ThemeFinder or Consult found in answers that were sent out, brought back."""

import hashlib
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from saferplan.consultations.gathered import Gathered
from saferplan.consultations.interchange import latest, numbered
from saferplan.consultations.themefinder import Exchange, Run, read_themefinder
from saferplan.consultations.zipped_folders import unpack
from saferplan.errors import NotAllowed
from saferplan.web.consultations.exporting import sent_out
from saferplan.web.consultations.models import (
    AnswerTheme,
    Consultation,
    Question,
    ReadingRun,
    Response,
)
from saferplan.web.consultations.models.reading import newest_result
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.coding import add_theme, keep_run
from saferplan.web.partnerships.models import Person


@dataclass(frozen=True)
class CameBack:
    """
    runs     one for each question that was found again
    strange  texts of questions that this consultation does not ask
    broken   lines of the files that could not be read
    """

    runs: list[ReadingRun]
    strange: list[str]
    broken: int


@transaction.atomic
def bring_back(
    consultation: Consultation, content: bytes, name: str, *, by: Person
) -> CameBack:
    """
    Keep what a run found: its themes as drafts, its mapping as suggestions.

    Neither is a person's choice, nor a count: a person makes a theme of a draft, and
    the random sample says how common it is. Raises ConsultationError for a zip that
    cannot be opened, NotAllowed if it has no run of a question of ours.
    """
    check_can_read(by, consultation)
    with tempfile.TemporaryDirectory() as folder:
        exchange = read_themefinder(unpack(content, Path(folder), name=name))
    if not exchange.runs:
        raise NotAllowed(
            "There is no outputs/mapping with a day in it: no run has found themes yet."
        )
    sent = sent_out(consultation)
    questions = {each.text: each for each in consultation.questions.filter(apart=False)}
    texts = {part.number: part.text for part in exchange.parts}
    digest = hashlib.sha256(content).hexdigest()
    runs, strange = [], []
    for run in latest(exchange.runs):
        question = questions.get(texts.get(run.number, ""))
        if question is None:
            strange.append(texts.get(run.number) or f"Part {run.number}")
            continue
        found = found_in(run, exchange, question, sent)
        what = ReadingRun.What.BROUGHT
        runs.append(keep_run(question, what, seed=1, read=digest, result=found, by=by))
    if not runs:
        raise NotAllowed(
            f"This consultation does not ask “{strange[0]}”. Send its own questions "
            f"out, and bring those back."
        )
    return CameBack(runs, strange, len(exchange.broken))


def found_in(
    run: Run, exchange: Exchange, question: Question, sent: Gathered
) -> dict[str, Any]:
    """Ids and the machine's themes; no answer's text."""
    of = answers_of(run, exchange, question, sent)
    labels: dict[str, list[str]] = {}
    unknown = 0
    for line in run.lines.get("mapping", ()):
        answer = of.get(str(line["response_id"]))
        if answer is None:
            unknown += 1
        else:
            labels[answer] = [str(each) for each in line.get("labels") or []]
    times = Counter(topic for each in labels.values() for topic in set(each))
    return {
        "on": run.on,
        "by": f"ThemeFinder run of {run.on}",
        "answers": len(labels),
        "unknown": unknown,
        "themes": [
            {
                "topic": str(theme["topic_id"]),
                "name": str(theme.get("topic_label") or theme["topic_id"])[:120],
                "description": str(theme.get("topic_description") or "")[:1_000],
                "answers": times[str(theme["topic_id"])],
            }
            for theme in run.themes
            if "topic_id" in theme
        ],
        "labels": labels,
    }


def answers_of(
    run: Run, exchange: Exchange, question: Question, sent: Gathered
) -> dict[str, str]:
    """
    Return our answer's id for each response_id that went out.

    By its number where the words are still the same, and else by the words: numbers
    shift when more responses come in, words that were taken out are found nowhere.
    """
    counted = Response.objects.counted()
    ids = {
        reference: str(pk)
        for pk, reference in question.answers.filter(response__in=counted)
        .exclude(text="")
        .values_list("pk", "response__reference")
    }
    numbers = {str(number): name for name, number in numbered(sent).items()}
    words = {
        each.respondent: str(each.said[question.key])
        for each in sent.answers
        if question.key in each.said and each.respondent in ids
    }
    by_words: dict[str, list[str]] = defaultdict(list)
    for reference, text in words.items():
        by_words[text].append(reference)
    [part] = [each for each in exchange.parts if each.number == run.number]
    found: dict[str, str] = {}
    left = []
    for line in part.responses:
        number, text = str(line["response_id"]), str(line["response"])
        reference = numbers.get(number, "")
        if words.get(reference) == text:
            by_words[text].remove(reference)
            found[number] = ids[reference]
        else:
            left.append((number, text))
    for number, text in left:
        if by_words[text]:
            found[number] = ids[by_words[text].pop(0)]
    return found


def drafts_brought(question: Question) -> dict[str, Any] | None:
    """The newest run that came back, with the themes nobody has made theirs yet."""
    found = newest_result(question, ReadingRun.What.BROUGHT)
    if found is None:
        return None
    there = {name.casefold() for name in question.themes.values_list("name", flat=True)}
    waiting = [each for each in found["themes"] if each["name"].casefold() not in there]
    return {**found, "themes": waiting}


def take_theme(question: Question, topic: str, *, by: Person) -> AnswerTheme:
    """Make a theme of a machine's. Its suggestions are found by that same name."""
    found = newest_result(question, ReadingRun.What.BROUGHT)
    for each in found["themes"] if found else []:
        if each["topic"] == topic:
            return add_theme(
                question, name=each["name"], description=each["description"], by=by
            )
    raise NotAllowed("The newest run that came back has no such theme.")
