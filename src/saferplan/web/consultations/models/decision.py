"""What was decided on the points people made, and what was published of it."""

from django.db import models
from django.db.models import Q

from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.consultations.models.draft import Passage
from saferplan.web.consultations.models.point import Point
from saferplan.web.partnerships.models import Person


class Disposition(models.TextChoices):
    """What became of a point."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope"
    IN_PLAN = "in_plan", "Already in the plan"


class Decision(models.Model):
    """
    One decision, on one point or on many that say the same. It never changes: another
    takes its place, and it stays as what was thought before.

    said         what people said, in the words of those who answer
    disposition  what became of it
    reason       why, as people will read it
    changes_plan True if words of the draft change because of it
    before       the passage that changes; None if something is added
    after        the passage of a later draft that says it now; None until there is one
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="decisions"
    )
    said = models.TextField()
    disposition = models.CharField(max_length=12, choices=Disposition.choices)
    reason = models.TextField()
    changes_plan = models.BooleanField(default=False)
    before = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, related_name="decisions_before"
    )
    after = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, related_name="decisions_after"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition__in=Disposition.values),
                name="disposition_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(said=""), name="decision_says_why"
            ),
            models.CheckConstraint(
                condition=Q(changes_plan=False)
                | Q(disposition__in=["accepted", "partly"]),
                name="only_what_is_accepted_changes_the_plan",
                violation_error_message="Only what is accepted changes the draft.",
            ),
        ]

    def __str__(self) -> str:
        return self.said[:80]

    @property
    def is_complete(self) -> bool:
        """Whether the changed words that it speaks of can be shown."""
        return self.after_id is not None or not self.changes_plan


class TakenBack(models.Model):
    """
    That a decision stands for nothing any more, and why.

    why  for those who work here; it may quote what has to go one day, so it is here and
         not in the record of events
    """

    decision = models.OneToOneField(
        Decision, on_delete=models.CASCADE, related_name="taken_back"
    )
    why = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="taking_back_says_why")
        ]

    def __str__(self) -> str:
        return f"Taken back: {self.decision}"


class Answered(models.Model):
    """Which decision stands for a point."""

    point = models.OneToOneField(
        Point, on_delete=models.CASCADE, related_name="answered"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="answered"
    )

    class Meta:
        ordering = ["point"]

    def __str__(self) -> str:
        return f"{self.point}: {self.decision.get_disposition_display()}"


class Report(models.Model):
    """
    The answer to what was said, as it was published. The database refuses to change it.

    body    what the page shows: counts, what was said, what was decided; no name, and
            no word of a response that its author did not make public
    digest  SHA-256 of the body's canonical JSON
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="reports"
    )
    number = models.PositiveIntegerField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="report_numbers_differ"
            )
        ]

    def __str__(self) -> str:
        return f"Report {self.number} on {self.consultation}"


class ReplyTemplate(models.Model):
    """The office's own letter, as a Word document with fields to be filled."""

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, related_name="reply_template"
    )
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name


class Reply(models.Model):
    """
    The letter that one respondent was sent. One for each report, however often asked.

    sent_at  None while it waits; the mail server's refusal is in `problem`
    """

    response = models.ForeignKey(
        "consultations.Response", on_delete=models.CASCADE, related_name="replies"
    )
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="replies")
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "report"], name="one_reply_to_a_response"
            )
        ]

    def __str__(self) -> str:
        return f"Reply to {self.response}"
