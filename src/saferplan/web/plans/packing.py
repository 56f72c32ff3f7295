"""A quarter's board pack, put together of a plan and what was reported on it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from saferplan.web.core.pages import day, plural
from saferplan.web.plans.contents import actions_in, contents_of
from saferplan.web.plans.models import Plan, Update
from saferplan.web.plans.models.version import IN_FORCE
from saferplan.web.plans.shown import ORDER, Delivery, delivery_of

MOST_NAMED = 20
# What a board wants to see first, and under which heading.
EXCEPTIONS = {
    "overdue": "Overdue",
    "not reported": "Not reported",
    "stopped": "Stopped",
    "not settled": "Not settled",
    "due soon": "Due soon",
}
NOTES = [
    "How an action stands is what those responsible for it last reported by the end of "
    "the quarter.",
    "“Not reported” is not a guess from an earlier report: nobody knows.",
    "An action that is done has been done. Whether it worked shows in its measure, and "
    "only if there is something to compare it with.",
]

# What apps that know plans add to a pack, when they are started: each is asked with the
# plan and the first and last day of the quarter, and answers with more for its parts:
# {"indicators": [...], "notes": [...]}.
Addition = Callable[[Plan, date, date], dict[str, list[Any]]]
ADDITIONS: list[Addition] = []


def quarter_of(today: date) -> tuple[date, date]:
    """
    The last quarter that has ended.

    >>> quarter_of(date(2026, 11, 22))
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    ends = first - timedelta(days=1)
    return date(ends.year, 3 * ((ends.month - 1) // 3) + 1, 1), ends


def pack_of(plan: Plan, *, begins: date, ends: date) -> dict[str, Any]:
    """Return the pack of a quarter: as things stood when it ended."""
    pack = pack_of_actions(plan, begins, ends)
    for add in ADDITIONS:
        for part, more in add(plan, begins, ends).items():
            pack[part] = [*pack[part], *more]
    return pack


def pack_of_actions(plan: Plan, begins: date, ends: date) -> dict[str, Any]:
    """The pack with no more than the plan itself and the reports on it say."""
    version = plan.versions.filter(state__in=IN_FORCE).first()
    content = version.content if version else contents_of(plan)
    now = delivery_of(plan, content, on=ends)
    before = delivery_of(plan, content, on=begins - timedelta(days=1))
    there_before = plan.begins < begins
    said = last_words(plan, ends)
    told = {
        action["id"]: told_of(action, now, said.get(action["id"], ""))
        for action in actions_in(content)
    }
    finished = {
        pk
        for pk, stands in now.each.items()
        if stands.state == "done" and before.each[pk].state != "done"
    }
    label = f"{begins:%B} to {ends:%B} {ends.year}"
    which = f"version {version.number}" if version else "being written"
    return {
        "title": f"Board pack, {label}",
        "partnership": str(plan.partnership),
        "plan": f"{plan.title}, {which}",
        "period": {"label": label, "begins": day(begins), "ends": day(ends)},
        "summary": summary(now, len(told), len(finished)),
        "counts": [
            {
                "state": state.capitalize(),
                "now": dict(now.counts).get(state, 0),
                "before": dict(before.counts).get(state, 0) if there_before else None,
            }
            for state in ORDER
            if dict(now.counts).get(state) or dict(before.counts).get(state)
        ],
        "asks": asks(content, now),
        "exceptions": [
            {
                "title": title,
                "actions": [told[pk] for pk in told if now.each[pk].state == state],
            }
            for state, title in EXCEPTIONS.items()
            if any(each.state == state for each in now.each.values())
        ],
        "finished": [told[pk] for pk in told if pk in finished],
        "indicators": [],
        "money": money_in(content),
        "groups": [],
        "strands": [
            {
                "title": f"{strand['number']}. {strand['title']}",
                "actions": [
                    told[action["id"]]
                    for theme in strand["themes"]
                    for action in theme["actions"]
                ],
            }
            for strand in content["strands"]
        ],
        "notes": NOTES,
    }


def told_of(action: dict[str, Any], delivery: Delivery, said: str) -> dict[str, Any]:
    stands = delivery.each[action["id"]]
    return {
        "name": action["name"],
        "text": action["text"],
        "lead": action["lead"],
        "time": action["time_frame"],
        "state": stands.state.capitalize(),
        "why": stands.why,
        "said": said,
    }


def last_words(plan: Plan, ends: date) -> dict[int, str]:
    """What was last said of each action by a day."""
    updates = Update.objects.filter(action__plan=plan, at__date__lte=ends)
    said = updates.order_by("at", "pk").values_list("action_id", "said")
    return dict(said)


def summary(now: Delivery, actions: int, finished: int) -> list[str]:
    """What somebody must know who reads no further; nothing is said of none."""
    counts = dict(now.counts)
    parts = [
        (finished, "finished in this quarter"),
        (counts.get("overdue", 0), "overdue"),
        (counts.get("not reported", 0), "not reported on"),
        (counts.get("stopped", 0), "stopped"),
    ]
    said = [f"{number} {what}" for number, what in parts if number]
    first = f"The plan has {plural(actions, 'action')}"
    sentences = [f"{first}: {', '.join(said)}." if said else f"{first}."]
    if now.no_lead:
        sentences.append(
            f"{plural(now.no_lead, 'action has', 'actions have')} no lead."
        )
    if now.silent:
        has = plural(now.silent, "action has", "actions have")
        sentences.append(f"{has} never been reported on by anybody.")
    return sentences


def asks(content: dict[str, Any], now: Delivery) -> list[str]:
    """What the board is asked to decide, as far as the plan shows it."""
    no_lead = [each["name"] for each in actions_in(content) if not each["lead"]]
    late = [e["name"] for e in actions_in(content) if is_in(now, e, "overdue")]
    unclear = [e["name"] for e in actions_in(content) if is_in(now, e, "not settled")]
    return [
        f"{question}: {some_of(names)}."
        for question, names in (
            ("Say who leads", no_lead),
            ("Agree a new day, or stop", late),
            ("Settle how it stands", unclear),
        )
        if names
    ]


def some_of(names: list[str]) -> str:
    """
    As many as a board would go through; the table of actions has them all.

    >>> some_of(["1.1", "1.2"])
    '1.1, 1.2'
    >>> some_of([f"1.{number}" for number in range(1, 200)])[-20:]
    '1.20 and 179 further'
    """
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest} further" if rest > 0 else "")


def is_in(now: Delivery, action: dict[str, Any], state: str) -> bool:
    return now.each[action["id"]].state == state


def money_in(content: dict[str, Any]) -> list[dict[str, str]]:
    planned: dict[str, float] = {}
    for action in actions_in(content):
        if action["money"] is not None:
            source = action["money_from"] or "Not said where from"
            planned[source] = planned.get(source, 0) + float(action["money"])
    return [
        {"name": name, "planned": f"£{amount:,.2f}"} for name, amount in planned.items()
    ]
