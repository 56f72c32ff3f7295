"""
Checks that read a plan as a critical friend would.

Each says what it found and why it matters. None of them decides: a person answers with
a change, or with the reason why it is as it should be.
"""

import re
from dataclasses import dataclass

from saferplan.definitions import Expected, expected
from saferplan.plans.capacity import loads
from saferplan.plans.drafted import Drafted, DraftedStrand, Promise
from saferplan.plans.law import check_law
from saferplan.plans.measurable import measurability
from saferplan.plans.overlaps import find_overlaps
from saferplan.plans.words import telling_words


@dataclass(frozen=True)
class Check:
    """
    kind   what was looked for: "no lead"
    about  the names of actions, "commitment 1.1" or "strand 1"; empty for all of it
    text   what was found, in a sentence or two
    why    why it matters
    """

    kind: str
    about: tuple[str, ...]
    text: str
    why: str

    @property
    def key(self) -> str:
        """The same for the same finding, so that an answer stays with it."""
        return f"{self.kind}: {', '.join(self.about)}" if self.about else self.kind


WHY = {
    "no lead": "What everybody is to do, nobody does. A board can only ask a body.",
    "no measure": "Without one nobody can tell whether it worked, only whether it "
    "was done.",
    "not measurable": "Its words name a direction, so it can be neither late nor done.",
    "no time frame": "Without a day it is never late.",
    "time frame not understood": "What cannot be read cannot be reminded of.",
    "no evidence": "It rests on no finding of the assessment, so nobody can say why "
    "this and not another thing.",
    "twice in the plan": "Two bodies may each think the other does it, or both pay.",
    "law": "A plan cannot ask for what the law does not give, nor rest on what it has "
    "taken away.",
    "heading and content": "Who looks for a subject under its heading must find it.",
    "not mentioned": "People look for themselves in a plan, and partners for their "
    "part.",
    "more than can be carried": "A plan that promises more than there is breaks its "
    "promises to somebody.",
    "nobody serves it": "What the plan above promises, nobody in this plan does. That "
    "can be right: then say whose it is.",
    "nothing asks for it": "A borough has needs of its own. Who asked for it should be "
    "on record.",
    "wanted by law": "The law says what such a plan must set out.",
}


def check_plan(plan: Drafted) -> list[Check]:
    """Return what a critical reader would ask about a plan, the gravest first."""
    return [
        *law(plan),
        *wanted_by_law(plan),
        *missing(plan),
        *wording(plan),
        *twice(plan),
        *headings(plan),
        *too_much(plan),
        *not_aligned(plan),
        *not_mentioned(plan),
    ]


def made(kind: str, about: list[str] | tuple[str, ...], text: str) -> Check:
    return Check(kind, tuple(about), text, WHY[kind])


def law(plan: Drafted) -> list[Check]:
    flags = check_law(plan.text, plan.ends, plan.actions)
    return [made("law", flag.about, flag.text) for flag in flags]


def missing(plan: Drafted) -> list[Check]:
    """What an action lacks, a check for each so that each can be answered."""
    found = []
    for each in plan.promises:
        if not each.lead:
            found.append(made("no lead", [each.name], "No body leads it."))
        if not each.measure:
            found.append(made("no measure", [each.name], "It has no measure."))
        if not each.findings:
            found.append(made("no evidence", [each.name], "It names no finding."))
    return found


def wording(plan: Drafted) -> list[Check]:
    frames = {action.name: action.time for action in plan.actions}
    found = []
    for each in plan.promises:
        verdict, why, _ = measurability(words_that_promise(each))
        if verdict == "not measurable" and not each.measure:
            found.append(made("not measurable", [each.name], why))
        if not each.time_frame:
            found.append(made("no time frame", [each.name], "It has no time frame."))
        elif problem := frames[each.name].problem:
            found.append(made("time frame not understood", [each.name], problem))
    for commitment in plan.commitments:
        verdict, why, _ = measurability(commitment.text)
        if verdict == "not measurable":
            found.append(made("not measurable", [f"commitment {commitment.name}"], why))
    return found


def words_that_promise(promise: Promise) -> str:
    return ". ".join(filter(None, (promise.text, promise.target)))


def too_much(plan: Drafted) -> list[Check]:
    """Where its actions ask for more than there is, or nobody can tell."""
    return [
        made("more than can be carried", each.about, each.shortfall)
        for each in loads(plan)
        if each.shortfall
    ]


