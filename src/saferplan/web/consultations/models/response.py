"""What somebody said in a consultation, and when it came in."""

import secrets
from typing import Any

from django.db import models
from django.db.models import Q

from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.consultations.models.draft import Passage
from saferplan.web.consultations.models.question import Question
from saferplan.web.partnerships.models import Person


class ResponseQuerySet(models.QuerySet["Response"]):
    def counted(self) -> "ResponseQuerySet":
        """Those that were sent in time, or accepted although they were late."""
        return self.filter(
            Q(standing__in=["in_time", "within_grace"]) | Q(accepted_late=True),
            withdrawn_at=None,
        )

    def individuals(self) -> "ResponseQuerySet":
        return self.filter(kind=Response.Kind.INDIVIDUAL)


class Response(models.Model):
    """
    One response: begun, perhaps saved and come back to, then sent.

    token          the form's own; the same one sent twice is one response
    reference      what the person is told, to find it again
    word           SHA-256 of the word in the link with which it is come back to
    name, email    of whoever answers; only what they chose to leave
    begun_at, sent_at, standing   by the database's clock, within the transaction
    standing       whether it was in time: services.clock has the rule
    accepted_late  True if an officer took it in although it was late, saying why
    received_on    the day a paper or a call came in, as whoever typed it says
    edition        how often its answers were changed
    entered_by     the officer who typed it in from paper, telephone or an event
    public         True if they agreed to be named beside what they said
    """

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", "An individual"
        ORGANISATION = "organisation", "An organisation"
        NETWORK = "network", "A network of organisations"
        COMMITTEE = "committee", "A committee"
        PARTNERSHIP = "partnership", "A partnership"

    class Channel(models.TextChoices):
        ONLINE = "online", "On this site"
        PAPER = "paper", "On paper"
        TELEPHONE = "telephone", "By telephone"
        EVENT = "event", "At an event"
        EASY_READ = "easy_read", "On an easy read form"
        EMAIL = "email", "By e-mail"
        DOCUMENT = "document", "As a document"
        OTHER = "other", "From another system"

    class Standing(models.TextChoices):
        BEGUN = "begun", "Begun, not sent"
        IN_TIME = "in_time", "In time"
        WITHIN_GRACE = "within_grace", "Begun in time, sent within the grace"
        LATE = "late", "Late"
        EARLY = "early", "Sent before it opened"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="responses"
    )
    token = models.UUIDField(unique=True)
    reference = models.CharField(max_length=12, unique=True)
    word = models.CharField(max_length=64, blank=True, db_index=True)
    kind = models.CharField(
        max_length=12, choices=Kind.choices, default=Kind.INDIVIDUAL
    )
    channel = models.CharField(
        max_length=10, choices=Channel.choices, default=Channel.ONLINE
    )
    language = models.CharField(max_length=10, default="en-GB")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    public = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    standing = models.CharField(
        max_length=12, choices=Standing.choices, default=Standing.BEGUN
    )
    accepted_late = models.BooleanField(default=False)
    accepted_why = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["consultation", "standing"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing="begun", sent_at=None)
                | (~Q(standing="begun") & Q(sent_at__isnull=False)),
                name="what_was_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(accepted_late=False) | ~Q(accepted_why=""),
                name="accepted_late_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_counted(self) -> bool:
        taken = self.standing in ("in_time", "within_grace") or self.accepted_late
        return taken and self.withdrawn_at is None


class Answer(models.Model):
    """
    What a response says to one question, or on one passage of the draft.

    text    in their own words
    chosen  the options they chose
    place   for a question about a place: {"lon", "lat", "name"}, as far as they said
    """

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, related_name="answers"
    )
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, related_name="comments"
    )
    text = models.TextField(blank=True)
    chosen = models.JSONField(default=list)
    place = models.JSONField(null=True)

    class Meta:
        ordering = ["response", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"],
                condition=Q(question__isnull=False),
                name="one_answer_to_a_question",
            ),
            models.UniqueConstraint(
                fields=["response", "passage"],
                condition=Q(passage__isnull=False),
                name="one_comment_on_a_passage",
            ),
            models.CheckConstraint(
                condition=Q(question__isnull=False, passage__isnull=True)
                | Q(question__isnull=True, passage__isnull=False),
                name="answer_is_to_a_question_or_on_a_passage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response}: {self.question or self.passage}"

    @property
    def said(self) -> dict[str, Any]:
        return {"text": self.text, "chosen": self.chosen, "place": self.place}


def drawn_key() -> int:
    """Return a key that says nothing of when it was made."""
    return secrets.randbits(63)


class AboutPerson(models.Model):
    """
    What somebody said of themselves, kept apart from what they said.

    owner  a keyed digest of the response's token: whoever holds the form can change
           or take back what is here, but nobody can go from here to the response
    id     drawn at random: rows numbered as they came could be laid beside responses
    """

    id = models.BigIntegerField(primary_key=True, default=drawn_key, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="about_people"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="about_people"
    )
    owner = models.CharField(max_length=64)
    chosen = models.JSONField(default=list)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "owner"], name="one_answer_about_oneself"
            )
        ]

    def __str__(self) -> str:
        return str(self.question)
