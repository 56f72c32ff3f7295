"""Naming themes, drawing a sample at random, and coding it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    Answer,
    AnswerTheme,
    Coding,
    Question,
    RandomSample,
    ReadingRun,
    Response,
)
from saferplan.web.consultations.models.reading import newest_result
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.core.jobs import start_job
from saferplan.web.core.models import Job
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person

READ = "read the answers to a question"
FEWEST_CODED = 30  # below that the methods give no limits


def start_reading(
    question: Question,
    what: str,
    *,
    seed: int = 1,
    brought: bool = False,
    token: str = "",
    by: Person,
) -> Job:
    """
    Have the worker look through the answers. The same token is one job.

    brought  True to count with the suggestions of another tool, not ours
    """
    consultation = question.consultation
    check_can_read(by, consultation)
    return start_job(
        READ,
        title=f"{ReadingRun.What(what).label}: {question}"[:200],
        by=by,
        partnership=consultation.partnership,
        key=token and f"reading {token}",
        arguments={
            "question_id": question.pk,
            "what": what,
            "seed": seed,
            "brought": brought,
            "person_id": by.pk,
        },
    )


@transaction.atomic
def keep_run(
    question: Question,
    what: str,
    *,
    seed: int,
    read: str,
    result: dict[str, Any],
    by: Person,
) -> ReadingRun:
    run = ReadingRun.objects.create(
        question=question,
        what=what,
        seed=seed,
        read=read,
        result=result,
        by=by,
        at=timezone.now(),
    )
    tell(question, "had the answers read by machine:", by=by, detail={"read": read})
    return run


@transaction.atomic
def add_theme(
    question: Question, *, name: str, description: str = "", by: Person
) -> AnswerTheme:
    """Name a theme. Raises ValidationError if one of that name stands."""
    check_can_read(by, question.consultation)
    theme = AnswerTheme(
        question=question,
        name=name.strip(),
        description=description.strip(),
        by=by,
        at=timezone.now(),
    )
    theme.full_clean()
    theme.save()
    # Not its name: what was quoted in one may have to go, and the record cannot change.
    tell(question, "named a theme of", by=by)
    return theme


@transaction.atomic
def retire_theme(theme: AnswerTheme, *, by: Person) -> None:
    """Drop a theme, or bring it back. What was coded with it stays as it was coded."""
    check_can_read(by, theme.question.consultation)
    retired = theme.retired_at is None
    theme.retired_at = timezone.now() if retired else None
    theme.validate_constraints()
    theme.save(update_fields=["retired_at"])
    what = "dropped" if retired else "brought back"
    tell(theme.question, f"{what} a theme of", by=by)


@transaction.atomic
def draw_sample(
    question: Question, count: int, *, twice: int, seed: int = 1, by: Person
) -> RandomSample:
    """
    Draw answers at random, to be coded by people. The newest sample stands.

    Copies that certainly belong to a campaign are not drawn: a campaign is read on its
    own, or its copies would crowd out the rest.

    Raises NotAllowed if there is nothing to draw, or somebody has begun on the last.
    """
    check_can_read(by, question.consultation)
    if Coding.objects.filter(answer__question=question).exists():
        raise NotAllowed(
            "People have begun to code the sample that was drawn. Finish that one: a "
            "sample chosen after looking is not random."
        )
    look = newest_result(question, ReadingRun.What.LOOK)
    if look is None:
        raise NotAllowed(
            "Have a first look at the answers, for campaigns, before that."
        )
    drawn = drawn_at_random(question, count, look, seed)
    if not drawn:
        raise NotAllowed("There is no answer to draw from yet.")
    sample = RandomSample.objects.create(
        question=question,
        seed=seed,
        drawn=drawn,
        twice=min(twice, len(drawn)),
        by=by,
        at=timezone.now(),
    )
    tell(question, f"drew {len(drawn)} answers at random of", by=by)
    return sample


def drawn_at_random(
    question: Question, count: int, look: dict[str, Any], seed: int
) -> list[str]:
    # Two seconds to import, and only here.
    import pandas as pd

    from saferplan.methods.theme_prevalence import draw_to_code

    answers = question.answers.filter(response__in=Response.objects.counted())
    ids = pd.Index(
        [str(pk) for pk in answers.exclude(text="").values_list("pk", flat=True)]
    )
    certain = {
        answer: of["campaign"]
        for answer, of in look["of"].items()
        if of["sureness"] == "certain"
    }
    campaign = pd.Series(certain, dtype=float)
    drawn = draw_to_code(ids, count, campaign=campaign, of_each_campaign=0, seed=seed)
    return [str(each) for each in drawn]


def next_to_code(sample: RandomSample, coder: Person) -> Answer | None:
    """
    Return the next answer of the sample for this person, or None if all is done.

    The first coder goes through all of it. Whoever codes the first ones a second time
    does not see what the other chose.
    """
    codings = Coding.objects.filter(answer__in=sample.drawn).values_list(
        "answer_id", "coder_id"
    )
    coded: dict[int, set[int]] = {}
    for answer_id, coder_id in codings:
        coded.setdefault(answer_id, set()).add(coder_id)
    for place, each in enumerate(sample.drawn):
        coders = coded.get(int(each), set())
        wanted = 2 if place < sample.twice else 1
        if coder.pk not in coders and len(coders) < wanted:
            return Answer.objects.select_related("response").filter(pk=each).first()
    return None


def has_changed_since(question: Question, moment: datetime) -> bool:
    """Whether an answer came in, or somebody coded or named a theme, since then."""
    answers = question.answers.filter(response__in=Response.objects.counted())
    return (
        Coding.objects.filter(answer__question=question, at__gt=moment).exists()
        or answers.filter(response__sent_at__gt=moment).exists()
        or question.themes.filter(Q(at__gt=moment) | Q(retired_at__gt=moment)).exists()
    )


@transaction.atomic
def code(answer: Answer, themes: Iterable[AnswerTheme], *, by: Person) -> Coding:
    """Keep the themes that this person finds in an answer; again replaces them."""
    assert answer.question is not None, "comments on a passage are not coded here"
    check_can_read(by, answer.question.consultation)
    chosen = list(themes)
    if any(theme.question_id != answer.question_id for theme in chosen):
        raise NotAllowed("These themes are of another question.")
    coding, _ = Coding.objects.update_or_create(
        answer=answer, coder=by, defaults={"at": timezone.now()}
    )
    coding.themes.set(chosen)
    return coding


def tell(
    question: Question, what: str, *, by: Person, detail: dict[str, Any] | None = None
) -> None:
    consultation = question.consultation
    record_event(
        what[:100],
        str(question),
        by=by,
        partnership=consultation.partnership,
        link=reverse("consultations:reading", args=[consultation.pk, question.pk]),
        detail=detail,
    )
