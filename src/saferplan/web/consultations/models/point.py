"""Points: the distinct things a response asks for, says or doubts."""

from django.db import models
from django.db.models import F, Q

from saferplan.web.consultations.models.draft import Passage
from saferplan.web.consultations.models.question import Question
from saferplan.web.consultations.models.response import Answer, Response
from saferplan.web.partnerships.models import Person


class ResponseDocument(models.Model):
    """
    A document that somebody sent as their response, and its text.

    text       in which the ranges of its points are measured
    reading    as `saferplan.consultations` read it: ranges of its blocks and of its
               references, never their words, which would outlive a redaction
    edition    how often its split was changed: of two people, the later one is told
    settled    when a person said that it is wholly split; None while it is not
    """

    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, related_name="document"
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    reading = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file_name


class PointQuerySet(models.QuerySet["Point"]):
    def standing(self) -> "PointQuerySet":
        """Points of responses that count, and that nobody merged into another."""
        return self.filter(
            Q(response__standing__in=["in_time", "within_grace"])
            | Q(response__accepted_late=True),
            response__withdrawn_at=None,
            removed_at=None,
        )


class Point(models.Model):
    """
    One distinct ask, in the words of the response.

    answer      what it was said in, of a response given in the form
    document    otherwise the document; exactly one of the two
    start, end  its range in that text
    text        its words; they go when they are redacted or the person is erased
    question, passage   what it is about; None until it is placed
    about_whole         True if a person said that it is about the whole, not a place
    placed_by   who placed or confirmed it; None while only the machine did
    kind        an ask, support, a doubt, a question: as the reader suggested, or a
                person said
    """

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="points"
    )
    answer = models.ForeignKey(
        Answer, on_delete=models.CASCADE, null=True, related_name="points"
    )
    document = models.ForeignKey(
        ResponseDocument, on_delete=models.CASCADE, null=True, related_name="points"
    )
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=20, blank=True)
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, related_name="points"
    )
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, related_name="points"
    )
    about_whole = models.BooleanField(default=False)
    placed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    placed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["response", "document", "answer", "start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=False, document__isnull=True)
                | Q(answer__isnull=True, document__isnull=False),
                name="point_comes_from_an_answer_or_a_document",
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="point_is_a_range"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_placed(self) -> bool:
        """Whether a person said what it is about."""
        place = self.question_id or self.passage_id or self.about_whole
        return bool(place) and self.placed_by_id is not None
