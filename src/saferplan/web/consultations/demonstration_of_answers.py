"""The demonstration's answered consultation: points, changed words, and the file."""

from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from saferplan.web.consultations.demonstrated_words import REASONS
from saferplan.web.consultations.demonstration import (
    AGES,
    WRITE_TO,
    at_nine,
    move_into_the_past,
    put_before,
)
from saferplan.web.consultations.drafting import from_file
from saferplan.web.consultations.models import (
    Consultation,
    Draft,
    Passage,
    Point,
    Question,
)
from saferplan.web.consultations.services.deciding import decide
from saferplan.web.consultations.services.fairness import record_facts
from saferplan.web.consultations.services.hearing import keep_population, log_outreach
from saferplan.web.consultations.services.questioning import add_questions_about_people
from saferplan.web.consultations.services.reporting import publish
from saferplan.web.consultations.services.responding import Said, send_whole
from saferplan.web.consultations.services.setting_up import (
    add_question,
    launch,
    make_consultation,
)
from saferplan.web.partnerships.models import Partnership, Person, Role

TITLE = "Wardens on our estates"
ABOUT = """\
There is money for eight wardens. We asked where they should be, and when."""
FIRST = """\
# Wardens on our estates

Eight wardens walk the estates from Monday to Friday, from nine to five.

# Where they begin

They begin on the two estates with most calls to the council.

# Who they answer to

They report to the community safety team.

# Why

Residents of eleven estates told the council last winter that they no longer see anybody
in charge after the caretakers go home. The money comes from the council and the housing
associations, and lasts for two years. Eight people can walk two estates well, or six
badly. We chose two, and we chose them by the number of calls, because that is what we
can count today. If you know of something better to go by, please tell us."""
SECOND = """\
# Wardens on our estates

Eight wardens walk the estates every day, from two in the afternoon to ten at night.

# Where they begin

They begin on the two estates with most calls to the council, and say after three months
where they go next.

# Who they answer to

They report to the community safety team, and their telephone number is on every
stairwell."""
CHOSE_ONLY = 140
RESIDENTS = (28_000, 15_000, 27_000, 31_000, 26_000, 23_000)  # by age
# What was written, and which of the decisions answers it.
VOICES = [
    ("Nothing happens from nine to five. Come in the evening.", "hours"),
    ("The trouble is after dark and at weekends.", "hours"),
    ("My boys are home at four. That is when I want somebody there.", "hours"),
    ("Why only two estates? Ours has waited longest.", "where"),
    ("Calls to the council measure who has a telephone, not who has trouble.", "where"),
    ("Whom do I ring when I see something? Nobody knows.", "number"),
    ("Put the number on the stairs, not on the website.", "number"),
    ("Wardens should be able to arrest people.", "powers"),
    ("Get the lifts mended first.", "lifts"),
    ("I knew the old wardens by name. It was good.", "support"),
    ("They should speak Somali and Tamil as well.", "support"),
    ("More at weekends, please, and until late.", "hours"),
]
# said, disposition, reason, and where the words changed: a bit of both texts
DECISIONS = {
    "hours": (
        "Wardens are needed in the evening and at weekends.",
        "accepted",
        "Calls to the police from the estates peak between four and ten, on every day "
        "of the week. The hours have changed.",
        ("from Monday to Friday", "every day"),
    ),
    "where": (
        "Beginning with the estates that call most may miss those that do not call.",
        "partly",
        "Two estates is what eight wardens can walk. Where they go next is now decided "
        "after three months, with residents.",
        ("most calls to the council", "where they go next"),
    ),
    "number": (
        "Nobody knows whom to ring.",
        "accepted",
        "The number goes up on every stairwell before the wardens begin.",
        ("They report to", "telephone number"),
    ),
    "powers": (
        "Wardens should be able to arrest people.",
        "out_of_scope",
        "Only the law can give such powers, and the police have them.",
        None,
    ),
    "lifts": (
        "Lifts should be mended first.",
        "not_accepted",
        "This money is for safety staff alone. The point has gone to the housing team.",
        None,
    ),
    "support": (
        "People want wardens they know, who speak their languages.",
        "in_plan",
        "Wardens stay on one estate for a year, and the advertisement asks for the "
        "languages spoken there.",
        None,
    ),
}


