"""Between the neutral record and ThemeFinder's folder, both ways."""

from collections.abc import Mapping
from typing import Any

from saferplan.consultations.gathered import Answers, Gathered, Question, Said
from saferplan.consultations.themefinder import Exchange, Part, Run
from saferplan.errors import ConsultationError

FROM_A_RUN = "the run of"


def to_themefinder(made: Gathered) -> Exchange:
    """
    Return the open questions as parts, the closed ones as what is known of people.

    Who somebody is (kind "about") stays behind; what they wrote goes out as it is, so
    redact it first (`exporting.without_identifiers`). Respondents keep their number
    where they have one, and else are numbered from 1.

    Raises ConsultationError if no question is open.
    """
    opened = made.of_kind("open")
    if not opened:
        raise ConsultationError(
            f"{made.name} has no open question to find themes in. Say which is open."
        )
    numbers = numbered(made)
    known = [
        each
        for each in made.of_kind("closed", "ticks", "number")
        if not each.because.startswith(FROM_A_RUN)
    ]
    respondents = tuple(
        {
            "response_id": numbers[each.respondent],
            "demographic_data": {
                question.text: as_value(each.said[question.name])
                for question in known
                if question.name in each.said
            },
        }
        for each in made.answers
    )
    parts = tuple(
        Part(
            at,
            {"question_number": at, "question_text": question.text},
            tuple(
                {
                    "response_id": numbers[each.respondent],
                    "response": str(each.said[question.name]),
                }
                for each in made.answers
                if question.name in each.said
            ),
        )
        for at, question in enumerate(opened, start=1)
    )
    return Exchange(respondents, parts)


def from_themefinder(exchange: Exchange, name: str) -> Gathered:
    """
    Return the neutral record of a folder, with the themes of the last run as ticks.

    Themes are the machine's until a person has read them: the question says which run.
    """
    said: dict[str, dict[str, Said]] = {}
    questions: dict[str, Question] = {}
    for line in exchange.respondents:
        mine = said.setdefault(str(line["response_id"]), {})
        for text, value in dict(line.get("demographic_data") or {}).items():
            mine[text] = tuple(value) if isinstance(value, list) else str(value)
            kind = "ticks" if isinstance(value, list) else "closed"
            because = "known of the respondents"
            questions[text] = Question(text, text, kind, (), because)  # type: ignore[arg-type]
    for part in exchange.parts:
        own = f"Part {part.number}"
        questions[own] = Question(own, part.text, "open", (), "a question of its own")
        for line in part.responses:
            said.setdefault(str(line["response_id"]), {})[own] = str(line["response"])
    for run in latest(exchange.runs):
        add_themes(run, questions, said)
    answers = tuple(
        Answers(who, at, mine) for at, (who, mine) in enumerate(said.items(), start=1)
    )
    return Gathered(name, with_options(questions, answers), answers)


def add_themes(
    run: Run, questions: dict[str, Question], said: dict[str, dict[str, Said]]
) -> None:
    own = f"Part {run.number}: themes"
    labels = {str(theme["topic_id"]): str(theme["topic_label"]) for theme in run.themes}
    questions[own] = Question(
        own,
        f"Themes that a machine found in part {run.number}",
        "ticks",
        tuple(labels.values()),
        f"{FROM_A_RUN} {run.on}",
    )
    for line in run.lines.get("mapping", ()):
        told = tuple(labels.get(str(each), str(each)) for each in line["labels"])
        if told:
            said.setdefault(str(line["response_id"]), {})[own] = told


def latest(runs: tuple[Run, ...]) -> list[Run]:
    """The last run of each part."""
    by_part = {run.number: run for run in sorted(runs, key=lambda run: run.on)}
    return [by_part[number] for number in sorted(by_part)]


def with_options(
    questions: Mapping[str, Question], answers: tuple[Answers, ...]
) -> tuple[Question, ...]:
    made = []
    for each in questions.values():
        options = each.options
        if each.kind == "closed":
            told = {str(a.said[each.name]) for a in answers if each.name in a.said}
            options = tuple(sorted(told))
        made.append(Question(each.name, each.text, each.kind, options, each.because))
    return tuple(made)


def numbered(made: Gathered) -> dict[str, int]:
    """A whole number for each respondent, their own where all have one."""
    names = [each.respondent for each in made.answers]
    own = {int(name) for name in names if name.isdecimal()}
    if len(own) == len(names):
        return {name: int(name) for name in names}
    return {name: at for at, name in enumerate(names, start=1)}


def as_value(said: Said) -> Any:
    return list(said) if isinstance(said, tuple) else said
