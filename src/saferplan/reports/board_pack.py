"""
The board pack of a quarter, as an accessible PDF and as a Word document.

A pack is what a partnership's board has before it: a dictionary that JSON can hold, so
that the frozen pack of years ago is drawn as it was. Its parts, in boards' order:

    title, partnership, plan    what it is, whose, and on which plan
    period                      {"label", "begins", "ends"}, dates in words
    summary                     sentences for who reads one page only
    counts                      [{"state", "now", "before"}], before None if unknown
    asks                        sentences: what the board is asked to decide
    exceptions                  [{"title", "actions"}], the actions out of step
    finished                    actions finished in the period
    indicators                  [{"title", "value", "target", "rating", "chart",
                                "note"}]
    money                       [{"name", "planned"}], in words
    groups                      [{"title", "headings", "rows", "notes"}], a table of an
                                indicator's newest figure group by group, in words;
                                packs of before there was one lack it
    strands                     [{"title", "actions"}], every action
    notes                       what the pack does not mean

An action is {"name", "text", "lead", "time", "state", "why", "said"}.
"""

from typing import Any

from saferplan.reports.typeset import typeset
from saferplan.reports.word import add_list, add_table, new_document, undated

ACTION_COLUMNS = ["Action", "Lead", "Time frame", "How it stands"]
INDICATOR_COLUMNS = ["Indicator", "Now", "Target", "Agreed rating", "Control chart"]
GROUPS_TITLE = "Indicators group by group"


def pack_to_pdf(pack: dict[str, Any]) -> bytes:
    """Typeset a pack as PDF/UA-1. What it says goes in as data, never as markup."""
    return typeset("board_pack", pack)


def pack_to_docx(pack: dict[str, Any]) -> bytes:
    """
    Write a pack as a Word document: real headings, header rows that repeat, a title.

    The same pack gives the same bytes.
    """
    document = new_document(pack["title"], author=pack["partnership"])
    document.add_paragraph(f"{pack['partnership']}. {pack['plan']}.")
    document.add_paragraph(f"{pack['period']['begins']} to {pack['period']['ends']}")
    for sentence in pack["summary"]:
        document.add_paragraph(sentence)
    add_list(document, "What the board is asked", pack["asks"])
    add_table(
        document,
        "How the actions stand",
        ["State", "Now", "A quarter before"],
        [
            [
                each["state"],
                each["now"],
                "" if each["before"] is None else each["before"],
            ]
            for each in pack["counts"]
        ],
    )
    add_indicators(document, pack["indicators"])
    for group in pack["exceptions"]:
        add_actions(document, group["title"], group["actions"])
    add_actions(document, "Finished in this quarter", pack["finished"])
    add_table(
        document,
        "Money",
        ["Where from", "Planned"],
        [[each["name"], each["planned"]] for each in pack["money"]],
    )
    add_groups(document, pack.get("groups", []))
    for strand in pack["strands"]:
        add_actions(document, strand["title"], strand["actions"])
    add_list(document, "How to read this", pack["notes"])
    return undated(document)


def add_indicators(document: Any, indicators: list[dict[str, Any]]) -> None:
    add_table(
        document,
        "Indicators",
        INDICATOR_COLUMNS,
        [
            [
                each["title"],
                each["value"],
                each["target"],
                each["rating"],
                " ".join(filter(None, (each["chart"], each["note"]))),
            ]
            for each in indicators
        ],
    )


def add_groups(document: Any, groups: list[dict[str, Any]]) -> None:
    if groups:
        document.add_heading(GROUPS_TITLE, 1)
    for each in groups:
        add_table(document, each["title"], each["headings"], each["rows"], level=2)
        for note in each["notes"]:
            document.add_paragraph(note)


def add_actions(document: Any, title: str, actions: list[dict[str, Any]]) -> None:
    add_table(
        document,
        title,
        ACTION_COLUMNS,
        [
            [
                f"{each['name']} {each['text']}",
                each["lead"] or "Nobody leads it",
                each["time"] or "None",
                " ".join(
                    filter(None, (f"{each['state']}.", each["why"], each["said"]))
                ),
            ]
            for each in actions
        ],
    )
