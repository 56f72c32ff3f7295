"""What there is to do in a consultation, for the officers who work on it."""

from django.contrib.auth.models import AnonymousUser

from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.services.asking_tasks import ASKING
from saferplan.web.consultations.services.reading_tasks import READING
from saferplan.web.consultations.services.replying_tasks import REPLYING
from saferplan.web.consultations.services.taking_in_tasks import TAKING_IN
from saferplan.web.consultations.services.task import Asked, Task
from saferplan.web.partnerships.models import Person

# In the order in which they are done. Each kind of work keeps its own list, in a module
# that imports Task from `task`, never from here.
TASKS: tuple[Asked, ...] = (*ASKING, *TAKING_IN, *READING, *REPLYING)


def tasks_of(consultation: Consultation, person: Person | AnonymousUser) -> list[Task]:
    found = (asked(consultation, person) for asked in TASKS)
    return [task for task in found if task is not None]
