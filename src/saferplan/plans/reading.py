"""Read a plan: its actions as a table, its commitments as lists, and what is wrong."""

from datetime import date
from pathlib import Path

from saferplan.errors import PlanError
from saferplan.plans.assembling import Assembly
from saferplan.plans.columns import ROLE
from saferplan.plans.commitments import find_lists, find_topics
from saferplan.plans.exchange import is_export, plan_from_json
from saferplan.plans.law import check_law
from saferplan.plans.lines import Line
from saferplan.plans.misheaded import misheaded
from saferplan.plans.opening import Document, open_document
from saferplan.plans.overlaps import find_overlaps
from saferplan.plans.plan import About, CommitmentList, Flag, Plan, TopicList
from saferplan.plans.sheet import TITLE, about_of, lines_above
from saferplan.plans.tables import Table, find_tables, plan_title
from saferplan.plans.words import without_markup
from saferplan.plans.years import (
    dated,
    named_years,
    outside_years,
    wrong_year,
    years_of,
)

# What a plan needs of each action to answer for it, beyond what and when.
NEEDED = {
    "lead": "an owner",
    "measure": "a measure",
    "baseline": "a baseline",
    "target": "a target",
    "money": "money",
}


def read_plan(path: Path, *, on: date | None = None) -> Plan:
    """
    Return what a file says of a plan: one found in the wild, or one we wrote out.

    on  the day on which what it cites must be law; otherwise the day it gives itself

    The same file gives the same plan, whenever it is read. Raises PlanError, with what
    to do, for a file that is not text, CSV, XLSX or a web page, or that holds neither
    a table of actions nor a list of commitments.
    """
    return plan_in(open_document(path), on=on)


def plan_in(document: Document, *, on: date | None = None) -> Plan:
    """Return the plan of an opened document, our own export or not; see `read_plan`."""
    if is_export(document.text):
        return plan_from_json(document.text, document.source.name)
    return plan_of(document, on=on)


def plan_of(document: Document, *, on: date | None = None) -> Plan:
    """Return what an opened document says of a plan; see `read_plan`."""
    lines = document.lines
    tables = find_tables(lines)
    lists, topics = find_lists(lines), find_topics(lines)
    if not any(table.rows for table in tables) and not lists:
        raise PlanError(
            f"{document.source.name} has no table with a column of actions, and no "
            f"list of commitments that a line such as “We propose to:” opens. If "
            f"it has a table, give it a first line such as: Actions, Time frame, "
            f"Completed."
        )
    above = lines_above(lines)
    about, amiss = about_of(above)
    title = above.get(TITLE) or plan_title(tables, lines)
    years = years_between(about) or years_named(title, lines)
    read = Assembly(years, title)
    read.read(tables)
    claim_lists(read, lists, topics)
    for line in above.values():
        read.claims.line("scope", line, "plan")
    day = on or dated(document.text)
    edges = [
        (t.header.start, max([t.header.end, *(r.end for r in t.rows)])) for t in tables
    ]
    return Plan(
        source=document.source,
        title=without_markup(title.title) if title else "",
        dated=dated(document.text),
        years=years,
        columns=headings(tables),
        strands=tuple(read.strands),
        themes=tuple(read.themes),
        actions=tuple(read.actions),
        rows=tuple(read.rows),
        lists=tuple(lists),
        questions=tuple(read.questions),
        overlaps=tuple(find_overlaps(read.actions)),
        flags=tuple(
            amiss
            + flags(read, lines, tables, check_law(document.text, day, read.actions))
        ),
        not_placed=tuple(read.not_placed),
        passages=tuple(read.claims.passages(document.text, edges)),
        topics=tuple(topics),
        about=about,
    )


def years_between(about: About) -> tuple[int, int] | None:
    if about.begins is None or about.ends is None:
        return None
    return about.begins.year, about.ends.year


def years_named(title: Line | None, lines: list[Line]) -> tuple[int, int] | None:
    """The years in a plan's title, or in the first line that names a plan."""
    named = named_years(lines)
    own = years_of(title.text) if title else None
    return own or (named[1] if named else None)


def flags(
    read: Assembly, lines: list[Line], tables: list[Table], law: list[Flag]
) -> list[Flag]:
    found = wrong_year(read.title, lines) + outside_years(read.actions, read.years)
    found += misheaded(read.strands, read.actions, lines)
    found += [
        Flag(
            "strand without a heading",
            (f"strand {strand.number}",),
            f"Nothing above the table of strand {strand.number} looks like a heading.",
            (),
        )
        for strand in read.strands
        if not strand.title
    ]
    return found + law + missing_columns(tables)


def missing_columns(tables: list[Table]) -> list[Flag]:
    """Flag what no table of the plan has a column for."""
    held = {name for table in tables for name in table.columns.values()}
    missing = [words for role, words in NEEDED.items() if role not in held]
    if not tables or not missing:
        return []
    headed = ", ".join(headings(tables).values())
    text = f"No table has a column for {', '.join(missing)}. They have: {headed}."
    return [Flag("no column", (), text, ())]


def headings(tables: list[Table]) -> dict[str, str]:
    """What each column holds, as the first table that has it heads it."""
    found: dict[str, str] = {}
    for table in tables:
        for at, name in table.columns.items():
            text = table.header.cells[at].text
            if text or name in ROLE.values():
                found.setdefault(name, text or "(no heading)")
    return found


def claim_lists(
    read: Assembly, lists: list[CommitmentList], topics: list[TopicList]
) -> None:
    for each in topics:
        read.claims.add("scope", [each.place], each.section)
    for group in lists:
        read.claims.add("heading", [group.place], f"list {group.number}")
        for commitment in group.commitments:
            read.claims.add("commitment", [commitment.place], commitment.name)
