"""A joint response question by question: what was said on each, and the joint words."""

from dataclasses import dataclass

from saferplan.web.consultations.joint_document import whose
from saferplan.web.consultations.models import (
    Joint,
    JointAnswer,
    MemberPoint,
    Point,
    Question,
)
from saferplan.web.consultations.services import joining

WHOLE = "whole"  # in an address, what is said of no question


@dataclass(frozen=True)
class Asked:
    """
    One question of the workspace, and what there is on it.

    points  with whose each is, and whether the joint words rest on it
    """

    key: str
    question: Question | None
    answer: JointAnswer | None
    points: list[tuple[Point, str, bool]]
    said: list[MemberPoint]


def asked_in(found: Joint) -> list[Asked]:
    """Return each question of the consultation, and last what is said of none."""
    answers = {
        each.question_id: each
        for each in found.answers.prefetch_related("points__response__voice", "said")
    }
    points = list(joining.sources_of(found))
    said = list(found.said.all())
    questions = [*found.consultation.questions.filter(apart=False), None]
    return [
        asked_on(each, answers.get(each.pk if each else None), points, said)
        for each in questions
    ]


def asked_on(
    question: Question | None,
    answer: JointAnswer | None,
    points: list[Point],
    said: list[MemberPoint],
) -> Asked:
    """Points of that question, and of others those that its joint words rest on."""
    pk = question.pk if question else None
    rests_on = {each.pk for each in answer.points.all()} if answer else set()
    return Asked(
        question.key if question else WHOLE,
        question,
        answer,
        [
            (point, whose(point.response), point.pk in rests_on)
            for point in points
            if point.pk in rests_on or (pk and point.question_id == pk)
        ],
        [each for each in said if each.question_id == pk],
    )


def elsewhere(found: Joint, asked: Asked) -> dict[str, list[Point]]:
    """
    By body, its points on another question, on a passage, or without a place.
    """
    here = {point.pk for point, _, _ in asked.points}
    points = joining.sources_of(found).exclude(pk__in=here).select_related("passage")
    bodies: dict[str, list[Point]] = {}
    for point in points:
        name = whose(point.response) or str(point.response)
        bodies.setdefault(name, []).append(point)
    return bodies
