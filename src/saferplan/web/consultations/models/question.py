"""A question put to people."""

from django.db import models
from django.db.models import Q

from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.consultations.models.draft import Passage


class Question(models.Model):
    """
    A question, as it stands in the form.

    key       the same in every export
    options   what can be chosen, in their order; none of an open question
    passage   the part of the draft that it is about
    only_if, only_if_said   asked of those alone who chose one of these in that question
    apart     True of a question about who somebody is: its answers are kept apart from
              everything else they say, and are never required
    words     the same in other languages: {"cy": {"text", "hint", "options"}}
    """

    class Kind(models.TextChoices):
        OPEN = "open", "In their own words"
        ONE = "one", "One of several"
        MANY = "many", "Any of several"
        PLACE = "place", "A place"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="questions"
    )
    order = models.PositiveIntegerField()
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OPEN)
    text = models.TextField()
    hint = models.TextField(blank=True)
    required = models.BooleanField(default=False)
    options = models.JSONField(default=list, blank=True)
    passage = models.ForeignKey(
        Passage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    only_if = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    only_if_said = models.JSONField(default=list, blank=True)
    apart = models.BooleanField(default=False)
    words = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["consultation", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "key"],
                name="question_keys_differ",
                violation_error_message="Another question has that key.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["open", "one", "many", "place"]),
                name="question_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(apart=True, required=True),
                name="nobody_must_say_who_they_are",
                violation_error_message="Nobody has to say who they are.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def text_in(self, language: str) -> str:
        return str(self.words.get(language, {}).get("text") or self.text)

    def hint_in(self, language: str) -> str:
        return str(self.words.get(language, {}).get("hint") or self.hint)

    def options_in(self, language: str) -> list[tuple[str, str]]:
        """Each option as it is kept, and as somebody reads it in this language."""
        translated = self.words.get(language, {}).get("options", [])
        if len(translated) != len(self.options):
            translated = self.options
        return list(zip(self.options, translated, strict=True))

    def language_in(self, language: str) -> str:
        """The language in which it is read by somebody who asked for this one."""
        return language if language in self.words else "en-GB"
