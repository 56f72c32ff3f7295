"""Saying how an action stands."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models import Action, Task, Update
from saferplan.web.plans.models.action import Status
from saferplan.web.plans.permissions import check_can_report
from saferplan.web.plans.services.changing import link_to


@transaction.atomic
def report(action: Action, *, status: str, said: str, by: Person) -> Update:
    """
    Add an update. Nothing is overwritten: two at once are two, and the later stands.

    Raises NotAllowed if `by` may not, or if an action is stopped or only partly done
    without a word of why.
    """
    action = Action.objects.select_for_update(of=("self",)).with_all().get(pk=action.pk)
    check_can_report(by, action)
    check_says_why(status, said)
    return add_update(action, status=status, said=said, by=by)


def check_says_why(status: str, said: str) -> None:
    if status in (Status.STOPPED, Status.PARTLY) and not said.strip():
        raise NotAllowed(f"Say why it is {Status(status).label.lower()}.")


def add_update(
    action: Action, *, status: str, said: str, by: Person | None, on_behalf: str = ""
) -> Update:
    update = Update.objects.create(
        action=action,
        status=status,
        said=said.strip(),
        by=by,
        on_behalf=on_behalf,
        at=timezone.now(),
    )
    Action.objects.filter(pk=action.pk).update(status=status)
    record_event(
        f"reported “{update.get_status_display().lower()}” on",
        str(action),
        by=by,
        partnership=action.plan.partnership,
        audience=Audience.MEMBERS if action.plan.versions.exists() else Audience.STAFF,
        link=link_to(action),
    )
    return update


@transaction.atomic
def add_task(action: Action, *, text: str, due: date | None, by: Person) -> Task:
    """Add a step on the way to an action."""
    check_can_report(by, action)
    task = Task.objects.create(
        action=action, text=text.strip(), due=due, by=by, at=timezone.now()
    )
    tell_of(task, "added a step to", by=by)
    return task


@transaction.atomic
def tick(task: Task, *, by: Person) -> Task:
    """Tick a step off; once more takes the tick back."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    check_can_report(by, task.action)
    done = task.done_at is None
    task.done_at, task.done_by = (timezone.now(), by) if done else (None, None)
    task.save(update_fields=["done_at", "done_by"])
    tell_of(task, "did a step of" if done else "opened a step again of", by=by)
    return task


def tell_of(task: Task, what: str, *, by: Person) -> None:
    record_event(
        what,
        str(task.action),
        by=by,
        partnership=task.action.plan.partnership,
        link=link_to(task.action),
        detail={"step": task.text},
    )
