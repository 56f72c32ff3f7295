"""One response that several put together: a network's members, or several bodies."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.consultations.models.point import Point
from saferplan.web.consultations.models.question import Question
from saferplan.web.consultations.models.response import Response
from saferplan.web.consultations.models.voice import Voice
from saferplan.web.partnerships.models import Person

GATHERERS = (
    Response.Kind.NETWORK,
    Response.Kind.PARTNERSHIP,
    Response.Kind.ORGANISATION,
)


class Joint(models.Model):
    """
    A response while it is being put together.

    kind         a network's, a partnership's or an organisation's
    body         who will send it
    token        the response's own, so that it is sent once
    digest       SHA-256 of the word in the link with which members say their points
    ask_until    the last day on which members are asked
    response     what was sent; None until then
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="joints"
    )
    kind = models.CharField(max_length=12, choices=Response.Kind.choices)
    body = models.CharField(max_length=200)
    speaks_for = models.TextField(blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)
    asked = models.PositiveIntegerField(null=True, blank=True)
    asked_how = models.TextField(blank=True)
    ask_until = models.DateField(null=True, blank=True)
    agreement = models.CharField(
        max_length=10,
        choices=Voice.Agreement.choices,
        default=Voice.Agreement.UNKNOWN,
    )
    agreed_how = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    token = models.UUIDField(unique=True, default=uuid4)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    response = models.OneToOneField(
        Response, on_delete=models.PROTECT, null=True, related_name="joint"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=GATHERERS), name="joint_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.body


class MemberPoint(models.Model):
    """
    What one member of a network says, for the network's answer to one question.

    member      the member organisation; "" if it does not want to be named
    question    None for what is said of the whole
    people      how many people it says it asked; None if it did not say
    dissents    True if it does not go along with what the others say
    may_name    True if the answer may say whose point it is
    weight      how much the network gives it: 0 leaves it out, 3 puts it first
    by          the person who typed it in; None if it came by the link
    """

    joint = models.ForeignKey(Joint, on_delete=models.CASCADE, related_name="said")
    token = models.UUIDField(default=uuid4)
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, related_name="+"
    )
    member = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    people = models.PositiveIntegerField(null=True, blank=True)
    dissents = models.BooleanField(default=False)
    may_name = models.BooleanField(default=False)
    weight = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["joint", "question", "-weight", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__lte=3), name="weight_is_small"),
            models.UniqueConstraint(
                fields=["joint", "token", "question"], name="a_member_says_it_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def whose(self) -> str:
        return self.member or "A member"


class JointAnswer(models.Model):
    """
    The joint words on one question, and whose points they rest on.

    question  None for what is said of the whole
    points    of other responses to this consultation
    said      by members of the network
    edition   which of two people wrote last shows in it
    """

    joint = models.ForeignKey(Joint, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField(blank=True)
    points = models.ManyToManyField(Point, related_name="joint_answers")
    said = models.ManyToManyField(MemberPoint, related_name="joint_answers")
    edition = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["joint", "question__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["joint", "question"], name="one_joint_answer_to_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.joint}: {self.question}"
