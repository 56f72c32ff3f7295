"""Setting a consultation up, launching it, and giving it more time."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Consultation, Draft, Passage, Question
from saferplan.web.consultations.permissions import check_can_ask, check_can_launch
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person


@transaction.atomic
def make_consultation(
    partnership: Partnership, *, by: Person, **words: Any
) -> Consultation:
    """Begin to set one up. `words` are fields of Consultation. Nobody else sees it."""
    check_can_ask(by, partnership)
    consultation = Consultation.objects.create(
        partnership=partnership, made_by=by, made_at=timezone.now(), **words
    )
    tell(consultation, "began to set up the consultation", by=by)
    return consultation


@transaction.atomic
def change_consultation(
    consultation: Consultation, *, by: Person, **words: Any
) -> None:
    """Change what it is. `words` are fields of Consultation."""
    consultation = locked(consultation)
    check_can_ask(by, consultation.partnership)
    check_can_still_change(consultation)
    for name, value in words.items():
        setattr(consultation, name, value)
    consultation.save(update_fields=list(words))
    tell(consultation, "changed the consultation", by=by)


@transaction.atomic
def remove_draft(draft: Draft, *, by: Person) -> None:
    """Take a draft out. Raises NotAllowed once people may have read it."""
    consultation = locked(draft.consultation)
    check_can_ask(by, consultation.partnership)
    check_can_still_change(consultation)
    title = draft.title
    draft.delete()
    tell(consultation, f"took “{title}” out of", by=by)


@transaction.atomic
def add_draft(
    consultation: Consultation,
    *,
    title: str,
    text: str,
    passages: Iterable[Passage],
    by: Person,
    **words: Any,
) -> Draft:
    """
    Put a text before people, with the passages they can point at.

    passages  unsaved; their ranges are in `text`
    words     other fields of Draft: its kind, its language, the version it is

    Raises NotAllowed once the consultation is launched, but for a later draft.
    """
    check_can_ask(by, consultation.partnership)
    if words.get("number", 1) == 1:
        check_can_still_change(consultation)
    check_is_the_only_one(consultation, words)
    draft = Draft.objects.create(
        consultation=consultation,
        title=title[:200],
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        by=by,
        at=timezone.now(),
        **words,
    )
    rows = list(passages)
    for order, passage in enumerate(rows):
        passage.draft, passage.order = draft, order
    Passage.objects.bulk_create(rows)
    tell(consultation, f"added “{draft.title}” to", by=by)
    return draft


def check_is_the_only_one(consultation: Consultation, words: dict[str, Any]) -> None:
    """A draft has one text of a kind in a language."""
    same = {"number": 1, "kind": Draft.Kind.FULL, "language": "en-GB"}
    same |= {name: words[name] for name in same if name in words}
    if consultation.drafts.filter(**same).exists():
        raise NotAllowed(
            "There is a draft of that kind and language already. Take it out first, or "
            "choose another kind or language."
        )


@transaction.atomic
def add_question(consultation: Consultation, *, by: Person, **words: Any) -> Question:
    """Add a question at the end. `words` are fields of Question."""
    check_can_ask(by, consultation.partnership)
    check_can_still_change(consultation)
    last = consultation.questions.order_by("-order").first()
    order = last.order + 1 if last else 1
    words.setdefault("key", f"q{order}")
    question = Question(consultation=consultation, order=order, **words)
    question.full_clean()
    question.save()
    tell(consultation, "added a question to", by=by)
    return question


def check_can_still_change(consultation: Consultation) -> None:
    if consultation.launched_at is not None:
        raise NotAllowed(
            "What people are asked cannot be changed once it is launched: those who "
            "have answered already answered something else."
        )


@transaction.atomic
def launch(consultation: Consultation, *, by: Person) -> None:
    """
    Show it to everybody. From now on nothing they are promised can be changed.

    Raises NotAllowed if it asks nothing, shows nothing, or has too few days.
    """
    consultation = locked(consultation)
    check_can_launch(by, consultation)
    check_can_still_change(consultation)
    if not consultation.drafts.exists():
        raise NotAllowed("There is no draft for people to read. Add one first.")
    if not consultation.questions.exists():
        raise NotAllowed("It asks nothing yet. Add a question first.")
    if consultation.days < consultation.least_days:
        raise NotAllowed(
            f"People would have {consultation.days} days. At least "
            f"{consultation.least_days} were promised: move the close or say fewer."
        )
    consultation.launched_at, consultation.launched_by = timezone.now(), by
    consultation.save(update_fields=["launched_at", "launched_by"])
    tell(consultation, "launched", by=by, audience=Audience.MEMBERS)


@transaction.atomic
def give_more_time(
    consultation: Consultation, *, closes_at: datetime, why: str, by: Person
) -> None:
    """Move the close to later. Raises NotAllowed for an earlier one, or without why."""
    consultation = locked(consultation)
    check_can_launch(by, consultation)
    if closes_at <= consultation.closes_at:
        raise NotAllowed("People were promised until then. It can only close later.")
    if not why.strip():
        raise NotAllowed("Say why people get more time.")
    before, consultation.closes_at = consultation.closes_at, closes_at
    consultation.save(update_fields=["closes_at"])
    tell(
        consultation,
        "gave more time to",
        by=by,
        audience=Audience.MEMBERS,
        detail={
            "before": before.isoformat(),
            "after": closes_at.isoformat(),
            "reason": why.strip(),
        },
    )


def locked(consultation: Consultation) -> Consultation:
    return Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)


def tell(
    consultation: Consultation,
    what: str,
    *,
    by: Person | None,
    audience: Audience = Audience.STAFF,
    detail: dict[str, Any] | None = None,
) -> None:
    record_event(
        what,
        str(consultation),
        by=by,
        partnership=consultation.partnership,
        audience=audience,
        link=reverse("consultations:show", args=[consultation.pk]),
        detail=detail,
    )
