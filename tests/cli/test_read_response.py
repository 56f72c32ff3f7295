"""saferplan read-response: points with their ranges, references and places."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

DRAFT = """\
# Draft plan

## 1 Safer streets

We will mend the lamps in every alley.

## 2 Questions

- What would you add to the plan?
"""
REPLY = "Dear all,\n\nWe welcome section 1. Please mend the lamps on page 9.\n"
MINUTES = "6. Plan\n\nMembers spoke.\n\nRESOLVED:\n\nThat section 1 be kept.\n"


def ask(tmp_path, *arguments, reply=REPLY):
    (tmp_path / "reply.txt").write_text(reply)
    (tmp_path / "draft.md").write_text(DRAFT)
    found = [str(tmp_path / each) if "." in each else each for each in arguments]
    return CliRunner().invoke(app, ["read-response", *found])


def test_the_json_has_points_references_anchors_and_nothing_left_over(tmp_path):
    told = ask(tmp_path, "reply.txt", "--json", "--draft", "draft.md")
    assert told.exit_code == 0
    whole = json.loads(told.stdout)
    text = whole["text"]
    assert [
        (point["kind"], text[slice(*point["ranges"][0])]) for point in whole["points"]
    ] == [
        ("support", "We welcome section 1."),
        ("ask", "Please mend the lamps on page 9."),
    ]
    assert [text[r["start"] : r["end"]] for r in whole["references"]] == [
        "section 1",
        "page 9",
    ]
    assert [(a["id"], a["label"]) for a in whole["anchors"]] == [
        ("section-safer-streets", "1")
    ]
    assert whole["placements"][0]["anchors"] == ["section-safer-streets"]
    assert whole["left_over"] == []
    ranges = sorted(
        [
            *(each for point in whole["points"] for each in point["ranges"]),
            *([each["start"], each["end"]] for each in whole["none"]),
        ]
    )
    assert "".join(text[start:end] for start, end in ranges) == text


def test_it_tells_a_person_what_to_check(tmp_path):
    told = ask(tmp_path, "reply.txt", "--draft", "draft.md").stdout
    assert "2 points (1 support, 1 ask)" in told
    assert "Characters left over: 0." in told
    assert "→ 1 Safer streets for “section 1”. The draft has section 1." in told
    assert "The draft was taken in without page numbers." in told


def test_minutes_are_read_by_their_resolutions(tmp_path):
    told = ask(tmp_path, "reply.txt", "--resolutions", "--json", reply=MINUTES)
    whole = json.loads(told.stdout)
    assert [point["text"] for point in whole["points"]] == ["That section 1 be kept."]
    assert {each["reason"] for each in whole["none"]} == {"not resolved", "white space"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("missing.txt",), "There is no file at"),
        (("reply.txt", "--draft", "missing.md"), "There is no file at"),
        (("reply.txt", "--resolutions"), "No line of this text says RESOLVED"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, arguments, words):
    told = ask(tmp_path, *arguments)
    assert told.exit_code == 1
    assert words in told.stderr
