"""
Keeping answers with what they are about when actions and strands get other names.

An action is called by its strand's number and its own ("1.3"), and a question of the
plan by what it is about. Both change when strands change places.
"""

from django.utils import timezone

from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models import Answer, Plan

Names = dict[tuple[str, int], str]


def names_of(plan: Plan) -> Names:
    """What each standing action and strand of a plan is called in its questions."""
    strands = {
        ("strand", each.pk): f"strand {each.number}" for each in plan.strands.standing()
    }
    actions = plan.actions.standing().select_related("strand")
    return strands | {("action", each.pk): each.name for each in actions}


def follow_names(plan: Plan, before: Names, *, by: Person) -> None:
    """
    Give each answer the key of the question it answers, after names have changed.

    before  what `names_of` said before the change
    """
    now = names_of(plan)
    renamed = {
        old: now[what]
        for what, old in before.items()
        if what in now and now[what] != old
    }
    if not renamed:
        return
    stands = plan.answers.latest_each()
    moved = {under(key, renamed): answer for key, answer in stands.items()}
    Answer.objects.bulk_create(
        Answer(
            plan=plan,
            key=key,
            reason=moved[key].reason if key in moved else "",
            by=moved[key].by if key in moved else by,
            at=timezone.now(),
        )
        for key in {**stands, **moved}
        if moved.get(key) != stands.get(key)
    )


def under(key: str, renamed: dict[str, str]) -> str:
    """
    The key of a question after what it is about has other names.

    >>> under("twice in the plan: 1.1, 2.1", {"1.1": "2.1", "2.1": "1.1"})
    'twice in the plan: 2.1, 1.1'
    """
    kind, colon, about = key.partition(": ")
    names = [renamed.get(name, name) for name in about.split(", ")]
    return f"{kind}{colon}{', '.join(names)}"
