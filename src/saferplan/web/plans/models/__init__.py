"""Plans, what they promise, and what became of it."""

from saferplan.web.plans.models.action import Action, Revision
from saferplan.web.plans.models.answers import Alignment, Answer
from saferplan.web.plans.models.board_pack import BoardPack
from saferplan.web.plans.models.commitment import Commitment, CommitmentRevision
from saferplan.web.plans.models.document import PlanDocument, Settlement
from saferplan.web.plans.models.duty import DutyRecord
from saferplan.web.plans.models.equality import (
    EqualityAnalysis,
    EqualityGround,
    EqualityMeasure,
    GroupImpact,
)
from saferplan.web.plans.models.outline import PlanRevision
from saferplan.web.plans.models.plan import Plan, Strand, Theme
from saferplan.web.plans.models.priority import (
    Era,
    NotChosen,
    Priority,
    Problem,
    Weighting,
)
from saferplan.web.plans.models.report_link import ReportLink
from saferplan.web.plans.models.task import Task
from saferplan.web.plans.models.update import Update
from saferplan.web.plans.models.version import Version

__all__ = [
    "Action",
    "Alignment",
    "Answer",
    "BoardPack",
    "Commitment",
    "CommitmentRevision",
    "DutyRecord",
    "EqualityAnalysis",
    "EqualityGround",
    "EqualityMeasure",
    "Era",
    "GroupImpact",
    "NotChosen",
    "Plan",
    "PlanDocument",
    "PlanRevision",
    "Priority",
    "Problem",
    "ReportLink",
    "Revision",
    "Settlement",
    "Strand",
    "Task",
    "Theme",
    "Update",
    "Version",
    "Weighting",
]
