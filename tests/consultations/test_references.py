"""
Whether references are found as a person finds them.

`references.csv` holds sentences of the kind that people write, most made up and some
after the short references in the founding responses. Each was labelled by hand before
the parser was written: `[[…]]` marks a reference, `labels` says what it is. One half
was used to improve the parser; the other was held out until it was finished. On its
first run the held-out half gave 161 right, 2 wrong and 2 missed (0.988 and 0.988); the
mistakes that it showed were mended afterwards.
"""

import csv
import re
from pathlib import Path

import pytest

from saferplan.consultations.references import read_references

FILE = Path(__file__).with_name("references.csv")
MARKED = re.compile(r"\[\[(.*?)\]\]")


def rows(half):
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["half"] == half]


def text_and_labels(row):
    """The sentence without marks; each label with the range that was marked."""
    sentence, shift, ranges = row["sentence"], 0, []
    for mark in MARKED.finditer(sentence):
        start = mark.start() - shift
        ranges.append((start, start + len(mark[1])))
        shift += 4
    labels = [each.strip() for each in row["labels"].split(";") if each.strip()]
    return MARKED.sub(r"\1", sentence), list(zip(labels, ranges, strict=True))


def label_of(reference):
    said = reference.name or ",".join(reference.numbers)
    owner = "" if reference.whose == "draft" else f"@{reference.whose}"
    return f"{reference.kind}:{said}{owner}"


def compare(half):
    """How many references are right, wrong and missed; right in kind, number, owner."""
    right = wrong = missed = 0
    for row in rows(half):
        text, labels = text_and_labels(row)
        for found in read_references(text):
            meant = [
                each
                for each in labels
                if each[0] == label_of(found)
                and each[1][0] < found.end
                and found.start < each[1][1]
            ]
            right, wrong = right + bool(meant), wrong + (not meant)
            if meant:
                labels.remove(meant[0])
        missed += len(labels)
    return right, wrong, missed


def test_at_least_three_hundred_references_are_labelled():
    labels = [row["labels"] for half in ("tuned", "held out") for row in rows(half)]
    assert sum(len(each.split(";")) for each in labels if each) >= 300
    assert sum(not each for each in labels) >= 50  # sentences that refer to nothing


@pytest.mark.parametrize("half", ["tuned", "held out"])
def test_references_are_found_as_a_person_finds_them(half):
    right, wrong, missed = compare(half)
    assert right / (right + wrong) >= 0.98
    assert right / (right + missed) >= 0.95


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("page 140-2", "page:140,141,142"),
        ("Q1 to Q3", "question:1,2,3"),
        ("paragraphs 3.1-3.3", "paragraph:3.1,3.2,3.3"),
        ("Appendices A and C", "appendix:A,C"),
        ("Chapter XII", "chapter:12"),
        ("Objective 6(b)", "objective:6b"),
        ("Questions 1,2,3 and 5", "question:1,2,3,5"),
        ("Priorities 1, 2, and 3", "priority:1,2,3"),
        ("page\n7", "page:7"),
        ("Table A1", "table:a1"),
        ("Objective #8", "objective:8"),
    ],
)
def test_ranges_lists_and_letters_are_counted_through(text, label):
    assert [label_of(each) for each in read_references(text)] == [label]


@pytest.mark.parametrize(
    "text",
    [
        "It costs £3.2m.",
        "Priority 3 calls wait.",
        "Q3 2024 was better.",
        "Ring 020 7946 0017.",
        "Goal 2-1.",
        "",
    ],
)
def test_what_only_looks_like_a_reference_is_none(text):
    assert read_references(text) == []


def test_it_says_by_which_words_it_is_another_s():
    (found,) = read_references("Section 12 of the Public Order Act 1986 is enough.")
    assert (found.whose, found.why) == ("law", "“of the Public Order Act”.")


def test_a_heading_of_the_draft_is_found_where_it_is_named():
    text = "We read Standing together against hatred with interest."
    assert read_references(text) == []
    (found,) = read_references(text, headings=["Standing together against hatred"])
    assert (found.kind, found.name) == ("name", "Standing together against hatred")
