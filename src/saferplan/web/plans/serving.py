"""Which actions of the plans in force serve the priorities of an era."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from saferplan.web.plans.contents import actions_in
from saferplan.web.plans.models import Action, Era, Version
from saferplan.web.plans.models.version import IN_FORCE


@dataclass(frozen=True)
class Serving:
    """An action in the words of the version in force; `link` is where it stands."""

    name: str
    text: str
    plan: str
    link: str


def serving(era: Era, *, inside: bool) -> dict[int, list[Serving]]:
    """
    Return what serves each priority of an era, by the priority's id.

    inside  whether it is for somebody who works on the plans, and sees each action;
            others are led to its strand
    """
    actions = Action.objects.standing().filter(priority__era=era)
    chosen = dict(actions.values_list("pk", "priority_id"))
    plans = {each.plan_id for each in actions}
    found: dict[int, list[Serving]] = {}
    versions = Version.objects.filter(plan__in=plans, state__in=IN_FORCE)
    for version in versions.select_related("plan"):
        for action in actions_in(version.content):
            if priority := chosen.get(action["id"]):
                found.setdefault(priority, []).append(
                    Serving(
                        action["name"],
                        action["text"],
                        str(version.plan),
                        where(action, version, inside=inside),
                    )
                )
    return found


def where(action: dict[str, Any], version: Version, *, inside: bool) -> str:
    if inside:
        return reverse("plans:action", args=[version.plan_id, action["id"]])
    page = reverse("plans:version", args=[version.plan_id, version.number])
    return f"{page}#strand-{action['name'].partition('.')[0]}"
