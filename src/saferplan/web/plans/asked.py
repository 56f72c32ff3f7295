"""A plan's rows as the library's checks and suggestions take them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from saferplan.plans.alignment import Suggestion, suggest
from saferplan.plans.checks import Check, check_plan
from saferplan.plans.drafted import (
    Drafted,
    DraftedCommitment,
    DraftedStrand,
    Promise,
)
from saferplan.web.plans.contents import actions_in, contents_of
from saferplan.web.plans.models import Action, Alignment, Commitment, Plan
from saferplan.web.plans.models.plan import Level

SERVES = Alignment.Verdict.SERVES


def drafted(plan: Plan, content: dict[str, Any]) -> Drafted:
    return Drafted(
        title=plan.title,
        begins=date.fromisoformat(content["begins"]),
        ends=date.fromisoformat(content["ends"]),
        strategy=plan.level == Level.PAN_LONDON,
        purpose=plan.purpose,
        strands=tuple(
            DraftedStrand(strand["number"], strand["title"], scope_of(strand, content))
            for strand in content["strands"]
        ),
        promises=tuple(
            Promise(
                name=action["name"],
                strand=int(action["name"].split(".")[0]),
                text=action["text"],
                lead=action["lead"],
                measure=action["measure"],
                baseline=action["baseline"],
                target=action["target"],
                time_frame=action["time_frame"],
                money=None if action["money"] is None else float(action["money"]),
                findings=len(action["findings"]),
                staff_days=action["staff_days"],
            )
            for action in actions_in(content)
        ),
        commitments=tuple(
            DraftedCommitment(each["name"], each["text"])
            for each in content["commitments"]
        ),
        means=None if content["means"] is None else float(content["means"]),
        days=content["staff_days"],
        **not_aligned(plan, content),
    )


def not_aligned(plan: Plan, content: dict[str, Any]) -> dict[str, Any]:
    """What of the plan above no action serves, and the actions that serve nothing."""
    commitments = commitments_above(plan)
    if not commitments:
        return {}
    serving = [pair for pair, said in verdicts_on(plan).items() if said == SERVES]
    served = {commitment for commitment, _ in serving}
    asked = {action for _, action in serving}
    return {
        "unserved": tuple(
            DraftedCommitment(each.name, each.text)
            for each in commitments
            if each.pk not in served
        ),
        "unasked": tuple(
            action["name"]
            for action in actions_in(content)
            if action["id"] not in asked
        ),
    }


def commitments_above(plan: Plan) -> list[Commitment]:
    return list(plan.parent.commitments.standing()) if plan.parent else []


def verdicts_on(plan: Plan) -> dict[tuple[int, int], str]:
    """What people said of each pair of a commitment above and an action."""
    said = Alignment.objects.filter(
        action__plan=plan, commitment__plan=plan.parent_id
    ).values_list("commitment_id", "action_id", "verdict")
    return {(commitment, action): verdict for commitment, action, verdict in said}


def scope_of(strand: dict[str, Any], content: dict[str, Any]) -> str:
    """What belongs to a strand: in a strategy also the commitments of its section."""
    own = [
        each["text"]
        for each in content["commitments"]
        if each["section"] == strand["title"]
    ]
    return "\n".join(filter(None, [strand["scope"], *own]))


def checks_of(plan: Plan) -> list[Check]:
    return check_plan(drafted(plan, contents_of(plan)))


@dataclass(frozen=True)
class Served:
    """A commitment of the plan above, what serves it, and what might."""

    commitment: Commitment
    actions: list[Action]
    suggested: list[tuple[Action, Suggestion]]


@dataclass(frozen=True)
class Matrix:
    """
    served     a line for each commitment
    unserved   how many that no action serves
    unasked    the actions that serve none
    actions    all of the plan's
    """

    served: list[Served]
    unserved: int
    unasked: list[Action]
    actions: list[Action]


def matrix_of(plan: Plan) -> Matrix:
    """Which action serves which commitment of the plan above, both ways."""
    actions = {each.name: each for each in plan.actions.standing().with_all()}
    commitments = commitments_above(plan)
    verdicts = verdicts_on(plan)
    suggestions = suggest(
        {each.name: each.text for each in commitments},
        {name: each.text for name, each in actions.items()},
    )
    served = [
        Served(
            commitment,
            [
                action
                for action in actions.values()
                if verdicts.get((commitment.pk, action.pk)) == SERVES
            ],
            [
                (actions[each.action], each)
                for each in suggestions
                if each.commitment == commitment.name
                and (commitment.pk, actions[each.action].pk) not in verdicts
            ],
        )
        for commitment in commitments
    ]
    asked = {action.pk for each in served for action in each.actions}
    return Matrix(
        served,
        sum(not each.actions for each in served),
        [action for action in actions.values() if action.pk not in asked],
        list(actions.values()),
    )
