"""Themes of what people answered, who coded what, and what a machine suggested."""

from typing import Any

from django.db import models
from django.db.models import Q

from saferplan.web.consultations.models.question import Question
from saferplan.web.consultations.models.response import Answer
from saferplan.web.partnerships.models import Person


class ReadingRun(models.Model):
    """
    One look of a machine at the answers to a question, kept whole with its seed.

    what    "look": draft themes, campaigns and what must not be missed; "count":
            suggestions, shares with limits, agreement between coders; "brought": what
            another tool found in them, of which people and the sample decide
    result  ids, numbers and single words: no answer's text, so that what is taken out
            of an answer is not still here
    read    SHA-256 of the ids, texts and codes that went in: the same in, the same out
    by      None if the system started it
    """

    class What(models.TextChoices):
        LOOK = "look", "First look"
        COUNT = "count", "Counts of themes"
        BROUGHT = "brought", "Brought back from another tool"

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="reading_runs"
    )
    what = models.CharField(max_length=10, choices=What.choices)
    seed = models.PositiveIntegerField(default=1)
    read = models.CharField(max_length=64)
    result = models.JSONField()
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["look", "count", "brought"]),
                name="reading_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.question}"


class AnswerTheme(models.Model):
    """
    A theme of the answers to one question, named by a person.

    retired_at  when it was dropped; what was coded with it stays
    """

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="themes"
    )
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "name"],
                condition=Q(retired_at=None),
                name="theme_names_differ",
                violation_error_message="There is a theme of that name.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RandomSample(models.Model):
    """
    Answers drawn at random to be coded by people, in the order they were drawn.

    drawn  ids of answers; the first so many of them are a random sample too
    twice  how many of the first a second person codes as well, unseen by the first
    """

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="samples"
    )
    seed = models.PositiveIntegerField()
    drawn = models.JSONField()
    twice = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{len(self.drawn)} answers to {self.question}"


class Coding(models.Model):
    """The themes that one person found in one answer. None at all is a choice too."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="codings")
    coder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    themes = models.ManyToManyField(AnswerTheme, related_name="codings")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "coder"], name="one_coding_by_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.coder} on answer {self.answer_id}"


def newest_result(question: Question, what: str) -> dict[str, Any] | None:
    """Return what the newest run of a kind found, or None if there is none."""
    run = question.reading_runs.filter(what=what).first()
    return dict(run.result) if run else None
