"""Consultations, what people say in them, and what they are answered."""

from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.consultations.models.draft import Draft, Passage
from saferplan.web.consultations.models.point import Point, ResponseDocument
from saferplan.web.consultations.models.question import Question
from saferplan.web.consultations.models.response import AboutPerson, Answer, Response

__all__ = [
    "AboutPerson",
    "Answer",
    "Consultation",
    "Draft",
    "Passage",
    "Point",
    "Question",
    "Response",
    "ResponseDocument",
]
