"""The draft consulted on, passage by passage, so that people can point at one."""

from django.db import models
from django.db.models import Q

from saferplan.web.consultations.languages import name_of_language
from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models import Version


class Draft(models.Model):
    """
    A text that people are asked about, in one language and one form.

    number   of the draft: the second is the one changed after people had spoken
    kind     the full text, one in plain language, or easy read
    version  the version of a plan it is, if it is one of ours
    text     the whole, in which the ranges of its passages are measured
    digest   SHA-256 of the text
    """

    class Kind(models.TextChoices):
        FULL = "full", "Full text"
        PLAIN = "plain", "Plain language"
        EASY = "easy", "Easy read"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="drafts"
    )
    number = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FULL)
    language = models.CharField(max_length=10, default="en-GB")
    title = models.CharField(max_length=200)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, related_name="drafts"
    )
    text = models.TextField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number", "kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number", "kind", "language"],
                name="one_draft_of_a_kind",
                violation_error_message="There is a draft of that kind and language.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["full", "plain", "easy"]),
                name="draft_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def language_name(self) -> str:
        return name_of_language(self.language)


class Passage(models.Model):
    """
    A heading, a paragraph, a commitment: what a comment or a point is about.

    key         the same in each version of the text that says the same thing, so that
                what people said stays in its place when numbers move
    kind        as `saferplan.consultations.anchors` names it
    label       what people call it: "Section 3.2", "Objective 8", the heading
    level       of a heading, from 1; 0 of everything else
    start, end  its range in the draft's text
    page        of the document it came from; None where there are no pages
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="passages")
    key = models.CharField(max_length=64)
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["draft", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "key"], name="passages_of_a_draft_differ"
            ),
            models.CheckConstraint(
                condition=Q(end__gte=models.F("start")), name="passage_is_a_range"
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.text[:80]
