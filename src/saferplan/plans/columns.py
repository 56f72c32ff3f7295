"""Which column of an action table holds what, by its heading."""

import re

from saferplan.plans.lines import Line

# The headings under which partnerships keep each thing, without case or punctuation.
HEADINGS = {
    "action": "action|actions|activity|activities|task|tasks|step|steps|deliverable|"
    "deliverables|what will we do|what we will do|what will be done|key actions",
    "time": "time frame|timeframe|time frames|timescale|timescales|time scale|by when|"
    "when|due|due date|deadline|target date|date|completion date|timing|due by",
    "done": "completed|complete|done|status|progress|update|rag|completed y n|achieved|"
    "rag status",
    "theme": "theme|themes|heading|approach|type|kind",
    "strand": "strand|strands|workstream|objective|outcome|aim",
    "priority": "priority|priorities",
    "scope": "scope",
    "lead": "lead|owner|lead officer|who|responsible|lead agency|by whom|"
    "responsibility|lead partner|action owner|responsible officer",
    "measure": "measure|measures|success measure|kpi|performance measure|indicator|"
    "how will we know|measure of success|success criteria",
    "target": "target|targets",
    "baseline": "baseline",
    "money": "budget|cost|resource|resources|funding|money",
}
# Those that say more of an action, and that our own export has.
MORE = {
    "number": "number|ref|reference|action number|action ref|ref no",
    "communications": "communications",
    "contributors": "who helps|contributors|supporting|supported by|partners",
    "money_from": "money from|funded by|funding source|source of funding",
    "staff_days": "days of work|staff days",
    "level": "level",
    "needs": "what must be done first|depends on|dependencies",
    "findings": "findings",
    "serves": "serves priority",
}
ROLE = {
    heading: role
    for role, known in (HEADINGS | MORE).items()
    for heading in known.split("|")
}


def role_of(heading: str) -> str:
    """
    Return what a column holds, or "" if its heading tells us nothing.

    >>> role_of("Time-frame"), role_of("Completed?"), role_of("Notes")
    ('time', 'done', '')
    """
    return ROLE.get(" ".join(re.findall(r"[a-z]+", heading.lower())), "")


def columns_of(line: Line) -> dict[int, str] | None:
    """
    Return what each column holds, by its place, if the line is a table's heading.

    It is one if it names a column of actions and at least one more that we know, each
    once. A column without a heading, before the actions, holds the theme. A column we
    do not know goes by its own heading.
    """
    if len(line.filled) < 2:
        return None
    roles = [role_of(cell.text) for cell in line.cells]
    # A second column of these is only one more that we do not know.
    roles = [
        "" if role in MORE and role in roles[:place] else role
        for place, role in enumerate(roles)
    ]
    known = [role for role in roles if role]
    if "action" not in known or len(known) < 2 or len(set(known)) < len(known):
        return None
    columns: dict[int, str] = {}
    for place, (role, cell) in enumerate(zip(roles, line.cells, strict=True)):
        if role or cell.text:
            name = role or cell.text
            columns[place] = name if name not in columns.values() else f"{name} again"
        elif place < roles.index("action") and "theme" not in roles:
            columns.setdefault(place, "theme")
            roles[place] = "theme"
    return only_one_strand(columns)


def only_one_strand(columns: dict[int, str]) -> dict[int, str]:
    """A column of priorities is the strand unless another column is."""
    if "strand" in columns.values():
        return columns
    return {
        place: "strand" if name == "priority" else name
        for place, name in columns.items()
    }
