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
KINDS: dict[str, tuple[Asked, ...]] = {
    "Asking": ASKING,
    "Taking in": TAKING_IN,
    "Reading": READING,
    "Answering": REPLYING,
}


def tasks_of(
    consultation: Consultation, person: Person | AnonymousUser
) -> dict[str, list[Task]]:
    """What there is to do, by the kind of work; without a kind that has nothing."""
    found = {
        kind: [task for asked in all_of_it if (task := asked(consultation, person))]
        for kind, all_of_it in KINDS.items()
    }
    return {kind: tasks for kind, tasks in found.items() if tasks}
