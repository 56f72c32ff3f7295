"""
ThemeFinder's folder, as Consult has it: send a question out, bring it back.

    inputs/respondents.jsonl
    inputs/question_part_N/{question.json,responses.jsonl}
    outputs/mapping/DATE/question_part_N/{themes.json,mapping.jsonl,sentiment.jsonl,
                                          detail_detection.jsonl}

Everything in it is kept, keys that we do not know among them, and comes out again as it
was. A line that is broken is quarantined with its reason.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from saferplan.errors import ConsultationError

PART = re.compile(r"^question_part_([1-9]\d{0,3})$")
LARGEST_FILE = 200_000_000
# What a mapping says, by file: the key of its value in each line.
MAPPED = ("mapping", "sentiment", "detail_detection")
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """
    One question that went out.

    number     of the folder
    question   what question.json holds: question_number and question_text
    responses  lines with response_id and response
    """

    number: int
    question: Line
    responses: tuple[Line, ...]

    @property
    def text(self) -> str:
        return str(self.question.get("question_text", ""))


@dataclass(frozen=True)
class Run:
    """
    What one run of the tool found for one question.

    on      the day of the run, as its folder is called
    themes  with topic_id, topic_label, topic_description and topic
    lines   by file: mapping (response_id, labels, stances), sentiment (response_id,
            position), detail_detection (response_id, evidence_rich); a file that is not
            there is absent
    """

    on: str
    number: int
    themes: tuple[Line, ...]
    lines: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True)
class Broken:
    """A line that was not taken in: its file, its number and what is wrong with it."""

    file: str
    line: int
    why: str


@dataclass(frozen=True)
class Exchange:
    """
    respondents  lines with response_id and demographic_data
    parts        the questions, by their number
    runs         what was found, by day and question
    broken       lines that were not taken in
    read         lines read in all: kept and broken
    """

    respondents: tuple[Line, ...]
    parts: tuple[Part, ...]
    runs: tuple[Run, ...] = ()
    broken: tuple[Broken, ...] = field(default=())
    read: int = field(default=0, compare=False)


def read_themefinder(folder: Path) -> Exchange:
    """
    Return what a folder of ThemeFinder holds.

    Raises ConsultationError if it has no inputs, or a file in it is not JSON.
    """
    inputs = folder / "inputs"
    if not inputs.is_dir():
        raise ConsultationError(
            f"{folder} has no folder inputs. Give the folder that has inputs and "
            f"outputs in it."
        )
    broken: list[Broken] = []
    respondents = lines_of(inputs / "respondents.jsonl", folder, broken)
    parts = tuple(read_part(path, folder, broken) for path in parts_in(inputs))
    if not parts:
        raise ConsultationError(f"{folder} has no inputs/question_part_1.")
    runs = tuple(read_runs(folder, broken))
    kept = len(respondents) + sum(len(part.responses) for part in parts)
    kept += sum(len(each) for run in runs for each in run.lines.values())
    return Exchange(respondents, parts, runs, tuple(broken), kept + len(broken))


def read_part(path: Path, folder: Path, broken: list[Broken]) -> Part:
    question = json_of(path / "question.json")
    if not isinstance(question, dict) or "question_text" not in question:
        raise ConsultationError(f"{path.name}/question.json has no question_text.")
    responses = lines_of(path / "responses.jsonl", folder, broken, needs="response")
    return Part(number_of(path), question, responses)


def read_runs(folder: Path, broken: list[Broken]) -> Iterator[Run]:
    found_in = folder / "outputs" / "mapping"
    for run in sorted(found_in.iterdir()) if found_in.is_dir() else ():
        if not is_day(run.name):
            continue
        for path in parts_in(run):
            themes = json_of(path / "themes.json")
            if not isinstance(themes, list):
                raise ConsultationError(f"{run.name}/{path.name}/themes.json: no list.")
            found = {
                name: lines_of(path / f"{name}.jsonl", folder, broken)
                for name in MAPPED
                if (path / f"{name}.jsonl").exists()
            }
            yield Run(run.name, number_of(path), tuple(themes), found)


def write_themefinder(exchange: Exchange, folder: Path) -> None:
    """
    Write an exchange as a folder; what is there already is not touched.

    Raises ConsultationError if the folder holds anything, or a day is none.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ConsultationError(f"{folder} is not empty. Name a new folder.")
    inputs = folder / "inputs"
    write_lines(inputs / "respondents.jsonl", exchange.respondents)
    for part in exchange.parts:
        path = inputs / f"question_part_{part.number}"
        write_json(path / "question.json", dict(part.question))
        write_lines(path / "responses.jsonl", part.responses)
    for run in exchange.runs:
        if not is_day(run.on):
            raise ConsultationError(f"{run.on!r} is no day: write it as 2026-09-02.")
        path = folder / "outputs" / "mapping" / run.on / f"question_part_{run.number}"
        themes = [dict(theme) for theme in run.themes]
        write_json(path / "themes.json", themes, end="\n")
        for name, lines in run.lines.items():
            write_lines(path / f"{name}.jsonl", lines)


def parts_in(folder: Path) -> list[Path]:
    found = [path for path in folder.iterdir() if PART.match(path.name)]
    return sorted(found, key=number_of)


def number_of(path: Path) -> int:
    return int(path.name.rsplit("_", 1)[1])


def is_day(name: str) -> bool:
    """
    >>> is_day("2025-07-22"), is_day("../2025")
    (True, False)
    """
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConsultationError(f"{path.name} is too large to be answers.")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConsultationError(
            f"{path.parent.name} has no {path.name}. Export the folder again."
        ) from None
    except UnicodeDecodeError:
        raise ConsultationError(f"{path.name} is not UTF-8. Export it again.") from None


def json_of(path: Path) -> Any:
    try:
        return json.loads(text_of(path))
    except json.JSONDecodeError as error:
        raise ConsultationError(f"{path.name} is not JSON: {error}.") from None


def lines_of(
    path: Path, folder: Path, broken: list[Broken], *, needs: str = "response_id"
) -> tuple[Line, ...]:
    """The lines of a file, each once; those that cannot be taken in go to `broken`."""
    kept: list[Line] = []
    seen: set[Any] = set()
    where = path.relative_to(folder).as_posix()
    for number, text in enumerate(text_of(path).split("\n"), start=1):
        if not text.strip():
            continue
        line, why = parsed(text, needs, seen)
        if why:
            broken.append(Broken(where, number, why))
        else:
            seen.add(line["response_id"])
            kept.append(line)
    return tuple(kept)


def parsed(text: str, needs: str, seen: set[Any]) -> tuple[dict[str, Any], str]:
    try:
        line = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return {}, "It is not JSON."
    if not isinstance(line, dict):
        return {}, "It is no record."
    who = line.get("response_id")
    if isinstance(who, bool) or not isinstance(who, int | str):
        return {}, "It has no response_id."
    if needs not in line:
        return {}, f"It has no {needs}."
    if who in seen:
        return {}, f"response_id {who} came before."
    return line, ""


def write_json(path: Path, value: Any, *, end: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, indent=4, ensure_ascii=False) + end
    path.write_text(text, encoding="utf-8", newline="")


def write_lines(path: Path, lines: tuple[Line, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(
        # A line separator within a text would cut the line in two for some readers.
        json.dumps(dict(line), ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x85", "\\u0085")
        + "\n"
        for line in lines
    )
    path.write_text(text, encoding="utf-8", newline="")
