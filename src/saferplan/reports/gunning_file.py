"""
The Gunning file as a Word document: four gates, and what is known for and against each.

A file is what a decision-maker and a court have before them, a dictionary that JSON can
hold:

    title, partnership   what was consulted on, and by whom
    as_of                the day it was drawn up, in words
    verdict              one sentence over all four gates
    gates                [{"number", "title", "verdict", "evidence"}], a line of
                         evidence being {"text", "holds", "to_weigh"}; holds None if
                         nobody has said; to_weigh may be left out
    inside               [{"kind", "name", "first", "last"}] that fell within its days
    decided              [{"said", "points", "label", "reason", "before", "after"}],
                         the last two the words of the draft as {"text"}, or None
    contents             [[name, what it holds]] of the files that go with this one
    notes                what the file does not mean
"""

from typing import Any

from saferplan.reports.word import add_list, add_table, new_document, undated

HOLDS = {True: "Yes", False: "No", None: "Not recorded"}


def gunning_to_docx(file: dict[str, Any]) -> bytes:
    """Write a Gunning file as a Word document. The same file gives the same bytes."""
    document = new_document(
        f"Gunning file: {file['title']}", author=file["partnership"]
    )
    document.add_paragraph(f"{file['partnership']}, as of {file['as_of']}")
    document.add_paragraph(file["verdict"])
    for gate in file["gates"]:
        add_table(
            document,
            f"{gate['number']}. {gate['title']}: {gate['verdict']}",
            ["What was found", "Holds"],
            [[line["text"], mark_of(line)] for line in gate["evidence"]],
        )
    add_table(
        document,
        "What fell within its days",
        ["What", "Name", "First day", "Last day"],
        [
            [each["kind"], each["name"], each["first"], each["last"]]
            for each in file["inside"]
        ],
    )
    add_table(
        document,
        "What people said, and what became of it",
        ["What people said", "Points", "What became of it", "Why"],
        [
            [each["said"], each["points"], each["label"], each["reason"]]
            for each in file["decided"]
        ],
    )
    add_table(
        document,
        "The words that changed",
        ["What people said", "The draft they read", "The words now"],
        [
            [each["said"], words_in(each["before"]), words_in(each["after"])]
            for each in file["decided"]
            if each["after"]
        ],
    )
    add_table(
        document,
        "What else is in this bundle",
        ["File", "What it holds"],
        file["contents"],
    )
    add_list(document, "How to read this", file["notes"])
    return undated(document)


def mark_of(line: dict[str, Any]) -> str:
    return "To weigh" if line.get("to_weigh") else HOLDS[line["holds"]]


def words_in(passage: dict[str, Any] | None) -> str:
    return passage["text"] if passage else "Nothing: it was added"
