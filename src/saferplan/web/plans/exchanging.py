"""
A plan as a file that any Saferplan reads in again: docs/reference/plan-format.md.

The sheet is what `saferplan read-plan` and the page *Bring in a plan* read; the JSON is
what they read in that sheet. So the two say the same.
"""

from typing import Any

from saferplan.plans import document_of, plan_in, plan_to_json
from saferplan.plans.plan import About
from saferplan.plans.sheet import to_sheet
from saferplan.web.plans.contents import actions_in
from saferplan.web.plans.models import Action
from saferplan.web.plans.models.action import Status
from saferplan.web.plans.shown import as_day

# What stands under "Completed"; the reader takes each for what it says.
SAID = {
    Status.NOT_SETTLED: "Not settled",
    Status.NOT_BEGUN: "",
    Status.UNDER_WAY: "Not done: under way",
    Status.PARTLY: "Partly",
    Status.DONE: "Done",
    Status.STOPPED: "Not done: stopped",
}
OF_THE_STRAND = ("Strand", "Scope", "Communications", "Theme")
COLUMNS = {
    "Number": "name",
    "Actions": "text",
    "Time frame": "time_frame",
    "Completed": "said",
    "Lead": "lead",
    "Who helps": "contributors",
    "Measure": "measure",
    "Baseline": "baseline",
    "Target": "target",
    "Money": "money",
    "Money from": "money_from",
    "Days of work": "staff_days",
    "Level": "level",
    "What must be done first": "needs",
    "Serves priority": "priority",
    "Findings": "findings",
}
BETWEEN = "; "  # several things in a cell


def plan_as_json(content: dict[str, Any]) -> str:
    sheet = plan_as_sheet(content)
    return plan_to_json(plan_in(document_of(sheet.encode(), "plan.csv")))


def plan_as_sheet(content: dict[str, Any]) -> str:
    """Return a plan's contents as CSV, with what was last reported of each action."""
    about = About(
        level=content["level"],
        begins=as_day(content["begins"]),
        ends=as_day(content["ends"]),
        every=content["every"],
        parent=content["parent"],
        purpose=lines(content["purpose"]),
        means=content.get("means") or "",
        staff_days=words(content.get("staff_days")),
    )
    rows = rows_of(content)
    columns = [*OF_THE_STRAND, *COLUMNS] if rows else []
    return to_sheet(content["title"], about, columns, rows, lists_of(content))


def rows_of(content: dict[str, Any]) -> list[list[str]]:
    """
    A row for each action; and one for what has none, so that it is not lost.

    The first strand has a row for every theme, which says the order of the themes.
    """
    shown = [action["id"] for action in actions_in(content)]
    status = dict(Action.objects.filter(pk__in=shown).values_list("pk", "status"))
    rows: list[list[str]] = []
    for place, strand in enumerate(content["strands"]):
        own = [
            strand["title"],
            lines(strand["scope"]),
            "yes" if strand.get("is_communications") else "",
        ]
        before = len(rows)
        for theme in strand["themes"]:
            rows += [
                [*own, theme["title"], *cells_of(action, SAID[Status(status[pk])])]
                for action in theme["actions"]
                for pk in [action["id"]]
            ]
            if not theme["actions"] and place == 0:
                rows.append([*own, theme["title"], *([""] * len(COLUMNS))])
        if len(rows) == before:
            rows.append([*own, *([""] * (len(COLUMNS) + 1))])
    return rows


def cells_of(action: dict[str, Any], said: str) -> list[str]:
    findings = [
        f"{each['title']} [{each['assessment']}:{each['finding']}]"
        for each in action["findings"]
    ]
    whole = {
        **action,
        "text": lines(action["text"]),
        "said": said,
        "contributors": BETWEEN.join(action["contributors"]),
        "needs": BETWEEN.join(action["needs"]),
        "findings": BETWEEN.join(findings),
    }
    return [words(whole.get(name)) for name in COLUMNS.values()]


def words(value: Any) -> str:
    return "" if value is None else str(value)


def lines(text: str) -> str:
    """A text without its empty lines, which no cell keeps."""
    return "\n".join(line for line in text.splitlines() if line.strip())


def lists_of(content: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """The commitments by list, as their names number the lists."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in content["commitments"]:
        number = each["name"].partition(".")[0]
        found.setdefault((number, each["section"]), []).append(each["text"])
    return [
        (section, "We propose to:", entries) for (_, section), entries in found.items()
    ]