def twice(plan: Drafted) -> list[Check]:
    found = []
    for pair in find_overlaps(plan.actions):
        same = "say the same" if pair.kind == "duplicate" else "have much in common"
        shared = ", ".join(pair.shared_words[:8])
        text = f"{' and '.join(pair.actions)} {same}: {shared}."
        found.append(made("twice in the plan", pair.actions, text))
    return found


def headings(plan: Drafted) -> list[Check]:
    """Strands of whose heading nothing in them has a word, or only another's scope."""
    found = []
    for strand in plan.strands:
        own = [each.text for each in plan.promises if each.strand == strand.number]
        heading = telling_words(strand.title)
        content = telling_words(" ".join((strand.scope, *own)))
        if not own and not strand.scope:
            text = f"“{strand.title}” has neither a scope nor an action."
        elif others := spoken_of_elsewhere(strand, plan):
            text = (
                f"What belongs to “{strand.title}” does not speak of it; what belongs "
                f"to {', '.join(others)} does. Look whether it stands over the right "
                f"strand."
            )
        elif heading and not heading & content:
            text = (
                f"Nothing under “{strand.title}” has a word of its heading. Look "
                f"whether it stands over the right strand."
            )
        else:
            continue
        found.append(made("heading and content", [f"strand {strand.number}"], text))
    return found


def spoken_of_elsewhere(strand: DraftedStrand, plan: Drafted) -> list[str]:
    """The strands whose scope speaks of this one's heading, if its own does not."""
    heading = telling_words(strand.title)
    if not heading or not strand.scope or heading & telling_words(strand.scope):
        return []
    return [
        f"“{each.title}”"
        for each in plan.strands
        if each.number != strand.number and heading <= telling_words(each.scope)
    ]


def not_aligned(plan: Drafted) -> list[Check]:
    """What the plan above promises and nobody does, and what nothing there asks for."""
    return [
        *(
            made(
                "nobody serves it",
                [f"commitment {each.name} above"],
                f"No action serves {each.name} of the plan above: “{each.text}”",
            )
            for each in plan.unserved
        ),
        *(
            made("nothing asks for it", [name], "No commitment above asks for it.")
            for name in plan.unasked
        ),
    ]


def not_mentioned(plan: Drafted) -> list[Check]:
    """Concerns, groups and partners of whom the plan has no word."""
    kinds = ("concern", "group", "partner")
    found = []
    for each in expected().values():
        on = each.in_force_from is None or each.in_force_from <= plan.ends
        if each.kind in kinds and on and not mentions(plan.text, each):
            where = f"{each.kind}; {each.source}: {each.standing}"
            text = f"No word of {lowered(each.title)} ({where})."
            found.append(
                Check("not mentioned", (each.name,), text, WHY["not mentioned"])
            )
    return found


def wanted_by_law(plan: Drafted) -> list[Check]:
    wanted = "police and crime plan" if plan.strategy else "partnership plan"
    lacking = [
        (each.title, f"{each.source}: {each.standing}")
        for each in expected().values()
        if each.kind == wanted and not mentions(plan.text, each)
    ]
    if not plan.strategy:
        lacking += shown_by_actions(plan)
    return [
        Check(
            "wanted by law",
            (title,),
            f"Nothing is found on: {lowered(title)} ({source}).",
            WHY["wanted by law"],
        )
        for title, source in lacking
    ]


def shown_by_actions(plan: Drafted) -> list[tuple[str, str]]:
    """What regulation 11 wants of a partnership plan, where its actions show it."""
    listed = expected()["plan-engagement"]
    regulation = f"{listed.source}: {listed.standing}"
    held = {
        "Priorities": bool(plan.strands),
        "The steps that each authority is to take": any(
            each.lead for each in plan.promises
        ),
        "How money and other means are allocated": any(
            each.money is not None for each in plan.promises
        ),
        "How success is measured": any(each.measure for each in plan.promises),
    }
    return [(title, regulation) for title, there in held.items() if not there]


def mentions(text: str, each: Expected) -> bool:
    """
    Whether a text has a word that begins as one of these does.

    >>> mentions("Work with pupils", expected()["children"])
    True
    """
    words = "|".join(re.escape(word) for word in each.words)
    return bool(re.search(rf"(?<!\w)(?:{words})", text, re.I))


def lowered(title: str) -> str:
    """
    A title as it stands within a sentence.

    >>> lowered("Hate crime"), lowered("LGBT+ people")
    ('hate crime', 'LGBT+ people')
    """
    return title if title[1:2].isupper() else title[0].lower() + title[1:]
