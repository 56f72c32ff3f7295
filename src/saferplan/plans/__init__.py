"""Plans as they are found in the wild: read, accounted for and written out again."""

from saferplan.plans.exchange import counts, plan_from_json, plan_to_csv, plan_to_json
from saferplan.plans.measurable import measurability
from saferplan.plans.opening import Document, document_of, open_document
from saferplan.plans.plan import Action, Commitment, Plan, Strand
from saferplan.plans.reading import plan_in, plan_of, read_plan
from saferplan.plans.telling import tell
from saferplan.plans.timeframes import read_time_frame

__all__ = [
    "Action",
    "Commitment",
    "Document",
    "Plan",
    "Strand",
    "counts",
    "document_of",
    "measurability",
    "open_document",
    "plan_from_json",
    "plan_in",
    "plan_of",
    "plan_to_csv",
    "plan_to_json",
    "read_plan",
    "read_time_frame",
    "tell",
]