@transaction.atomic
def make_answers(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Ask, answer and publish one, unless that was done."""
    if partnership.consultations.filter(title=TITLE).exists():
        return
    say("Answering people")
    head = Person.objects.get(
        memberships__partnership=partnership, memberships__role=Role.HEAD
    )
    make_answered(partnership, by=head)


def make_answered(partnership: Partnership, *, by: Person) -> Consultation:
    """One that ran for six weeks in the summer, answered and published."""
    opens = at_nine(160)
    closes = opens + timedelta(days=42, hours=8)
    made = make_consultation(
        partnership,
        title=TITLE,
        about=ABOUT,
        decides="The cabinet member for community safety",
        still_open="Where they begin, their hours, and whom they answer to.",
        opens_at=opens,
        closes_at=timezone.now() + timedelta(hours=1),
        least_days=42,
        reasons=REASONS,
        write_to=WRITE_TO,
        by=by,
    )
    put_before(made, from_file(FIRST.encode(), "draft.txt"), TITLE, by=by)
    asked = add_question(
        made, key="wardens", text="What should change in this draft?", by=by
    )
    agree = add_question(
        made,
        key="agree",
        kind="one",
        text="Do you agree that there should be wardens?",
        options=["Yes", "No", "I cannot say"],
        by=by,
    )
    add_questions_about_people(made, by=by)
    launch(made, by=by)
    for number, (words, _) in enumerate(VOICES):
        respond(made, asked, words, number)
    for number in range(CHOSE_ONLY):
        choose(made, agree, number)
    move_into_the_past(made, closes)
    put_before(
        made,
        from_file(SECOND.encode(), "draft.txt"),
        f"{TITLE}, as decided",
        by=by,
        number=2,
    )
    answer_all(made, by=by)
    say_who_was_heard(made, by=by)
    record_facts(
        made,
        reasons_given=True,
        decided_on=(closes + timedelta(days=30)).date(),
        paper="Wardens on our estates: what people said, and what is proposed",
        paper_on=(closes + timedelta(days=20)).date(),
        paper_cites=True,
        meetings=[["Scrutiny committee", f"{opens + timedelta(days=20):%Y-%m-%d}"]],
        by=by,
    )
    publish(made, note="The cabinet member for community safety", by=by)
    return made


def respond(made: Consultation, asked: Question, words: str, number: int) -> None:
    age = made.questions.get(key="age")
    send_whole(
        made,
        [
            Said(question=asked, text=words),
            Said(question=age, chosen=[AGES[number % len(AGES)]]),
        ],
        token=uuid5(uuid5(NAMESPACE_URL, f"answered-{number}"), made.title),
        # A third of them want to know what came of it.
        email="" if number % 3 else f"resident-{number}@example.org",
    )


def choose(made: Consultation, agree: Question, number: int) -> None:
    """Somebody who chose, and wrote nothing. Most who came were older."""
    age = made.questions.get(key="age")
    older = (number * 7) % 10
    group = AGES[1 + older // 2] if older < 9 else AGES[0]
    chosen = "No" if older < 3 else "Yes"
    send_whole(
        made,
        [Said(question=agree, chosen=[chosen]), Said(question=age, chosen=[group])],
        token=uuid5(uuid5(NAMESPACE_URL, f"chosen-{number}"), made.title),
    )


def answer_all(made: Consultation, *, by: Person) -> None:
    first, second = (made.drafts.get(number=number) for number in (1, 2))
    points = {
        point.text: point
        for point in Point.objects.filter(response__consultation=made).select_related(
            "response__consultation"
        )
    }
    for name, (said, disposition, reason, words) in DECISIONS.items():
        decide(
            [points[text] for text, about in VOICES if about == name],
            said=said,
            disposition=disposition,
            reason=reason,
            changes_plan=words is not None,
            before=passage_with(first, words[0]) if words else None,
            after=passage_with(second, words[1]) if words else None,
            by=by,
        )


def passage_with(draft: Draft, words: str) -> Passage:
    return draft.passages.get(text__contains=words)


def say_who_was_heard(made: Consultation, *, by: Person) -> None:
    age = made.questions.get(key="age")
    groups = [option for option in age.options if any(c.isdigit() for c in option)]
    people = dict(zip(groups, RESIDENTS, strict=True))
    keep_population(
        age, people, source="Invented for the demonstration, not a census", by=by
    )
    log_outreach(
        age,
        groups[0],
        what="A stall at the youth club",
        on=(made.opens_at + timedelta(days=14)).date(),
        reached=35,
        by=by,
    )
