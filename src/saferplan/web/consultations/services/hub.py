"""What there is to do in a consultation, for the officers who work on it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from saferplan.web.consultations.models import Consultation
from saferplan.web.partnerships.models import Person


@dataclass(frozen=True)
class Task:
    """
    A line of the list.

    state   how it stands, in words: "3 of 12 answered"
    colour  of the tag that says so; green where it is done
    """

    title: str
    href: str
    state: str = ""
    colour: str = "grey"


Asked = Callable[[Consultation, Person | AnonymousUser], Task | None]

# In the order in which they are done. Each kind of work adds its own.
TASKS: tuple[Asked, ...] = ()


def tasks_of(consultation: Consultation, person: Person | AnonymousUser) -> list[Task]:
    found = (asked(consultation, person) for asked in TASKS)
    return [task for task in found if task is not None]
