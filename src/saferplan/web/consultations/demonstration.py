"""The demonstration's consultations: one open, one closed and answered by many."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from saferplan.web.consultations.demonstrated_words import (
    ABOUT_LIGHT,
    ABOUT_PLAN,
    EASY_PLAN,
    IN_POLISH,
    LATE,
    LIGHT,
    REASONS,
    VOICES,
)
from saferplan.web.consultations.demonstration_of_documents import make_documents
from saferplan.web.consultations.drafting import Drafted, from_file, from_version
from saferplan.web.consultations.models import Consultation, Draft, Response
from saferplan.web.consultations.services.questioning import (
    add_questions_about_people,
    translate,
)
from saferplan.web.consultations.services.responding import Said, send_whole
from saferplan.web.consultations.services.setting_up import (
    add_draft,
    add_question,
    launch,
    make_consultation,
)
from saferplan.web.partnerships.models import Partnership, Person, Role

OPEN_TITLE = "What should the partnership do next?"
CLOSED_TITLE = "Light and safe routes home"
# Of those who answered the closed one: what they said of themselves, in turn.
AGES = ["16 to 24", "25 to 34", "35 to 49", "35 to 49", "50 to 64", "65 or older"]
WRITE_TO = "Community safety team\nCivic Centre\nhave-your-say@example.org"


@transaction.atomic
def make_consultations(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Set up and launch the two, unless that was done."""
    if partnership.consultations.exists():
        return
    say("Asking people")
    head = Person.objects.get(
        memberships__partnership=partnership, memberships__role=Role.HEAD
    )
    make_open(partnership, by=head)
    make_closed(partnership, by=head)


def make_open(partnership: Partnership, *, by: Person) -> Consultation:
    """Four weeks of twelve have gone."""
    plan = partnership.plans.get(level="borough")
    version = plan.versions.order_by("-number").first()
    opens = at_nine(28)
    made = make_consultation(
        partnership,
        plan=plan,
        title=OPEN_TITLE,
        about=ABOUT_PLAN,
        decides="Cabinet, on the partnership board’s proposal",
        decision_on=(opens + timedelta(days=130)).date(),
        still_open="Which actions come first, what they are measured by, and what is "
        "missing. The three strands are decided.",
        opens_at=opens,
        closes_at=opens + timedelta(days=84, hours=8),
        reasons=REASONS,
        write_to=WRITE_TO,
        keep_until=(opens + timedelta(days=365)).date(),
        quick_exit=True,
        by=by,
    )
    assert version is not None
    title = str(plan)
    put_before(made, from_version(version), title, by=by, version=version)
    easy = from_file(EASY_PLAN.encode(), "easy.txt")
    put_before(made, easy, "Our plan in easy read", by=by, kind=Draft.Kind.EASY)
    ask_about_the_plan(made, by=by)
    translate(made, "pl", IN_POLISH, by=by)
    launch(made, by=by)
    made.refresh_from_db()
    for number, (words, agrees) in enumerate(VOICES[:9]):
        answer(made, f"open-{number}", {"agree": agrees, "missing": words}, number)
    spread(made, timezone.now())
    make_documents(made, by=by)
    return made


def ask_about_the_plan(made: Consultation, *, by: Person) -> None:
    add_question(
        made,
        key="agree",
        kind="one",
        text="Do the actions put first things first?",
        options=["Yes", "In part", "No", "I cannot say"],
        required=True,
        by=by,
    )
    add_question(
        made,
        key="first",
        text="What should come first instead?",
        only_if=made.questions.get(key="agree"),
        only_if_said=["In part", "No"],
        by=by,
    )
    add_question(
        made,
        key="missing",
        text="What is missing from the plan?",
        hint="Write as much or as little as you like. Do not name other people.",
        by=by,
    )
    add_question(
        made,
        key="touches",
        kind="many",
        text="Which of these touch you or people you know?",
        options=["Violence", "Abuse at home", "Burglary", "Theft", "Hate crime"],
        by=by,
    )
    add_question(
        made,
        key="place",
        kind="place",
        text="Is there a place where you do not feel safe?",
        by=by,
    )
    add_questions_about_people(made, by=by)


def make_closed(partnership: Partnership, *, by: Person) -> Consultation:
    """One that ran for six weeks and closed two weeks ago, with its answers."""
    opens = at_nine(56)
    closes = opens + timedelta(days=42, hours=8)
    made = make_consultation(
        partnership,
        title=CLOSED_TITLE,
        about=ABOUT_LIGHT,
        decides="The cabinet member for community safety",
        still_open="Which streets come first, and until when the lights burn.",
        opens_at=opens,
        closes_at=timezone.now() + timedelta(hours=1),
        least_days=42,
        reasons=REASONS,
        write_to=WRITE_TO,
        keep_until=(closes + timedelta(days=365)).date(),
        by=by,
    )
    put_before(made, from_file(LIGHT.encode(), "draft.txt"), CLOSED_TITLE, by=by)
    add_question(made, key="routes", text="Which routes should come first?", by=by)
    add_question(
        made,
        key="agree",
        kind="one",
        text="Should lights burn all night?",
        options=["Yes", "In part", "No", "I cannot say"],
        by=by,
    )
    add_questions_about_people(made, by=by)
    launch(made, by=by)
    made.refresh_from_db()
    for number, (words, agrees) in enumerate(VOICES):
        answer(made, f"closed-{number}", {"routes": words, "agree": agrees}, number)
    move_into_the_past(made, closes)
    answer(made, "closed-late", {"routes": LATE}, 0)
    return made


def move_into_the_past(made: Consultation, closes: datetime) -> None:
    """The database's clock cannot be asked to have been there six weeks ago."""
    Consultation.objects.filter(pk=made.pk).update(closes_at=closes)
    spread(made, closes)


def spread(made: Consultation, until: datetime) -> None:
    """Let it be launched before it opened, and answered bit by bit since."""
    launched = made.opens_at - timedelta(days=2)
    Consultation.objects.filter(pk=made.pk).update(launched_at=launched)
    made.drafts.update(at=launched)
    made.refresh_from_db()
    responses = list(made.responses.order_by("pk"))
    for number, response in enumerate(responses, start=1):
        sent = made.opens_at + (until - made.opens_at) * number / (len(responses) + 1)
        Response.objects.filter(pk=response.pk).update(
            begun_at=sent - timedelta(minutes=12), sent_at=sent
        )


def answer(made: Consultation, name: str, said: dict[str, str], number: int) -> None:
    questions = {each.key: each for each in made.questions.all()}
    answers = [
        Said(question=questions[key], chosen=[words])
        if questions[key].options
        else Said(question=questions[key], text=words)
        for key, words in said.items()
    ]
    # Not everybody says who they are.
    if number % 4:
        age = AGES[number % len(AGES)]
        answers.append(Said(question=questions["age"], chosen=[age]))
    token = uuid5(uuid5(NAMESPACE_URL, name), made.title)
    send_whole(made, answers, token=token)


def put_before(
    made: Consultation, drafted: Drafted, title: str, *, by: Person, **words: object
) -> None:
    text, passages = drafted.text, drafted.passages
    add_draft(made, title=title, text=text, passages=passages, by=by, **words)


def at_nine(days: int) -> datetime:
    """Nine in the morning, so many days ago, London time."""
    day = timezone.localdate() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(9)))
