"""Consultations, what people say in them, and what they are answered."""

from saferplan.web.consultations.models.consultation import Consultation
from saferplan.web.consultations.models.decision import (
    Answered,
    Decision,
    Disposition,
    Reply,
    ReplyTemplate,
    Report,
    TakenBack,
)
from saferplan.web.consultations.models.draft import Draft, Passage
from saferplan.web.consultations.models.fairness import FairnessRecord
from saferplan.web.consultations.models.joint import (
    Joint,
    JointAnswer,
    MemberPoint,
)
from saferplan.web.consultations.models.moderation import (
    Erasure,
    Hidden,
    Moderation,
    Redaction,
)
from saferplan.web.consultations.models.outreach import Outreach, Population
from saferplan.web.consultations.models.point import Point, ResponseDocument
from saferplan.web.consultations.models.question import Question
from saferplan.web.consultations.models.reading import (
    AnswerTheme,
    Coding,
    RandomSample,
    ReadingRun,
)
from saferplan.web.consultations.models.response import AboutPerson, Answer, Response
from saferplan.web.consultations.models.splitting import NoPoint, SplitBefore
from saferplan.web.consultations.models.survey_file import SurveyFile
from saferplan.web.consultations.models.voice import Voice

__all__ = [
    "AboutPerson",
    "Answer",
    "AnswerTheme",
    "Answered",
    "Coding",
    "Consultation",
    "Decision",
    "Disposition",
    "Draft",
    "Erasure",
    "FairnessRecord",
    "Hidden",
    "Joint",
    "JointAnswer",
    "MemberPoint",
    "Moderation",
    "NoPoint",
    "Outreach",
    "Passage",
    "Point",
    "Population",
    "Question",
    "RandomSample",
    "ReadingRun",
    "Redaction",
    "Reply",
    "ReplyTemplate",
    "Report",
    "Response",
    "ResponseDocument",
    "SplitBefore",
    "SurveyFile",
    "TakenBack",
    "Voice",
]
