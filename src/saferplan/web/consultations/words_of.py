"""Every place where words of a response stand, so that none is left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from saferplan.web.consultations.models import (
    Answer,
    AnswerTheme,
    Decision,
    JointAnswer,
    MemberPoint,
    Response,
    ResponseDocument,
    TakenBack,
    Voice,
)

OF_VOICE = {
    "body": "The name of the organisation",
    "speaks_for": "For whom it speaks",
    "asked_how": "How it asked",
    "agreed_how": "How it was agreed",
    "dissent": "Who does not agree",
}


@dataclass(frozen=True)
class Place:
    """
    A field that holds words of a response, or words that somebody took from it.

    key    names it in a form: "document", "answer-12"
    title  names it to people
    own    False for the words of others who may have quoted it
    """

    key: str
    title: str
    row: models.Model
    field: str
    own: bool = True

    @property
    def text(self) -> str:
        return str(getattr(self.row, self.field))

    def put(self, text: str) -> None:
        """Keep other words, cut to what the field holds. Nothing else is touched."""
        if isinstance(self.row, Decision):
            setattr(self.row, self.field, text)
            put_back(self.row)
            return
        longest = self.row._meta.get_field(self.field).max_length  # type: ignore[union-attr]
        setattr(self.row, self.field, text[:longest])
        type(self.row)._default_manager.filter(pk=self.row.pk).update(
            **{self.field: text[:longest]}
        )


def places_of(response: Response) -> list[Place]:
    """Where words of a response stand, its own first; no empty field is among them."""
    found = [*own_places(response), *quoting_places(response)]
    return [place for place in found if place.text.strip()]


def own_places(response: Response) -> Iterator[Place]:
    document = ResponseDocument.objects.filter(response=response).first()
    if document is not None:
        yield Place("document", "The document", document, "text")
        yield Place("file-name", "The name of the file", document, "file_name")
    for answer in Answer.objects.filter(response=response).select_related(
        "question", "passage"
    ):
        title = f"The answer to “{answer.question or answer.passage}”"[:100]
        yield Place(f"answer-{answer.pk}", title, answer, "text")
    yield Place("name", "The name", response, "name")
    voice = Voice.objects.filter(response=response).first()
    for field, title in OF_VOICE.items() if voice else ():
        assert voice is not None
        yield Place(f"voice-{field}", title, voice, field)
    for said in MemberPoint.objects.filter(joint__response=response):
        yield Place(f"member-{said.pk}", "What a member said", said, "text")
        yield Place(f"whose-{said.pk}", "A member’s name", said, "member")


def quoting_places(response: Response) -> Iterator[Place]:
    """What others wrote of it, and may have quoted."""
    themes = AnswerTheme.objects.filter(question__answers__response=response)
    for theme in themes.distinct():
        yield Place(f"theme-{theme.pk}", "A theme’s name", theme, "name", own=False)
        key = f"theme-{theme.pk}-description"
        yield Place(key, "What a theme means", theme, "description", own=False)
    answers = JointAnswer.objects.filter(points__response=response)
    own = JointAnswer.objects.filter(joint__response=response)
    for answer in (answers | own).distinct():
        yield Place(f"joint-{answer.pk}", "A joint answer", answer, "text", own=False)
    # One on another response may quote this one, and earlier ones are kept.
    for decision in Decision.objects.filter(consultation=response.consultation_id):
        for field in ("said", "reason"):
            key = f"decision-{decision.pk}-{field}"
            yield Place(key, "A decision on it", decision, field, own=False)
    for taken in TakenBack.objects.filter(
        decision__consultation=response.consultation_id
    ):
        title = "Why a decision was taken back"
        yield Place(f"taken-back-{taken.pk}", title, taken, "why", own=False)


def put_back(row: models.Model) -> None:
    """
    Keep a row with other words although the database refuses to change it.

    It would keep words that must go, so it goes, and comes back under its own key: what
    points at it still does.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    rows._raw_delete(rows.db)
    row.save(force_insert=True)
