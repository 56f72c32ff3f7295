"""What there is to do to read what people answered."""

from saferplan.web.consultations.models import Coding, Consultation, RandomSample
from saferplan.web.consultations.services.hearing import days_left
from saferplan.web.consultations.services.task import Somebody, Task, address
from saferplan.web.core.pages import plural


def read_answers(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    drawn = sum(
        len(sample.drawn)
        for sample in RandomSample.objects.filter(question__consultation=consultation)
    )
    codings = Coding.objects.filter(answer__question__consultation=consultation)
    coded = codings.values("answer").distinct().count()
    return Task(
        "Find the themes of what people answered",
        address("readings", consultation),
        f"{coded} of {drawn} coded" if drawn else "No sample drawn yet",
        "green" if drawn and coded >= drawn else "grey",
    )


def hear_more(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    href = address("heard", consultation)
    state = ""
    if consultation.state == "open":
        left = days_left(consultation)
        state = f"{plural(left, 'day')} left" if left else "Closes today"
    return Task("Who was heard, and who is missing", href, state)


def read_first(consultation: Consultation, person: Somebody) -> Task | None:
    if consultation.launched_at is None:
        return None
    href = address("vital", consultation)
    return Task("Points that must be read though one person makes them", href)


READING = (hear_more, read_first, read_answers)
