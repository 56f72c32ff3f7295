"""What people answer to a draft, read without a site: documents, points, places."""

from saferplan.consultations.anchors import Anchor, Followed, anchors_of, follow
from saferplan.consultations.blocks import Block, ResponseDocument
from saferplan.consultations.documents import open_response, response_document
from saferplan.consultations.passed_over import NoPoint
from saferplan.consultations.placing import (
    Placement,
    place,
    place_heading,
    place_point,
)
from saferplan.consultations.points import Point, split_into_points
from saferplan.consultations.references import Reference, read_references
from saferplan.consultations.responses import (
    Response,
    has_resolutions,
    read_committee_response,
    read_response,
    to_json,
)

__all__ = [
    "Anchor",
    "Block",
    "Followed",
    "NoPoint",
    "Placement",
    "Point",
    "Reference",
    "Response",
    "ResponseDocument",
    "anchors_of",
    "follow",
    "has_resolutions",
    "open_response",
    "place",
    "place_heading",
    "place_point",
    "read_committee_response",
    "read_references",
    "read_response",
    "response_document",
    "split_into_points",
    "to_json",
]
