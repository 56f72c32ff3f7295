"""Everything that was said, as the neutral record that the library writes out."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from saferplan.consultations.exporting import tables, to_json, without_identifiers
from saferplan.consultations.gathered import Answers, Gathered, Said
from saferplan.consultations.gathered import Question as Asked
from saferplan.consultations.interchange import to_themefinder
from saferplan.consultations.themefinder import write_themefinder
from saferplan.web.consultations.models import Answer, Consultation, Question

KINDS = {
    Question.Kind.OPEN: "open",
    Question.Kind.ONE: "closed",
    Question.Kind.MANY: "ticks",
    Question.Kind.PLACE: "open",
}
COMMENTS = "comments"
README = """\
Answers to the open questions of a consultation, in the folders that ThemeFinder and
Consult read. E-mail addresses, telephone numbers, postcodes and likely names were taken
out by rule; nobody is named in it on purpose.

Not in it: comments on passages of the draft. What comes back is themes of a question.
A comment stands on its passage already, and is answered there as a point of its own.
They are in the tables: CSV, ODS, XLSX, DOCX and JSON.

To bring back what was found, zip this folder with its outputs and send it to the page
it came from.
"""
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "zip": "application/zip",
}


def gathered_from(consultation: Consultation) -> Gathered:
    """
    Return what counted responses say, without who said it.

    What people said of themselves is kept apart and is not in it; comments on passages
    stand together in a column of their own, each with its passage.
    """
    questions = list(consultation.questions.filter(apart=False))
    responses = consultation.responses.counted().prefetch_related(
        "answers__question", "answers__passage"
    )
    return Gathered(
        consultation.title,
        (
            *(asked(question) for question in questions),
            Asked(COMMENTS, "Comments on the draft", "open", because="As it was asked"),
        ),
        tuple(
            Answers(
                response.reference,
                line,
                said_in(response.answers.all(), {each.pk for each in questions}),
            )
            for line, response in enumerate(responses.order_by("pk"), start=1)
        ),
    )


def asked(question: Question) -> Asked:
    return Asked(
        question.key,
        question.text,
        KINDS[Question.Kind(question.kind)],  # type: ignore[arg-type]
        tuple(question.options),
        "As it was asked",
    )


def said_in(answers: Iterable[Answer], questions: set[int]) -> dict[str, Said]:
    said: dict[str, Said] = {}
    comments = []
    for answer in answers:
        if answer.question is None:
            comments.append(f"{answer.passage}: {answer.text}")
        elif answer.question_id in questions:
            said[answer.question.key] = what_is_said(answer)
    if comments:
        said[COMMENTS] = "\n".join(comments)
    return said


def what_is_said(answer: Answer) -> Said:
    assert answer.question is not None
    if answer.question.kind == Question.Kind.MANY:
        return tuple(answer.chosen)
    if answer.question.kind == Question.Kind.ONE:
        return answer.chosen[0] if answer.chosen else ""
    place = (answer.place or {}).get("name", "")
    return "\n".join(part for part in (str(place), answer.text) if part)


def file_of(consultation: Consultation, kind: str) -> bytes:
    """
    Return everything as a file: csv, ods, xlsx, docx or json, or as "zip" the folder
    that ThemeFinder and Consult read.
    """
    if kind == "zip":
        return themefinder_of(consultation)
    made = gathered_from(consultation)
    if kind == "json":
        return to_json(made).encode()
    # A tenth of a second to import.
    from saferplan.reports.table_files import write_tables

    return write_tables(tables(made), kind, title=consultation.title)


def sent_out(consultation: Consultation) -> Gathered:
    """
    Return what another tool is given: the questions, without what may identify people.

    Comments on passages stay here. What comes back is themes of a question; a comment
    is a point already, placed on its passage, and each is answered on its own.
    """
    made = gathered_from(consultation)
    asked = tuple(each for each in made.questions if each.name != COMMENTS)
    return without_identifiers(replace(made, questions=asked))


def themefinder_of(consultation: Consultation) -> bytes:
    from saferplan.reports.zipped import zip_of

    sent = sent_out(consultation)
    with tempfile.TemporaryDirectory() as folder:
        write_themefinder(to_themefinder(sent), Path(folder))
        members = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(Path(folder).rglob("*"))
            if path.is_file()
        }
    return zip_of({"README.txt": README.encode(), **members})
