"""The year's strategic assessments, what was decided of findings, and uploads."""

from saferplan.web.assessments.models.decision import Decision
from saferplan.web.assessments.models.strategic_assessment import StrategicAssessment
from saferplan.web.assessments.models.upload import Upload

__all__ = ["Decision", "StrategicAssessment", "Upload"]
