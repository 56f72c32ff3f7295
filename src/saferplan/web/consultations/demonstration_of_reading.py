"""The demonstration's consultation that was read: themes, a sample, a campaign."""

from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from saferplan.web.consultations.demonstrated_answers import (
    LETTER,
    SUBJECTS,
    Written,
    answers,
)
from saferplan.web.consultations.demonstrated_words import REASONS
from saferplan.web.consultations.demonstration import (
    WRITE_TO,
    at_nine,
    move_into_the_past,
    put_before,
)
from saferplan.web.consultations.drafting import from_file
from saferplan.web.consultations.models import (
    Consultation,
    Point,
    Question,
    RandomSample,
    ReadingRun,
)
from saferplan.web.consultations.services.coding import (
    add_theme,
    code,
    draw_sample,
    keep_run,
    next_to_code,
)
from saferplan.web.consultations.services.deciding import decide
from saferplan.web.consultations.services.questioning import add_questions_about_people
from saferplan.web.consultations.services.responding import Said, send_whole
from saferplan.web.consultations.services.setting_up import (
    add_question,
    launch,
    make_consultation,
)
from saferplan.web.partnerships.models import Partnership, Person, Role

TITLE = "What would make you feel safer?"
ABOUT = "We are about to write the next plan, and began by asking what should be in it."
BEFORE = """\
# Before we write the next plan

There is no draft yet. We ask first.

# What we know

More people tell the council that they feel unsafe after dark than two years ago.

# What happens with what you say

Every point is read by a person and answered, and the answer is published."""
SAMPLE, TWICE = 45, 20
# What the second person saw otherwise: every seventh answer, its first theme.
OTHERWISE = 7


@transaction.atomic
def make_reading(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Ask, read, code and count, unless that was done."""
    if partnership.consultations.filter(title=TITLE).exists():
        return
    say("Reading what people said")
    head, analyst = (
        Person.objects.get(memberships__partnership=partnership, memberships__role=role)
        for role in (Role.HEAD, Role.ANALYST)
    )
    everything = list(answers())
    made = make_asked(partnership, everything, by=head)
    question = made.questions.get(key="safer")
    read(question, "look", by=analyst)
    code_sample(question, everything, first=analyst, second=head)
    read(question, "count", by=analyst)
    answer_the_letter(made, by=analyst)


def make_asked(
    partnership: Partnership, everything: list[Written], *, by: Person
) -> Consultation:
    """One that ran for six weeks and closed last week; nobody left an address."""
    opens = at_nine(50)
    made = make_consultation(
        partnership,
        title=TITLE,
        about=ABOUT,
        decides="The partnership board",
        still_open="All of it.",
        opens_at=opens,
        closes_at=timezone.now() + timedelta(hours=1),
        least_days=42,
        reasons=REASONS,
        write_to=WRITE_TO,
        by=by,
    )
    put_before(made, from_file(BEFORE.encode(), "draft.txt"), TITLE, by=by)
    asked = add_question(
        made,
        key="safer",
        text="Where do you not feel safe, and what would help?",
        by=by,
    )
    add_questions_about_people(made, by=by)
    launch(made, by=by)
    made.refresh_from_db()
    for number, each in enumerate(everything):
        token = uuid5(uuid5(NAMESPACE_URL, f"read-{number}"), TITLE)
        send_whole(made, [Said(question=asked, text=each.text)], token=token)
    move_into_the_past(made, opens + timedelta(days=42, hours=8))
    return made


def read(question: Question, what: str, *, by: Person) -> ReadingRun:
    """Have them read here and now: no worker runs yet."""
    from saferplan.web.consultations import reading

    found = (reading.look if what == ReadingRun.What.LOOK else reading.count)(
        question, seed=1, tell=lambda done, total, message: None
    )
    digest = reading.digest_of(question)
    return keep_run(question, what, seed=1, read=digest, result=found, by=by)


def code_sample(
    question: Question, everything: list[Written], *, first: Person, second: Person
) -> None:
    themes = {
        name: add_theme(question, name=name, description=subject.belongs, by=first)
        for name, subject in SUBJECTS.items()
    }
    known = {each.text: each.themes for each in everything}
    sample: RandomSample = draw_sample(question, SAMPLE, twice=TWICE, by=first)
    for coder in (first, second):
        number = 0
        while (answer := next_to_code(sample, coder)) is not None:
            found = sorted(known[answer.text])
            number += 1
            if coder == second and number % OTHERWISE == 0:
                found = found[1:]
            code(answer, [themes[name] for name in found], by=coder)


def answer_the_letter(made: Consultation, *, by: Person) -> None:
    """One answer for all who sent it; what they added waits for its own."""
    same = Point.objects.filter(response__consultation=made, text=LETTER)
    decide(
        list(same.select_related("response__consultation")),
        said="The police front counter in the civic centre should open again.",
        disposition="partly",
        reason="The counter opens again on two evenings a week, until eight. How many "
        "people use it will be published each quarter; after a year we look again.",
        by=by,
    )
