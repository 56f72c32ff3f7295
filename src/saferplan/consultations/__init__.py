"""What people answer to a draft, read without a site: documents, points, places."""

from saferplan.consultations.anchors import Anchor, Followed, anchors_of, follow
from saferplan.consultations.blocks import Block, ResponseDocument
from saferplan.consultations.documents import open_response, response_document
from saferplan.consultations.placing import (
    Placement,
    place,
    place_heading,
    place_point,
)
from saferplan.consultations.references import Reference

__all__ = [
    "Anchor",
    "Block",
    "Followed",
    "Placement",
    "Reference",
    "ResponseDocument",
    "anchors_of",
    "follow",
    "open_response",
    "place",
    "place_heading",
    "place_point",
    "response_document",
]
